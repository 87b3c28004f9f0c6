package analytics

import (
	"maps"
	"slices"
	"strings"
)

const (
	anyRoom   = ""
	isOpen    = "r.open AND NOT r.on_hold"
	isServed  = "r.open AND NOT r.on_hold AND r.served_by <> ''"
	isQueued  = "r.open AND NOT r.on_hold AND r.served_by = '' AND NOT r.verifying"
	isHeld    = "r.open AND r.on_hold"
	isClosed  = "NOT r.open"
	responded = "r.answered_at > 0"
	spoken    = "r.response_by <> '' AND r.served_at > 0"
	answered  = "NOT r.waiting_response"
	assigned  = "r.queue_ms IS NOT NULL"
	hasAgent  = "r.served_by <> ''"
	isService = "NOT r.open AND f.service_ms IS NOT NULL"
	isGone    = "NOT r.open AND f.inactivity_ms >= ?"
)

// dated are figures of whole days.
func dated(all map[string]figure) map[string]figure {
	for name, f := range all {
		f.dates = true
		all[name] = f
	}
	return all
}

// columnsOf are the figures of the chart and of the agents' table.
func columnsOf(rooms string) map[string]figure {
	return dated(map[string]figure{
		totalConversations: {where: rooms, value: one},
		avgDuration:        {where: isClosed, value: ofDuration},
		totalMessages:      {where: rooms, value: agentMessages},
		avgFirst:           {where: responded, value: ofFirst},
		bestFirst:          {where: responded, value: ofFirst},
		avgResponse:        {where: responded, value: ofResponse},
		avgReaction:        {where: responded, value: ofReaction},
	})
}

func single(f figure) map[string]figure { return map[string]figure{"": f} }

// figures are how every figure is made, by its endpoint.
var figures = map[string]map[string]figure{
	"overview": dated(map[string]figure{
		totalConversations:      {value: one},
		"Open_conversations":    {where: isOpen, value: one},
		"On_Hold_conversations": {where: isHeld, value: one},
		totalMessages:           {value: allMessages},
		"Busiest_day":           {other: fromBusyDay, value: allMessages},
		"Conversations_per_day": {value: one},
		"Busiest_time":          {other: fromBusyHour, value: allMessages},
		avgResponse:             {where: responded, value: ofResponse},
		avgFirst:                {where: responded, value: ofFirst},
		avgReaction:             {where: responded, value: ofReaction},
	}),
	"agent-overview":         columnsOf(hasAgent),
	"dashboards/charts-data": columnsOf(anyRoom),
	"dashboards/conversation-totalizers": {
		totalConversations:      {value: one, dates: true},
		"Open_conversations":    {where: isOpen, value: one, dates: true},
		"On_Hold_conversations": {where: isHeld, value: one, dates: true},
		totalMessages:           {value: allMessages, dates: true},
		"Total_visitors":        {other: fromVisitors},
		"Total_visitors_online": {other: fromOnline},
	},
	"dashboards/productivity-totalizers": {
		avgResponse:           {where: responded, value: ofResponse, dates: true},
		avgFirst:              {where: responded, value: ofFirst, dates: true},
		avgReaction:           {where: responded, value: ofReaction, dates: true},
		"Avg_of_waiting_time": {where: answered, value: ofFirst},
		"Avg_of_queue_time":   {where: assigned, value: ofQueue},
	},
	"dashboards/chats-totalizers": {
		"Total_abandoned_chats":     {where: isGone, value: one, ended: true},
		"Avg_of_abandoned_chats":    {value: ofAbandonment},
		"Avg_of_chat_duration_time": {where: isClosed, value: ofDuration, ended: true},
	},
	"dashboards/agents-productivity-totalizers": {
		"Busiest_time":                  {other: fromBusyHour, value: allMessages, dates: true},
		"Avg_of_available_service_time": {other: fromSessions},
		"Avg_of_service_time":           {where: spoken, value: ofSpan},
	},
	"dashboards/charts/chats": {
		"open": {where: isServed, value: one}, "closed": {where: isClosed, value: one}, "queued": {where: isQueued, value: one}, "onhold": {where: isHeld, value: one},
	},
	"dashboards/charts/chats-per-agent": {
		"open": {where: isServed, value: one}, "closed": {where: isClosed + " AND " + hasAgent, value: one, ended: true}, "onhold": {where: isHeld, value: one},
	},
	"dashboards/charts/chats-per-department": {
		"open": {where: "r.open AND r.department_id <> ''", value: one}, "closed": {where: "NOT r.open AND r.department_id <> ''", value: one},
	},
	"dashboards/charts/agents-status": {
		stateOffline: {other: fromAgents, states: []string{stateOffline}}, stateAway: {other: fromAgents, states: []string{stateAway}},
		stateBusy: {other: fromAgents, states: []string{stateBusy}}, stateAvailable: {other: fromAgents, states: []string{stateAvailable}},
	},
	"dashboards/charts/timings": {
		"response": {where: responded, value: ofResponse}, "reaction": {where: responded, value: ofReaction}, "chatDuration": {where: isClosed, value: ofDuration},
	},
	"dashboards/conversations-by-status": {
		statusOpen: {where: isServed, value: one}, statusClosed: {where: isClosed, value: one}, statusQueued: {where: isQueued, value: one}, statusOnHold: {where: isHeld, value: one},
	},
	"dashboards/conversations-by-source":     single(figure{value: one}),
	"dashboards/conversations-by-department": single(figure{value: one}),
	"dashboards/conversations-by-tags":       single(figure{value: one}),
	"dashboards/conversations-by-agent":      single(figure{value: one}),
	"agents/average-service-time":            single(figure{where: isService + " AND " + hasAgent, value: ofService}),
	"agents/total-service-time":              single(figure{where: isService + " AND " + hasAgent, value: ofService}),
	"agents/available-for-service-history":   single(figure{other: fromSessions, dates: true}),
	"departments/amount-of-chats":            single(figure{value: one}),
	"departments/average-service-time":       single(figure{where: spoken, value: ofSpan}),
	"departments/total-service-time":         single(figure{where: isClosed, value: ofService, ended: true}),
	"departments/average-chat-duration-time": single(figure{where: isClosed, value: ofDuration, ended: true}),
	"departments/average-waiting-time":       single(figure{where: answered, value: ofFirst}),
	"departments/total-transferred-chats":    single(figure{other: fromTransfers}),
	"departments/total-abandoned-chats":      single(figure{where: isGone, value: one, ended: true}),
	"departments/percentage-abandoned-chats": single(figure{value: ofAbandonment}),
}

// explainable are the endpoints with figures, in order.
func explainable() []string { return slices.Sorted(maps.Keys(figures)) }

// reportOf is what an endpoint reports by, "" if it is no report.
func reportOf(path string) string {
	by, _ := strings.CutPrefix(path, "dashboards/conversations-by-")
	if by == path {
		return ""
	}
	return by
}

func isOfDepartments(path string) bool { return strings.HasPrefix(path, "departments/") }

// How the period of an endpoint is told.
const (
	ofMoments = iota
	ofDates
	ofReports
)

func kindOf(path string) int {
	switch {
	case path == "overview", path == "agent-overview", path == "dashboards/charts-data", path == "agents/available-for-service-history":
		return ofDates
	case reportOf(path) != "":
		return ofReports
	default:
		return ofMoments
	}
}
