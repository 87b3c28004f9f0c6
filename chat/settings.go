package chat

import "slices"

// Settings are what an administrator changes while the server runs; a value is
// an immutable snapshot. The tags are the registry: json is the id, default and
// enum, min, max bound the value, format tells a colour or a list of hosts from
// other text, public is what everybody may read, secret what nobody may, section
// and doc make the form and the manual.
type Settings struct {
	LivechatEnabled              bool   `json:"Livechat_enabled" default:"true" public:"true" section:"Omnichannel" doc:"Master switch: off hides the widget, opens no room and takes no visitor's message."`
	VisitorsMayClose             bool   `json:"Omnichannel_allow_visitors_to_close_conversation" default:"true" public:"true" section:"Omnichannel" doc:"Visitors may finish their conversation."`
	RequestCommentWhenClosing    bool   `json:"Livechat_request_comment_when_closing_conversation" default:"true" public:"true" section:"Omnichannel" doc:"An agent who closes must write a comment; the visitor sees it."`
	WebRTC                       bool   `json:"WebRTC_Enabled" default:"false" public:"true" section:"Omnichannel" doc:"Clients that make video calls over WebRTC may begin one in a chat, if Omnichannel_call_provider is WebRTC."`
	CallProvider                 string `json:"Omnichannel_call_provider" default:"none" enum:"none,default-provider,WebRTC" public:"true" section:"Omnichannel" doc:"WebRTC: agents' clients may begin video calls in chats; anything else: they may not."`
	LivechatFileUpload           bool   `json:"Livechat_fileupload_enabled" default:"true" public:"true" section:"Omnichannel" doc:"Visitors and agents may send files in chats; FileUpload_Enabled must be on too."`
	EnableTranscript             bool   `json:"Livechat_enable_transcript" default:"false" public:"true" section:"Omnichannel" doc:"Ask visitors with an e-mail address after a chat whether they want a transcript."`
	TranscriptMessage            string `json:"Livechat_transcript_message" default:"" maxLength:"5000" public:"true" section:"Omnichannel" doc:"The words of that question; empty: the widget's own."`
	TranscriptSendAlways         bool   `json:"Livechat_transcript_send_always" default:"false" public:"true" section:"Omnichannel" doc:"Mail a transcript to the visitor after every chat, unless visitors are asked."`
	TranscriptSystemMessages     bool   `json:"Livechat_transcript_show_system_messages" default:"false" public:"true" section:"Omnichannel" doc:"Transcripts also tell who joined, left or was handed the chat."`
	TranscriptSubject            string `json:"Livechat_transcript_email_subject" default:"" maxLength:"500" public:"true" section:"Omnichannel" doc:"Subject of mailed transcripts; empty: a sentence in the server's language."`
	TranscriptsPerRecipient      int64  `json:"Foyer_transcripts_per_recipient" default:"20" min:"1" max:"1000000" section:"Omnichannel" doc:"Most transcripts to one address within 24 hours."`
	TranscriptsPerVisitor        int64  `json:"Foyer_transcripts_per_visitor" default:"20" min:"1" max:"1000000" section:"Omnichannel" doc:"Most transcripts of one visitor's chats within 24 hours."`
	TranscriptsPerHour           int64  `json:"Foyer_transcripts_per_hour" default:"2000" min:"1" max:"10000000" section:"Omnichannel" doc:"Most transcripts this server mails within an hour."`
	EnabledWhenAgentIdle         bool   `json:"Livechat_enabled_when_agent_idle" default:"true" public:"true" section:"Omnichannel" doc:"An agent who is away counts as reachable."`
	ContinuousSound              bool   `json:"Livechat_continuous_sound_notification_new_livechat_room" default:"false" public:"true" section:"Omnichannel" doc:"The sound of a new chat comes back, at each agent's own volume, while a chat waits in a queue or one has messages nobody read; off: only for those who chose that."`
	CallsPerMinute               int64  `json:"Foyer_calls_per_minute" default:"300" min:"0" max:"1000000" section:"Omnichannel" doc:"How often one address may call each public method that registers visitors, opens chats or stores pages and fields, in a minute; 0: any number."`
	BlockUnknownContacts         bool   `json:"Livechat_Block_Unknown_Contacts" default:"false" section:"Omnichannel" doc:"Chats only for contacts that somebody has saved under Contacts; others are refused, and of those that wait already nobody takes them."`
	BlockUnverifiedContacts      bool   `json:"Livechat_Block_Unverified_Contacts" default:"false" section:"Omnichannel" doc:"Agents serve only chats whose channel is verified. While somebody verifies, as the setting below says, a new chat waits for that; else it is refused."`
	ContactVerifier              string `json:"Livechat_Contact_Verification_App" default:"" enum:",identity,manual" section:"Omnichannel" doc:"Who verifies channels before a chat: nobody (empty); the site, by its answer to the identity check, or a person in its place (identity; as long as Livechat_identity_check_url is empty that is nobody); only a person, whatever the site says (manual)."`
	RequireVerification          string `json:"Livechat_Require_Contact_Verification" default:"never" enum:"never,once,always" section:"Omnichannel" doc:"While somebody verifies: whether a chat waits, outside every queue, until its channel is verified: never, if it never was (once), or anew for each chat (always)."`
	VisitorTokens                bool   `json:"Foyer_visitor_tokens" default:"false" section:"Omnichannel" doc:"Answers of the API to colleagues have the tokens of visitors, as older integrations expect. Whoever has one can read and write as that visitor. Off: no colleague is shown one."`
	ContactObjects               bool   `json:"Foyer_contact_objects" default:"false" section:"Omnichannel" doc:"Answers about contacts have the form newer integrations expect: each e-mail an object with its address, each telephone one with its phoneNumber, and in searches the manager one with _id, name and username. Off: texts. Requests may have either form."`
	CollectHTTPHeaderInformation bool   `json:"Livechat_Allow_collect_and_store_HTTP_header_informations" default:"false" public:"true" section:"Privacy" doc:"Store the visitor's address, browser and host."`
	ForceConsent                 bool   `json:"Livechat_force_accept_data_processing_consent" default:"false" public:"true" section:"Privacy" doc:"Visitors must accept the text below before anything else; agreeing is remembered in the browser, and the words and the time with the visitor."`
	ConsentText                  string `json:"Livechat_data_processing_consent_text" default:"" maxLength:"10000" public:"true" section:"Privacy" doc:"What visitors accept; empty: the widget's own words."`

	ContactURL                 string `json:"Livechat_url_contact" default:"" maxLength:"1000" format:"url" public:"true" section:"Livechatoo" doc:"Contact page, linked in the chat window; what the page says wins."`
	FAQURL                     string `json:"Livechat_url_faq" default:"" maxLength:"1000" format:"url" public:"true" section:"Livechatoo" doc:"Page of frequent questions, linked in the chat window; what the page says wins."`
	PrivacyURL                 string `json:"Livechat_url_privacy" default:"" maxLength:"1000" format:"url" public:"true" section:"Livechatoo" doc:"Page about the processing of personal data; with it consent is asked before an address or number is sent."`
	BeforeChatRequestMode      string `json:"Livechat_before_chat_request_mode" default:"optional" enum:"optional,required" public:"true" section:"Livechatoo" doc:"Whether visitors may decline what is asked before the chat."`
	DepartmentSupport          bool   `json:"Livechat_department_support" default:"true" public:"true" section:"Livechatoo" doc:"Pages may name departments and visitors choose one; off: none is offered."`
	ManualOperatorAssignment   bool   `json:"Livechat_manual_operator_assignment" default:"false" public:"true" section:"Livechatoo" doc:"Visitors pick the operator from a list."`
	RatingEnabled              bool   `json:"Livechat_rating_enabled" default:"true" public:"true" section:"Livechatoo" doc:"Visitors rate chats with stars and words."`
	GoogleAnalyticsEvents      bool   `json:"Livechat_google_analytics_events" default:"true" public:"true" section:"Livechatoo" doc:"Tell the page's Google Analytics of chats."`
	PhoneFieldRegistrationForm bool   `json:"Livechat_phone_field_registration_form" default:"false" public:"true" section:"Livechatoo" doc:"Ask for the phone number before the chat."`

	VisitorsOnSite bool `json:"Foyer_visitors_on_site" default:"true" section:"Livechat" doc:"The console shows who is on the sites now, and agents may invite; off: browsers tell nothing before a chat."`

	TriggerVisitDays int64 `json:"Foyer_trigger_visit_days" default:"7" min:"0" max:"365" section:"Triggers" doc:"Days for which it is kept what triggers did on the visits of people who wrote or registered; 0: nothing is kept."`

	Title                       string   `json:"Livechat_title" default:"Foyer" maxLength:"200" public:"true" section:"Livechat" doc:"Title bar of the widget while agents are reachable."`
	TitleColor                  string   `json:"Livechat_title_color" default:"#C1272D" maxLength:"100" format:"color" public:"true" section:"Livechat" doc:"Colour of the title bar and the launcher while agents are reachable."`
	EnableMessageCharacterLimit bool     `json:"Livechat_enable_message_character_limit" default:"false" public:"true" section:"Livechat" doc:"Limit the length of visitors' messages."`
	MessageCharacterLimit       int64    `json:"Livechat_message_character_limit" default:"0" max:"1000000" public:"true" section:"Livechat" doc:"Longest message of a visitor in characters; 0 or less: the general limit."`
	ClearLocalStorageWhenEnded  bool     `json:"Livechat_clear_local_storage_when_chat_ended" default:"false" public:"true" section:"Livechat" doc:"The widget forgets the visitor when a chat ends; for shared computers."`
	DisplayOfflineForm          bool     `json:"Livechat_display_offline_form" default:"true" public:"true" section:"Livechat" doc:"Visitors may leave a message while nobody is reachable."`
	ValidateOfflineEmail        bool     `json:"Livechat_validate_offline_email" default:"true" public:"true" section:"Livechat" doc:"The address in an offline message must be at a domain that takes mail."`
	OfflineMessage              string   `json:"Livechat_offline_message" default:"" maxLength:"5000" public:"true" section:"Livechat" doc:"Text above the form for offline messages; empty: the widget's own words."`
	OfflineEmail                string   `json:"Livechat_offline_email" default:"" maxLength:"2000" format:"addresses" section:"Livechat" doc:"Who gets offline messages by e-mail, several separated by commas; a department's own address replaces it."`
	OfflineSuccessMessage       string   `json:"Livechat_offline_success_message" default:"" maxLength:"5000" public:"true" section:"Livechat" doc:"Shown when an offline message was sent; empty: a sentence in the server's language."`
	OfflineMessageDays          int64    `json:"Foyer_offline_message_days" default:"365" min:"1" max:"36500" section:"Livechat" doc:"Days after which offline messages are forgotten."`
	OfflineMessagesPerHour      int64    `json:"Foyer_offline_messages_per_hour" default:"1000" min:"1" max:"10000000" section:"Livechat" doc:"Most offline messages this server takes within an hour, from everybody together."`
	OfflineToChannel            bool     `json:"Livechat_OfflineMessageToChannel_enabled" default:"false" public:"true" section:"Livechat" doc:"Agents too see offline messages in the console, under the name of a channel: those of their departments and those of none; if a private group has that name, its members do instead."`
	OfflineChannel              string   `json:"Livechat_OfflineMessageToChannel_channel_name" default:"" maxLength:"255" section:"Livechat" doc:"That name, without #; a department's own replaces it."`
	OfflineMailSubject          string   `json:"Foyer_offline_mail_subject" default:"" maxLength:"500" section:"Livechat" doc:"Subject of the mail about an offline message; {name}, {email}, {department} and {message} stand for what the visitor wrote. Empty: a text in the server's language."`
	OfflineMailText             string   `json:"Foyer_offline_mail_text" default:"" maxLength:"5000" section:"Livechat" doc:"First lines of that mail, with the same words in braces. Empty: a text in the server's language."`
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
	NavigationAsMessage         bool     `json:"Livechat_Visitor_navigation_as_a_message" default:"false" public:"true" section:"Livechat" doc:"Agents see each page that the visitor opens as a line in the conversation."`
	AllowedDomainsList          string   `json:"Livechat_AllowedDomainsList" default:"" maxLength:"5000" public:"true" section:"Livechat" doc:"Hosts that may embed the widget, separated by commas, each with its port unless that is 80 or 443: shop.example, localhost:3000. A scheme and a path are left out. Empty: everybody."`
	WidgetPosition              string   `json:"Livechat_widget_position" default:"right" enum:"left,right" public:"true" section:"Livechat" doc:"Bottom left or bottom right of the page."`
	Background                  string   `json:"Livechat_background" default:"" maxLength:"1000" public:"true" section:"Livechat" doc:"CSS background of the message list; empty: the default."`
	HideSystemMessages          []string `json:"Livechat_hide_system_messages" default:"[\"uj\",\"ul\",\"livechat-close\"]" enum:"uj,ul,livechat-close,livechat-started,livechat_transfer_history" public:"true" section:"Livechat" doc:"System messages the widget does not show."`
	HideWatermark               bool     `json:"Livechat_hide_watermark" default:"false" section:"Livechat" doc:"The widget does not say whose product it is."`
	AdditionalWidgetScripts     string   `json:"Livechat_AdditionalWidgetScripts" default:"" maxLength:"10000" section:"Livechat" doc:"Addresses of scripts the widget loads, separated by commas; http or https."`
	WidgetLayoutClasses         string   `json:"Livechat_WidgetLayoutClasses" default:"" maxLength:"10000" section:"Livechat" doc:"Addresses of style sheets the widget loads, separated by commas; http or https."`
	WidgetLogo                  Asset    `json:"Assets_livechat_widget_logo" public:"true" section:"Livechat" doc:"Picture on the launcher button: SVG, PNG or JPEG. It is uploaded."`

	AllowSwitchingDepartments bool `json:"Livechat_allow_switching_departments" default:"true" public:"true" section:"Livechat" doc:"Visitors may change the department while they chat."`
	EnableDepartmentRemoval   bool `json:"Omnichannel_enable_department_removal" default:"false" public:"true" section:"Omnichannel" doc:"Departments may be removed for good; archiving them is usually better."`

	EnableBusinessHours bool   `json:"Livechat_enable_business_hours" default:"false" public:"true" section:"Business Hours" doc:"Outside their hours agents do not take chats."`
	BusinessHourType    string `json:"Livechat_business_hour_type" default:"Single" enum:"Single,Multiple" public:"true" section:"Business Hours" doc:"One schedule for all, or more for departments."`
	BusinessHoursStrict bool   `json:"Foyer_business_hours_per_department" default:"false" section:"Business Hours" doc:"A department outside its own hours has nobody available, even if its agents are inside another's."`
	BusinessDayToTheEnd bool   `json:"Foyer_business_hours_whole_last_minute" default:"true" section:"Business Hours" doc:"23:59 is the end of the day when the next day opens at 00:00."`

	QueueDelaySeconds      int64  `json:"Omnichannel_queue_delay_timeout" default:"5" max:"86400" section:"Queue Management" doc:"Seconds between two chats that the queue gives to the same agent; below 1: 5."`
	WaitingQueue           bool   `json:"Livechat_waiting_queue" default:"false" section:"Queue Management" doc:"New chats wait in a queue until an agent has room for them; limits count only with it."`
	WaitingQueueMessage    string `json:"Livechat_waiting_queue_message" default:"" maxLength:"5000" section:"Queue Management" doc:"What a waiting visitor reads beside the place in the queue."`
	MaxChatsPerAgent       int64  `json:"Livechat_maximum_chats_per_agent" default:"0" max:"100000" section:"Queue Management" doc:"Most conversations at once of an agent without a limit of his own; 0: no limit."`
	QueueStatistics        bool   `json:"Omnichannel_calculate_dispatch_service_queue_statistics" default:"true" section:"Queue Management" doc:"Waiting visitors see their place and how long it may take."`
	RecentChatsForEstimate int64  `json:"Livechat_number_most_recent_chats_estimate_wait_time" default:"100" max:"10000" section:"Queue Management" doc:"How many of the last chats the waiting time is estimated from; 0: no estimate."`
	MaxQueueWaitMinutes    int64  `json:"Livechat_max_queue_wait_time" default:"-1" max:"525600" section:"Queue Management" doc:"Minutes after which a waiting chat is closed; 0 or less: never."`
	QueueSorting           string `json:"Omnichannel_sorting_mechanism" default:"Timestamp" enum:"Timestamp,Priority,SLAs,SLADeadline" public:"true" section:"Queue Management" doc:"Order of the queue: age, priority, SLA policy, or the moment the policy is due."`

	RoutingMethod           string `json:"Livechat_Routing_Method" default:"Auto_Selection" enum:"Auto_Selection,Manual_Selection,External,Load_Balancing,Load_Rotation" public:"true" section:"Routing" doc:"How a chat finds its agent: each in turn, taken from the queue, asked of another service, the least busy, or whoever waited longest."`
	AcceptChatsWithNoAgents bool   `json:"Livechat_accept_chats_with_no_agents" default:"false" section:"Routing" doc:"Chats may begin, and wait, while nobody is reachable."`
	AssignToBot             bool   `json:"Livechat_assign_new_conversation_to_bot" default:"false" section:"Routing" doc:"A new chat goes to a bot first."`
	QueueItemsDisplayed     int64  `json:"Livechat_guest_pool_max_number_incoming_livechats_displayed" default:"0" max:"10000" public:"true" section:"Routing" doc:"How many waiting chats an agent sees at most; 0: all."`
	ShowQueueListLink       bool   `json:"Livechat_show_queue_list_link" default:"false" public:"true" section:"Routing" doc:"Agents see the queue overview too, if the method has one."`
	ExternalQueueURL        string `json:"Livechat_External_Queue_URL" default:"" maxLength:"1000" format:"url" section:"Routing" doc:"The service that is asked for the next agent."`
	ExternalQueueToken      string `json:"Livechat_External_Queue_Token" default:"" maxLength:"1000" secret:"true" section:"Routing" doc:"Proves to that service who asks; sent as X-RocketChat-Secret-Token."`
	MaxFallbackDepth        int64  `json:"Omnichannel_max_fallback_forward_depth" default:"3" max:"100" section:"Routing" doc:"How many fallback departments a forwarded chat may go through."`
	LastChattedAgent        bool   `json:"Livechat_last_chatted_agent_routing" default:"false" section:"Routing" doc:"A returning visitor goes to the agent of the last chat."`
	CannedResponses         bool   `json:"Canned_Responses_Enable" default:"true" public:"true" section:"Omnichannel" doc:"Prepared texts, and placeholders in what agents write."`
	ContactManagerRouting   bool   `json:"Omnichannel_contact_manager_routing" default:"true" section:"Routing" doc:"A visitor with a contact manager goes to that agent."`
	PreferredAfterBot       bool   `json:"Foyer_preferred_agent_after_bot" default:"false" section:"Routing" doc:"When a bot hands over, contact manager and last agent are tried first."`

	AgentLeaveAction          string `json:"Livechat_agent_leave_action" default:"none" enum:"none,forward,close" section:"Sessions" doc:"What happens to the chats of an agent who is not available any more."`
	AgentLeaveSeconds         int64  `json:"Livechat_agent_leave_action_timeout" default:"60" max:"86400" section:"Sessions" doc:"Seconds an agent may be gone before that; below 0: at once."`
	AgentLeaveComment         string `json:"Livechat_agent_leave_comment" default:"" maxLength:"5000" section:"Sessions" doc:"Closing comment then; empty: a sentence in the server's language."`
	VisitorInactivitySeconds  int64  `json:"Livechat_visitor_inactivity_timeout" default:"3600" max:"31536000" section:"Sessions" doc:"Seconds without an answer after which a visitor counts as gone; 0 or less: never."`
	AbandonedAction           string `json:"Livechat_abandoned_rooms_action" default:"none" enum:"none,close,on-hold" public:"true" section:"Sessions" doc:"What happens to chats whose visitor is gone."`
	AbandonedMessage          string `json:"Livechat_abandoned_rooms_closed_custom_message" default:"" maxLength:"5000" section:"Sessions" doc:"Closing comment then; empty: a sentence in the server's language."`
	OnHoldSeconds             int64  `json:"Livechat_auto_close_on_hold_chats_timeout" default:"3600" max:"31536000" section:"Sessions" doc:"Seconds on hold after which a chat is closed; 0 or less: never."`
	OnHoldMessage             string `json:"Livechat_auto_close_on_hold_chats_custom_message" default:"" maxLength:"5000" section:"Sessions" doc:"Closing comment then; empty: a sentence in the server's language."`
	AllowManualOnHold         bool   `json:"Livechat_allow_manual_on_hold" default:"false" public:"true" section:"Sessions" doc:"Agents may put chats on hold."`
	OnHoldUponEngagementOnly  bool   `json:"Livechat_allow_manual_on_hold_upon_agent_engagement_only" default:"true" public:"true" section:"Sessions" doc:"Only chats whose last message is not the visitor's."`
	UnansweredTransferSeconds int64  `json:"Livechat_auto_transfer_chat_timeout" default:"0" max:"86400" section:"Sessions" doc:"Seconds without an agent's message after which a chat moves on, once; 0: never."`

	ReportingZone          string `json:"Default_Timezone_For_Reporting" default:"server" enum:"server,custom,user" section:"Analytics" doc:"Whose days and hours analytics count in: the server's, a zone of your own, or that of who looks."`
	ReportingZoneName      string `json:"Default_Custom_Timezone" default:"" maxLength:"64" section:"Analytics" doc:"The zone of your own, such as Europe/Prague."`
	BotsRespond            bool   `json:"Foyer_bots_count_as_response" default:"true" section:"Analytics" doc:"What a bot says counts in response and reaction times; off: the clock runs until a person answers."`
	DisableActivityMonitor bool   `json:"Troubleshoot_Disable_Livechat_Activity_Monitor" default:"false" section:"Analytics" doc:"Analytics do not tell how long agents were available."`

	WebhookURL              string `json:"Livechat_webhookUrl" default:"" maxLength:"1000" format:"target" section:"CRM Integration" doc:"Where the CRM hears of chats; empty: nothing is sent there."`
	WebhookToken            string `json:"Livechat_secret_token" default:"" maxLength:"1000" secret:"true" section:"CRM Integration" doc:"Proves to the receiver who sends; sent as X-RocketChat-Livechat-Token."`
	WebhookOnStart          bool   `json:"Livechat_webhook_on_start" default:"false" section:"CRM Integration" doc:"Send LivechatSessionStart when a chat begins."`
	WebhookOnClose          bool   `json:"Livechat_webhook_on_close" default:"false" section:"CRM Integration" doc:"Send LivechatSession when a chat ends."`
	WebhookOnTaken          bool   `json:"Livechat_webhook_on_chat_taken" default:"false" section:"CRM Integration" doc:"Send LivechatSessionTaken when somebody begins to serve a chat."`
	WebhookOnQueued         bool   `json:"Livechat_webhook_on_chat_queued" default:"false" section:"CRM Integration" doc:"Send LivechatSessionQueued when a chat begins to wait."`
	WebhookOnForward        bool   `json:"Livechat_webhook_on_forward" default:"false" section:"CRM Integration" doc:"Send LivechatSessionForwarded when a chat goes to another agent or department."`
	WebhookOnOfflineMessage bool   `json:"Livechat_webhook_on_offline_msg" default:"false" section:"CRM Integration" doc:"Send LivechatOfflineMessage when a visitor leaves a message while nobody is reachable."`
	WebhookOnVisitorMessage bool   `json:"Livechat_webhook_on_visitor_message" default:"false" section:"CRM Integration" doc:"Send Message for each message of a visitor."`
	WebhookOnAgentMessage   bool   `json:"Livechat_webhook_on_agent_message" default:"false" section:"CRM Integration" doc:"Send Message for each message of an agent or bot."`
	WebhookNavigation       bool   `json:"Send_visitor_navigation_history_livechat_webhook_request" default:"false" section:"CRM Integration" doc:"Send the pages a visitor looks at during a chat, each and with the conversation; needs Livechat_Visitor_navigation_as_a_message."`
	WebhookOnCapture        bool   `json:"Livechat_webhook_on_capture" default:"false" section:"CRM Integration" doc:"Send LeadCapture when a visitor writes an address or a number."`
	LeadEmailPattern        string `json:"Livechat_lead_email_regex" default:"\\b[A-Z0-9._%+-]+@(?:[A-Z0-9-]+\\.)+[A-Z]{2,4}\\b" maxLength:"2000" section:"CRM Integration" doc:"What counts as an e-mail address in visitors' messages; empty: nothing does."`
	LeadPhonePattern        string `json:"Livechat_lead_phone_regex" default:"((?:\\([0-9]{1,3}\\)|[0-9]{2})[ \\-]*?[0-9]{4,5}(?:[\\-\\s\\_]{1,2})?[0-9]{4}(?:(?=[^0-9])|$)|[0-9]{4,5}(?:[\\-\\s\\_]{1,2})?[0-9]{4}(?:(?=[^0-9])|$))" maxLength:"2000" section:"CRM Integration" doc:"What counts as a telephone number in visitors' messages; empty: nothing does."`
	WebhookContactLists     bool   `json:"Livechat_webhook_contact_lists" default:"false" section:"CRM Integration" doc:"Send the visitor's e-mail and phone as lists, for receivers written for current Rocket.Chat."`
	WebhookTimeoutMillis    int64  `json:"Livechat_http_timeout" default:"5000" max:"60000" section:"CRM Integration" doc:"Milliseconds a receiver has for one request; 0 or less: 5000."`
	WebhookLogDays          int64  `json:"Foyer_webhook_log_days" default:"30" min:"1" max:"3650" section:"CRM Integration" doc:"Days after which finished deliveries are forgotten."`

	IdentityURL           string `json:"Livechat_identity_check_url" default:"" maxLength:"1000" format:"url" section:"Livechatoo" doc:"The service of the site that says who is signed in under the value a page passes on; the answer is shown to the agent. Empty: nobody is asked."`
	IdentityFormat        string `json:"Livechat_identity_check_format" default:"json" enum:"json,form" section:"Livechatoo" doc:"How that service is asked: a JSON document, or classic form fields."`
	IdentityTimeoutMillis int64  `json:"Livechat_identity_check_timeout" default:"5000" max:"60000" section:"Livechatoo" doc:"Milliseconds that service has; 0 or less: 5000."`

	FrameEnabled bool   `json:"Omnichannel_External_Frame_Enabled" default:"false" public:"true" section:"External Frame" doc:"Beside a chat agents see a page of yours, for example of your CRM."`
	FrameURL     string `json:"Omnichannel_External_Frame_URL" default:"" maxLength:"1000" format:"url" public:"true" section:"External Frame" doc:"Address of that page; it is told who looks (uid), at which room (rid), and with a token (t)."`
	FrameKey     string `json:"Omnichannel_External_Frame_Encryption_JWK" default:"" maxLength:"1000" format:"jwk" secret:"true" section:"External Frame" doc:"Key the token is encrypted with, a 256-bit AES key as a JSON Web Key; empty: the page gets no token."`

	RDStationToken string `json:"Livechat_RDStation_Token" default:"" maxLength:"1000" secret:"true" section:"RD Station" doc:"Your token for RD Station. Set: visitors with an e-mail address become leads when a chat ends or is described. Empty: nothing is sent."`
	RDStationURL   string `json:"Livechat_RDStation_URL" default:"https://api.rd.services/platform/conversions" maxLength:"1000" format:"url" section:"RD Station" doc:"Where leads are sent; a path with /api/1.3/ gets the form of that version, any other the present one."`

	FacebookEnabled     bool   `json:"Livechat_Facebook_Enabled" default:"false" section:"Facebook" doc:"What people write to your Facebook pages in Messenger becomes chats, and agents' answers leave there. Off: neither."`
	FacebookKey         string `json:"Livechat_Facebook_API_Key" default:"" maxLength:"1000" secret:"true" section:"Facebook" doc:"Page access token of your one page; pages that are entered under Messenger have their own."`
	FacebookSecret      string `json:"Livechat_Facebook_API_Secret" default:"" maxLength:"1000" secret:"true" section:"Facebook" doc:"The app's secret: proves that a message comes from Facebook. Empty: nothing is taken."`
	FacebookVerifyToken string `json:"Livechat_Facebook_Verify_Token" default:"" maxLength:"255" secret:"true" section:"Facebook" doc:"What Facebook says when it is told of this server's address; the page Messenger shows it. Empty: a new one is made when the server starts."`
	FacebookGraphURL    string `json:"Livechat_Facebook_Graph_URL" default:"https://graph.facebook.com/v23.0" maxLength:"1000" format:"url" section:"Facebook" doc:"Where answers are handed over and names are asked for, with the version."`

	SMSEnabled          bool   `json:"SMS_Enabled" default:"false" group:"SMS" section:"SMS" doc:"Text messages become chats, and agents' answers leave as text messages."`
	SMSService          string `json:"SMS_Service" default:"twilio" enum:"twilio,voxtelesys,mobex," group:"SMS" section:"SMS" doc:"Whose texts are taken, and who sends. Have it call /api/v1/livechat/sms-incoming/ with its name at the end, for example …/sms-incoming/twilio."`
	SMSDepartment       string `json:"SMS_Default_Omnichannel_Department" default:"" maxLength:"255" group:"SMS" section:"SMS" doc:"Id or name of the department that gets texts; ?department= in the address the service calls wins. Empty: none."`
	SMSInboundSecret    string `json:"SMS_Inbound_Secret" default:"" maxLength:"1000" secret:"true" group:"SMS" section:"SMS" doc:"Where the service does not sign what it sends: its address must carry ?secret= with this. Empty: whoever knows the address can write in anybody's name."`
	TwilioAccount       string `json:"SMS_Twilio_Account_SID" default:"" maxLength:"255" secret:"true" group:"SMS" section:"Twilio" doc:"Your account at Twilio; it sends the answers."`
	TwilioToken         string `json:"SMS_Twilio_authToken" default:"" maxLength:"255" secret:"true" group:"SMS" section:"Twilio" doc:"Its token: sends, and proves that a text comes from Twilio. The public address of this server must be the one Twilio calls."`
	TwilioFiles         bool   `json:"SMS_Twilio_FileUpload_Enabled" default:"true" group:"SMS" section:"Twilio" doc:"Agents' files go out as MMS."`
	TwilioFileTypes     string `json:"SMS_Twilio_FileUpload_MediaTypeWhiteList" default:"image/*,audio/*,video/*,text/*,application/pdf" maxLength:"5000" group:"SMS" section:"Twilio" doc:"Types of files that may go out, separated by commas; empty: all. A file may have 5 MB."`
	VoxtelesysToken     string `json:"SMS_Voxtelesys_authToken" default:"" maxLength:"1000" secret:"true" group:"SMS" section:"Voxtelesys" doc:"Your token at Voxtelesys; it sends the answers."`
	VoxtelesysURL       string `json:"SMS_Voxtelesys_URL" default:"https://smsapi.voxtelesys.net/api/v1/sms" maxLength:"1000" format:"url" group:"SMS" section:"Voxtelesys" doc:"Where answers are handed over."`
	VoxtelesysFiles     bool   `json:"SMS_Voxtelesys_FileUpload_Enabled" default:"true" group:"SMS" section:"Voxtelesys" doc:"Agents' files go out as MMS."`
	VoxtelesysFileTypes string `json:"SMS_Voxtelesys_FileUpload_MediaTypeWhiteList" default:"image/*,audio/*,video/*,text/*,application/pdf" maxLength:"5000" group:"SMS" section:"Voxtelesys" doc:"Types of files that may go out, separated by commas; empty: all. A file may have 5 MB."`
	MobexGateway        string `json:"SMS_Mobex_gateway_address" default:"" maxLength:"1000" format:"url" group:"SMS" section:"Mobex" doc:"Gateway that sends single texts; /send is added. Empty: all go through the address for several."`
	MobexREST           string `json:"SMS_Mobex_restful_address" default:"" maxLength:"1000" format:"url" group:"SMS" section:"Mobex" doc:"Takes several texts of a chat that wait together; /secure/sendbatch is added. Empty: they go one by one."`
	MobexUsername       string `json:"SMS_Mobex_username" default:"" maxLength:"255" group:"SMS" section:"Mobex" doc:"Name to sign in to both."`
	MobexPassword       string `json:"SMS_Mobex_password" default:"" maxLength:"255" secret:"true" group:"SMS" section:"Mobex" doc:"Password to sign in to both."`
	MobexFrom           string `json:"SMS_Mobex_from_number" default:"" maxLength:"50" group:"SMS" section:"Mobex" doc:"Number that sends where a chat's own number is not known, or not on the list below."`
	MobexFromNumbers    string `json:"SMS_Mobex_from_numbers_list" default:"" maxLength:"2000" group:"SMS" section:"Mobex" doc:"Your numbers that may send, separated by commas; empty: any that texts came in on."`

	SiteURL  string `json:"Site_Url" default:"" maxLength:"1000" format:"url" public:"true" group:"General" section:"General" doc:"Public address of this server; empty: the address of --root-url."`
	Language string `json:"Language" default:"" maxLength:"20" public:"true" group:"General" section:"General" doc:"Language of the widget and of automatic texts; empty: English."`

	FromEmail         string `json:"From_Email" default:"" maxLength:"500" format:"address" group:"Email" section:"Email" doc:"Sender of all mails: an address, or a name and an address in < >."`
	SMTPProtocol      string `json:"SMTP_Protocol" default:"smtp" enum:"smtp,smtps" group:"Email" section:"Email" doc:"smtps encrypts from the first byte, smtp by STARTTLS."`
	SMTPHost          string `json:"SMTP_Host" default:"" maxLength:"255" group:"Email" section:"Email" doc:"Server that takes outgoing mails; empty: none are sent."`
	SMTPPort          string `json:"SMTP_Port" default:"" maxLength:"5" format:"port" group:"Email" section:"Email" doc:"Its port; empty: 465 for smtps, 587 for smtp, 25 without encryption."`
	SMTPIgnoreTLS     bool   `json:"SMTP_IgnoreTLS" default:"true" group:"Email" section:"Email" doc:"Do not encrypt with smtp; off: STARTTLS or nothing. A password is only sent encrypted, except to this machine."`
	SMTPPool          bool   `json:"SMTP_Pool" default:"true" group:"Email" section:"Email" doc:"Hand over mails that follow one another on one connection."`
	SMTPUsername      string `json:"SMTP_Username" default:"" maxLength:"500" group:"Email" section:"Email" doc:"Name to sign in to that server; empty: without signing in."`
	SMTPPassword      string `json:"SMTP_Password" default:"" maxLength:"1000" secret:"true" group:"Email" section:"Email" doc:"Password to sign in to that server."`
	KeepMails         bool   `json:"Foyer_keep_mails" default:"false" group:"Email" section:"Email" doc:"Send no mails but show them in the console; for trying out."`
	MailLogDays       int64  `json:"Foyer_mail_log_days" default:"30" min:"1" max:"3650" group:"Email" section:"Email" doc:"Days after which finished mails are forgotten."`
	MissedChatMails   bool   `json:"Foyer_missed_chat_mails" default:"true" group:"Email" section:"Email" doc:"Tell agents by e-mail of chats nobody answered and of chats they were given while away; each may decline in the account."`
	MissedMailSubject string `json:"Foyer_missed_mail_subject" default:"" maxLength:"500" group:"Email" section:"Email" doc:"Subject of the mail about a chat nobody answered; {name}, {department} and {agent} are put in. Empty: a text in the agent's language."`
	MissedMailText    string `json:"Foyer_missed_mail_text" default:"" maxLength:"5000" group:"Email" section:"Email" doc:"Its text, with the same words in braces. Empty: a text in the agent's language."`
	GivenMailSubject  string `json:"Foyer_given_mail_subject" default:"" maxLength:"500" group:"Email" section:"Email" doc:"Subject of the mail about a chat given to an agent who is away, as above."`
	GivenMailText     string `json:"Foyer_given_mail_text" default:"" maxLength:"5000" group:"Email" section:"Email" doc:"Its text, as above."`
	MailFooter        string `json:"Foyer_mail_footer" default:"" maxLength:"2000" group:"Email" section:"Email" doc:"Text at the end of every mail."`

	MessageAllowEditing   bool     `json:"Message_AllowEditing" default:"true" public:"true" group:"Message" section:"Message" doc:"Own messages may be edited, by visitors too."`
	MessageAllowDeleting  bool     `json:"Message_AllowDeleting" default:"true" public:"true" group:"Message" section:"Message" doc:"Own messages may be deleted, by visitors too."`
	ReadReceipts          bool     `json:"Message_Read_Receipt_Enabled" default:"false" group:"Message" section:"Message" doc:"Both sides see how far the other one has read."`
	HiddenTypes           []string `json:"Hide_System_Messages" default:"[]" enum:"uj,ul,livechat-started,livechat-close,livechat_transfer_history,livechat_transfer_history_fallback,livechat_navigation_history,livechat_transcript_history,livechat_webrtc_video_call,omnichannel_placed_chat_on_hold,omnichannel_on_hold_chat_resumed,omnichannel_priority_change_history,omnichannel_sla_change_history" public:"true" group:"Message" section:"Message" doc:"System messages that neither agents nor visitors are shown: histories, screens and transcripts leave them out."`
	MessageMaxAllowedSize int64    `json:"Message_MaxAllowedSize" default:"5000" min:"1" max:"1000000" public:"true" group:"Message" section:"Message" doc:"Longest message in characters."`

	FileUpload        bool   `json:"FileUpload_Enabled" default:"true" public:"true" group:"FileUpload" section:"File Upload" doc:"Files may be sent at all."`
	FileMaxSize       int64  `json:"FileUpload_MaxFileSize" default:"104857600" min:"-1" max:"10737418240" public:"true" group:"FileUpload" section:"File Upload" doc:"Largest file in bytes; -1: 10 GiB."`
	FileTypesAllowed  string `json:"FileUpload_MediaTypeWhiteList" default:"" maxLength:"5000" public:"true" group:"FileUpload" section:"File Upload" doc:"Media types that may be sent, such as image/*,application/pdf; empty: all but the refused ones."`
	FileTypesRefused  string `json:"FileUpload_MediaTypeBlackList" default:"image/svg+xml" maxLength:"5000" public:"true" group:"FileUpload" section:"File Upload" doc:"Media types that may not be sent, whatever the file is called."`
	FilesProtected    bool   `json:"FileUpload_ProtectFiles" default:"true" public:"true" group:"FileUpload" section:"File Upload" doc:"Only who may see a chat reads its files. Off: whoever knows a file's address."`
	FileLinksSigned   bool   `json:"FileUpload_Enable_json_web_token_for_files" default:"true" group:"FileUpload" section:"File Upload" doc:"Links to files that leave the server carry a signed token and work without sign-in for an hour."`
	FileLinkSecret    string `json:"FileUpload_json_web_token_secret_for_files" default:"" maxLength:"1000" secret:"true" group:"FileUpload" section:"File Upload" doc:"Signs those tokens; empty: every file has a secret of its own."`
	FileRoomMegabytes int64  `json:"Foyer_files_per_chat_megabytes" default:"1000" min:"0" max:"1000000" group:"FileUpload" section:"File Upload" doc:"Most megabytes of files a visitor leaves in one chat; 0: no limit."`

	PreferTranscriptPDF   bool `json:"Accounts_Default_User_Preferences_omnichannelTranscriptPDF" default:"false" public:"true" group:"Accounts" section:"Default User Preferences" doc:"Agents who did not choose export a PDF when a visitor ends a chat."`
	PreferTranscriptEmail bool `json:"Accounts_Default_User_Preferences_omnichannelTranscriptEmail" default:"false" public:"true" group:"Accounts" section:"Default User Preferences" doc:"Agents who did not choose have a transcript mailed when a visitor ends a chat."`

	LoginExpirationDays        int64 `json:"Accounts_LoginExpiration" default:"90" min:"1" max:"3650" group:"Accounts" section:"Accounts" doc:"Days a sign-in stays valid."`
	LoginAttemptsByUser        int64 `json:"Block_Multiple_Failed_Logins_Attempts_Until_Block_by_User" default:"10" min:"1" max:"100000" group:"Accounts" section:"Login attempts" doc:"Failed sign-ins after which an account is blocked for a while."`
	LoginUnblockUserMinutes    int64 `json:"Block_Multiple_Failed_Logins_Time_To_Unblock_By_User_In_Minutes" default:"5" min:"1" max:"10080" group:"Accounts" section:"Login attempts" doc:"How long an account stays blocked, in minutes."`
	LoginAttemptsByAddress     int64 `json:"Block_Multiple_Failed_Logins_Attempts_Until_Block_By_Ip" default:"50" min:"1" max:"100000" group:"Accounts" section:"Login attempts" doc:"Failed sign-ins after which an address is blocked for a while."`
	LoginUnblockAddressMinutes int64 `json:"Block_Multiple_Failed_Logins_Time_To_Unblock_By_Ip_In_Minutes" default:"5" min:"1" max:"10080" group:"Accounts" section:"Login attempts" doc:"How long an address stays blocked, in minutes."`
}

