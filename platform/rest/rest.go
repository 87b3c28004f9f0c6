// Package rest turns rows into the HTTP API. A row says method, path, who may call
// it, what comes in, what goes out and one line of documentation; routing,
// authentication, permissions, limits, validation, the answer's envelope, logging,
// measuring, OpenAPI and TypeScript follow from it.
//
// Handlers see no HTTP: they are func(ctx, Request) (Response, error). The wire
// format is that of the compatible API, including its error texts.
package rest

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/schema"
)

func init() { schema.Text[clock.Instant]("date-time") }

// Endpoint is a row: one method on one path.
type Endpoint struct {
	Method string
	Path   string // "/api/v1/livechat/message/{_id}"; {name...} at the end takes the rest
	Access Access
	Doc    string

	options options
	in, out reflect.Type
	plan    *plan
	shape   shape
	call    func(context.Context, *input) (any, error)
}

// Row declares an endpoint. It panics on a mistake in the types or tags.
func Row[Req, Res any](method, path string, a Access, doc string, h func(ctx context.Context, r Req) (Res, error), opts ...Option) Endpoint {
	e := Endpoint{Method: method, Path: path, Access: a, Doc: doc,
		in: reflect.TypeFor[Req](), out: reflect.TypeFor[Res]()}
	e.options.maxBody = DefaultMaxBody
	for _, o := range opts {
		o(&e.options)
	}
	defer func() {
		if v := recover(); v != nil {
			panic(fmt.Sprintf("%s: %v", e.Name(), v))
		}
	}()
	e.plan = compile(e)
	e.shape = shapeOf(e)
	e.call = func(ctx context.Context, in *input) (any, error) {
		var req Req
		if err := e.plan.fill(in, reflect.ValueOf(&req).Elem()); err != nil {
			return nil, err
		}
		return h(ctx, req)
	}
	return e
}

// Name is method and path, as in "GET /api/v1/me".
func (e Endpoint) Name() string { return e.Method + " " + e.Path }

// Request is the Go type of what comes in.
func (e Endpoint) Request() reflect.Type { return e.in }

// Response is the Go type of what goes out.
func (e Endpoint) Response() reflect.Type { return e.out }

// tag is the group in the documentation.
func (e Endpoint) tag() string {
	if e.options.tag != "" {
		return e.options.tag
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(e.Path, "/api/v1/"), "/")
	return strings.TrimPrefix(first, "/")
}
