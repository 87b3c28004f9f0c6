package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"reflect"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
)

// Headers is a response that sets headers or cookies of its own.
type Headers interface {
	WriteHeaders(h http.Header)
}

// Bytes is a response that is not JSON. Type is the exact Content-Type. Header and
// Status may be empty; Status 0 is 200.
type Bytes struct {
	Type   string
	Body   []byte
	Header http.Header
	Status int
}

// shape is how a row's response is written.
type shape int

const (
	merged shape = iota // an object that gets "success": true
	asIs
	binary
)

func shapeOf(e Endpoint) shape {
	t := e.out
	if t == reflect.TypeFor[Bytes]() || t == reflect.TypeFor[Content]() {
		return binary
	}
	if e.options.plain {
		return asIs
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct && t.Kind() != reflect.Map {
		panic("the response must be a struct, or the row Plain()")
	}
	return merged
}

// exchange is one request and its answer.
type exchange struct {
	scope
	api    *API
	w      http.ResponseWriter
	r      *http.Request
	row    *route
	began  clock.Instant
	status int
}

// failure is the envelope of errors.
type failure struct {
	Success   bool   `json:"success"`
	Error     string `json:"error"`
	ErrorType string `json:"errorType,omitempty"`
	Details   any    `json:"details,omitempty"`
}

// refusal is what callers get who are not signed in.
type refusal struct {
	Status  string `json:"status"`
	Error   string `json:"error,omitempty"`
	Message string `json:"message"`
}

// The texts of the compatible API.
const (
	textLogin      = "You must be logged in to do this."
	textPermission = "User does not have the permissions required for this action [error-unauthorized]"
)

type tooMany struct{ wait time.Duration }

func (t *tooMany) seconds() int { return int(math.Ceil(t.wait.Seconds())) }

func (t *tooMany) Error() string {
	return fmt.Sprintf("Error, too many requests. Please slow down. You must wait %d seconds before trying this endpoint again. [error-too-many-requests]", t.seconds())
}

var statuses = map[fault.Kind]int{
	fault.Invalid:         http.StatusBadRequest,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// fail answers with the envelope of an error. What is no fault is an internal error,
// logged and not shown.
func (x *exchange) fail(err error) {
	var many *tooMany
	if errors.As(err, &many) {
		x.w.Header().Set("Retry-After", strconv.Itoa(many.seconds()))
		x.write(http.StatusTooManyRequests, failure{Error: many.Error(), ErrorType: "error-too-many-requests"})
		return
	}
	if f, ok := fault.Of(err); ok {
		x.write(statuses[f.Kind], envelope(f))
		return
	}
	if x.r.Context().Err() != nil {
		x.status = 499 // the client went away; nobody reads an answer
		return
	}
	x.api.Log.Error("request failed", "route", x.row.Name(), "request", x.meta.RequestID, "error", err)
	x.internal()
}

func (x *exchange) internal() {
	x.write(http.StatusInternalServerError, failure{Error: "Internal error"})
}

func envelope(f *fault.Fault) any {
	switch {
	case f.Kind == fault.Unauthenticated && f.Message == "":
		return refusal{Status: "error", Error: f.Code, Message: textLogin}
	case f.Kind == fault.Unauthenticated:
		return refusal{Status: "error", Error: f.Code, Message: f.Message}
	case f.Kind == fault.Forbidden && (f.Code == "" || f.Code == "error-unauthorized") && f.Message == "":
		return failure{Error: textPermission}
	}
	out := failure{Error: f.Error(), Details: f.Details}
	if !f.Bare {
		out.ErrorType = f.Code
	}
	if f.Field != "" && f.Details == nil {
		out.Details = map[string]string{"field": f.Field}
	}
	if len(f.Beside) > 0 {
		return beside(out, f.Beside)
	}
	return out
}

// beside is a failure with more members.
func beside(out failure, more map[string]any) any {
	all := map[string]any{"success": false, "error": out.Error}
	for name, v := range more {
		all[name] = v
	}
	return all
}

// answer writes a row's response.
func (x *exchange) answer(res any) {
	if h, ok := res.(Headers); ok {
		h.WriteHeaders(x.w.Header())
	}
	switch b, ok := res.(Bytes); {
	case ok:
		x.bytes(b)
	case x.row.shape == binary:
		x.content(res.(Content))
	case x.row.shape == merged:
		x.json(http.StatusOK, res, true)
	default:
		x.json(http.StatusOK, res, false)
	}
}

func (x *exchange) bytes(b Bytes) {
	h := x.w.Header()
	for name, values := range b.Header {
		h[name] = values
	}
	if b.Type != "" {
		h.Set("Content-Type", b.Type)
	}
	h.Set("X-Content-Type-Options", "nosniff")
	if b.Status == 0 {
		b.Status = http.StatusOK
	}
	x.send(b.Status, b.Body)
}

func (x *exchange) write(status int, body any) { x.json(status, body, false) }

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const keepBuffer = 64 << 10

func (x *exchange) json(status int, body any, success bool) {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer func() {
		if buf.Cap() <= keepBuffer {
			buffers.Put(buf)
		}
	}()
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body); err != nil {
		x.api.Log.Error("response cannot be written", "route", x.row.Name(), "request", x.meta.RequestID, "error", err)
		x.internal()
		return
	}
	buf.Truncate(buf.Len() - 1) // Encode's newline
	if success {
		merge(buf)
	}
	h := x.w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("X-Content-Type-Options", "nosniff")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	x.send(status, buf.Bytes())
}

// merge puts "success": true into the object in buf; null counts as empty.
func merge(buf *bytes.Buffer) {
	if buf.Len() <= 2 || buf.String() == "null" {
		buf.Reset()
		buf.WriteString(`{"success":true}`)
		return
	}
	buf.Truncate(buf.Len() - 1)
	buf.WriteString(`,"success":true}`)
}

func (x *exchange) send(status int, body []byte) {
	x.status = status
	x.w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	x.w.WriteHeader(status)
	if x.r.Method == http.MethodHead {
		return
	}
	if _, err := io.Copy(x.w, bytes.NewReader(body)); err != nil {
		x.status = 499 // the client went away
	}
}

// end answers panics and observes the request.
func (x *exchange) end() {
	if v := recover(); v != nil {
		if v == http.ErrAbortHandler {
			panic(v)
		}
		x.api.Log.Error("panic", "route", x.row.Name(), "request", x.meta.RequestID,
			"panic", panicText(v), "stack", string(debug.Stack()))
		if x.status == 0 {
			x.internal()
		}
	}
	x.observe()
}

// panicText says what panicked without what a request may have put into it.
func panicText(v any) string {
	if err, ok := v.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", v)
}