// The routing methods.
const (
	RoutingAuto     = "Auto_Selection"
	RoutingManual   = "Manual_Selection"
	RoutingExternal = "External"
	RoutingBalance  = "Load_Balancing"
	RoutingRotation = "Load_Rotation"
)

// Who verifies channels before a chat, besides nobody, and which chats wait for it.
const (
	VerifierIdentity = "identity"
	VerifierManual   = "manual"

	VerifyNever  = "never"
	VerifyAlways = "always"
)

// The orders of the queue.
const (
	SortTimestamp = "Timestamp"
	SortPriority  = "Priority"
	SortSLA       = "SLAs"
	SortDeadline  = "SLADeadline"
)

// CallsWebRTC is the provider whose calls clients make among themselves.
const CallsWebRTC = "WebRTC"

// The actions of timers.
const (
	ActionNone    = "none"
	ActionForward = "forward"
	ActionClose   = "close"
	ActionOnHold  = "on-hold"
)

// QueueDelay is the least distance of two chats the queue gives to one agent, in seconds.
func (s *Settings) QueueDelay() int64 {
	if s.QueueDelaySeconds < 1 {
		return 5
	}
	return s.QueueDelaySeconds
}

// VisitorMessageLimit is the longest message of a visitor in code points; the
// limit's own 0 falls back to the general one (settings.md 5.3).
func (s *Settings) VisitorMessageLimit() int {
	if s.EnableMessageCharacterLimit && s.MessageCharacterLimit > 0 {
		return int(s.MessageCharacterLimit)
	}
	return int(s.MessageMaxAllowedSize)
}

