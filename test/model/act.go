package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"github.com/foyerchat/foyer/platform/db"
)

// object is a request's body.
type object = map[string]any

// Do carries a step out that fits, at the model's time. The answer is "" or the code of
// the refusal; an error is something that must never happen.
func (h *House) Do(s Step, m *Model) (answer string, err error) {
	if err := h.wait(m.Acted); err != nil {
		return "", err
	}
	switch s[0] {
	case "crash":
		answer, err = said(h.act(s[1:]))
		if err == nil {
			err = h.restart()
		}
	case "twice":
		h.twice = true
		defer func() { h.twice = false }()
		answer, err = said(h.act(s[1:]))
	case "hand", "forward", "change":
		answer, err = h.unharmed(s)
	default:
		answer, err = said(h.act(s))
	}
	if err != nil {
		return answer, err
	}
	return answer, h.wait(m.Now)
}

// unharmed carries out a forward; a refused one has changed nothing (INV-15).
func (h *House) unharmed(s Step) (answer string, err error) {
	before, err := h.everything()
	if err != nil {
		return "", err
	}
	if answer, err = said(h.act(s)); answer == "" || err != nil {
		return answer, err
	}
	after, err := h.everything()
	if err == nil && before != after {
		err = fmt.Errorf("INV-15 the forward was refused (%s) and changed something\n%s\n%s", answer, before, after)
	}
	return answer, err
}

// said tells a refusal from a failure.
func said(err error) (string, error) {
	var r *refusal
	if errors.As(err, &r) && r.status < 500 {
		return r.code, nil
	}
	return "", err
}

// nothing is the answer of a call that did nothing.
var nothing = &refusal{200, "false", ""}

func (h *House) act(s Step) error {
	name := s.word(1)
	switch s[0] {
	case "agent", "bot":
		return h.employ(s)
	case "department":
		return h.found(s)
	case "set":
		return h.call("boss", "POST", "settings/"+name, object{"value": json.RawMessage(s[2])}, nil)
	case "wait":
		return nil // afterwards all wait
	case "restart":
		return h.restart()
	case "online", "offline":
		return h.call(name, "POST", "users.setStatus", object{"status": s[0]}, nil)
	case "idle", "active":
		return h.inside.Agents.Idle(h.ctx, "standing:"+name, s[0] == "idle")
	case "lost":
		return h.inside.Agents.Gone(h.ctx, "standing:"+name)
	case "on", "off":
		to := map[string]string{"on": "available", "off": "not-available"}[s[0]]
		return h.call(name, "POST", "livechat/agent.status", object{"status": to}, nil)
	case "limit":
		return h.limit(name, s[2])
	case "disable", "enable":
		return h.enable(name, s[0] == "enable")
	case "archive", "unarchive":
		return h.call("boss", "POST", "livechat/department/"+name+"/"+s[0], nil, nil)
	case "remove":
		delete(h.departments, name)
		return h.call("boss", "DELETE", "livechat/department/"+name, nil, nil)
	case "deactivate", "activate":
		return h.employed(name, s[0] == "activate")
	case "names":
		return h.names(name)
	case "policy":
		return h.policy(name, s[2])
	case "nopolicy":
		return h.dropPolicy(name)
	case "member":
		order, _ := strconv.ParseInt(s[3], 10, 64)
		return h.call("boss", "POST", "livechat/department/"+name+"/agents",
			object{"upsert": []object{{"agentId": s[2], "username": s[2], "order": order}}, "remove": []object{}}, nil)
	case "leaves":
		return h.call("boss", "POST", "livechat/department/"+name+"/agents",
			object{"upsert": []object{}, "remove": []object{{"agentId": s[2], "username": s[2]}}}, nil)
	case "start":
		return h.start(name, s.word(2), s.word(3))
	}
	return h.chatAct(s)
}

func token(visitor string) string { return "token-of-" + visitor }

// start registers the visitor with a department, or none, and opens his room.
func (h *House) start(visitor, department, agent string) error {
	who := object{"token": token(visitor), "name": visitor, "department": department}
	if err := h.call("", "POST", "livechat/visitor", object{"visitor": who}, nil); err != nil {
		return err
	}
	query := url.Values{"token": {token(visitor)}}
	if agent != "" {
		query.Set("agentId", agent)
	}
	return h.call("", "GET", "livechat/room?"+query.Encode(), nil, nil)
}

// latest is the visitor's last room and its inquiry, if there is one.
func (h *House) latest(visitor string) (room, inquiry string, err error) {
	err = h.inside.DB.QueryRow(h.ctx, `SELECT r.id, COALESCE((SELECT i.id FROM inquiries i WHERE i.room_id = r.id), 'gone')
		FROM rooms r JOIN visitors v ON v.id = r.visitor_id WHERE v.token = $1 ORDER BY r.ts DESC LIMIT 1`, token(visitor)).Scan(&room, &inquiry)
	if errors.Is(err, db.ErrNoRows) {
		err = nil
	}
	return room, inquiry, err
}
