package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

const (
	groupSize  = 128 // transactions in one commit
	beginTries = 6   // of 5 s each, while another process writes
)

// writer is the one goroutine that writes to SQLite. It takes every transaction
// that waits, runs each under its own savepoint, commits them together and only
// then answers.
type writer struct {
	db    *DB
	pool  *sql.DB
	conn  *sql.Conn
	stmts *prepared

	calls   chan *call
	stop    chan struct{}
	once    sync.Once
	stopped chan struct{}
	group   []*call
}

func newWriter(d *DB, pool *sql.DB, conn *sql.Conn) *writer {
	w := &writer{
		db: d, pool: pool, conn: conn, stmts: newPrepared(conn),
		calls: make(chan *call, 4*groupSize), stop: make(chan struct{}), stopped: make(chan struct{}),
	}
	go w.loop()
	return w
}

const (
	waiting int32 = iota
	started
	abandoned
)

// call is one transaction on its way through the writer.
type call struct {
	ctx   context.Context
	fn    func(*Tx) error
	state atomic.Int32
	done  chan struct{}

	tx       *Tx
	err      error
	panicked any
	exited   bool // fn ended its goroutine, as a failing test does
}

func (w *writer) do(ctx context.Context, fn func(*Tx) error) error {
	c := &call{ctx: ctx, fn: fn, done: make(chan struct{})}
	select {
	case w.calls <- c:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.stopped:
		return ErrClosed
	}
	select {
	case <-c.done:
	case <-w.stopped:
		if c.state.CompareAndSwap(waiting, abandoned) {
			return ErrClosed
		}
		<-c.done
	case <-ctx.Done():
		if c.state.CompareAndSwap(waiting, abandoned) {
			return ctx.Err()
		}
		<-c.done
	}
	return c.answer()
}

func (c *call) answer() error {
	if c.panicked != nil {
		panic(c.panicked)
	}
	if c.exited {
		runtime.Goexit()
	}
	return c.err
}

func (w *writer) loop() {
	clean := false
	defer func() {
		if !clean { // a callback ended this goroutine: nothing of the group is kept
			w.abort(errors.New("another transaction of the same commit ended its goroutine"))
			go w.loop()
		}
	}()
	for w.next() {
		w.commit()
	}
	clean = true
	close(w.stopped)
}

// next gathers the transactions that wait now; it never waits for more.
func (w *writer) next() bool {
	w.group = w.group[:0]
	select {
	case c := <-w.calls:
		w.join(c)
	case <-w.stop:
		return false
	}
	for len(w.group) < groupSize {
		select {
		case c := <-w.calls:
			w.join(c)
		default:
			return true
		}
	}
	return true
}

func (w *writer) join(c *call) {
	if c.state.CompareAndSwap(waiting, started) {
		w.group = append(w.group, c)
	}
}

func (w *writer) commit() {
	if len(w.group) == 0 {
		return
	}
	if err := w.begin(); err != nil {
		w.abort(err)
		return
	}
	kept, err := w.runAll()
	if err == nil && kept > 0 {
		err = w.stmts.run("COMMIT")
	}
	if err != nil {
		w.abort(err)
		return
	}
	if kept == 0 {
		w.stmts.run("ROLLBACK")
	}
	w.finish()
}

// begin waits for its turn while another process writes to the same file.
func (w *writer) begin() (err error) {
	for range beginTries {
		if err = w.stmts.run("BEGIN IMMEDIATE"); !isBusy(err) {
			return err
		}
	}
	return err
}

// runAll runs the group's callbacks. Its error means that the group as a whole is lost.
func (w *writer) runAll() (kept int, err error) {
	if len(w.group) == 1 {
		if w.run(w.group[0]) {
			kept++
		}
		return kept, nil
	}
	for _, c := range w.group {
		if err := w.stmts.run("SAVEPOINT one"); err != nil {
			return 0, err
		}
		if w.run(c) {
			kept++
		} else if err := w.stmts.run("ROLLBACK TO one"); err != nil {
			return 0, err
		}
		if err := w.stmts.run("RELEASE one"); err != nil {
			return 0, err
		}
	}
	return kept, nil
}

func (w *writer) run(c *call) (ok bool) {
	c.tx = &Tx{db: w.db, conn: w.stmts, now: w.db.clock.Now()}
	returned := false
	defer func() {
		w.stmts.closeRows()
		if returned {
			return
		}
		if c.panicked = recover(); c.panicked == nil {
			c.exited = true
			return
		}
		w.db.log.Error("transaction panicked", "panic", c.panicked, "stack", string(debug.Stack()))
	}()
	if c.err = c.fn(c.tx); c.err == nil {
		c.err = w.writeLast(c.tx.closing())
	}
	returned = true
	return c.err == nil
}

// writeLast writes what was kept for the commit.
func (w *writer) writeLast(last []statement) error {
	w.stmts.closeRows()
	for _, s := range last {
		if _, err := w.stmts.exec(context.Background(), s.sql, s.args); err != nil {
			return err
		}
	}
	return nil
}

// abort undoes the group; who had no error of its own gets this one.
func (w *writer) abort(err error) {
	w.stmts.run("ROLLBACK")
	for _, c := range w.group {
		if c.err == nil {
			c.err = fmt.Errorf("commit: %w", err)
		}
		close(c.done)
	}
	w.group = w.group[:0]
}

// finish queues what follows before anybody is answered: who was answered may
// count on Settled to wait for it.
func (w *writer) finish() {
	for _, c := range w.group {
		if c.err == nil && c.panicked == nil && !c.exited {
			w.db.after.push(committed{events: c.tx.events, hooks: c.tx.hooks, due: c.tx.due})
		}
	}
	for _, c := range w.group {
		close(c.done)
	}
}

func (w *writer) close() (err error) {
	w.once.Do(func() {
		close(w.stop)
		<-w.stopped
		w.stmts.close()
		err = errors.Join(w.conn.Close(), w.pool.Close())
	})
	return err
}
