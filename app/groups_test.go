package app

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
)

// Private groups as set-ups of existing clients make them (rest-api.md 5), and offline
// messages that are sent to one (LC-OFF-6).
func TestPrivateGroups(t *testing.T) {
	eachEngine(t, func(t *testing.T, engine db.Engine) {
		r := begin(t, withAdmin(config(t, engine)))
		boss := r.as("boss", "boss-pw")
		for _, name := range []string{"bob", "oda"} {
			boss.rest("POST", "users.create", `{"username":"`+name+`","name":"`+name+`","email":"`+name+`@example.com","password":"pw","roles":["livechat-agent"]}`)
		}
		bob, oda := r.as("bob", "pw"), r.as("oda", "pw")
		if a := bob.rest("GET", "rooms.get", ""); strings.Count(a, `"_id":`) != 1 || !strings.Contains(a, `"_id":"GENERAL","t":"c"`) {
			t.Errorf("rooms of somebody new: %s", a)
		}
		for body, want := range map[string]string{
			`{}`:                       `Body param \"name\" is required`,
			`{"name":"two words"}`:     `error-invalid-room-name`,
			`{"name":{"$ne":""}}`:      `must be string [invalid-params]`,
			`{"name":"General"}`:       `A channel with name 'General' exists [error-duplicate-channel-name]`,
			`{"name":"x","members":1}`: `must be array [invalid-params]`,
		} {
			boss.refused(400, "POST", "groups.create", body, want)
		}
		oda.refused(403, "POST", "groups.create", `{"name":"desk"}`, "error-unauthorized")
		var made struct {
			Group struct {
				ID string `json:"_id"`
			}
		}
		text := boss.rest("POST", "groups.create", `{"name":"Desk","members":["bob","nobody"],"readOnly":true,"customFields":{"floor":2},"extraData":{"broadcast":false}}`)
		if err := json.Unmarshal([]byte(text), &made); err != nil || made.Group.ID == "" ||
			!strings.Contains(text, `"t":"p","name":"Desk","fname":"Desk"`) || !strings.Contains(text, `"username":"boss"`) || !strings.Contains(text, `"msgs":0,"usersCount":2`) || !strings.Contains(text, `"ro":true,"sysMes":true`) {
			t.Fatalf("%v %s", err, text)
		}
		group := made.Group.ID
		for _, by := range []string{"roomId=" + group, "roomName=desk"} {
			if a := bob.rest("GET", "channels.info?"+by, ""); !strings.Contains(a, `"_id":"`+group+`"`) || !strings.Contains(a, `"customFields":{"floor":2}`) {
				t.Errorf("%s: %s", by, a)
			}
			oda.refused(400, "GET", "channels.info?"+by, "", "error-invalid-room")
		}
		oda.refused(400, "GET", "channels.info", "", "must have required property 'roomId' [invalid-params]")
		if a := bob.rest("GET", "rooms.get", ""); !strings.Contains(a, group) || !strings.Contains(a, "GENERAL") {
			t.Errorf("rooms of a member: %s", a)
		}
		if a := bob.rest("GET", "subscriptions.getOne?roomId="+group, ""); !strings.Contains(a, `"rid":"`+group+`","t":"p"`) || !strings.Contains(a, `"username":"bob"`) {
			t.Errorf("subscription: %s", a)
		}
		if a := oda.rest("GET", "subscriptions.getOne?roomId="+group, ""); !strings.Contains(a, `"subscription":null`) {
			t.Errorf("subscription of a stranger: %s", a)
		}

		boss.rest("POST", "settings/Livechat_validate_offline_email", `{"value":false}`)
		boss.rest("POST", "settings/Livechat_OfflineMessageToChannel_enabled", `{"value":true}`)
		boss.rest("POST", "settings/Livechat_OfflineMessageToChannel_channel_name", `{"value":"desk"}`)
		boss.rest("POST", "livechat/offline.message", `{"name":"Ann","email":"ann@example.com","message":"call me back"}`)
		if a := bob.rest("GET", "foyer/offline.messages", ""); !strings.Contains(a, "call me back") {
			t.Errorf("a member does not see it: %s", a)
		}
		if a := oda.rest("GET", "foyer/offline.messages", ""); strings.Contains(a, "call me back") || !strings.Contains(a, `"total":0`) {
			t.Errorf("a stranger sees it: %s", a)
		}
		if a := bob.rest("GET", "channels.info?roomId="+group, ""); !strings.Contains(a, `"msgs":1`) {
			t.Errorf("no message in it: %s", a)
		}

		// Users make groups, but take no channel to themselves that messages go to.
		boss.rest("POST", "users.create", `{"username":"eve","name":"eve","email":"eve@example.com","password":"pw","roles":["user","livechat-agent"]}`)
		eve := r.as("eve", "pw")
		boss.rest("POST", "livechat/department", `{"department":{"name":"Legal","email":"l@example.com","enabled":true,"showOnRegistration":true,"showOnOfflineForm":true,"offlineMessageChannelName":"Legal-desk"},"agents":[]}`)
		boss.rest("POST", "settings/Livechat_OfflineMessageToChannel_channel_name", `{"value":"leads"}`)
		for _, taken := range []string{"legal-desk", "LEADS", "desk"} {
			eve.refused(400, "POST", "groups.create", `{"name":"`+taken+`"}`, "error-duplicate-channel-name")
		}
		eve.rest("POST", "groups.create", `{"name":"lunch"}`)
		boss.rest("POST", "groups.create", `{"name":"legal-desk","members":["bob"]}`)
		boss.refused(400, "POST", "livechat/rooms.delete", `{"roomId":"`+group+`"}`, "error-this-is-not-a-livechat-room") // LC-DEL-1
		bob.refused(403, "POST", "groups.delete", `{"roomId":"`+group+`"}`, "error-unauthorized")
		boss.refused(400, "POST", "groups.delete", `{}`, "error-room-param-not-provided")
		boss.refused(400, "POST", "groups.delete", `{"roomId":"ghost"}`, "error-room-not-found")
		boss.refused(400, "POST", "groups.delete", `{"roomId":"GENERAL"}`, "Not allowed [error-not-allowed]")
		boss.rest("POST", "groups.delete", `{"roomName":"desk"}`)
		bob.refused(400, "GET", "channels.info?roomId="+group, "", "error-invalid-room")
		if a := bob.rest("GET", "foyer/offline.messages", ""); strings.Contains(a, "call me back") {
			t.Errorf("seen without the channel: %s", a)
		}
		if a := boss.rest("GET", "foyer/offline.messages", ""); !strings.Contains(a, "call me back") {
			t.Errorf("lost with the channel: %s", a)
		}
	})
}
