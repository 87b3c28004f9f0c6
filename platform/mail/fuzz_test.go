package mail

import (
	"bytes"
	netmail "net/mail"
	"slices"
	"testing"
)

// Whatever stands in names and subjects: a mail has the headers it should have and no more, or there is none.
func FuzzNoHeaderMoreThanThere(f *testing.F) {
	f.Add("Hello", "Ann", "a@example.com", "a.pdf")
	f.Add("x\r\nBcc: b@example.com", "\"\r\nX: y", "a@example.com>\r\nRCPT", "=?utf-8?q?=0D=0AX:_y?=")
	f.Add("=?utf-8?b?DQpYOiB5?=", "\u2028\u0085", "a@b\x00", "\"; x=\"")
	expected := []string{"Date", "From", "To", "Reply-To", "Subject", "Message-Id", "Auto-Submitted", "Mime-Version", "Content-Type", "Content-Transfer-Encoding"}
	f.Fuzz(func(t *testing.T, subject, name, address, file string) {
		m := Message{To: Address{Name: name, Address: address}, ReplyTo: &Address{Name: name, Address: address}, Subject: subject, Text: subject,
			Files: []File{{Name: file, Type: "text/plain", Content: []byte(name)}}}
		g, err := build(m, Address{Name: name, Address: "shop@example.org"}, "id", noon)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if _, err := g.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		got, err := netmail.ReadMessage(&b)
		if err != nil {
			t.Fatal(err)
		}
		for header, values := range got.Header {
			if !slices.Contains(expected, header) || len(values) != 1 {
				t.Errorf("%s: %q", header, values)
			}
		}
		if to, err := got.Header.AddressList("To"); err == nil && (len(to) != 1 || to[0].Address != address) {
			t.Errorf("%v", to)
		}
	})
}
