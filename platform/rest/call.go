package rest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/schema"
)

// Call is a remote procedure: a name, parameters by position, a result. Older clients
// reach it over method.call (rest-api.md 1.8). It is the same rule under another name,
// so its handler is usually that of an endpoint.
type Call struct {
	Name   string
	Access Access

	in, out *schema.Type
	limits  []limitRule
	run     func(ctx context.Context, params schema.Value) (any, error)
}

// Procedure declares a call. The fields of Req, in their order, are its parameters; what
// a client leaves out, or sends as null, is absent. Of the options it knows Limit, which
// it shares with rows of that name. It panics on a mistake in the types.
func Procedure[Req, Res any](name string, a Access, h func(ctx context.Context, r Req) (Res, error), opts ...Option) Call {
	defer func() {
		if v := recover(); v != nil {
			panic(fmt.Sprintf("%s: %v", name, v))
		}
	}()
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	c := Call{Name: name, Access: a, in: schema.For[Req](), out: schema.For[Res](), limits: o.limits}
	c.run = func(ctx context.Context, params schema.Value) (any, error) {
		var req Req
		if p := c.in.Decode(params, reflect.ValueOf(&req).Elem(), schema.Mode{Match: true}); p != nil {
			return nil, matchError(p)
		}
		return h(ctx, req)
	}
	return c
}

// CallRows are the two endpoints through which calls come in: with a user, and without.
func CallRows(calls []Call, log *slog.Logger) []Endpoint {
	known := map[string]Call{}
	for _, c := range calls {
		if _, twice := known[c.Name]; twice {
			panic("two calls " + c.Name)
		}
		known[c.Name] = c
	}
	d := &dispatch{calls: known, log: log}
	const doc = "Carry out a procedure: `message` is the JSON text of {msg: method, id, method, params}; the answer's `message` is that of its result or error."
	return []Endpoint{
		Row("POST", "/api/v1/method.call/{method}", SignedIn, doc, d.answer, Tag("calls")),
		Row("POST", "/api/v1/method.callAnon/{method}", Public, doc+" Without sign-in.", d.answer, Tag("calls"), Paced("call-anonymous")),
	}
}

type dispatch struct {
	calls map[string]Call
	log   *slog.Logger
}

type callRequest struct {
	Method  string `path:"method"`
	Message string `json:"message" required:"true"`
}

type callAnswer struct {
	Message string `json:"message"`
}

// invocation is the text in the request's message.
type invocation struct {
	Msg    string          `json:"msg"`
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method" required:"true"`
	Params json.RawMessage `json:"params"`
}

type outcome struct {
	Msg    string          `json:"msg"`
	ID     json.RawMessage `json:"id,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  *callFault      `json:"error,omitempty"`
}

// callFault is how a failed call looks; the HTTP answer is 200 all the same.
type callFault struct {
	ClientSafe bool   `json:"isClientSafe"` // always true: nothing else is shown
	Code       any    `json:"error"`        // a text, or a number
	Reason     string `json:"reason,omitempty"`
	Message    string `json:"message"`
	Details    any    `json:"details,omitempty"`
	Type       string `json:"errorType"`
}

// Error is the fault in one line.
func (f *callFault) Error() string { return f.Message }

// meteorError is a fault worded as these clients know it: "reason [code]", or "[code]".
func meteorError(code any, reason string, details any) *callFault {
	message := fmt.Sprintf("[%v]", code)
	if reason != "" {
		message = reason + " " + message
	}
	return &callFault{ClientSafe: true, Code: code, Reason: reason, Message: message, Details: details, Type: "Meteor.Error"}
}

func matchError(p *schema.Problem) *callFault {
	return &callFault{ClientSafe: true, Code: http.StatusBadRequest, Reason: "Match failed", Message: p.MatchError(), Type: "Match.Error"}
}

func (d *dispatch) answer(ctx context.Context, r callRequest) (callAnswer, error) {
	var asked invocation
	v, err := schema.Parse([]byte(r.Message))
	if err != nil {
		return callAnswer{}, fault.New(fault.Invalid, "invalid-params", "The message is "+err.Error())
	}
	if p := schema.For[invocation]().Decode(v, reflect.ValueOf(&asked).Elem(), schema.Mode{Match: true}); p != nil {
		return callAnswer{}, fault.New(fault.Invalid, "invalid-params", p.Error())
	}
	out := outcome{Msg: "result", ID: asked.ID}
	if out.Result, err = d.call(ctx, asked); err != nil {
		out.Error = d.fault(asked.Method, err)
	}
	text, err := json.Marshal(out)
	return callAnswer{Message: string(text)}, err
}

func (d *dispatch) call(ctx context.Context, asked invocation) (json.RawMessage, error) {
	c, ok := d.calls[asked.Method]
	if !ok {
		return nil, meteorError(http.StatusNotFound, "Method '"+asked.Method+"' not found", nil)
	}
	if limited := scopeOf(ctx).limited; limited != nil {
		if err := limited(c.limits); err != nil {
			return nil, err
		}
	}
	caller := CallerOf(ctx)
	has := func(p string) bool { return caller.Permissions != nil && caller.Permissions(p) }
	if c.Access.kind != public && (caller.UserID == "" || !c.Access.allows(has)) {
		return nil, fault.New(fault.Forbidden, "error-not-allowed", "Not allowed")
	}
	res, err := c.run(ctx, c.named(asked.Params))
	if err != nil {
		return nil, err
	}
	return c.encode(res)
}

// named gives the parameters the names of the request's fields.
func (c Call) named(params json.RawMessage) schema.Value {
	v := schema.Value{Kind: schema.Object}
	list, err := schema.Parse(params)
	if err != nil || list.Kind != schema.Array {
		return v // parameters left out; what is needed is missed by name
	}
	for i, p := range list.Items {
		if i < len(c.in.Fields) && p.Kind != schema.Null {
			v.Members = append(v.Members, schema.Member{Name: c.in.Fields[i].Name, Value: p})
		}
	}
	return v
}

// encode writes a result with its dates as {"$date": milliseconds}.
func (c Call) encode(res any) (json.RawMessage, error) {
	text, err := json.Marshal(res)
	if err != nil {
		return nil, err
	}
	v, err := schema.Parse(text)
	if err != nil {
		return nil, err
	}
	return c.out.Dated(v, func(text []byte) []byte {
		var at clock.Instant
		if err := json.Unmarshal(text, &at); err != nil {
			return text
		}
		return fmt.Appendf(nil, `{"$date":%d}`, int64(at))
	}), nil
}

// fault words an error for the caller; what is no fault is logged and not shown.
func (d *dispatch) fault(method string, err error) *callFault {
	var worded *callFault
	if errors.As(err, &worded) {
		return worded
	}
	var many *tooMany
	if errors.As(err, &many) {
		return meteorError("too-many-requests", "Too many requests, try again later", map[string]any{"timeToReset": many.wait.Milliseconds()})
	}
	if f, ok := fault.Of(err); ok {
		return meteorError(f.Code, f.Message, f.Details)
	}
	d.log.Error("call failed", "method", method, "error", err)
	return meteorError(http.StatusInternalServerError, "Internal server error", nil)
}
