package chat

// Settings are what an administrator changes while the server runs; a value is
// an immutable snapshot. The tags are the registry: json is the id, default and
// enum, min, max bound the value, format tells a colour or a list of hosts from
// other text, public is what everybody may read, section and doc make the form
// and the manual.
type Settings struct {
	LivechatEnabled              bool `json:"Livechat_enabled" default:"true" public:"true" section:"Omnichannel" doc:"Master switch: off hides the widget, opens no room and takes no visitor's message."`
	VisitorsMayClose             bool `json:"Omnichannel_allow_visitors_to_close_conversation" default:"true" public:"true" section:"Omnichannel" doc:"Visitors may finish their conversation."`
	RequestCommentWhenClosing    bool `json:"Livechat_request_comment_when_closing_conversation" default:"true" public:"true" section:"Omnichannel" doc:"An agent who closes must write a comment; the visitor sees it."`
	EnabledWhenAgentIdle         bool `json:"Livechat_enabled_when_agent_idle" default:"true" public:"true" section:"Omnichannel" doc:"An agent who is away counts as reachable."`
	CollectHTTPHeaderInformation bool `json:"Livechat_Allow_collect_and_store_HTTP_header_informations" default:"false" public:"true" section:"Privacy" doc:"Store the visitor's address, browser and host."`

	Title                       string   `json:"Livechat_title" default:"Foyer" maxLength:"200" public:"true" section:"Livechat" doc:"Title bar of the widget while agents are reachable."`
	TitleColor                  string   `json:"Livechat_title_color" default:"#C1272D" maxLength:"100" format:"color" public:"true" section:"Livechat" doc:"Colour of the title bar and the launcher while agents are reachable."`
	EnableMessageCharacterLimit bool     `json:"Livechat_enable_message_character_limit" default:"false" public:"true" section:"Livechat" doc:"Limit the length of visitors' messages."`
	MessageCharacterLimit       int64    `json:"Livechat_message_character_limit" default:"0" max:"1000000" public:"true" section:"Livechat" doc:"Longest message of a visitor in characters; 0 or less: the general limit."`
	ClearLocalStorageWhenEnded  bool     `json:"Livechat_clear_local_storage_when_chat_ended" default:"false" public:"true" section:"Livechat" doc:"The widget forgets the visitor when a chat ends; for shared computers."`
	OfflineFormUnavailable      string   `json:"Livechat_offline_form_unavailable" default:"" maxLength:"5000" public:"true" section:"Livechat" doc:"Shown while nobody is reachable; empty: the widget's own words."`
	OfflineTitle                string   `json:"Livechat_offline_title" default:"" maxLength:"200" public:"true" section:"Livechat" doc:"Title of the widget while nobody is reachable; empty: the usual title."`
	OfflineTitleColor           string   `json:"Livechat_offline_title_color" default:"#666666" maxLength:"100" format:"color" public:"true" section:"Livechat" doc:"Colour of the title bar and the launcher while nobody is reachable."`
	ShowAgentInfo               bool     `json:"Livechat_show_agent_info" default:"true" public:"true" section:"Livechat" doc:"Visitors see who serves them."`
	ShowAgentEmail              bool     `json:"Livechat_show_agent_email" default:"true" public:"true" section:"Livechat" doc:"Visitors see the agent's e-mail address too."`
	ConversationFinishedMessage string   `json:"Livechat_conversation_finished_message" default:"" maxLength:"5000" public:"true" section:"Livechat" doc:"Headline when the chat has ended."`
	ConversationFinishedText    string   `json:"Livechat_conversation_finished_text" default:"" maxLength:"5000" public:"true" section:"Livechat" doc:"Text when the chat has ended."`
	RegistrationForm            bool     `json:"Livechat_registration_form" default:"true" public:"true" section:"Livechat" doc:"Ask visitors who they are before the first message."`
	NameFieldRegistrationForm   bool     `json:"Livechat_name_field_registration_form" default:"true" public:"true" section:"Livechat" doc:"Ask for the name; mandatory when shown."`
	EmailFieldRegistrationForm  bool     `json:"Livechat_email_field_registration_form" default:"true" public:"true" section:"Livechat" doc:"Ask for the e-mail address; mandatory when shown."`
	RegistrationFormMessage     string   `json:"Livechat_registration_form_message" default:"" maxLength:"5000" public:"true" section:"Livechat" doc:"Text on top of the registration form."`
	HistoryMonitorType          string   `json:"Livechat_history_monitor_type" default:"url" enum:"url,title" section:"Livechat" doc:"Which change on the host page counts as a page visit."`
	AllowedDomainsList          string   `json:"Livechat_AllowedDomainsList" default:"" maxLength:"5000" public:"true" section:"Livechat" doc:"Hosts that may embed the widget, separated by commas; empty: everybody."`
	WidgetPosition              string   `json:"Livechat_widget_position" default:"right" enum:"left,right" public:"true" section:"Livechat" doc:"Bottom left or bottom right of the page."`
	Background                  string   `json:"Livechat_background" default:"" maxLength:"1000" public:"true" section:"Livechat" doc:"CSS background of the message list; empty: the default."`
	HideSystemMessages          []string `json:"Livechat_hide_system_messages" default:"[\"uj\",\"ul\",\"livechat-close\"]" enum:"uj,ul,livechat-close,livechat-started,livechat_transfer_history" public:"true" section:"Livechat" doc:"System messages the widget does not show."`

	RoutingMethod           string `json:"Livechat_Routing_Method" default:"Auto_Selection" enum:"Auto_Selection,Manual_Selection" public:"true" section:"Routing" doc:"How a chat finds its agent: picked by the server, or taken from the queue."`
	AcceptChatsWithNoAgents bool   `json:"Livechat_accept_chats_with_no_agents" default:"false" section:"Routing" doc:"Chats may begin, and wait, while nobody is reachable."`

	SiteURL  string `json:"Site_Url" default:"" maxLength:"1000" format:"url" public:"true" group:"General" section:"General" doc:"Public address of this server; empty: the address of --root-url."`
	Language string `json:"Language" default:"" maxLength:"20" public:"true" group:"General" section:"General" doc:"Language of the widget and of automatic texts; empty: English."`

	MessageAllowEditing   bool  `json:"Message_AllowEditing" default:"true" public:"true" group:"Message" section:"Message" doc:"Own messages may be edited, by visitors too."`
	MessageAllowDeleting  bool  `json:"Message_AllowDeleting" default:"true" public:"true" group:"Message" section:"Message" doc:"Own messages may be deleted, by visitors too."`
	MessageMaxAllowedSize int64 `json:"Message_MaxAllowedSize" default:"5000" min:"1" max:"1000000" public:"true" group:"Message" section:"Message" doc:"Longest message in characters."`

	LoginExpirationDays        int64 `json:"Accounts_LoginExpiration" default:"90" min:"1" max:"3650" group:"Accounts" section:"Accounts" doc:"Days a sign-in stays valid."`
	LoginAttemptsByUser        int64 `json:"Block_Multiple_Failed_Logins_Attempts_Until_Block_by_User" default:"10" min:"1" max:"100000" group:"Accounts" section:"Login attempts" doc:"Failed sign-ins after which an account is blocked for a while."`
	LoginUnblockUserMinutes    int64 `json:"Block_Multiple_Failed_Logins_Time_To_Unblock_By_User_In_Minutes" default:"5" min:"1" max:"10080" group:"Accounts" section:"Login attempts" doc:"How long an account stays blocked, in minutes."`
	LoginAttemptsByAddress     int64 `json:"Block_Multiple_Failed_Logins_Attempts_Until_Block_By_Ip" default:"50" min:"1" max:"100000" group:"Accounts" section:"Login attempts" doc:"Failed sign-ins after which an address is blocked for a while."`
	LoginUnblockAddressMinutes int64 `json:"Block_Multiple_Failed_Logins_Time_To_Unblock_By_Ip_In_Minutes" default:"5" min:"1" max:"10080" group:"Accounts" section:"Login attempts" doc:"How long an address stays blocked, in minutes."`
}

// The routing methods.
const (
	RoutingAuto   = "Auto_Selection"
	RoutingManual = "Manual_Selection"
)

// VisitorMessageLimit is the longest message of a visitor in code points; the
// limit's own 0 falls back to the general one (settings.md 5.3).
func (s *Settings) VisitorMessageLimit() int {
	if s.EnableMessageCharacterLimit && s.MessageCharacterLimit > 0 {
		return int(s.MessageCharacterLimit)
	}
	return int(s.MessageMaxAllowedSize)
}

// AgentMessageLimit is the longest message of a user in code points.
func (s *Settings) AgentMessageLimit() int { return int(s.MessageMaxAllowedSize) }
