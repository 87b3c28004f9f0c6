package mail

import (
	"strings"
	"testing"
)

const hostile = `<script>alert(1)</script><img src=x onerror=alert(1)> & "quotes" 'n' {{.}}`

// Whoever wrote it: in a letter it is text.
func TestALetterHoldsTextOnly(t *testing.T) {
	l := Letter{Language: "ar", Title: hostile, Footer: hostile, Parts: []Part{{Text: hostile}, {Facts: []Fact{{hostile, hostile}}}, {Quote: hostile},
		{Link: &Link{hostile, `javascript:alert(1)`}}, {Link: &Link{"ok", `https://example.org/?a="><script>`}}}}
	text, html, err := l.Render()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(html, "<script") || strings.Contains(html, "<img") || strings.Contains(html, "javascript:") || !strings.Contains(html, "&lt;script&gt;") {
		t.Error(html)
	}
	if !strings.Contains(html, `dir="rtl"`) || !strings.Contains(html, `lang="ar"`) || !strings.Contains(html, "text-align:right") {
		t.Error("not from right to left")
	}
	if strings.Count(text, hostile) != 7 {
		t.Errorf("%d times in\n%s", strings.Count(text, hostile), text)
	}
}

func TestALetterAsText(t *testing.T) {
	l := Letter{Language: "en-GB", Title: "New message", Footer: "Shop", Parts: []Part{{Text: "Hello\r\nyou\x07"}, {Facts: []Fact{{"Name", "Ann"}, {"Page", "/"}}},
		{Quote: "one\ntwo"}, {Link: &Link{"Open", "https://example.org/"}}}}
	text, html, err := l.Render()
	want := "New message\n\nHello\nyou\n\nName: Ann\nPage: /\n\n> one\n> two\n\nOpen:\nhttps://example.org/\n\n-- \nShop\n"
	if err != nil || text != want || !strings.Contains(html, `dir="ltr"`) {
		t.Errorf("%v\n%q", err, text)
	}
	if f := Fill("{name} wrote {x} {name}", map[string]string{"name": "{x}", "y": "no"}); f != "{x} wrote {x} {x}" {
		t.Error(f)
	}
}
