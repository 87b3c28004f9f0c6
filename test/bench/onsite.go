package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	"github.com/foyerchat/foyer/migrations"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/server"
)

const (
	onSites     = 10_000
	chatsOfEach = 10 // one of so many has an open chat
	goalOnSite  = 200 * time.Millisecond
)

// onsite measures how fast the list of who is on the sites answers while many are.
func onsite(ctx context.Context, folder string) error {
	return onEach(folder, "onsite", func(engine, folder string) error { return whoIsHere(ctx, engine, folder) })
}

func whoIsHere(ctx context.Context, engine, folder string) error {
	database, err := address(engine, "foyer_bench_onsite")
	if err != nil {
		return err
	}
	s, err := startFoyer(ctx, *binary, folder, database) // makes the administrator
	if err != nil {
		return err
	}
	if _, err := once(folder, func() error {
		if err := s.Stop(); err != nil {
			return err
		}
		if err := seedOnSite(ctx, cmp.Or(database, "sqlite:"+filepath.Join(folder, "data", "foyer.db"))); err != nil {
			return err
		}
		return s.Start(ctx)
	}); err != nil {
		return err
	}
	boss, err := s.SignIn(ctx, server.AdminUsername, server.AdminPassword)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	for name, query := range map[string]func(i int) url.Values{
		"a page":   func(i int) url.Values { return url.Values{"offset": {fmt.Sprint(i * 50)}} },
		"a search": func(i int) url.Values { return url.Values{"text": {fmt.Sprintf("shoes %d", i)}} },
	} {
		var total struct{ Total int }
		path := func(i int) string { return "/api/v1/foyer/onsite?count=50&" + query(i).Encode() }
		if err := boss.Call(ctx, "GET", path(0), nil, &total); err != nil || total.Total == 0 {
			return fmt.Errorf("%d are there: %w\n%s", total.Total, err, s.Log())
		}
		p50, p95, err := asked(ctx, boss, path)
		if err != nil {
			return fmt.Errorf("%w\n%s", err, s.Log())
		}
		line(fmt.Sprintf("%s: %s of %d visitors on the sites, p95", engine, name, onSites), fmt.Sprintf("%.0f ms, p50 %.0f", ms(p95), ms(p50)), "≤ 200 ms", p95 <= goalOnSite)
	}
	return s.Stop()
}

func seedOnSite(ctx context.Context, database string) error {
	d, err := db.Open(ctx, database, db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Migrate(ctx, migrations.Files); err != nil {
		return err
	}
	now := clock.Of(time.Now())
	for from := 0; from < onSites; from += roomsATime {
		if err := d.InTx(ctx, func(tx *db.Tx) error {
			var visitors, rooms, sightings [][]any
			for i := from; i < from+roomsATime; i++ {
				id, title := fmt.Sprintf("here-%05d", i), fmt.Sprintf("shoes %d", i)
				visitors = append(visitors, []any{id, "default", id, id, false, now, now})
				targets := "[]"
				if i%20 == 0 {
					targets = `["cart"]`
				}
				sightings = append(sightings, []any{id, id, id, "default", id, "Ann", "", "", "", "https://shop.example/" + id, title, "", "Firefox", targets, false,
					1, 1, now - clock.Instant(i), now, 0, now.Add(24 * time.Hour), "", "", "", 0, title, id})
				if i%chatsOfEach == 0 {
					rooms = append(rooms, []any{id, "default", i, "Ann", now, now, true, id, "{}", "widget", `{"type":"widget"}`, now})
				}
			}
			tx.InsertAtCommit(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at) VALUES `, visitors)
			tx.InsertAtCommit(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, updated_at) VALUES `, rooms)
			tx.InsertAtCommit(`INSERT INTO sightings (id, page, kin, site_id, visitor_id, name, staff_name, email, phone, href, title, referrer, browser, targets, offered,
				pages, visits, began_at, seen_at, left_at, expires_at, invitation_id, invitation, invited_by, invited_at, search, origin) VALUES `, sightings)
			return nil
		}); err != nil {
			return err
		}
	}
	if d.Engine() != db.PostgreSQL {
		return nil
	}
	return d.InTx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, `ANALYZE`); return err })
}
