package widget

import (
	"strings"

	"github.com/foyerchat/foyer/chat"
)

// Config is the widget's configuration (settings.md 3, rocketchat-widget.md 7).
type Config struct {
	Enabled      bool            `json:"enabled"`
	Online       bool            `json:"online"`            // somebody would answer now
	Site         chat.SiteID     `json:"site,omitempty"`    // where our own widget is
	Watched      bool            `json:"watched,omitempty"` // our own widget tells that the visitor is there
	Settings     Behaviour       `json:"settings"`
	Theme        Theme           `json:"theme"`
	Messages     Messages        `json:"messages"`
	Survey       Survey          `json:"survey"`
	Departments  []Department    `json:"departments"`
	Triggers     []Trigger       `json:"triggers"`
	CustomFields []Field         `json:"customFields"`
	Resources    Resources       `json:"resources"`
	Guest        *Guest          `json:"guest,omitempty"`
	Room         *Room           `json:"room,omitempty"`
	Agent        *chat.AgentView `json:"agent,omitempty"`
	QueueInfo    *chat.QueueInfo `json:"queueInfo"` // null unless the room waits and places are shown
}

// Trigger is a proactive message as browsers need it: only our own learns its name
// and number, which a page may be told, and whether this visitor has met it.
type Trigger struct {
	ID         chat.TriggerID   `json:"_id"`
	Number     int64            `json:"no,omitempty"`
	Name       string           `json:"name,omitempty"`
	RunOnce    bool             `json:"runOnce"`
	Met        bool             `json:"met,omitempty"`
	Conditions []chat.Condition `json:"conditions"`
	Actions    []chat.Action    `json:"actions"`
}

// Behaviour is config.settings.
type Behaviour struct {
	RegistrationForm               bool     `json:"registrationForm"`
	AllowSwitchingDepartments      bool     `json:"allowSwitchingDepartments"`
	NameFieldRegistrationForm      bool     `json:"nameFieldRegistrationForm"`
	EmailFieldRegistrationForm     bool     `json:"emailFieldRegistrationForm"`
	PhoneFieldRegistrationForm     bool     `json:"phoneFieldRegistrationForm"`
	RatingEnabled                  bool     `json:"ratingEnabled"`
	DisplayOfflineForm             bool     `json:"displayOfflineForm"`
	VideoCall                      bool     `json:"videoCall"`
	FileUpload                     bool     `json:"fileUpload"`
	Language                       string   `json:"language"`
	Transcript                     bool     `json:"transcript"`
	HistoryMonitorType             string   `json:"historyMonitorType"`
	ForceAcceptDataProcessing      bool     `json:"forceAcceptDataProcessingConsent"`
	ShowConnecting                 bool     `json:"showConnecting"`
	AgentHiddenInfo                bool     `json:"agentHiddenInfo"`
	ClearLocalStorageWhenChatEnded bool     `json:"clearLocalStorageWhenChatEnded"`
	LimitTextLength                any      `json:"limitTextLength"` // false or the number of characters
	HiddenSystemMessages           []string `json:"hiddenSystemMessages"`
	HideWatermark                  bool     `json:"hideWatermark"`
	VisitorsCanCloseChat           bool     `json:"visitorsCanCloseChat"`
	Logo                           *Logo    `json:"livechatLogo,omitempty"`
}

// Logo is the picture on the launcher; its address is relative to this server.
type Logo struct {
	URL string `json:"url"`
}

// Theme is config.theme.
type Theme struct {
	Title        string      `json:"title"`
	Color        string      `json:"color"`
	OfflineTitle string      `json:"offlineTitle"`
	OfflineColor string      `json:"offlineColor"`
	Position     string      `json:"position"`
	Background   string      `json:"background"`
	ActionLinks  ActionLinks `json:"actionLinks"`
}

// ActionLinks are the buttons of call messages; there are no calls.
type ActionLinks struct {
	WebRTC []struct{} `json:"webrtc"`
	Jitsi  []struct{} `json:"jitsi"`
}

// Messages is config.messages; an empty text means the widget's own.
type Messages struct {
	OfflineMessage              string `json:"offlineMessage"`
	OfflineSuccessMessage       string `json:"offlineSuccessMessage"`
	OfflineUnavailableMessage   string `json:"offlineUnavailableMessage"`
	ConversationFinishedMessage string `json:"conversationFinishedMessage"`
	ConversationFinishedText    string `json:"conversationFinishedText"`
	TranscriptMessage           string `json:"transcriptMessage"`
	RegistrationFormMessage     string `json:"registrationFormMessage"`
	DataProcessingConsentText   string `json:"dataProcessingConsentText"`
}

// Survey is config.survey.
type Survey struct {
	Items  []string `json:"items"`
	Values []string `json:"values"`
}

// Department is one a visitor may choose.
type Department struct {
	ID                 chat.DepartmentID `json:"_id"`
	Name               string            `json:"name"`
	ShowOnRegistration bool              `json:"showOnRegistration"`
	ShowOnOfflineForm  bool              `json:"showOnOfflineForm"`

	ForwardTo []chat.DepartmentID `json:"departmentsAllowedToForward,omitempty"` // none: all
}

// Field is a custom field of the registration form.
type Field struct {
	ID           chat.FieldID `json:"_id"`
	Label        string       `json:"label"`
	Regexp       string       `json:"regexp"`
	Required     bool         `json:"required"`
	Type         string       `json:"type"` // input or select
	DefaultValue string       `json:"defaultValue"`
	Options      []string     `json:"options"`
}

