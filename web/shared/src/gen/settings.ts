// Code generated from the server's types; DO NOT EDIT.

export interface Settings {
  /** Master switch: off hides the widget, opens no room and takes no visitor's message. */
  Livechat_enabled: boolean;
  /** Visitors may finish their conversation. */
  Omnichannel_allow_visitors_to_close_conversation: boolean;
  /** An agent who closes must write a comment; the visitor sees it. */
  Livechat_request_comment_when_closing_conversation: boolean;
  /** An agent who is away counts as reachable. */
  Livechat_enabled_when_agent_idle: boolean;
  /** Store the visitor's address, browser and host. */
  Livechat_Allow_collect_and_store_HTTP_header_informations: boolean;
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
  /** Hosts that may embed the widget, separated by commas; empty: everybody. */
  Livechat_AllowedDomainsList: string;
  /** Bottom left or bottom right of the page. */
  Livechat_widget_position: "left" | "right";
  /** CSS background of the message list; empty: the default. */
  Livechat_background: string;
  /** System messages the widget does not show. */
  Livechat_hide_system_messages: ("uj" | "ul" | "livechat-close" | "livechat-started" | "livechat_transfer_history")[];
  /** How a chat finds its agent: picked by the server, or taken from the queue. */
  Livechat_Routing_Method: "Auto_Selection" | "Manual_Selection";
  /** Chats may begin, and wait, while nobody is reachable. */
  Livechat_accept_chats_with_no_agents: boolean;
  /** Public address of this server; empty: the address of --root-url. */
  Site_Url: string;
  /** Language of the widget and of automatic texts; empty: English. */
  Language: string;
  /** Own messages may be edited, by visitors too. */
  Message_AllowEditing: boolean;
  /** Own messages may be deleted, by visitors too. */
  Message_AllowDeleting: boolean;
  /** Longest message in characters. */
  Message_MaxAllowedSize: number;
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
