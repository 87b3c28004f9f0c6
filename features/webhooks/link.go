package webhooks

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// linked is what a body says of files.
type linked struct {
	Messages []struct {
		File struct {
			ID chat.FileID `json:"_id"`
		}
		FileUpload struct{ PublicFilePath string }
	}
}

// refreshed is an event's body as it is sent now: links to files that open them no longer,
// because it is sent late or again, are made anew. It is stored, so that retries have the
// same bytes. With an error it is the body as it was.
func (s *Service) refreshed(ctx context.Context, e Event) (string, error) {
	if !strings.Contains(e.Body, `"publicFilePath"`) {
		return e.Body, nil
	}
	var said linked
	if err := json.Unmarshal([]byte(e.Body), &said); err != nil {
		return e.Body, err
	}
	body := e.Body
	for _, m := range said.Messages {
		old := m.FileUpload.PublicFilePath
		if old == "" {
			continue
		}
		link, err := s.renewed(ctx, m.File.ID, old)
		if err != nil {
			return e.Body, err
		}
		body = strings.ReplaceAll(body, quoted(old), quoted(link))
	}
	if body == e.Body {
		return body, nil
	}
	return body, s.DB.InTx(ctx, func(tx *db.Tx) error { return rewrite(ctx, tx, e.ID, body) })
}

// renewed is a link that works: the old one if it does.
func (s *Service) renewed(ctx context.Context, file chat.FileID, old string) (string, error) {
	u, err := url.Parse(old)
	if err != nil {
		return old, err
	}
	if lasts, err := s.Files.Lasts(ctx, file, u.Query().Get("token")); err != nil || lasts {
		return old, err
	}
	path, err := s.Files.Link(ctx, file)
	if err != nil || path == "" {
		return old, err
	}
	return s.site() + path, nil
}

// quoted is a text as it stands in a body.
func quoted(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}
