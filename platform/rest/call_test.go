package rest_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

type greeting struct {
	Name  string                      `json:"name" required:"true"`
	Times int64                       `json:"times" default:"1"`
	At    *struct{ At clock.Instant } `json:"at"`
}

type greeted struct {
	Name  string                   `json:"name"`
	Times int64                    `json:"times"`
	TS    clock.Instant            `json:"ts"`
	More  map[string]clock.Instant `json:"more,omitempty"`
	List  []*clock.Instant         `json:"list"`
	Any   any                      `json:"any"`
}

func greet(_ context.Context, r greeting) (greeted, error) {
	switch r.Name {
	case "bad":
		return greeted{}, fault.New(fault.Invalid, "error-bad", "Bad name")
	case "bare":
		return greeted{}, fault.Text(fault.Invalid, "room-closed")
	case "broken":
		return greeted{}, errors.New("secret")
	}
	out := greeted{Name: r.Name, Times: r.Times, TS: 5, Any: "1970-01-01T00:00:00.005Z", List: []*clock.Instant{nil}}
	if r.At != nil {
		out.More = map[string]clock.Instant{"at": r.At.At}
	}
	return out, nil
}

func TestCalls(t *testing.T) { // rest-api.md 1.8
	h := api(rest.CallRows([]rest.Call{
		rest.Procedure("greet", rest.Public, greet), rest.Procedure("demo:private", rest.All("p"), greet),
	}, slog.New(slog.DiscardHandler))...)
	ask := func(text string) string {
		body, err := json.Marshal(map[string]string{"message": text})
		if err != nil {
			t.Fatal(err)
		}
		w := call(h, "POST", "/api/v1/method.callAnon/greet", string(body))
		var out struct{ Message string }
		if w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &out) != nil {
			t.Fatalf("%s: %d %s", text, w.Code, w.Body)
		}
		return out.Message
	}
	const never = `"errorType":"Meteor.Error"}}`
	for text, want := range map[string]string{
		`{"msg":"method","id":"7","method":"greet","params":["ann",2,{"At":{"$date":9}}]}`: `{"msg":"result","id":"7","result":{"name":"ann","times":2,"ts":{"$date":5},"more":{"at":{"$date":9}},"list":[null],"any":"1970-01-01T00:00:00.005Z"}}`,
		`{"msg":"method","id":7,"method":"greet","params":["ann",null,null,"extra"]}`:      `{"msg":"result","id":7,"result":{"name":"ann","times":1,"ts":{"$date":5},"list":[null],"any":"1970-01-01T00:00:00.005Z"}}`,
		`{"msg":"method","id":"7","method":"greet","params":["bad"]}`:                      `{"msg":"result","id":"7","error":{"isClientSafe":true,"error":"error-bad","reason":"Bad name","message":"Bad name [error-bad]",` + never,
		`{"msg":"method","id":"7","method":"greet","params":["bare"]}`:                     `{"msg":"result","id":"7","error":{"isClientSafe":true,"error":"room-closed","message":"[room-closed]",` + never,
		`{"msg":"method","id":"7","method":"greet","params":["broken"]}`:                   `{"msg":"result","id":"7","error":{"isClientSafe":true,"error":500,"reason":"Internal server error","message":"Internal server error [500]",` + never,
		`{"msg":"method","id":"7","method":"greet","params":[]}`:                           `{"msg":"result","id":"7","error":{"isClientSafe":true,"error":400,"reason":"Match failed","message":"Match error: Missing key 'name'","errorType":"Match.Error"}}`,
		`{"msg":"method","id":"7","method":"greet"}`:                                       `{"msg":"result","id":"7","error":{"isClientSafe":true,"error":400,"reason":"Match failed","message":"Match error: Missing key 'name'","errorType":"Match.Error"}}`,
		`{"msg":"method","id":"7","method":"greet","params":[{"$ne":null}]}`:               `{"msg":"result","id":"7","error":{"isClientSafe":true,"error":400,"reason":"Match failed","message":"Match error: Expected string, got object in field name","errorType":"Match.Error"}}`,
		`{"msg":"method","id":"7","method":"demo:private","params":["ann"]}`:               `{"msg":"result","id":"7","error":{"isClientSafe":true,"error":"error-not-allowed","reason":"Not allowed","message":"Not allowed [error-not-allowed]",` + never,
		`{"msg":"method","id":"7","method":"nothing","params":["ann"]}`:                    `{"msg":"result","id":"7","error":{"isClientSafe":true,"error":404,"reason":"Method 'nothing' not found","message":"Method 'nothing' not found [404]",` + never,
	} {
		if got := ask(text); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
	for _, body := range []string{`{}`, `{"message":{}}`, `{"message":"{"}`, `{"message":"[]"}`, `{"message":"{\"id\":1}"}`, `{"message":"` + strings.Repeat(`[`, 100) + `"}`} {
		if w := call(h, "POST", "/api/v1/method.callAnon/greet", body); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", body, w.Code, w.Body)
		}
	}
	if w := call(h, "POST", "/api/v1/method.call/greet", `{"message":"{}"}`); w.Code != http.StatusUnauthorized {
		t.Errorf("without sign-in: %d %s", w.Code, w.Body)
	}
}
