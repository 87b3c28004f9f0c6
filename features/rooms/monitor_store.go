package rooms

import "github.com/foyerchat/foyer/chat"

// The restriction of monitors (permissions.md 5, tags-units 3.2), in SQL. monitor
// is the placeholder of chat.Actor.Monitor: empty for whom units do not limit.

// outsideUnits is whether a room's unit (also a placeholder) is none of the monitor's.
func outsideUnits(monitor, unit string) string {
	return `(` + monitor + ` <> '' AND EXISTS (SELECT 1 FROM units)
		AND NOT EXISTS (SELECT 1 FROM unit_monitors um WHERE um.unit_id = ` + unit + ` AND um.monitor_id = ` + monitor + `))`
}

// inUnits is the condition that the monitor may see room r.
func inUnits(monitor string) string {
	return `(NOT EXISTS (SELECT 1 FROM units) OR r.unit_id IN (SELECT um.unit_id FROM unit_monitors um WHERE um.monitor_id = ` + monitor + `)
		OR r.served_by = ` + monitor + ` OR EXISTS (SELECT 1 FROM subscriptions us WHERE us.room_id = r.id AND us.user_id = ` + monitor + `))`
}

// unitOf is the unit of the room's department, if any.
func unitOf(r chat.Room) chat.UnitID {
	if len(r.DepartmentAncestors) == 0 {
		return ""
	}
	return r.DepartmentAncestors[0]
}
