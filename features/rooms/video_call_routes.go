package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// videoCallRows are calls that clients make over WebRTC (rest-api.md 6, 22).
func (s *Service) videoCallRows() []rest.Endpoint {
	may := rest.All("view-l-room")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/webrtc.call", may, "Begin a video call in a chat, or join the one that goes on.",
			s.getCall, rest.SameOrigin(), rest.Errors(codeNoRoom, "invalid-webRTC-config", "[room-closed]", "Not allowed [error-not-allowed]")),
		rest.Row("PUT", "/api/v1/livechat/webrtc.call/{callId}", may, "Say how a video call stands.",
			s.putCall, rest.Errors(codeNoRoom, codeNoCall)),
		rest.Row("POST", "/api/v1/livechat/visitor.callStatus", rest.Public, "Say as visitor how a video call stands.",
			s.postCallStatus, rest.Errors("[invalid-token]", "[invalid-room]")),
	}
}

type getCall struct {
	RID chat.RoomID `query:"rid" required:"true" minLength:"1" maxLength:"100"`
}

type videoCall struct {
	RID      chat.RoomID `json:"rid"`
	Provider string      `json:"provider"`
	Status   string      `json:"callStatus"`
}

type videoCallAnswer struct {
	VideoCall videoCall `json:"videoCall"`
}

func (s *Service) getCall(ctx context.Context, r getCall) (videoCallAnswer, error) {
	status, err := s.Call(ctx, rest.Identity[chat.Actor](ctx), r.RID)
	return videoCallAnswer{videoCall{r.RID, "webrtc", status}}, err
}

type putCall struct {
	ID     chat.MessageID `path:"callId"`
	RID    chat.RoomID    `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Status string         `json:"status" required:"true" maxLength:"100"`
}

type callStatusAnswer struct {
	Status string `json:"status"`
}

func (s *Service) putCall(ctx context.Context, r putCall) (callStatusAnswer, error) {
	return callStatusAnswer{r.Status}, s.SetCall(ctx, rest.Identity[chat.Actor](ctx), Calling{RID: r.RID, ID: r.ID, Status: r.Status})
}

type postCallStatus struct {
	Token  string         `json:"token" required:"true" minLength:"1" maxLength:"255"`
	RID    chat.RoomID    `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Status string         `json:"callStatus" required:"true" minLength:"1" maxLength:"100"`
	ID     chat.MessageID `json:"callId" required:"true" minLength:"1" maxLength:"100"`
}

type visitorCallAnswer struct {
	Token  string `json:"token"`
	Status string `json:"callStatus"`
}

func (s *Service) postCallStatus(ctx context.Context, r postCallStatus) (visitorCallAnswer, error) {
	a, err := s.byToken(ctx, r.Token)
	if err == nil {
		err = s.TellCall(ctx, a, Calling{RID: r.RID, ID: r.ID, Status: r.Status})
	}
	return visitorCallAnswer{r.Token, r.Status}, err
}
