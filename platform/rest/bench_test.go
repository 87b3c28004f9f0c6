package rest_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/rest"
)

// BenchmarkMessage is the hot path: a visitor's message, without what the handler does.
func BenchmarkMessage(b *testing.B) {
	h := api(rest.Row("POST", "/api/v1/livechat/message", rest.Public, "", send))
	const body = `{"token":"a-token-of-a-visitor","rid":"018f2c3d","msg":"hello"}`
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest("POST", "/api/v1/livechat/message", strings.NewReader(body))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 {
			b.Fatal(w.Body)
		}
	}
}
