package chat

// Permission is the id of a right; which roles hold it is data: an administrator
// changes it, and DefaultPermissions is what a first start writes.
type Permission string

// Permissions: chats (permissions.md 3).
const (
	ViewLRoom                            Permission = "view-l-room"
	ViewLivechatRooms                    Permission = "view-livechat-rooms"
	ViewLivechatCurrentChats             Permission = "view-livechat-current-chats"
	ViewLivechatQueue                    Permission = "view-livechat-queue"
	CloseLivechatRoom                    Permission = "close-livechat-room"
	CloseOthersLivechatRoom              Permission = "close-others-livechat-room"
	OnHoldLivechatRoom                   Permission = "on-hold-livechat-room"
	OnHoldOthersLivechatRoom             Permission = "on-hold-others-livechat-room"
	TransferLivechatGuest                Permission = "transfer-livechat-guest"
	SaveOthersLivechatRoomInfo           Permission = "save-others-livechat-room-info"
	ChangeLivechatRoomVisitor            Permission = "change-livechat-room-visitor"
	RemoveClosedLivechatRoom             Permission = "remove-closed-livechat-room"
	RemoveClosedLivechatRooms            Permission = "remove-closed-livechat-rooms"
	SendOmnichannelChatTranscript        Permission = "send-omnichannel-chat-transcript"
	RequestPDFTranscript                 Permission = "request-pdf-transcript"
	ViewLivechatRoomClosedSameDepartment Permission = "view-livechat-room-closed-same-department"
	ViewLivechatRoomClosedByAnotherAgent Permission = "view-livechat-room-closed-by-another-agent"
	ViewLivechatRoomCustomfields         Permission = "view-livechat-room-customfields"
	EditLivechatRoomCustomfields         Permission = "edit-livechat-room-customfields"
)

// Permissions: contacts (permissions.md 3).
const (
	ViewOmnichannelContactCenter Permission = "view-omnichannel-contact-center"
	EditOmnichannelContact       Permission = "edit-omnichannel-contact"
	CreateLivechatContact        Permission = "create-livechat-contact"
	UpdateLivechatContact        Permission = "update-livechat-contact"
	ViewLivechatContact          Permission = "view-livechat-contact"
	ViewLivechatContactHistory   Permission = "view-livechat-contact-history"
	BlockLivechatContact         Permission = "block-livechat-contact"
	UnblockLivechatContact       Permission = "unblock-livechat-contact"
)

// Permissions: administration (permissions.md 3).
const (
	ViewLivechatManager            Permission = "view-livechat-manager"
	ViewLivechatAnalytics          Permission = "view-livechat-analytics"
	ViewLivechatRealTimeMonitoring Permission = "view-livechat-real-time-monitoring"
	ViewLivechatReports            Permission = "view-livechat-reports"
	ManageLivechatManagers         Permission = "manage-livechat-managers"
	ManageLivechatAgents           Permission = "manage-livechat-agents"
	ManageLivechatDepartments      Permission = "manage-livechat-departments"
	ViewLivechatDepartments        Permission = "view-livechat-departments"
	AddLivechatDepartmentAgents    Permission = "add-livechat-department-agents"
	RemoveLivechatDepartment       Permission = "remove-livechat-department"
	ViewLivechatTriggers           Permission = "view-livechat-triggers"
	ViewLivechatCustomfields       Permission = "view-livechat-customfields"
	ViewLivechatInstallation       Permission = "view-livechat-installation"
	ViewLivechatAppearance         Permission = "view-livechat-appearance"
	ViewLivechatWebhooks           Permission = "view-livechat-webhooks"
	ViewLivechatFacebook           Permission = "view-livechat-facebook"
	ViewLivechatBusinessHours      Permission = "view-livechat-business-hours"
	ManageLivechatUnits            Permission = "manage-livechat-units"
	ManageLivechatMonitors         Permission = "manage-livechat-monitors"
	ManageLivechatTags             Permission = "manage-livechat-tags"
	ManageLivechatPriorities       Permission = "manage-livechat-priorities"
	ManageLivechatSLA              Permission = "manage-livechat-sla"
	ManageLivechatCannedResponses  Permission = "manage-livechat-canned-responses"
	ManageEmailInbox               Permission = "manage-email-inbox"
)

// Permissions: canned responses (permissions.md 3).
const (
	ViewCannedResponses           Permission = "view-canned-responses"
	ViewAllCannedResponses        Permission = "view-all-canned-responses"
	ViewAgentCannedResponses      Permission = "view-agent-canned-responses"
	SaveCannedResponses           Permission = "save-canned-responses"
	SaveDepartmentCannedResponses Permission = "save-department-canned-responses"
	SaveAllCannedResponses        Permission = "save-all-canned-responses"
	RemoveCannedResponses         Permission = "remove-canned-responses"
)

// Permissions: general (permissions.md 3).
const (
	ViewPrivilegedSetting     Permission = "view-privileged-setting"
	EditPrivilegedSetting     Permission = "edit-privileged-setting"
	ManageSelectedSettings    Permission = "manage-selected-settings"
	AccessPermissions         Permission = "access-permissions"
	AccessSettingPermissions  Permission = "access-setting-permissions"
	AssignRoles               Permission = "assign-roles"
	AssignAdminRole           Permission = "assign-admin-role"
	ManageUserStatus          Permission = "manage-user-status"
	CreateUser                Permission = "create-user"
	DeleteUser                Permission = "delete-user"
	EditOtherUserActiveStatus Permission = "edit-other-user-active-status"
	EditOtherUserInfo         Permission = "edit-other-user-info"
	ViewFullOtherUserInfo     Permission = "view-full-other-user-info"
	SendMail                  Permission = "send-mail"
	ApiBypassRateLimit        Permission = "api-bypass-rate-limit"
	SendManyMessages          Permission = "send-many-messages"
	MessageImpersonate        Permission = "message-impersonate"
	ViewCRoom                 Permission = "view-c-room"
	ViewDRoom                 Permission = "view-d-room"
	CreateD                   Permission = "create-d"
	CreateP                   Permission = "create-p"
	DeleteP                   Permission = "delete-p"
)

// ChangeSetting is the permission to change one setting; no role has it by default.
func ChangeSetting(id string) Permission { return Permission("change-setting-" + id) }

// Grant says which roles hold a permission.
type Grant struct {
	ID    Permission `json:"_id"`
	Roles []string   `json:"roles"`
}
