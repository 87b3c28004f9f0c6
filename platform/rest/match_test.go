package rest_test

import (
	"context"
	"testing"

	"github.com/foyerchat/foyer/platform/rest"
)

func TestLiteralSegmentsWin(t *testing.T) {
	var rows []rest.Endpoint
	for _, name := range []string{
		"POST /v1/livechat/room.close", "GET /v1/livechat/room", "GET /v1/livechat/room/{x}", "GET /v1/livechat/{rid}/messages",
		"GET /v1/livechat/room/{x}/tags", "POST /v1/livechat/{any}", "DELETE /v1/livechat/{any}", "GET /v1/a%20b", "GET /files/{file...}",
		"GET /files/index",
	} {
		method, path := split(name)
		rows = append(rows, rest.Row(method, path, rest.Public, "", func(context.Context, struct{}) (who, error) { return who{name}, nil }))
	}
	h := api(rows...)
	for request, want := range map[string]string{
		"POST /v1/livechat/room.close":         "POST /v1/livechat/room.close",
		"GET /v1/livechat/room":                "GET /v1/livechat/room",
		"GET /v1/livechat/room/1":              "GET /v1/livechat/room/{x}",
		"GET /v1/livechat/room/messages":       "GET /v1/livechat/room/{x}",
		"GET /v1/livechat/1/messages":          "GET /v1/livechat/{rid}/messages",
		"GET /v1/livechat/room.close/messages": "GET /v1/livechat/{rid}/messages",
		"GET /v1/livechat/room/1/tags":         "GET /v1/livechat/room/{x}/tags",
		"DELETE /v1/livechat/room":             "DELETE /v1/livechat/{any}", // the literal path has no DELETE
		"GET /files/a/b%2Fc":                   "GET /files/{file...}",
		"GET /files/index":                     "GET /files/index",
		"GET /files/index/x":                   "GET /files/{file...}",
	} {
		method, path := split(request)
		expect(t, call(h, method, path, ""), 200, `{"who":"`+want+`","success":true}`)
	}
}

func TestUnknownPathsAndMethods(t *testing.T) {
	h := api(
		rest.Row("POST", "/api/v1/a", rest.SignedIn, "", whoami),
		rest.Row("GET", "/api/v1/a", rest.SignedIn, "", whoami),
		rest.Row("PUT", "/api/v1/{x}/b", rest.SignedIn, "", whoami),
	)
	for _, path := range []string{"/", "/api/v1", "/api/v1/", "/api/v1/a/", "/api/v1//b", "/api/v1/A", "/api/v1/a/b/c"} {
		expect(t, call(h, "GET", path, ""), 404, `{"success":false,"error":"API endpoint not found"}`)
	}
	w := call(h, "DELETE", "/api/v1/a", "")
	expect(t, w, 405, `{"success":false,"error":"Method not allowed"}`)
	if got := w.Header().Get("Allow"); got != "GET, POST" {
		t.Errorf("Allow %q", got)
	}
	if got := w.Header().Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type %q", got)
	}
}

func split(name string) (method, path string) {
	for i := range name {
		if name[i] == ' ' {
			return name[:i], name[i+1:]
		}
	}
	return name, ""
}
