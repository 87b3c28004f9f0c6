package app

import (
	"reflect"
	"sync"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/live"
	"github.com/foyerchat/foyer/features/livechatoo"
	"github.com/foyerchat/foyer/features/onsite"
	"github.com/foyerchat/foyer/features/routing"
	"github.com/foyerchat/foyer/features/triggers"
	"github.com/foyerchat/foyer/features/webhooks"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/schema"
)

// Generated are the files made from the code, by their path in the repository:
// the description of the API, and the front ends' types of API, events and settings.
func Generated() map[string][]byte {
	rows := Rows()
	return map[string][]byte{
		"api/openapi.json":               append(rest.OpenAPI(rows, "1"), '\n'),
		"web/shared/src/gen/api.ts":      rest.TypeScript(rows),
		"web/shared/src/gen/events.ts":   schema.TypeScript("Events", eventTypes()...),
		"web/shared/src/gen/settings.ts": settingTypes(),
	}
}

func eventTypes() []schema.Entry {
	var entries []schema.Entry
	for _, t := range live.Types() {
		entries = append(entries, schema.Entry{Name: t.Name, Type: schema.Of(reflect.TypeOf(t.Of)), Dir: schema.Out})
	}
	return entries
}

func settingTypes() []byte {
	return schema.TypeScript("SettingTypes", schema.Entry{Name: "all", Doc: "Every setting by its id.",
		Type: schema.For[chat.Settings](), Dir: schema.Out})
}

// registerWords tells the generators which texts are words of a fixed list.
var registerWords = sync.OnceFunc(func() {
	schema.Enum(chat.Online, chat.Away, chat.Busy, chat.Offline)
	schema.Enum(chat.Available, chat.NotAvailable)
	schema.Enum(chat.StatusReady, chat.StatusQueued, chat.StatusTaken)
	schema.Enum(chat.CloserUser, chat.CloserVisitor)
	schema.Enum(routing.KindOpen, routing.KindQueue, routing.KindForward, routing.KindUnanswered, routing.KindLeft, routing.KindTake, routing.KindAssign, routing.KindReturn, routing.KindClose)
	schema.Enum(routing.AllRules()...)
	schema.Enum(routing.TieOnly, routing.TieCount, routing.TieOrder, routing.TieLoad, routing.TieRouted, routing.TieUsername, routing.TieReturned)
	schema.Enum(routing.OutInactive, routing.OutSwitched, routing.OutOffline, routing.OutIdle, routing.OutHours, routing.OutBot, routing.OutOutside,
		routing.OutIgnored, routing.OutFull, routing.OutDelayed, routing.OutReturned, routing.OutUnasked)
	schema.Enum(webhooks.Kinds()...)
	schema.Enum(chat.OnPageURL, chat.OnTimeOnSite, chat.OnChatOpened, chat.OnGuestRegistration)
	schema.Enum(chat.SendMessage, chat.UseExternalService)
	schema.Enum(triggers.FactKinds()...)
	schema.Enum(livechatoo.Departments, livechatoo.Operators)
	schema.Enum(livechatoo.Off, livechatoo.Optional, livechatoo.Required)
	schema.Enum(chat.TriggerReasons()...)
	schema.Enum(onsite.Statuses()...)
	schema.Enum(webhooks.Pending, webhooks.Sent, webhooks.Dead, webhooks.Dropped)
	schema.Enum(chat.SettingBoolean, chat.SettingInt, chat.SettingString, chat.SettingColor, chat.SettingSelect, chat.SettingMultiSelect, chat.SettingAsset)
})
