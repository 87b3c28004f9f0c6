package model

import "strconv"

// chatAct is what somebody does with a visitor's latest room.
func (h *House) chatAct(s Step) error {
	who, visitor := s.word(1), s.word(2)
	switch s[0] {
	case "say", "leave", "change", "priority", "manager", "sla":
		visitor = s.word(1)
	}
	rid, inquiry, err := h.latest(visitor)
	if err != nil {
		return err
	}
	room := object{"roomId": rid}
	switch s[0] {
	case "say":
		return h.call("", "POST", "livechat/message", object{"token": token(visitor), "rid": rid, "msg": "hello"}, nil)
	case "leave":
		return h.call("", "POST", "livechat/room.close", object{"token": token(visitor), "rid": rid}, nil)
	case "change":
		return h.call("", "POST", "livechat/visitor/department.transfer", object{"token": token(visitor), "rid": rid, "department": s[2]}, nil)
	case "priority":
		return h.priority(rid, s[2])
	case "sla":
		return h.call("boss", "PUT", "livechat/inquiry.setSLA", object{"roomId": rid, "sla": s[2]}, nil)
	case "manager":
		return h.exec(`UPDATE visitors SET contact_manager = $1 WHERE token = $2`, s[2], token(visitor))
	case "take":
		return h.call(who, "POST", "livechat/inquiries.take", object{"inquiryId": inquiry}, nil)
	case "assign":
		return h.call("boss", "POST", "livechat/inquiries.take", object{"inquiryId": inquiry, "userId": who}, nil)
	case "join":
		return h.call(who, "GET", "livechat/room.join?roomId="+rid, nil, nil)
	case "return":
		return h.giveBack(who, rid, s.word(3))
	case "hand":
		return h.call(who, "POST", "livechat/room.forward", object{"roomId": rid, "userId": s[3], "clientAction": true}, nil)
	case "forward":
		body := object{"roomId": rid, "departmentId": s[3], "clientAction": true}
		if wished := s.word(4); wished != "" {
			body["userId"] = wished
		}
		return h.call(who, "POST", "livechat/room.forward", body, nil)
	case "answer":
		return h.call(who, "POST", "chat.sendMessage", object{"message": object{"rid": rid, "msg": "how can I help"}}, nil)
	case "close":
		return h.call(who, "POST", "livechat/room.closeByUser", object{"rid": rid, "comment": "done"}, nil)
	case "hold":
		return h.call(who, "POST", "livechat/room.onHold", room, nil)
	case "resume":
		return h.call(who, "POST", "livechat/room.resumeOnHold", room, nil)
	}
	panic("no verb " + s[0])
}

func (h *House) giveBack(who, rid, department string) error {
	body := object{"roomId": rid}
	if department != "" {
		body["departmentId"] = department
	}
	var answer struct{ Result bool }
	err := h.call(who, "POST", "livechat/inquiries.returnAsInquiry", body, &answer)
	if err == nil && !answer.Result {
		return nothing
	}
	return err
}

// priority gives the room one of the five; 99 takes it away.
func (h *House) priority(rid, weight string) error {
	if n, _ := strconv.Atoi(weight); n > 5 {
		return h.call("boss", "DELETE", "livechat/room/"+rid+"/priority", nil, nil)
	}
	return h.call("boss", "POST", "livechat/room/"+rid+"/priority", object{"priorityId": "priority-" + weight}, nil)
}
