package model

import (
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/platform/db"
)

// employ makes somebody who is there and wants chats.
func (h *House) employ(s Step) error {
	name := s[1]
	roles := []string{"user"}
	if s[0] == "bot" {
		roles = append(roles, "bot")
	}
	if err := h.hire(name, roles...); err != nil {
		return err
	}
	if err := h.call("boss", "POST", "livechat/users/agent", object{"username": name}, nil); err != nil {
		return err
	}
	if limit := s.word(2); limit != "" {
		n, _ := strconv.ParseInt(limit, 10, 64)
		if err := h.exec(`UPDATE agents SET max_chats = $1 WHERE user_id = $2`, n, name); err != nil {
			return err
		}
	}
	if s[0] == "bot" {
		return nil
	}
	return h.call(name, "POST", "users.setStatus", object{"status": "online"}, nil)
}

// found makes a department whose id is its name.
func (h *House) found(s Step) error {
	d := newDepartment(s)
	h.departments[d.Name] = d
	to := "[]"
	if len(d.ForwardTo) > 0 {
		to = `["` + strings.Join(d.ForwardTo, `","`) + `"]`
	}
	err := h.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, fallback_id, forward_to, receive_offline, max_chats, updated_at)
		VALUES ($1, 'default', $1, true, $2, true, $3, $4, $5, $6, $7)`, d.Name, d.Shown, d.Fallback, to, d.ReceiveOffline, d.MaxChats, h.clock.Now())
	for agent, order := range d.Members {
		if err == nil {
			err = h.exec(`INSERT INTO department_agents (department_id, agent_id, position, updated_at)
				SELECT $1, user_id, $3, $4 FROM agents WHERE user_id = $2`, d.Name, agent, order, h.clock.Now())
		}
		if err == nil {
			err = h.exec(`INSERT INTO turns (department_id, agent_id, counted_at)
				SELECT $1, user_id, $3 FROM agents WHERE user_id = $2`, d.Name, agent, h.clock.Now())
		}
	}
	return err
}

// enable switches a department on or off, as saving its form does.
func (h *House) enable(name string, on bool) error {
	d := h.departments[name]
	form := object{"enabled": on, "name": d.Name, "email": "a@example.com", "showOnRegistration": d.Shown, "showOnOfflineForm": true,
		"allowReceiveForwardOffline": d.ReceiveOffline, "maxNumberSimultaneousChat": d.MaxChats, "departmentsAllowedToForward": d.ForwardTo}
	if h.departments[d.Fallback] != nil {
		form["fallbackForwardDepartment"] = d.Fallback
	}
	return h.call("boss", "PUT", "livechat/department/"+name, object{"department": form}, nil)
}

// employed deactivates a user, or lets him back and sign in again.
func (h *House) employed(name string, active bool) error {
	err := h.call("boss", "POST", "users.setActiveStatus", object{"userId": name, "activeStatus": active}, nil)
	if err != nil || !active {
		return err
	}
	return h.signIn(name)
}

// policy makes an SLA policy or changes it.
func (h *House) policy(name, minutes string) error {
	due, _ := strconv.ParseInt(minutes, 10, 64)
	form := object{"name": name, "dueTimeInMinutes": due}
	if known := h.policies[name]; known != "" {
		return h.call("boss", "PUT", "livechat/sla/"+known, form, nil)
	}
	var made struct {
		SLA struct {
			ID string `json:"_id"`
		}
	}
	err := h.call("boss", "POST", "livechat/sla", form, &made)
	if err == nil {
		h.policies[name] = made.SLA.ID
	}
	return err
}

func (h *House) dropPolicy(name string) error {
	known := h.policies[name]
	delete(h.policies, name)
	return h.call("boss", "DELETE", "livechat/sla/"+known, nil, nil)
}

// limit gives an agent a limit of his own and leaves him his departments.
func (h *House) limit(agent, most string) error {
	of, err := db.All(h.ctx, h.inside.DB, func(row db.Row) (d string, err error) { return d, row.Scan(&d) },
		`SELECT department_id FROM department_agents WHERE agent_id = $1 ORDER BY department_id`, agent)
	if err != nil {
		return err
	}
	n, _ := strconv.ParseInt(most, 10, 64)
	return h.call("boss", "POST", "livechat/agents.saveInfo",
		object{"agentId": agent, "agentData": object{"maxNumberSimultaneousChat": n}, "agentDepartments": of}, nil)
}
