package sla

import (
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/stage"
)

// kit is the feature on a real database, with its endpoints served.
type kit struct {
	*Service
	*stage.Stage
}

var rights = stage.Rights{"nobody": nil, "agent": {chat.ViewLRoom}, "boss": {chat.ManageLivechatPriorities, chat.ManageLivechatSLA}}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(1_790_000_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{Stage: &stage.Stage{T: t, DB: d, Below: "/api/v1/livechat/"}, Service: New(Deps{DB: d})}
		k.Serve(rights, c, k.Rows())
		run(k)
	}, c)
}

// told are the payloads of the events so far.
func (k *kit) told() string {
	return k.Words(`SELECT name || payload FROM outbox ORDER BY at, name, payload`)
}

// state is all that a refused call must leave as it was.
func (k *kit) state() string {
	return k.told() + k.Words(`SELECT id || name || weight || '@' || updated_at FROM priorities ORDER BY id`) + k.Words(`SELECT id || name || description || minutes FROM sla_policies ORDER BY id`)
}
