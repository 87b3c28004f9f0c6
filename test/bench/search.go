package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/migrations"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/search"
)

var messages = flag.Int("messages", 1_000_000, "messages that are searched")

const (
	inEachRoom    = 20
	vocabulary    = 30_000
	inEachMessage = 14
	searches      = 200
)

// searching measures how long one waits for the messages that hold some words.
func searching(ctx context.Context, folder string) error {
	return onEach(folder, "search", func(engine, folder string) error {
		database, err := address(engine, "foyer_bench_search")
		if err == nil {
			err = searchOn(ctx, engine, cmp.Or(database, "sqlite:"+filepath.Join(folder, "search.db")), folder)
		}
		if err != nil {
			return fmt.Errorf("search on %s: %w", engine, err)
		}
		return nil
	})
}

func searchOn(ctx context.Context, engine, database, folder string) error {
	d, err := db.Open(ctx, database, db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Migrate(ctx, migrations.Files); err != nil {
		return err
	}
	if _, err := once(folder, func() error {
		began := time.Now()
		err := fill(ctx, d, newSpeech(1))
		fmt.Printf("      %s: %d messages in %v\n", engine, *messages, time.Since(began).Round(time.Second))
		return err
	}); err != nil {
		return err
	}
	s := rooms.New(rooms.Deps{DB: d, Settings: defaults{}})
	all := chat.Actor{User: "boss", Permissions: map[chat.Permission]bool{chat.ViewLRoom: true, chat.ViewLivechatRooms: true}}
	own := chat.Actor{User: "agent-7", Permissions: map[chat.Permission]bool{chat.ViewLRoom: true}}
	busy := chat.Actor{User: "busy", Permissions: own.Permissions}
	if _, _, err := timed(ctx, s, all, newSpeech(3)); err != nil { // what a server in use has in memory
		return err
	}
	said := newSpeech(2)
	for _, who := range []struct {
		name string
		chat.Actor
	}{{"everything", all}, {"one's own chats", own}, {"a tenth of the chats", busy}} {
		p50, p95, err := timed(ctx, s, who.Actor, said)
		if err != nil {
			return err
		}
		line(fmt.Sprintf("search, %s, %s, %d messages", engine, who.name, *messages), fmt.Sprintf("p50 %v  p95 %v", p50, p95), "p95 ≤ 100 ms", p95 <= 100*time.Millisecond)
	}
	return nil
}

func timed(ctx context.Context, s *rooms.Service, a chat.Actor, said *speech) (p50, p95 time.Duration, err error) {
	var times []time.Duration
	for i := range searches {
		text := said.question(i)
		began := time.Now()
		if _, _, err := s.Search(ctx, a, rooms.Search{Text: text, Count: 20}); err != nil {
			return 0, 0, fmt.Errorf("%q: %w", text, err)
		}
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times[searches/2].Round(100 * time.Microsecond), times[searches*95/100].Round(100 * time.Microsecond), nil
}

type defaults struct{}

func (defaults) Current() *chat.Settings { return chat.DefaultSettings() }

// Reload implements rooms.Settings.
func (defaults) Reload(context.Context) error { return nil }

// speech is made of words of which few are frequent and many are rare, as in a language.
type speech struct {
	random *rand.Rand
	often  *rand.Zipf
}

func newSpeech(seed uint64) *speech {
	random := rand.New(rand.NewPCG(seed, 2))
	return &speech{random, rand.NewZipf(random, 1.07, 8, vocabulary-1)}
}

func word(n uint64) string {
	var b strings.Builder
	for n += 200; n > 0; n /= 20 {
		b.WriteString([]string{"ka", "le", "mi", "no", "ru", "sta", "ve", "xi", "pra", "do", "fe", "gu", "hol", "jit", "ost", "qu", "ter", "ul", "wan", "zy"}[n%20])
	}
	return b.String()
}

func (s *speech) message() string {
	words := make([]string, inEachMessage)
	for i := range words {
		words[i] = word(s.often.Uint64())
	}
	return strings.Join(words, " ")
}

// question is of one to three words, each as likely as it is said, or of the beginning of one.
func (s *speech) question(i int) string {
	words := make([]string, 1+i%3)
	for j := range words {
		words[j] = word(s.often.Uint64())
	}
	text := strings.Join(words, " ")
	if i%5 == 0 && len(text) > 5 {
		text = text[:len(text)-1]
	}
	return text
}

// servedBy is who served a chat: one in ten a busy one, the others two hundred agents.
func servedBy(r int) string {
	if r%10 == 3 {
		return "busy"
	}
	return fmt.Sprint("agent-", r%200)
}

const seeded = 1000 // messages in a transaction

func fill(ctx context.Context, d *db.DB, said *speech) error {
	for from := 0; from < *messages; from += seeded {
		err := d.InTx(ctx, func(tx *db.Tx) error {
			for r := from / inEachRoom; r < (from+seeded)/inEachRoom; r++ {
				_, err := tx.Exec(ctx, `INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, served_by, last_seq, updated_at)
					VALUES ($1, 'default', $2, 'Ann', $2, $2, false, $1, '{}', 'widget', '{}', $3, $4, $2)`, fmt.Sprint("r", r), r, servedBy(r), inEachRoom)
				if err != nil {
					return err
				}
			}
			rows := make([][]any, seeded)
			for i := range rows {
				text, n := said.message(), from+i
				rows[i] = []any{fmt.Sprintf("m%09d", n), fmt.Sprint("r", n/inEachRoom), n % inEachRoom, text, n, "ann", "guest-1", true, n, search.Words(text)}
			}
			tx.InsertAtCommit(`INSERT INTO messages (id, room_id, seq, msg, ts, sender_id, sender_username, by_visitor, updated_at, words) VALUES `, rows)
			return nil
		})
		if err != nil {
			return err
		}
	}
	if d.Engine() == db.PostgreSQL {
		return d.InTx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, `ANALYZE`); return err })
	}
	return nil
}
