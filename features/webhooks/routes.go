package webhooks

import (
	"context"
	"encoding/json"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	viewManager  = string(chat.ViewLivechatManager)
	viewWebhooks = string(chat.ViewLivechatWebhooks)
)

// Rows are the endpoints of this feature.
func (s *Service) Rows() []rest.Endpoint {
	tag := rest.Tag("webhooks")
	rows := []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/integrations.settings", rest.All(viewManager), "The settings of the CRM integration.", s.integrations, tag),
		rest.Row("POST", "/api/v1/omnichannel/integrations", rest.All(viewManager), "Change settings of the CRM integration; what is left out stays.", s.integrate, tag, rest.Strict(),
			rest.Errors("Invalid setting value: … [error-invalid-setting-value]")),
		rest.Row("POST", "/api/v1/livechat/webhook.test", rest.All(viewWebhooks), "Send a sample to the CRM's address.", s.testCRM, tag,
			rest.Errors("The webhook has no address [Webhook_URL_not_set]", "The webhook did not answer with the status 200 [error-invalid-webhook-response]")),
	}
	return append(rows, s.ownRows()...)
}

// integration is a field of POST omnichannel/integrations and its setting.
type integration struct {
	LivechatWebhookUrl              json.RawMessage `json:"LivechatWebhookUrl"`
	LivechatSecretToken             json.RawMessage `json:"LivechatSecretToken"`
	LivechatHttpTimeout             json.RawMessage `json:"LivechatHttpTimeout"`
	LivechatWebhookOnStart          json.RawMessage `json:"LivechatWebhookOnStart"`
	LivechatWebhookOnClose          json.RawMessage `json:"LivechatWebhookOnClose"`
	LivechatWebhookOnChatTaken      json.RawMessage `json:"LivechatWebhookOnChatTaken"`
	LivechatWebhookOnChatQueued     json.RawMessage `json:"LivechatWebhookOnChatQueued"`
	LivechatWebhookOnForward        json.RawMessage `json:"LivechatWebhookOnForward"`
	LivechatWebhookOnOfflineMsg     json.RawMessage `json:"LivechatWebhookOnOfflineMsg"`
	LivechatWebhookOnVisitorMessage json.RawMessage `json:"LivechatWebhookOnVisitorMessage"`
	LivechatWebhookOnAgentMessage   json.RawMessage `json:"LivechatWebhookOnAgentMessage"`
}

type change struct {
	id  string
	raw json.RawMessage
}

func (i integration) changes() []change {
	return []change{
		{"Livechat_webhookUrl", i.LivechatWebhookUrl}, {"Livechat_secret_token", i.LivechatSecretToken}, {"Livechat_http_timeout", i.LivechatHttpTimeout},
		{"Livechat_webhook_on_start", i.LivechatWebhookOnStart}, {"Livechat_webhook_on_close", i.LivechatWebhookOnClose},
		{"Livechat_webhook_on_chat_taken", i.LivechatWebhookOnChatTaken}, {"Livechat_webhook_on_chat_queued", i.LivechatWebhookOnChatQueued},
		{"Livechat_webhook_on_forward", i.LivechatWebhookOnForward}, {"Livechat_webhook_on_offline_msg", i.LivechatWebhookOnOfflineMsg}, {"Livechat_webhook_on_visitor_message", i.LivechatWebhookOnVisitorMessage},
		{"Livechat_webhook_on_agent_message", i.LivechatWebhookOnAgentMessage},
	}
}

// integrate changes nothing when one of the values is refused.
func (s *Service) integrate(ctx context.Context, r integration) (struct{}, error) {
	me := rest.Identity[chat.Actor](ctx)
	for _, c := range r.changes() {
		if d, ok := chat.SettingByID(c.id); ok && c.raw != nil {
			if _, err := d.Accept(c.raw); err != nil {
				return struct{}{}, fault.New(fault.Invalid, "error-invalid-setting-value", "Invalid setting value: "+err.Error())
			}
		}
	}
	for _, c := range r.changes() {
		if c.raw == nil {
			continue
		}
		if err := s.Settings.Change(ctx, me, c.id, c.raw); err != nil {
			return struct{}{}, err
		}
	}
	return struct{}{}, nil
}

// setting is a setting as integrations.settings answers it.
type setting struct {
	ID           string           `json:"_id"`
	Type         chat.SettingType `json:"type"`
	Value        any              `json:"value"`
	PackageValue any              `json:"packageValue"`
	Group        string           `json:"group"`
	Section      string           `json:"section"`
	I18nLabel    string           `json:"i18nLabel"`
	Doc          string           `json:"i18nDescription"`
	Secret       bool             `json:"secret"` // the value is a mask, or "" when none is set
	Sorter       int              `json:"sorter"`
}

type settingsAnswer struct {
	Settings []setting `json:"settings"`
}

func (s *Service) integrations(context.Context, struct{}) (settingsAnswer, error) {
	answer := settingsAnswer{Settings: []setting{}}
	for _, d := range chat.AllSettings() {
		if d.Section == "CRM Integration" {
			answer.Settings = append(answer.Settings, setting{d.ID, d.Type, d.Shown(s.Settings.Current()), d.Default, d.Group, d.Section, d.ID, d.Doc, d.Secret, d.Position()})
		}
	}
	return answer, nil
}

func (s *Service) testCRM(ctx context.Context, _ struct{}) (struct{}, error) {
	a, err := s.Test(ctx, crmID)
	if err == nil && a.Status != 200 {
		err = fault.New(fault.Invalid, "error-invalid-webhook-response", "The webhook did not answer with the status 200")
	}
	return struct{}{}, err
}
