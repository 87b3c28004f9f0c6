package files

import (
	"path"
	"strings"

	"github.com/foyerchat/foyer/chat"
)

// attachment is how a message shows the file (LC-UPL-5).
func (f File) attachment(description string) chat.Attachment {
	link := f.Path()
	a := chat.Attachment{TS: f.CreatedAt, Title: f.Name, TitleLink: link, TitleLinkDownload: true, Description: description, Type: "file"}
	group, _, _ := strings.Cut(f.Type, "/")
	switch {
	case f.Picture != nil:
		a.ImageURL, a.ImageType, a.ImageSize, a.ImagePreview = link, f.Type, f.Size, f.Picture.Preview
		a.ImageDimensions = &chat.Dimensions{Width: f.Picture.Width, Height: f.Picture.Height}
	case group == "audio" && shown[f.Type] != nil:
		a.AudioURL, a.AudioType, a.AudioSize = link, f.Type, f.Size
	case group == "video" && shown[f.Type] != nil:
		a.VideoURL, a.VideoType, a.VideoSize = link, f.Type, f.Size
	default:
		a.Format, a.Size = strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), ".")), f.Size
	}
	return a
}
