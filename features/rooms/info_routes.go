package rooms

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// infoRows change what is known of a room: how urgent it is, what it is about.
func (s *Service) infoRows() []rest.Endpoint {
	urgent := rest.Any("view-l-room", "manage-livechat-priorities")
	promise := rest.Any("view-l-room", "manage-livechat-sla", "manage-livechat-priorities")
	unknown := rest.Errors("error-room-does-not-exist", "[room-closed]")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/livechat/room/{rid}/priority", urgent, "Give an open room a priority.", s.setPriority, unknown, rest.Errors("Invalid priority [error-invalid-priority]")),
		rest.Row("DELETE", "/api/v1/livechat/room/{rid}/priority", urgent, "Take an open room's priority away.", s.removePriority, unknown),
		rest.Row("PUT", "/api/v1/livechat/inquiry.setSLA", promise, "Give a waiting room an SLA policy.",
			s.setSLA, rest.Errors(textNoRoomID, "error-invalid-room", "[room-closed]", "[error-invalid-inquiry]", "Invalid SLA [error-invalid-sla]")),
		rest.Row("POST", "/api/v1/livechat/room.saveInfo", rest.All("view-l-room"), "Change a room's topic, tags, priority and SLA, its visitor's name and addresses, and the custom fields of both; what is absent stays.",
			s.saveRoomInfo, rest.Refusal("unauthorized"), rest.Errors("error-invalid-room", "Invalid visitor [error-invalid-visitor]")),
	}
}

const textNoRoomID = "The 'roomId' param is required"

type setPriority struct {
	RID      chat.RoomID     `path:"rid"`
	Priority chat.PriorityID `json:"priorityId" required:"true" minLength:"1" maxLength:"100"`
}

func (s *Service) setPriority(ctx context.Context, r setPriority) (struct{}, error) {
	return struct{}{}, s.SetPriority(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.Priority)
}

func (s *Service) removePriority(ctx context.Context, r roomOfPath) (struct{}, error) {
	return struct{}{}, s.SetPriority(ctx, rest.Identity[chat.Actor](ctx), r.RID, "")
}

type setSLA struct {
	RID chat.RoomID `json:"roomId" maxLength:"100"`
	SLA string      `json:"sla" required:"true" minLength:"1" maxLength:"200" doc:"Id or name."`
}

func (s *Service) setSLA(ctx context.Context, r setSLA) (struct{}, error) {
	if r.RID == "" {
		return struct{}{}, fault.Text(fault.Invalid, textNoRoomID)
	}
	return struct{}{}, s.SetSLA(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.SLA)
}

type saveInfo struct {
	Room struct {
		ID       chat.RoomID    `json:"_id" required:"true" minLength:"1" maxLength:"100"`
		Topic    *string        `json:"topic" maxLength:"500"`
		Tags     *[]string      `json:"tags" maxItems:"100"`
		Priority *string        `json:"priorityId" maxLength:"100" doc:"Empty: none."`
		SLA      *string        `json:"slaId" maxLength:"100" doc:"Empty: none."`
		Data     map[string]any `json:"livechatData" doc:"Values of custom fields; unknown ones are ignored."`
	} `json:"roomData" required:"true"`
	Guest struct {
		ID    chat.VisitorID `json:"_id" required:"true" minLength:"1" maxLength:"100"`
		Name  *string        `json:"name" maxLength:"500"`
		Email *string        `json:"email" maxLength:"500" doc:"Empty: none."`
		Phone *string        `json:"phone" maxLength:"100" doc:"Empty: none."`
		Data  map[string]any `json:"livechatData" doc:"Values of custom fields; unknown ones are ignored."`
	} `json:"guestData" required:"true"`
}

func (s *Service) saveRoomInfo(ctx context.Context, r saveInfo) (struct{}, error) {
	own, err := texts(r.Room.Data)
	if err != nil {
		return struct{}{}, err
	}
	guests, err := texts(r.Guest.Data)
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.SaveInfo(ctx, rest.Identity[chat.Actor](ctx), Info{
		RID: r.Room.ID, Topic: r.Room.Topic, Tags: r.Room.Tags, Priority: r.Room.Priority, SLA: r.Room.SLA, Data: own,
		Visitor: r.Guest.ID, Guest: chat.Correction{Name: r.Guest.Name, Email: r.Guest.Email, Phone: r.Guest.Phone, Data: guests}})
}

// texts are the values of custom fields as they are stored; numbers and booleans are
// written out, null is none, anything else is refused.
func texts(data map[string]any) (map[string]string, error) {
	out := map[string]string{}
	for key, value := range data {
		switch v := value.(type) {
		case nil:
			out[key] = ""
		case string:
			out[key] = v
		case bool:
			out[key] = strconv.FormatBool(v)
		case float64:
			out[key] = strconv.FormatFloat(v, 'f', -1, 64)
		case json.Number:
			out[key] = v.String()
		default:
			return nil, fault.New(fault.Invalid, "error-invalid-custom-field-value", "Invalid value for "+key+" field")
		}
	}
	return out, nil
}
