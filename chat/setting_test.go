package chat

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// Every field of Settings is a complete, consistent setting.
func TestRegistryIsComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range AllSettings() {
		if d.ID == "" || seen[d.ID] || d.Section == "" || !strings.HasSuffix(d.Doc, ".") {
			t.Errorf("setting %q: id, section or doc missing, or id used twice", d.ID)
		}
		seen[d.ID] = true
		if d.Secret && (d.Public || d.Type != SettingString || d.Default != "") {
			t.Errorf("%s: a secret is a text without a default, and never public", d.ID)
		}
		raw, _ := json.Marshal(d.Default)
		got, err := d.Accept(raw)
		if err != nil {
			t.Errorf("%s refuses its own default: %v", d.ID, err)
		}
		if again, _ := json.Marshal(got); string(again) != string(raw) {
			t.Errorf("%s: default %s became %s", d.ID, raw, again)
		}
	}
	if len(seen) < 30 {
		t.Errorf("only %d settings", len(seen))
	}
}

func TestAcceptedValues(t *testing.T) {
	cases := []struct{ id, raw, want string }{
		{"Livechat_enabled", `false`, `false`},
		{"Livechat_enabled", `"true"`, `true`},
		{"Livechat_enabled", `"some text"`, `false`}, // rest-api.md 3: answers 200
		{"Livechat_enabled", `[true]`, ``},
		{"Livechat_enabled", `null`, ``},
		{"Livechat_enabled", `{"$ne":1}`, ``},
		{"Message_MaxAllowedSize", `100`, `100`},
		{"Message_MaxAllowedSize", `"100"`, `100`},
		{"Message_MaxAllowedSize", `1.5`, ``}, // settings.md 1.2: a fraction is refused
		{"Message_MaxAllowedSize", `0`, ``},
		{"Message_MaxAllowedSize", `1e300`, ``},
		{"Message_MaxAllowedSize", `"many"`, ``},
		{"Livechat_message_character_limit", `-3`, `-3`},
		{"Livechat_title", `"Hallo"`, `"Hallo"`},
		{"Livechat_title", `7`, `"7"`},
		{"Livechat_title", `["x"]`, ``},
		{"Livechat_title", `"` + strings.Repeat("x", 201) + `"`, ``},
		{"Livechat_title", `"a\u0000b"`, ``},
		{"Livechat_title_color", `"#fff"`, `"#fff"`},
		{"Livechat_title_color", `"red;}body{display:none"`, ``},
		{"From_Email", `" shop@example.org "`, `"shop@example.org"`},
		{"From_Email", `"shop"`, ``},
		{"From_Email", `"a@example.org, b@example.org"`, ``},
		{"From_Email", `"a@example.org\nBcc: b@example.org"`, ``},
		{"Livechat_offline_email", `"a@example.org, b@example.org"`, `"a@example.org, b@example.org"`},
		{"Livechat_offline_email", `"a@example.org;"`, ``},
		{"Livechat_offline_email", `""`, `""`},
		{"SMTP_Port", `587`, `"587"`},
		{"SMTP_Port", `"0"`, ``},
		{"SMTP_Port", `"smtp"`, ``},
		{"SMTP_Port", `65536`, ``},
		{"Livechat_Routing_Method", `"Manual_Selection"`, `"Manual_Selection"`},
		{"Livechat_Routing_Method", `"Magic"`, ``},
		{"Livechat_hide_system_messages", `["ul","ul"]`, `["ul"]`},
		{"Livechat_hide_system_messages", `[]`, `[]`},
		{"Livechat_hide_system_messages", `["nope"]`, ``},
		{"Livechat_hide_system_messages", `"ul"`, ``},
		{"Site_Url", `"https://chat.example.org"`, `"https://chat.example.org"`},
		{"Site_Url", `"javascript:alert(1)"`, ``},
	}
	for _, c := range cases {
		d, ok := SettingByID(c.id)
		if !ok {
			t.Fatalf("no setting %s", c.id)
		}
		v, err := d.Accept(json.RawMessage(c.raw))
		got := ""
		if err == nil {
			b, _ := json.Marshal(v)
			got = string(b)
		}
		if got != c.want {
			t.Errorf("%s ← %.60s: got %q (%v), want %q", c.id, c.raw, got, err, c.want)
		}
	}
}

func TestWithLeavesTheSnapshotAlone(t *testing.T) {
	before := DefaultSettings()
	d, _ := SettingByID("Livechat_title")
	after := d.With(before, "New")
	if before.Title == "New" || after.Title != "New" || d.Value(after) != "New" {
		t.Errorf("before %q, after %q", before.Title, after.Title)
	}
}

// settings.md 5.3: the limit's 0 falls back to the general one.
func TestVisitorMessageLimit(t *testing.T) {
	s := DefaultSettings()
	s.EnableMessageCharacterLimit = true
	if s.VisitorMessageLimit() != 5000 {
		t.Errorf("limit 0: %d", s.VisitorMessageLimit())
	}
	if s.MessageCharacterLimit = 10; s.VisitorMessageLimit() != 10 {
		t.Errorf("limit 10: %d", s.VisitorMessageLimit())
	}
}

// permissions.md 3: unique ids, known roles, and the two surprising gaps of 7.1.
func TestDefaultPermissions(t *testing.T) {
	table := map[Permission][]string{}
	for _, g := range DefaultPermissions() {
		if _, twice := table[g.ID]; twice {
			t.Errorf("%s twice", g.ID)
		}
		table[g.ID] = g.Roles
		for _, r := range g.Roles {
			if !IsRole(r) {
				t.Errorf("%s: unknown role %s", g.ID, r)
			}
		}
	}
	for _, p := range []Permission{TransferLivechatGuest, SendOmnichannelChatTranscript} {
		if slices.Contains(table[p], RoleAgent) {
			t.Errorf("agents must not have %s by default", p)
		}
	}
	if !slices.Contains(table[ViewLRoom], RoleAgent) || len(table[ChangeSetting("Livechat_title")]) != 0 {
		t.Error("view-l-room or change-setting-… wrong")
	}
}
