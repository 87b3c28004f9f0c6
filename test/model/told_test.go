package model

import (
	"strings"
	"testing"
)

// The checker of INV-16 notices what must not be.
func TestMisspoken(t *testing.T) {
	for _, c := range []struct {
		types                   string
		open                    bool
		served, said, forwarded int
		right                   bool
	}{
		{"Start Taken Message Session Edit Edit", false, 1, 1, 0, true},
		{"Start Queued Message LeadCapture Taken Taken Forwarded", true, 2, 1, 1, true},
		{"Queued Start", true, 0, 0, 0, false},
		{"Start Start Queued", true, 0, 0, 0, false},
		{"Start Taken Session Message", false, 1, 1, 0, false},
		{"Start Taken Edit Session", false, 1, 0, 0, false},
		{"Start Taken Session", true, 1, 0, 0, false},
		{"Start Taken", false, 1, 0, 0, false},
		{"Start Taken Taken", true, 1, 0, 0, false},
		{"Start Taken Message Message", true, 1, 1, 0, false},
		{"Start Taken Forwarded", true, 1, 0, 0, false},
		{"Start", true, 0, 0, 0, false},
		{"", true, 0, 0, 0, false},
	} {
		one := telling{open: c.open, served: c.served, said: c.said, forwarded: c.forwarded}
		for what := range strings.FieldsSeq(c.types) {
			one.types = append(one.types, map[string]string{"Start": "LivechatSessionStart", "Queued": "LivechatSessionQueued", "Taken": "LivechatSessionTaken",
				"Forwarded": "LivechatSessionForwarded", "Session": "LivechatSession", "Edit": "LivechatEdit", "Message": "Message", "LeadCapture": "LeadCapture"}[what])
		}
		if what := one.wrong(); (what == "") != c.right {
			t.Errorf("%s: %q", c.types, what)
		}
	}
}
