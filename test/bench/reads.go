package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/test/people"
	"github.com/foyerchat/foyer/test/server"
)

const (
	readers    = 16
	longEnough = 50 // messages
)

// reads holds GETs of a signed-in agent against a bare handler that reads the same rows
// of the same database and writes the same JSON, and knows nobody.
func reads(ctx context.Context, folder string) error {
	for _, engine := range []string{"SQLite", "PostgreSQL"} {
		if err := readsOn(ctx, engine, filepath.Join(folder, "reads-"+engine)); err != nil {
			return err
		}
	}
	return nil
}

func readsOn(ctx context.Context, engine, folder string) error {
	database, err := address(engine, "foyer_bench_reads")
	if err != nil {
		return err
	}
	s, err := startFoyer(ctx, *binary, folder, database)
	if err != nil {
		return err
	}
	boss, room, err := longRoom(ctx, s)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	if database == "" {
		database = filepath.Join(folder, "data", "foyer.db")
	}
	bare, _, end, err := startProgram(ctx, "-bare-reads", database)
	if err != nil {
		return err
	}
	defer end()
	for _, m := range []struct {
		name, limit, ours string
		goal              float64
	}{
		{"one row", "/field?id=color", "/api/v1/livechat/custom-fields/color", 0.4},
		{"a history of 50", "/history?room=" + string(room), fmt.Sprintf("/api/v1/foyer/rooms/%s/history?count=%d", room, longEnough), 0.6},
	} {
		var limits, own, ratios []float64
		for range *rounds {
			l, err := gets(bare+m.limit, nil)
			if err != nil {
				return err
			}
			o, err := gets(s.URL+m.ours, boss)
			if err != nil {
				return err
			}
			limits, own, ratios = append(limits, l), append(own, o), append(ratios, o/l)
		}
		r := median(ratios)
		line(fmt.Sprintf("%s: GET %s, signed in, %d connections", engine, m.name, readers), fmt.Sprintf("%.0f/s of %.0f/s = %.2f", median(own), median(limits), r),
			fmt.Sprintf("≥ %.2f of the limit", m.goal), r >= m.goal)
	}
	return s.Stop()
}

// longRoom is a chat of some length that the administrator may read, and a custom field.
func longRoom(ctx context.Context, s *server.Server) (*people.Agent, chat.RoomID, error) {
	boss, err := s.SignIn(ctx, server.AdminUsername, server.AdminPassword)
	if err != nil {
		return nil, "", err
	}
	field := map[string]any{"customFieldId": nil, "customFieldData": map[string]any{"field": "color", "label": "Colour", "scope": "visitor", "visibility": "visible", "regexp": "", "searchable": true}}
	if err := boss.Call(ctx, "POST", "/api/v1/livechat/custom-fields.save", field, nil); err != nil {
		return nil, "", err
	}
	if err := boss.Call(ctx, "POST", "/api/v1/settings/Livechat_accept_chats_with_no_agents", map[string]any{"value": true}, nil); err != nil {
		return nil, "", err
	}
	v, err := visit(ctx, s, 0)
	for i := 0; err == nil && i < longEnough; i++ {
		_, err = v.Say(ctx, fmt.Sprint("read", i), messageText)
	}
	if err != nil {
		return nil, "", err
	}
	return boss, v.Room.ID, nil
}

// gets is how many answers a second come to readers who ask again and again.
func gets(url string, as *people.Agent) (float64, error) {
	length, began := time.Duration(*seconds)*time.Second, time.Now()
	counts, errs := make([]int, readers), make([]error, readers)
	var all sync.WaitGroup
	for i := range readers {
		all.Go(func() {
			for ; errs[i] == nil && time.Since(began) < length; counts[i]++ {
				errs[i] = get(url, as)
			}
		})
	}
	all.Wait()
	took, n := time.Since(began), 0
	for i := range readers {
		if errs[i] != nil {
			return 0, errs[i]
		}
		n += counts[i]
	}
	return float64(n) / took.Seconds(), nil
}

func get(url string, as *people.Agent) error {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	if as != nil {
		request.Header.Set("X-Auth-Token", as.Token)
		request.Header.Set("X-User-Id", string(as.User))
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: status %d: %s", url, response.StatusCode, answer)
	}
	return err
}

// beBareReader is the bare program of reads: it prints its URL and serves until it is ended.
func beBareReader(database string) error {
	driver := "pgx"
	if !strings.HasPrefix(database, "postgres://") {
		driver, database = "sqlite", "file:"+database+"?_pragma=query_only(1)&_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, database)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	field, err := db.Prepare(`SELECT id, label, scope, visibility, regexp, searchable, type, required, default_value, options, public, updated_at FROM custom_fields WHERE id = $1`)
	if err != nil {
		return err
	}
	history, err := db.Prepare(`SELECT id, room_id, seq, msg, ts, t, sender_id, sender_username, sender_name, updated_at FROM messages WHERE room_id = $1 ORDER BY seq DESC LIMIT 50`)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /field", func(w http.ResponseWriter, r *http.Request) {
		var f chat.CustomField
		err := field.QueryRow(r.FormValue("id")).Scan(&f.ID, &f.Label, &f.Scope, &f.Visibility, &f.Regexp, &f.Searchable, &f.Type, &f.Required, &f.DefaultValue, &f.Options, &f.Public, &f.UpdatedAt)
		bareAnswer(w, f, err)
	})
	mux.HandleFunc("GET /history", func(w http.ResponseWriter, r *http.Request) {
		all, err := bareHistory(history, r.FormValue("room"))
		if err == nil && len(all) != longEnough {
			err = fmt.Errorf("%d messages", len(all))
		}
		bareAnswer(w, map[string]any{"messages": all, "success": true}, err)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("http://" + listener.Addr().String())
	return http.Serve(listener, mux)
}

func bareHistory(history *sql.Stmt, room string) (all []chat.Message, err error) {
	rows, err := history.Query(room)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var m chat.Message
		if err := rows.Scan(&m.ID, &m.RID, &m.Seq, &m.Msg, &m.TS, &m.T, &m.U.ID, &m.U.Username, &m.U.Name, &m.UpdatedAt); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, rows.Err()
}

func bareAnswer(w http.ResponseWriter, value any, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	text, err := json.Marshal(value)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(text)
}
