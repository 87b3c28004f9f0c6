package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"

	"github.com/coder/websocket"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

// The bare program is the limit everything is held against: POST, durable append,
// every socket hears of it. No authentication, no rules, no events.

type entry struct {
	Conversation string `json:"rid"`
	ID           string `json:"_id"`
	Text         string `json:"msg"`
	Seq          int64  `json:"seq"`
}

type appender interface{ append(entry) (int64, error) }

const bareSchema = `CREATE TABLE conversations (id TEXT PRIMARY KEY, seq BIGINT NOT NULL);
CREATE TABLE entries (id TEXT PRIMARY KEY, conversation TEXT NOT NULL, seq BIGINT NOT NULL, msg TEXT NOT NULL, UNIQUE (conversation, seq))`

const (
	bareNext   = `INSERT INTO conversations (id, seq) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET seq = conversations.seq + 1 RETURNING seq`
	bareInsert = `INSERT INTO entries (id, conversation, seq, msg) VALUES ($1, $2, $3, $4)`
	bareBoth   = `WITH next AS (` + bareNext + `) INSERT INTO entries (id, conversation, seq, msg) SELECT $2, $1, seq, $3 FROM next RETURNING seq`
)

// sqliteAppender commits whatever waits together, each answered after the commit.
type sqliteAppender struct {
	db    *sql.DB
	queue chan appendRequest
}

type appendRequest struct {
	entry entry
	done  chan appended
}

type appended struct {
	seq int64
	err error
}

func openSQLite(path string) (*sqliteAppender, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(bareSchema); err != nil {
		return nil, err
	}
	a := &sqliteAppender{db: db, queue: make(chan appendRequest, 256)}
	next, err := db.Prepare(bareNext)
	if err != nil {
		return nil, err
	}
	insert, err := db.Prepare(bareInsert)
	if err != nil {
		return nil, err
	}
	go a.run(next, insert)
	return a, nil
}

func (a *sqliteAppender) run(next, insert *sql.Stmt) {
	for first := range a.queue {
		batch := []appendRequest{first}
		for len(a.queue) > 0 && len(batch) < 128 {
			batch = append(batch, <-a.queue)
		}
		results := make([]appended, len(batch))
		err := a.commit(batch, results, next, insert)
		for i, request := range batch {
			results[i].err = err
			request.done <- results[i]
		}
	}
}

func (a *sqliteAppender) commit(batch []appendRequest, results []appended, next, insert *sql.Stmt) error {
	tx, err := a.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	txNext, txInsert := tx.Stmt(next), tx.Stmt(insert)
	for i, request := range batch {
		e := request.entry
		if err := txNext.QueryRow(e.Conversation).Scan(&results[i].seq); err != nil {
			return err
		}
		if _, err := txInsert.Exec(e.ID, e.Conversation, results[i].seq, e.Text); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (a *sqliteAppender) append(e entry) (int64, error) {
	done := make(chan appended, 1)
	a.queue <- appendRequest{e, done}
	r := <-done
	return r.seq, r.err
}

// postgresAppender appends with one statement.
type postgresAppender struct{ db *sql.DB }

func openPostgres(url string) (*postgresAppender, error) {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	_, err = db.Exec(bareSchema)
	return &postgresAppender{db}, err
}

func (a *postgresAppender) append(e entry) (seq int64, err error) {
	err = a.db.QueryRow(bareBoth, e.Conversation, e.ID, e.Text).Scan(&seq)
	return seq, err
}

// bare is the server around an appender.
type bare struct {
	store   appender
	mu      sync.Mutex
	sockets []chan []byte
}

// beBare is the whole bare program: it prints its URL and serves until it is ended.
func beBare(database string) error {
	store, err := openAppender(database)
	if err != nil {
		return err
	}
	b := &bare{store: store}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /append", b.post)
	mux.HandleFunc("GET /socket", b.socket)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("http://" + listener.Addr().String())
	return http.Serve(listener, mux)
}

func openAppender(database string) (appender, error) {
	if strings.HasPrefix(database, "postgres://") {
		return openPostgres(database)
	}
	return openSQLite(database)
}

// startBare runs the bare program as a process of its own, as Foyer is one.
func startBare(ctx context.Context, database string) (url string, pid int, end func(), err error) {
	return startProgram(ctx, "-bare", database)
}

// startProgram runs this program with other arguments until it says its URL.
func startProgram(ctx context.Context, arguments ...string) (url string, pid int, end func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return "", 0, nil, err
	}
	command := exec.CommandContext(ctx, self, arguments...)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		return "", 0, nil, err
	}
	if err := command.Start(); err != nil {
		return "", 0, nil, err
	}
	end = func() { _ = command.Process.Kill(); _ = command.Wait() }
	url, err = bufio.NewReader(out).ReadString('\n')
	return strings.TrimSpace(url), command.Process.Pid, end, err
}

func (b *bare) post(w http.ResponseWriter, r *http.Request) {
	var e entry
	if err := json.NewDecoder(r.Body).Decode(&e); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	seq, err := b.store.append(e)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	e.Seq = seq
	text, _ := json.Marshal(e)
	b.mu.Lock()
	for _, s := range b.sockets {
		s <- text
	}
	b.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(text)
}

func (b *bare) socket(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	frames := make(chan []byte, 4096)
	b.mu.Lock()
	b.sockets = append(b.sockets, frames)
	b.mu.Unlock()
	for text := range frames {
		if conn.Write(context.Background(), websocket.MessageText, text) != nil {
			return
		}
	}
}
