package webhooks

import (
	"net/http"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// rest-api.md 22: the settings of the integration and the test.
func TestIntegrationEndpoints(t *testing.T) {
	each(t, func(k *kit) {
		f := newReceiver(k.t, func(n int, w http.ResponseWriter, _ *http.Request) {
			if n > 1 {
				w.WriteHeader(201)
			}
		})
		if status, a := k.call(chat.RoleManager, "POST", "livechat/webhook.test", ""); status != 400 || a["errorType"] != "Webhook_URL_not_set" {
			k.t.Error(status, a)
		}
		body := `{"LivechatWebhookUrl":" ` + f.URL + ` ","LivechatSecretToken":"hush","LivechatHttpTimeout":0,"LivechatWebhookOnClose":false}`
		if status, a := k.call(chat.RoleManager, "POST", "omnichannel/integrations", body); status != 200 {
			k.t.Fatal(status, a)
		}
		if k.set.WebhookURL != f.URL || k.set.WebhookOnClose || k.set.WebhookTimeout() != 5000 {
			k.t.Error(k.set.WebhookURL)
		}
		if status, _ := k.call(chat.RoleManager, "POST", "omnichannel/integrations", `{"LivechatWebhookUrl":"ftp://x","LivechatWebhookOnStart":false}`); status != 400 || !k.set.WebhookOnStart {
			k.t.Error("half of a refused change was made", status)
		}
		if status, _ := k.call(chat.RoleManager, "POST", "omnichannel/integrations", `{"Livechat_webhookUrl":"http://x.example"}`); status != 400 {
			k.t.Error("an unknown key was accepted")
		}
		for body, want := range map[string]string{`{"LivechatWebhookUrl":5}`: "5", `{"LivechatWebhookUrl":-1.5}`: "-1.5"} { // a number is taken, and no address
			if status, a := k.call(chat.RoleManager, "POST", "omnichannel/integrations", body); status != 200 || a["success"] != true || k.set.WebhookURL != want {
				k.t.Error(body, status, a, k.set.WebhookURL)
			}
			if status, a := k.call(chat.RoleManager, "POST", "livechat/webhook.test", ""); status != 400 || a["errorType"] != "Webhook_URL_not_set" {
				k.t.Error(body, status, a)
			}
		}
		for _, body := range []string{`{"LivechatWebhookUrl":{}}`, `{"LivechatWebhookUrl":true}`, `{"LivechatWebhookUrl":"5 x"}`, `{"LivechatWebhookUrl":"-"}`, `{"LivechatWebhookUrl":"1..2"}`} {
			if status, _ := k.call(chat.RoleManager, "POST", "omnichannel/integrations", body); status != 400 {
				k.t.Error(body, status)
			}
		}
		k.call(chat.RoleManager, "POST", "omnichannel/integrations", `{"LivechatWebhookUrl":"`+f.URL+`"}`)
		_, a := k.call(chat.RoleManager, "GET", "livechat/integrations.settings", "")
		seen := map[string]any{}
		for _, s := range a["settings"].([]any) {
			m := s.(map[string]any)
			seen[m["_id"].(string)] = m["value"]
		}
		if seen["Livechat_webhookUrl"] != f.URL || seen["Livechat_secret_token"] != chat.SecretMask || seen["Livechat_http_timeout"] != 0.0 {
			k.t.Error(seen)
		}
		if status, a := k.call(chat.RoleManager, "POST", "livechat/webhook.test", ""); status != 200 {
			k.t.Error(status, a)
		}
		if status, a := k.call(chat.RoleManager, "POST", "livechat/webhook.test", ""); status != 400 || a["errorType"] != "error-invalid-webhook-response" {
			k.t.Error(status, a)
		}
		if g := f.got()[0]; g.header.Get("Accept") != "application/json" || g.header.Get("X-RocketChat-Livechat-Token") != "hush" || g.payload(k.t)["type"] != "LivechatSession" {
			k.t.Error(g)
		}
	})
}

// permissions.md: who may do what.
func TestWhoMay(t *testing.T) {
	each(t, func(k *kit) {
		for _, c := range []struct{ method, path, body string }{
			{"GET", "livechat/integrations.settings", ""}, {"POST", "omnichannel/integrations", "{}"}, {"POST", "livechat/webhook.test", ""},
			{"GET", "foyer/webhooks", ""}, {"POST", "foyer/webhooks", `{"name":"x","url":"http://x.example"}`}, {"DELETE", "foyer/webhooks/x", ""},
			{"GET", "foyer/webhooks/crm/secret", ""}, {"POST", "foyer/webhooks/crm/rotate", ""}, {"POST", "foyer/webhooks/crm/test", ""},
			{"GET", "foyer/webhooks.deliveries", ""}, {"GET", "foyer/webhooks.deliveries/x", ""}, {"POST", "foyer/webhooks.replay", `{"state":"dead"}`},
		} {
			if status, _ := k.call(chat.RoleAgent, c.method, c.path, c.body); status != 403 {
				k.t.Error(c.method, c.path, status)
			}
			if status, a := k.call(chat.RoleManager, c.method, c.path, c.body); status == 403 || status >= 500 {
				k.t.Error(c.method, c.path, status, a)
			}
		}
	})
}

// Destinations are made, changed, tested and removed; the CRM's belongs to the settings.
func TestDestinations(t *testing.T) {
	each(t, func(k *kit) {
		k.people()
		f := newReceiver(k.t, nil)
		for _, bad := range []string{`{"name":" ","url":"http://x.example"}`, `{"name":"x","url":"javascript:alert(1)"}`, `{"name":"x","url":"http://x.example","events":["all"]}`,
			`{"name":"x","url":"http://x.example","token":"a\r\nX-Evil: b"}`, `{"_id":"crm","name":"x","url":"http://x.example"}`, `{"name":"x"}`} {
			if status, a := k.call(chat.RoleManager, "POST", "foyer/webhooks", bad); status != 400 {
				k.t.Error(bad, status, a)
			}
		}
		status, a := k.call(chat.RoleManager, "POST", "foyer/webhooks", `{"name":"Store","url":"`+f.URL+`","token":"hush","events":["agent-message","closed"]}`)
		if status != 200 {
			k.t.Fatal(status, a)
		}
		made := a["webhook"].(map[string]any)
		id := made["_id"].(string)
		if made["hasToken"] != true || made["managed"] != false || strings.Contains(strings.Join(keys(made), " "), "ecret") {
			k.t.Error(made)
		}
		k.tell(sent("m1", "not chosen", true))
		k.tell(sent("m2", "chosen", false))
		k.deliver()
		if all := f.got(); len(all) != 1 || all[0].header.Get("X-RocketChat-Livechat-Token") != "hush" {
			k.t.Error(f.types(k.t))
		}
		if _, a := k.call(chat.RoleManager, "POST", "foyer/webhooks/"+id+"/test", ""); a["ok"] != true {
			k.t.Error(a)
		}
		if _, a := k.call(chat.RoleManager, "POST", "foyer/webhooks", `{"_id":"`+id+`","name":"Store","url":"`+f.URL+`","events":["agent-message"],"enabled":false}`); a["webhook"].(map[string]any)["hasToken"] != true {
			k.t.Error("the token was lost", a)
		}
		k.tell(sent("m3", "switched off", false))
		k.deliver()
		if len(f.got()) != 2 {
			k.t.Error("a switched-off webhook was told")
		}
		for _, path := range []string{"foyer/webhooks/nothing/test", "foyer/webhooks/nothing/rotate"} {
			if status, _ := k.call(chat.RoleManager, "POST", path, ""); status != 404 {
				k.t.Error(path, status)
			}
		}
		if status, a := k.call(chat.RoleManager, "POST", "foyer/webhooks", `{"_id":"nothing","name":"x","url":"http://x.example"}`); status != 404 || a["error"] != "There is no such webhook [error-webhook-not-found]" {
			k.t.Error(status, a)
		}
		if status, _ := k.call(chat.RoleManager, "DELETE", "foyer/webhooks/crm", ""); status != 400 {
			k.t.Error("the CRM's was removed")
		}
		if status, _ := k.call(chat.RoleManager, "DELETE", "foyer/webhooks/"+id, ""); status != 200 || len(k.states()) != 0 {
			k.t.Error(status, k.states())
		}
		if _, a := k.call(chat.RoleManager, "GET", "foyer/webhooks", ""); len(a["webhooks"].([]any)) != 1 || len(a["kinds"].([]any)) != len(Kinds()) {
			k.t.Error(a)
		}
	})
}

func keys(m map[string]any) (all []string) {
	for k := range m {
		all = append(all, k)
	}
	return all
}
