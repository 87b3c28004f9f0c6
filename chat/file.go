package chat

import (
	"net/url"

	"github.com/foyerchat/foyer/platform/clock"
)

// FileRef names a file in a message: exactly these three keys (rest-api.md 4.6).
type FileRef struct {
	ID   FileID `json:"_id"`
	Name string `json:"name"`
	Type string `json:"type"` // found by looking at the content
}

// Path is where the file is read; who may is asked there.
func (f FileRef) Path() string {
	return "/file-upload/" + string(f.ID) + "/" + url.PathEscape(f.Name)
}

// Attachment shows a file in a message (rest-api.md 4.6, LC-UPL-5).
type Attachment struct {
	TS                clock.Instant `json:"ts,omitzero"`
	Title             string        `json:"title,omitempty"`
	TitleLink         string        `json:"title_link,omitempty"`
	TitleLinkDownload bool          `json:"title_link_download,omitempty"`
	Description       string        `json:"description,omitempty"`
	Type              string        `json:"type,omitempty"`  // file
	Text              string        `json:"text,omitempty"`  // instead of a file
	Color             string        `json:"color,omitempty"` // of that
	Format            string        `json:"format,omitempty"`
	Size              int64         `json:"size,omitempty"`
	ImageURL          string        `json:"image_url,omitempty"`
	ImageType         string        `json:"image_type,omitempty"`
	ImageSize         int64         `json:"image_size,omitempty"`
	ImageDimensions   *Dimensions   `json:"image_dimensions,omitempty"`
	ImagePreview      string        `json:"image_preview,omitempty"` // a tiny JPEG in base64
	AudioURL          string        `json:"audio_url,omitempty"`
	AudioType         string        `json:"audio_type,omitempty"`
	AudioSize         int64         `json:"audio_size,omitempty"`
	VideoURL          string        `json:"video_url,omitempty"`
	VideoType         string        `json:"video_type,omitempty"`
	VideoSize         int64         `json:"video_size,omitempty"`
}

// Dimensions are a picture's, in pixels.
type Dimensions struct {
	Width  int `json:"width"`
	Height int `json:"height"`
}

// Shared is the file of a message and how it is shown.
type Shared struct {
	File        *FileRef     `json:"file,omitempty"`
	Files       []FileRef    `json:"files,omitempty"`
	Attachments []Attachment `json:"attachments,omitempty"`
}

// Sharing is a message with a file, to be written. The text may be empty.
type Sharing struct {
	RID RoomID
	ID  MessageID
	Msg string
	Shared
	Location *Point        // where the sender is
	Email    *MessageEmail // a mail that came
}

// Arrived is a file that came on another way than an upload, to be said in a chat.
type Arrived struct {
	Sharing
	Name    string
	Content []byte
}