// Resources is config.resources.
type Resources struct {
	Sound  string     `json:"sound"` // address of the notification sound
	Emojis []struct{} `json:"emojis"`
}

// Guest is the visitor as he sees himself.
type Guest struct {
	ID            chat.VisitorID    `json:"_id"`
	Username      string            `json:"username"`
	Name          string            `json:"name,omitempty"`
	Token         string            `json:"token,omitempty"` // only to who came with it
	VisitorEmails []chat.Email      `json:"visitorEmails,omitempty"`
	Department    chat.DepartmentID `json:"department,omitempty"`
}

// Room is the visitor's open conversation.
type Room struct {
	ID           chat.RoomID       `json:"_id"`
	Open         bool              `json:"open"`
	Seq          int64             `json:"seq"`
	DepartmentID chat.DepartmentID `json:"departmentId,omitempty"`
	Code         int64             `json:"code,omitempty"`      // only our own widget is told
	Initiator    string            `json:"initiator,omitempty"` // likewise
	Verifying    bool              `json:"verifying,omitempty"` // it waits until its channel is verified; likewise
	ServedBy     *chat.ServedBy    `json:"servedBy,omitempty"`
}

// general is what every browser is told. Subjects that do not exist have their neutral value.
func general(s *chat.Settings, address string) Config {
	return Config{
		Enabled: s.LivechatEnabled, Settings: behaviour(s),
		Theme: Theme{Title: s.Title, Color: s.TitleColor, OfflineTitle: s.OfflineTitle, OfflineColor: s.OfflineTitleColor,
			Position: s.WidgetPosition, Background: s.Background, ActionLinks: ActionLinks{WebRTC: []struct{}{}, Jitsi: []struct{}{}}},
		Messages: Messages{OfflineUnavailableMessage: s.OfflineFormUnavailable, OfflineMessage: s.OfflineMessage, OfflineSuccessMessage: s.OfflineSuccessMessage,
			ConversationFinishedMessage: s.ConversationFinishedMessage, ConversationFinishedText: s.ConversationFinishedText,
			RegistrationFormMessage: s.RegistrationFormMessage, TranscriptMessage: s.TranscriptMessage, DataProcessingConsentText: s.ConsentText},
		// The misspelling is what clients of the compatible API know.
		Survey:    Survey{Items: []string{"satisfaction", "agentKnowledge", "agentResposiveness", "agentFriendliness"}, Values: []string{"1", "2", "3", "4", "5"}},
		Triggers:  []Trigger{},
		Resources: Resources{Sound: address + "/livechat/" + chimeName, Emojis: []struct{}{}},
	}
}

func behaviour(s *chat.Settings) Behaviour {
	return Behaviour{
		RegistrationForm: s.RegistrationForm, AllowSwitchingDepartments: s.AllowSwitchingDepartments, NameFieldRegistrationForm: s.NameFieldRegistrationForm, EmailFieldRegistrationForm: s.EmailFieldRegistrationForm,
		PhoneFieldRegistrationForm: s.PhoneFieldRegistrationForm, RatingEnabled: s.RatingEnabled, ForceAcceptDataProcessing: s.ForceConsent, HideWatermark: s.HideWatermark,
		FileUpload: s.FilesOn(), Transcript: s.EnableTranscript, Language: language(s), HistoryMonitorType: s.HistoryMonitorType,
		ShowConnecting: routing(s.RoutingMethod).ShowConnecting, AgentHiddenInfo: !s.ShowAgentInfo,
		ClearLocalStorageWhenChatEnded: s.ClearLocalStorageWhenEnded, LimitTextLength: limitOf(s),
		HiddenSystemMessages: append([]string{}, s.HideSystemMessages...), VisitorsCanCloseChat: s.VisitorsMayClose,
		DisplayOfflineForm: s.DisplayOfflineForm, Logo: logo(s),
	}
}

func logo(s *chat.Settings) *Logo {
	if s.WidgetLogo.URL == "" {
		return nil
	}
	return &Logo{s.WidgetLogo.URL}
}

// limitOf is false without a limit, else the number of characters (rest-api.md 21).
func limitOf(s *chat.Settings) any {
	if !s.EnableMessageCharacterLimit {
		return false
	}
	return s.VisitorMessageLimit()
}

func language(s *chat.Settings) string {
	if s.Language == "" {
		return "en"
	}
	return s.Language
}

func trimSlash(address string) string { return strings.TrimRight(address, "/") }

// RoutingConfig says how the screens of the routing method behave (settings.md 4.6).
type RoutingConfig struct {
	PreviewRoom         bool `json:"previewRoom"`
	ShowConnecting      bool `json:"showConnecting"`
	ShowQueue           bool `json:"showQueue"`
	ShowQueueLink       bool `json:"showQueueLink"`
	ReturnQueue         bool `json:"returnQueue"`
	EnableTriggerAction bool `json:"enableTriggerAction"`
	AutoAssignAgent     bool `json:"autoAssignAgent"`
}

// routing are the flags of a method (RQ-4).
func routing(method string) RoutingConfig {
	switch method {
	case chat.RoutingManual:
		return RoutingConfig{PreviewRoom: true, ShowConnecting: true, ShowQueue: true, ReturnQueue: true}
	case chat.RoutingAuto:
		return RoutingConfig{ShowQueueLink: true, EnableTriggerAction: true, AutoAssignAgent: true}
	}
	return RoutingConfig{EnableTriggerAction: true, AutoAssignAgent: true}
}
