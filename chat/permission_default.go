package chat

var (
	admins       = []string{RoleAdmin}
	managers     = []string{RoleAdmin, RoleManager}
	supervisors  = []string{RoleAdmin, RoleManager, RoleMonitor}
	everyServing = []string{RoleAdmin, RoleManager, RoleMonitor, RoleAgent}
)

// defaultGrants is the table of permissions.md section 3 and rest-api.md section 2.
var defaultGrants = []Grant{
	// chats
	{ViewLRoom, everyServing},
	{ViewLivechatRooms, supervisors},
	{ViewLivechatCurrentChats, supervisors},
	{ViewLivechatQueue, everyServing},
	{CloseLivechatRoom, everyServing},
	{CloseOthersLivechatRoom, supervisors},
	{OnHoldLivechatRoom, everyServing},
	{OnHoldOthersLivechatRoom, supervisors},
	{TransferLivechatGuest, supervisors},
	{SaveOthersLivechatRoomInfo, supervisors},
	{ChangeLivechatRoomVisitor, []string{RoleAdmin, RoleManager, RoleAgent}},
	{RemoveClosedLivechatRoom, managers},
	{RemoveClosedLivechatRooms, supervisors},
	{SendOmnichannelChatTranscript, managers},
	{RequestPDFTranscript, everyServing},
	{ViewLivechatRoomClosedSameDepartment, supervisors},
	{ViewLivechatRoomClosedByAnotherAgent, supervisors},
	{ViewLivechatRoomCustomfields, everyServing},
	{EditLivechatRoomCustomfields, everyServing},

	// contacts
	{ViewOmnichannelContactCenter, everyServing},
	{EditOmnichannelContact, []string{RoleAdmin, RoleManager, RoleAgent}},
	{CreateLivechatContact, everyServing},
	{UpdateLivechatContact, everyServing},
	{ViewLivechatContact, everyServing},
	{ViewLivechatContactHistory, everyServing},
	{BlockLivechatContact, everyServing},
	{UnblockLivechatContact, everyServing},

	// administration
	{ViewLivechatManager, supervisors},
	{ViewLivechatAnalytics, supervisors},
	{ViewLivechatRealTimeMonitoring, supervisors},
	{ViewLivechatReports, supervisors},
	{ManageLivechatManagers, managers},
	{ManageLivechatAgents, supervisors},
	{ManageLivechatDepartments, supervisors},
	{ViewLivechatDepartments, supervisors},
	{AddLivechatDepartmentAgents, supervisors},
	{RemoveLivechatDepartment, managers},
	{ViewLivechatTriggers, managers},
	{ViewLivechatCustomfields, managers},
	{ViewLivechatInstallation, managers},
	{ViewLivechatAppearance, managers},
	{ViewLivechatWebhooks, managers},
	{ViewLivechatFacebook, managers},
	{ViewLivechatBusinessHours, supervisors},
	{ManageLivechatUnits, managers},
	{ManageLivechatMonitors, managers},
	{ManageLivechatTags, managers},
	{ManageLivechatPriorities, managers},
	{ManageLivechatSLA, managers},
	{ManageLivechatCannedResponses, supervisors},
	{ManageEmailInbox, admins},

	// canned responses
	{ViewCannedResponses, everyServing},
	{ViewAllCannedResponses, managers},
	{ViewAgentCannedResponses, []string{RoleAgent}},
	{SaveCannedResponses, everyServing},
	{SaveDepartmentCannedResponses, []string{RoleMonitor}},
	{SaveAllCannedResponses, managers},
	{RemoveCannedResponses, everyServing},

	// general
	{ViewPrivilegedSetting, admins},
	{EditPrivilegedSetting, admins},
	{ManageSelectedSettings, admins},
	{AccessPermissions, admins},
	{AccessSettingPermissions, admins},
	{AssignRoles, admins},
	{AssignAdminRole, admins},
	{ManageUserStatus, admins},
	{SendMail, admins},
	{CreateUser, admins},
	{DeleteUser, admins},
	{EditOtherUserActiveStatus, admins},
	{EditOtherUserInfo, admins},
	{ViewFullOtherUserInfo, admins},
	{ApiBypassRateLimit, []string{RoleAdmin, RoleBot}},
	{SendManyMessages, []string{RoleAdmin, RoleBot}},
	{MessageImpersonate, []string{RoleBot}},
	{ViewCRoom, []string{RoleAdmin, RoleBot, RoleUser, RoleAnonymous}},
	{ViewDRoom, []string{RoleAdmin, RoleBot, RoleUser, RoleGuest}},
	{CreateD, []string{RoleAdmin, RoleBot, RoleUser}},
	{CreateP, []string{RoleAdmin, RoleBot, RoleUser}},
	{DeleteP, admins},
}

// DefaultPermissions is every permission with the roles that hold it on a new
// server, the permission of each setting included.
func DefaultPermissions() []Grant {
	grants := make([]Grant, 0, len(defaultGrants)+len(settingRegistry))
	for _, g := range defaultGrants {
		grants = append(grants, Grant{ID: g.ID, Roles: append([]string{}, g.Roles...)})
	}
	for _, s := range settingRegistry {
		grants = append(grants, Grant{ID: ChangeSetting(s.ID), Roles: []string{}})
	}
	return grants
}
