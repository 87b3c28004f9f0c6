// Code generated from the server's types; DO NOT EDIT.

export interface Asset {
  url?: string;
  defaultUrl: string;
}

export interface Settings {
  /** Master switch: off hides the widget, opens no room and takes no visitor's message. */
  Livechat_enabled: boolean;
  /** Visitors may finish their conversation. */
  Omnichannel_allow_visitors_to_close_conversation: boolean;
  /** An agent who closes must write a comment; the visitor sees it. */
  Livechat_request_comment_when_closing_conversation: boolean;
  /** Clients that make video calls over WebRTC may begin one in a chat, if Omnichannel_call_provider is WebRTC. */
  WebRTC_Enabled: boolean;
  /** WebRTC: agents' clients may begin video calls in chats; anything else: they may not. */
  Omnichannel_call_provider: "none" | "default-provider" | "WebRTC";
  /** Visitors and agents may send files in chats; FileUpload_Enabled must be on too. */
  Livechat_fileupload_enabled: boolean;
  /** Ask visitors with an e-mail address after a chat whether they want a transcript. */
  Livechat_enable_transcript: boolean;
  /** The words of that question; empty: the widget's own. */
  Livechat_transcript_message: string;
  /** Mail a transcript to the visitor after every chat, unless visitors are asked. */
  Livechat_transcript_send_always: boolean;
  /** Transcripts also tell who joined, left or was handed the chat. */
  Livechat_transcript_show_system_messages: boolean;
  /** Subject of mailed transcripts; empty: a sentence in the server's language. */
  Livechat_transcript_email_subject: string;
  /** Most transcripts to one address within 24 hours. */
  Foyer_transcripts_per_recipient: number;
  /** Most transcripts of one visitor's chats within 24 hours. */
  Foyer_transcripts_per_visitor: number;
  /** Most transcripts this server mails within an hour. */
  Foyer_transcripts_per_hour: number;
  /** An agent who is away counts as reachable. */
  Livechat_enabled_when_agent_idle: boolean;
  /** The sound of a new chat comes back, at each agent's own volume, while a chat waits in a queue or one has messages nobody read; off: only for those who chose that. */
  Livechat_continuous_sound_notification_new_livechat_room: boolean;
  /** How often one address may call each public method that registers visitors, opens chats or stores pages and fields, in a minute; 0: any number. */
  Foyer_calls_per_minute: number;
  /** Chats only for contacts that somebody has saved under Contacts; others are refused, and of those that wait already nobody takes them. */
  Livechat_Block_Unknown_Contacts: boolean;
  /** Agents serve only chats whose channel is verified. While somebody verifies, as the setting below says, a new chat waits for that; else it is refused. */
  Livechat_Block_Unverified_Contacts: boolean;
  /** Who verifies channels before a chat: nobody (empty); the site, by its answer to the identity check, or a person in its place (identity; as long as Livechat_identity_check_url is empty that is nobody); only a person, whatever the site says (manual). */
  Livechat_Contact_Verification_App: "" | "identity" | "manual";
  /** While somebody verifies: whether a chat waits, outside every queue, until its channel is verified: never, if it never was (once), or anew for each chat (always). */
  Livechat_Require_Contact_Verification: "never" | "once" | "always";
  /** Answers of the API to colleagues have the tokens of visitors, as older integrations expect. Whoever has one can read and write as that visitor. Off: no colleague is shown one. */
  Foyer_visitor_tokens: boolean;
  /** Answers about contacts have the form newer integrations expect: each e-mail an object with its address, each telephone one with its phoneNumber, and in searches the manager one with _id, name and username. Off: texts. Requests may have either form. */
  Foyer_contact_objects: boolean;
  /** Store the visitor's address, browser and host. */
  Livechat_Allow_collect_and_store_HTTP_header_informations: boolean;
  /** Visitors must accept the text below before anything else; agreeing is remembered in the browser, and the words and the time with the visitor. */
  Livechat_force_accept_data_processing_consent: boolean;
  /** What visitors accept; empty: the widget's own words. */
  Livechat_data_processing_consent_text: string;
  /** Contact page, linked in the chat window; what the page says wins. */
  Livechat_url_contact: string;
  /** Page of frequent questions, linked in the chat window; what the page says wins. */
  Livechat_url_faq: string;
  /** Page about the processing of personal data; with it consent is asked before an address or number is sent. */
  Livechat_url_privacy: string;
  /** Whether visitors may decline what is asked before the chat. */
  Livechat_before_chat_request_mode: "optional" | "required";
  /** Pages may name departments and visitors choose one; off: none is offered. */
  Livechat_department_support: boolean;
  /** Visitors pick the operator from a list. */
  Livechat_manual_operator_assignment: boolean;
  /** Visitors rate chats with stars and words. */
  Livechat_rating_enabled: boolean;
  /** Tell the page's Google Analytics of chats. */
  Livechat_google_analytics_events: boolean;
  /** Ask for the phone number before the chat. */
  Livechat_phone_field_registration_form: boolean;
  /** The console shows who is on the sites now, and agents may invite; off: browsers tell nothing before a chat. */
  Foyer_visitors_on_site: boolean;
  /** Days for which it is kept what triggers did on the visits of people who wrote or registered; 0: nothing is kept. */
  Foyer_trigger_visit_days: number;
  /** Title bar of the widget while agents are reachable. */
  Livechat_title: string;
  /** Colour of the title bar and the launcher while agents are reachable. */
  Livechat_title_color: string;
  /** Limit the length of visitors' messages. */
  Livechat_enable_message_character_limit: boolean;
  /** Longest message of a visitor in characters; 0 or less: the general limit. */
  Livechat_message_character_limit: number;
  /** The widget forgets the visitor when a chat ends; for shared computers. */
  Livechat_clear_local_storage_when_chat_ended: boolean;
  /** Visitors may leave a message while nobody is reachable. */
  Livechat_display_offline_form: boolean;
  /** The address in an offline message must be at a domain that takes mail. */
  Livechat_validate_offline_email: boolean;
  /** Text above the form for offline messages; empty: the widget's own words. */
  Livechat_offline_message: string;
  /** Who gets offline messages by e-mail, several separated by commas; a department's own address replaces it. */
  Livechat_offline_email: string;
  /** Shown when an offline message was sent; empty: a sentence in the server's language. */
  Livechat_offline_success_message: string;
  /** Days after which offline messages are forgotten. */
  Foyer_offline_message_days: number;
  /** Most offline messages this server takes within an hour, from everybody together. */
  Foyer_offline_messages_per_hour: number;
  /** Agents too see offline messages in the console, under the name of a channel: those of their departments and those of none; if a private group has that name, its members do instead. */
  Livechat_OfflineMessageToChannel_enabled: boolean;
  /** That name, without #; a department's own replaces it. */
  Livechat_OfflineMessageToChannel_channel_name: string;
  /** Subject of the mail about an offline message; {name}, {email}, {department} and {message} stand for what the visitor wrote. Empty: a text in the server's language. */
  Foyer_offline_mail_subject: string;
  /** First lines of that mail, with the same words in braces. Empty: a text in the server's language. */
  Foyer_offline_mail_text: string;
  /** Shown while nobody is reachable; empty: the widget's own words. */
  Livechat_offline_form_unavailable: string;
  /** Title of the widget while nobody is reachable; empty: the usual title. */
  Livechat_offline_title: string;
  /** Colour of the title bar and the launcher while nobody is reachable. */
  Livechat_offline_title_color: string;
  /** Visitors see who serves them. */
  Livechat_show_agent_info: boolean;
  /** Visitors see the agent's e-mail address too. */
  Livechat_show_agent_email: boolean;
  /** Headline when the chat has ended. */
  Livechat_conversation_finished_message: string;
  /** Text when the chat has ended. */
  Livechat_conversation_finished_text: string;
  /** Ask visitors who they are before the first message. */
  Livechat_registration_form: boolean;
  /** Ask for the name; mandatory when shown. */
  Livechat_name_field_registration_form: boolean;
  /** Ask for the e-mail address; mandatory when shown. */
  Livechat_email_field_registration_form: boolean;
  /** Text on top of the registration form. */
  Livechat_registration_form_message: string;
  /** Which change on the host page counts as a page visit. */
  Livechat_history_monitor_type: "url" | "title";
  /** Agents see each page that the visitor opens as a line in the conversation. */
  Livechat_Visitor_navigation_as_a_message: boolean;
  /** Hosts that may embed the widget, separated by commas, each with its port unless that is 80 or 443: shop.example, localhost:3000. A scheme and a path are left out. Empty: everybody. */
  Livechat_AllowedDomainsList: string;
  /** Bottom left or bottom right of the page. */
  Livechat_widget_position: "left" | "right";
  /** CSS background of the message list; empty: the default. */
  Livechat_background: string;
  /** System messages the widget does not show. */
  Livechat_hide_system_messages: ("uj" | "ul" | "livechat-close" | "livechat-started" | "livechat_transfer_history")[];
  /** The widget does not say whose product it is. */
  Livechat_hide_watermark: boolean;
  /** Addresses of scripts the widget loads, separated by commas; http or https. */
  Livechat_AdditionalWidgetScripts: string;
  /** Addresses of style sheets the widget loads, separated by commas; http or https. */
  Livechat_WidgetLayoutClasses: string;
  /** Picture on the launcher button: SVG, PNG or JPEG. It is uploaded. */
  Assets_livechat_widget_logo: Asset;
  /** Visitors may change the department while they chat. */
  Livechat_allow_switching_departments: boolean;
  /** Departments may be removed for good; archiving them is usually better. */
  Omnichannel_enable_department_removal: boolean;
  /** Outside their hours agents do not take chats. */
  Livechat_enable_business_hours: boolean;
  /** One schedule for all, or more for departments. */
  Livechat_business_hour_type: "Single" | "Multiple";
  /** A department outside its own hours has nobody available, even if its agents are inside another's. */
  Foyer_business_hours_per_department: boolean;
  /** 23:59 is the end of the day when the next day opens at 00:00. */
  Foyer_business_hours_whole_last_minute: boolean;
  /** Seconds between two chats that the queue gives to the same agent; below 1: 5. */
  Omnichannel_queue_delay_timeout: number;
  /** New chats wait in a queue until an agent has room for them; limits count only with it. */
  Livechat_waiting_queue: boolean;
  /** What a waiting visitor reads beside the place in the queue. */
  Livechat_waiting_queue_message: string;
  /** Most conversations at once of an agent without a limit of his own; 0: no limit. */
  Livechat_maximum_chats_per_agent: number;
  /** Waiting visitors see their place and how long it may take. */
  Omnichannel_calculate_dispatch_service_queue_statistics: boolean;
  /** How many of the last chats the waiting time is estimated from; 0: no estimate. */
  Livechat_number_most_recent_chats_estimate_wait_time: number;
  /** Minutes after which a waiting chat is closed; 0 or less: never. */
  Livechat_max_queue_wait_time: number;
  /** Order of the queue: age, priority, SLA policy, or the moment the policy is due. */
  Omnichannel_sorting_mechanism: "Timestamp" | "Priority" | "SLAs" | "SLADeadline";
  /** How a chat finds its agent: each in turn, taken from the queue, asked of another service, the least busy, or whoever waited longest. */
  Livechat_Routing_Method: "Auto_Selection" | "Manual_Selection" | "External" | "Load_Balancing" | "Load_Rotation";
  /** Chats may begin, and wait, while nobody is reachable. */
  Livechat_accept_chats_with_no_agents: boolean;
  /** A new chat goes to a bot first. */
  Livechat_assign_new_conversation_to_bot: boolean;
  /** How many waiting chats an agent sees at most; 0: all. */
  Livechat_guest_pool_max_number_incoming_livechats_displayed: number;
  /** Agents see the queue overview too, if the method has one. */
  Livechat_show_queue_list_link: boolean;
  /** The service that is asked for the next agent. */
  Livechat_External_Queue_URL: string;
  /** Proves to that service who asks; sent as X-RocketChat-Secret-Token. */
  Livechat_External_Queue_Token: string;
  /** How many fallback departments a forwarded chat may go through. */
  Omnichannel_max_fallback_forward_depth: number;
  /** A returning visitor goes to the agent of the last chat. */
  Livechat_last_chatted_agent_routing: boolean;
  /** Prepared texts, and placeholders in what agents write. */
  Canned_Responses_Enable: boolean;
  /** A visitor with a contact manager goes to that agent. */
  Omnichannel_contact_manager_routing: boolean;
  /** When a bot hands over, contact manager and last agent are tried first. */
  Foyer_preferred_agent_after_bot: boolean;
  /** What happens to the chats of an agent who is not available any more. */
  Livechat_agent_leave_action: "none" | "forward" | "close";
  /** Seconds an agent may be gone before that; below 0: at once. */
  Livechat_agent_leave_action_timeout: number;
  /** Closing comment then; empty: a sentence in the server's language. */
  Livechat_agent_leave_comment: string;
  /** Seconds without an answer after which a visitor counts as gone; 0 or less: never. */
  Livechat_visitor_inactivity_timeout: number;
  /** What happens to chats whose visitor is gone. */
  Livechat_abandoned_rooms_action: "none" | "close" | "on-hold";
  /** Closing comment then; empty: a sentence in the server's language. */
  Livechat_abandoned_rooms_closed_custom_message: string;
  /** Seconds on hold after which a chat is closed; 0 or less: never. */
  Livechat_auto_close_on_hold_chats_timeout: number;
  /** Closing comment then; empty: a sentence in the server's language. */
  Livechat_auto_close_on_hold_chats_custom_message: string;
  /** Agents may put chats on hold. */
  Livechat_allow_manual_on_hold: boolean;
  /** Only chats whose last message is not the visitor's. */
  Livechat_allow_manual_on_hold_upon_agent_engagement_only: boolean;
  /** Seconds without an agent's message after which a chat moves on, once; 0: never. */
  Livechat_auto_transfer_chat_timeout: number;
  /** Whose days and hours analytics count in: the server's, a zone of your own, or that of who looks. */
  Default_Timezone_For_Reporting: "server" | "custom" | "user";
  /** The zone of your own, such as Europe/Prague. */
  Default_Custom_Timezone: string;
  /** What a bot says counts in response and reaction times; off: the clock runs until a person answers. */
  Foyer_bots_count_as_response: boolean;
  /** Analytics do not tell how long agents were available. */
  Troubleshoot_Disable_Livechat_Activity_Monitor: boolean;
  /** Where the CRM hears of chats; empty: nothing is sent there. */
  Livechat_webhookUrl: string;
  /** Proves to the receiver who sends; sent as X-RocketChat-Livechat-Token. */
  Livechat_secret_token: string;
  /** Send LivechatSessionStart when a chat begins. */
  Livechat_webhook_on_start: boolean;
  /** Send LivechatSession when a chat ends. */
  Livechat_webhook_on_close: boolean;
  /** Send LivechatSessionTaken when somebody begins to serve a chat. */
  Livechat_webhook_on_chat_taken: boolean;
  /** Send LivechatSessionQueued when a chat begins to wait. */
  Livechat_webhook_on_chat_queued: boolean;
  /** Send LivechatSessionForwarded when a chat goes to another agent or department. */
  Livechat_webhook_on_forward: boolean;
  /** Send LivechatOfflineMessage when a visitor leaves a message while nobody is reachable. */
  Livechat_webhook_on_offline_msg: boolean;
  /** Send Message for each message of a visitor. */
  Livechat_webhook_on_visitor_message: boolean;
  /** Send Message for each message of an agent or bot. */
  Livechat_webhook_on_agent_message: boolean;
  /** Send the pages a visitor looks at during a chat, each and with the conversation; needs Livechat_Visitor_navigation_as_a_message. */
  Send_visitor_navigation_history_livechat_webhook_request: boolean;
  /** Send LeadCapture when a visitor writes an address or a number. */
  Livechat_webhook_on_capture: boolean;
  /** What counts as an e-mail address in visitors' messages; empty: nothing does. */
  Livechat_lead_email_regex: string;
  /** What counts as a telephone number in visitors' messages; empty: nothing does. */
  Livechat_lead_phone_regex: string;
  /** Send the visitor's e-mail and phone as lists, for receivers written for current Rocket.Chat. */
  Livechat_webhook_contact_lists: boolean;
  /** Milliseconds a receiver has for one request; 0 or less: 5000. */
  Livechat_http_timeout: number;
  /** Days after which finished deliveries are forgotten. */
  Foyer_webhook_log_days: number;
  /** The service of the site that says who is signed in under the value a page passes on; the answer is shown to the agent. Empty: nobody is asked. */
  Livechat_identity_check_url: string;
  /** How that service is asked: a JSON document, or classic form fields. */
  Livechat_identity_check_format: "json" | "form";
  /** Milliseconds that service has; 0 or less: 5000. */
  Livechat_identity_check_timeout: number;
  /** Beside a chat agents see a page of yours, for example of your CRM. */
  Omnichannel_External_Frame_Enabled: boolean;
  /** Address of that page; it is told who looks (uid), at which room (rid), and with a token (t). */
  Omnichannel_External_Frame_URL: string;
  /** Key the token is encrypted with, a 256-bit AES key as a JSON Web Key; empty: the page gets no token. */
  Omnichannel_External_Frame_Encryption_JWK: string;
  /** Your token for RD Station. Set: visitors with an e-mail address become leads when a chat ends or is described. Empty: nothing is sent. */
  Livechat_RDStation_Token: string;
  /** Where leads are sent; a path with /api/1.3/ gets the form of that version, any other the present one. */
  Livechat_RDStation_URL: string;
  /** What people write to your Facebook pages in Messenger becomes chats, and agents' answers leave there. Off: neither. */
  Livechat_Facebook_Enabled: boolean;
  /** Page access token of your one page; pages that are entered under Messenger have their own. */
  Livechat_Facebook_API_Key: string;
  /** The app's secret: proves that a message comes from Facebook. Empty: nothing is taken. */
  Livechat_Facebook_API_Secret: string;
  /** What Facebook says when it is told of this server's address; the page Messenger shows it. Empty: a new one is made when the server starts. */
  Livechat_Facebook_Verify_Token: string;
  /** Where answers are handed over and names are asked for, with the version. */
  Livechat_Facebook_Graph_URL: string;
  /** Text messages become chats, and agents' answers leave as text messages. */
  SMS_Enabled: boolean;
  /** Whose texts are taken, and who sends. Have it call /api/v1/livechat/sms-incoming/ with its name at the end, for example …/sms-incoming/twilio. */
  SMS_Service: "twilio" | "voxtelesys" | "mobex" | "";
  /** Id or name of the department that gets texts; ?department= in the address the service calls wins. Empty: none. */
  SMS_Default_Omnichannel_Department: string;
  /** Where the service does not sign what it sends: its address must carry ?secret= with this. Empty: whoever knows the address can write in anybody's name. */
  SMS_Inbound_Secret: string;
  /** Your account at Twilio; it sends the answers. */
  SMS_Twilio_Account_SID: string;
  /** Its token: sends, and proves that a text comes from Twilio. The public address of this server must be the one Twilio calls. */
  SMS_Twilio_authToken: string;
  /** Agents' files go out as MMS. */
  SMS_Twilio_FileUpload_Enabled: boolean;
  /** Types of files that may go out, separated by commas; empty: all. A file may have 5 MB. */
  SMS_Twilio_FileUpload_MediaTypeWhiteList: string;
  /** Your token at Voxtelesys; it sends the answers. */
  SMS_Voxtelesys_authToken: string;
  /** Where answers are handed over. */
  SMS_Voxtelesys_URL: string;
  /** Agents' files go out as MMS. */
  SMS_Voxtelesys_FileUpload_Enabled: boolean;
  /** Types of files that may go out, separated by commas; empty: all. A file may have 5 MB. */
  SMS_Voxtelesys_FileUpload_MediaTypeWhiteList: string;
  /** Gateway that sends single texts; /send is added. Empty: all go through the address for several. */
  SMS_Mobex_gateway_address: string;
  /** Takes several texts of a chat that wait together; /secure/sendbatch is added. Empty: they go one by one. */
  SMS_Mobex_restful_address: string;
  /** Name to sign in to both. */
  SMS_Mobex_username: string;
  /** Password to sign in to both. */
  SMS_Mobex_password: string;
  /** Number that sends where a chat's own number is not known, or not on the list below. */
  SMS_Mobex_from_number: string;
  /** Your numbers that may send, separated by commas; empty: any that texts came in on. */
  SMS_Mobex_from_numbers_list: string;
  /** Public address of this server; empty: the address of --root-url. */
  Site_Url: string;
  /** Language of the widget and of automatic texts; empty: English. */
  Language: string;
  /** Sender of all mails: an address, or a name and an address in < >. */
  From_Email: string;
  /** smtps encrypts from the first byte, smtp by STARTTLS. */
  SMTP_Protocol: "smtp" | "smtps";
  /** Server that takes outgoing mails; empty: none are sent. */
  SMTP_Host: string;
  /** Its port; empty: 465 for smtps, 587 for smtp, 25 without encryption. */
  SMTP_Port: string;
  /** Do not encrypt with smtp; off: STARTTLS or nothing. A password is only sent encrypted, except to this machine. */
  SMTP_IgnoreTLS: boolean;
  /** Hand over mails that follow one another on one connection. */
  SMTP_Pool: boolean;
  /** Name to sign in to that server; empty: without signing in. */
  SMTP_Username: string;
  /** Password to sign in to that server. */
  SMTP_Password: string;
  /** Send no mails but show them in the console; for trying out. */
  Foyer_keep_mails: boolean;
  /** Days after which finished mails are forgotten. */
  Foyer_mail_log_days: number;
  /** Tell agents by e-mail of chats nobody answered and of chats they were given while away; each may decline in the account. */
  Foyer_missed_chat_mails: boolean;
  /** Subject of the mail about a chat nobody answered; {name}, {department} and {agent} are put in. Empty: a text in the agent's language. */
  Foyer_missed_mail_subject: string;
  /** Its text, with the same words in braces. Empty: a text in the agent's language. */
  Foyer_missed_mail_text: string;
  /** Subject of the mail about a chat given to an agent who is away, as above. */
  Foyer_given_mail_subject: string;
  /** Its text, as above. */
  Foyer_given_mail_text: string;
  /** Text at the end of every mail. */
  Foyer_mail_footer: string;
  /** Own messages may be edited, by visitors too. */
  Message_AllowEditing: boolean;
  /** Own messages may be deleted, by visitors too. */
  Message_AllowDeleting: boolean;
  /** Both sides see how far the other one has read. */
  Message_Read_Receipt_Enabled: boolean;
  /** System messages that neither agents nor visitors are shown: histories, screens and transcripts leave them out. */
  Hide_System_Messages: ("uj" | "ul" | "livechat-started" | "livechat-close" | "livechat_transfer_history" | "livechat_transfer_history_fallback" | "livechat_navigation_history" | "livechat_transcript_history" | "livechat_webrtc_video_call" | "omnichannel_placed_chat_on_hold" | "omnichannel_on_hold_chat_resumed" | "omnichannel_priority_change_history" | "omnichannel_sla_change_history")[];
  /** Longest message in characters. */
  Message_MaxAllowedSize: number;
  /** Files may be sent at all. */
  FileUpload_Enabled: boolean;
  /** Largest file in bytes; -1: 10 GiB. */
  FileUpload_MaxFileSize: number;
  /** Media types that may be sent, such as image/*,application/pdf; empty: all but the refused ones. */
  FileUpload_MediaTypeWhiteList: string;
  /** Media types that may not be sent, whatever the file is called. */
  FileUpload_MediaTypeBlackList: string;
  /** Only who may see a chat reads its files. Off: whoever knows a file's address. */
  FileUpload_ProtectFiles: boolean;
  /** Links to files that leave the server carry a signed token and work without sign-in for an hour. */
  FileUpload_Enable_json_web_token_for_files: boolean;
  /** Signs those tokens; empty: every file has a secret of its own. */
  FileUpload_json_web_token_secret_for_files: string;
  /** Most megabytes of files a visitor leaves in one chat; 0: no limit. */
  Foyer_files_per_chat_megabytes: number;
  /** Agents who did not choose export a PDF when a visitor ends a chat. */
  Accounts_Default_User_Preferences_omnichannelTranscriptPDF: boolean;
  /** Agents who did not choose have a transcript mailed when a visitor ends a chat. */
  Accounts_Default_User_Preferences_omnichannelTranscriptEmail: boolean;
  /** Days a sign-in stays valid. */
  Accounts_LoginExpiration: number;
  /** Failed sign-ins after which an account is blocked for a while. */
  Block_Multiple_Failed_Logins_Attempts_Until_Block_by_User: number;
  /** How long an account stays blocked, in minutes. */
  Block_Multiple_Failed_Logins_Time_To_Unblock_By_User_In_Minutes: number;
  /** Failed sign-ins after which an address is blocked for a while. */
  Block_Multiple_Failed_Logins_Attempts_Until_Block_By_Ip: number;
  /** How long an address stays blocked, in minutes. */
  Block_Multiple_Failed_Logins_Time_To_Unblock_By_Ip_In_Minutes: number;
}

export interface SettingTypes {
  /** Every setting by its id. */
  all: Settings;
}
