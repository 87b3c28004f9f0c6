// Package settings reads, validates, changes and audits what an administrator
// may change while the server runs. What settings exist is chat's to say; what
// they do is the business of whoever reads them.
package settings

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Deps are what settings needs.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
	Log   *slog.Logger
}

// Service holds the present snapshot.
type Service struct {
	Deps
	reading chan struct{} // held by who reads, so that the last reader has read the latest
	current atomic.Pointer[chat.Settings]
}

// New makes the service with the defaults; Reload reads what was changed.
func New(d Deps) *Service {
	s := &Service{Deps: d, reading: make(chan struct{}, 1)}
	s.current.Store(chat.DefaultSettings())
	return s
}

// Current is the present snapshot; it never changes, the next call may return another.
func (s *Service) Current() *chat.Settings { return s.current.Load() }

// Changed reads the settings again, so that whoever hears of the change after it
// finds what was set; every node does on SettingChanged. A database that does not
// answer in time leaves it to Run.
func (s *Service) Changed() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	s.reread(ctx)
}

// rereadEvery bounds how long a change can stay unknown to a node that did not
// hear of it, or could not read it.
const rereadEvery = 30 * time.Second

// Run reads the settings again from time to time, until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.Clock.After(rereadEvery):
		}
		s.reread(ctx)
	}
}

func (s *Service) reread(ctx context.Context) {
	if err := s.Reload(ctx); err != nil && !errors.Is(err, context.Canceled) {
		s.Log.Warn("settings not read again", "error", err)
	}
}

// Reload reads the settings again.
func (s *Service) Reload(ctx context.Context) error {
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-ctx.Done():
		return ctx.Err()
	}
	stored, err := listValues(ctx, s.DB)
	if err != nil {
		return err
	}
	next := chat.DefaultSettings()
	for _, v := range stored {
		next = apply(next, v)
	}
	s.current.Store(next)
	return nil
}

// apply leaves out what this version does not know or would refuse: the default stands.
func apply(to *chat.Settings, v value) *chat.Settings {
	d, ok := chat.SettingByID(v.id)
	if !ok {
		return to
	}
	accepted, err := d.Accept(json.RawMessage(v.text))
	if err != nil {
		return to
	}
	return d.With(to, accepted)
}

// Change validates and stores a new value, notes who changed it and announces
// it; the same value again, or the mask of a secret, changes nothing.
func (s *Service) Change(ctx context.Context, by chat.Actor, id string, raw json.RawMessage) error {
	d, ok := chat.SettingByID(id)
	if !ok {
		return fault.New(fault.Invalid, "error-setting-not-found", "There is no setting "+id)
	}
	if d.Type == chat.SettingAsset {
		return fault.New(fault.Invalid, "error-invalid-setting-value", "Invalid setting value: "+id+" is uploaded with assets.setAsset").At("value")
	}
	accepted, err := d.Accept(raw)
	if err != nil {
		return fault.New(fault.Invalid, "error-invalid-setting-value", "Invalid setting value: "+err.Error()).At("value")
	}
	if d.Secret && accepted == chat.SecretMask {
		return nil
	}
	text, err := json.Marshal(accepted)
	if err != nil {
		return err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error { return store(ctx, tx, change{d, by.User, string(text)}) })
	if err != nil {
		return err
	}
	return s.Reload(ctx)
}

type change struct {
	setting chat.Setting
	by      chat.UserID
	text    string
}

func store(ctx context.Context, tx *db.Tx, c change) error {
	previous, err := previousValue(ctx, tx, c.setting)
	if err != nil || previous == c.text {
		return err
	}
	if err := saveValue(ctx, tx, value{c.setting.ID, c.text}); err != nil {
		return err
	}
	if err := insertChange(ctx, tx, c.audited(), masked(c.setting, previous)); err != nil {
		return err
	}
	return tx.Emit(ctx, chat.SettingChanged{ID: c.setting.ID, Public: c.setting.Public})
}

// audited is the change as it is written down: without a secret's value.
func (c change) audited() change {
	c.text = masked(c.setting, c.text)
	return c
}

func masked(d chat.Setting, text string) string {
	if !d.Secret || text == `""` {
		return text
	}
	return `"` + chat.SecretMask + `"`
}