// FilesOn reports whether files may be sent in chats.
func (s *Settings) FilesOn() bool { return s.FileUpload && s.LivechatFileUpload }

// fileSizeWithoutLimit is the largest file when there is no limit: nobody fills a disk in one go.
const fileSizeWithoutLimit = 10 << 30

// FileSizeLimit is the largest file in bytes.
func (s *Settings) FileSizeLimit() int64 {
	if s.FileMaxSize < 0 {
		return fileSizeWithoutLimit
	}
	return s.FileMaxSize
}

// AgentMessageLimit is the longest message of a user in code points.
func (s *Settings) AgentMessageLimit() int { return int(s.MessageMaxAllowedSize) }

// Hides reports whether a message is left out of what people are shown (LC-HID-4).
func (s *Settings) Hides(t MessageType) bool { return slices.Contains(s.HiddenTypes, string(t)) }

// CRMAddress is where the CRM hears of chats; "" while what is set is no address.
func (s *Settings) CRMAddress() string {
	if isWebAddress(s.WebhookURL) {
		return s.WebhookURL
	}
	return ""
}

// WebhookTimeout is the time of one attempt in milliseconds.
func (s *Settings) WebhookTimeout() int64 {
	if s.WebhookTimeoutMillis <= 0 {
		return 5000
	}
	return s.WebhookTimeoutMillis
}
