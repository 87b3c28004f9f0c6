package sms

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of the channel.
func (s *Service) Rows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("POST", incomingPath+"{service}", rest.Public, "A text message, from the SMS service; the answer has that service's form.", s.incoming,
			rest.Tag("channels"), rest.Limit("sms-incoming", 3000, time.Minute),
			rest.Form("From", "To", "Body", "MessageSid", "NumMedia", "MediaUrl0", "MediaContentType0", "ToCountry", "ToState", "ToCity", "ToZip",
				"FromCountry", "FromState", "FromCity", "FromZip", "Latitude", "Longitude"),
			rest.Errors("Invalid service", "Text messages are off [error-sms-disabled]", "Invalid request",
				"A text has a sender, a receiver and words, a file or a place [invalid-params]", "The provided department is invalid [error-invalid-department]")),
	}
}

type incoming struct {
	Service    string   `path:"service" maxLength:"50" doc:"twilio, voxtelesys or mobex; the one that SMS_Service names."`
	Department string   `query:"department" maxLength:"255" doc:"Id or name of the department that gets it."`
	Secret     string   `query:"secret" maxLength:"1000" doc:"SMS_Inbound_Secret, of services that sign nothing."`
	Signature  string   `header:"X-Twilio-Signature" maxLength:"200"`
	Raw        rest.Raw `json:"-"`
}

func (s *Service) incoming(ctx context.Context, r incoming) (rest.Bytes, error) {
	return s.Receive(ctx, Call(r))
}
