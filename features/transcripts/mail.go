package transcripts

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"image"
	"image/jpeg"
	"strings"

	"golang.org/x/image/draw"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/mail"
)

const (
	pictureWidth = 400     // pixels of a picture in a mail
	mostPictures = 5 << 20 // bytes of all of them
)

//go:embed mail.html.tmpl
var htmlSource string

var page = template.Must(template.New("transcript").Parse(htmlSource))

// letter is what the mail's page shows.
type letter struct {
	Language, Direction, Title, Greeting, Footer string
	Lines                                        []line
}

type line struct {
	At, Author, Text string
	Own, System      bool
	Files            []shownFile
}

// shownFile is a picture in the mail, or the words that stand for a file.
type shownFile struct {
	Picture template.URL // cid:…
	Width   int
	Text    string
}

// compose makes the mail of a transcript (LC-TRS-5 to 8).
func (s *Service) compose(ctx context.Context, c aChat, all []chat.Message, wanted mailing) (mail.Message, error) {
	set, subject := s.Settings.Current(), wanted.Subject
	zone, err := s.zone(ctx, wanted.By.User)
	if err != nil {
		return mail.Message{}, err
	}
	language, texts := textsIn(set.Language)
	m := manner{texts: texts, zone: zone, visitor: texts.you, hideAgents: !set.ShowAgentInfo, system: set.TranscriptSystemMessages, hides: set.Hides}
	for _, other := range []string{set.TranscriptSubject, texts.subject} {
		if strings.TrimSpace(subject) == "" {
			subject = other
		}
	}
	l := letter{Language: language, Direction: "ltr", Title: mail.Line(subject, 200), Greeting: texts.greeting, Footer: set.MailFooter}
	if language == "ar" {
		l.Direction = "rtl"
	}
	out := mail.Message{Kind: "transcript", About: string(c.visitor), To: mail.Address{Name: mail.Line(c.name, 100), Address: wanted.To}, Subject: l.Title,
		ID: mail.ID("transcript", string(c.room), fmt.Sprint(s.DB.Clock().Now())), Thread: mail.ID("room", string(c.room))}
	var plain strings.Builder
	fmt.Fprintf(&plain, "%s\n\n", texts.greeting)
	for _, e := range m.entries(all) {
		one := line{At: e.at.Format("2006-01-02 15:04"), Author: e.author, Text: e.text, Own: e.own, System: e.author == ""}
		for _, f := range e.files {
			shown, err := s.showIn(ctx, &out, f, texts)
			if err != nil {
				return out, err
			}
			one.Files = append(one.Files, shown)
		}
		l.Lines = append(l.Lines, one)
		writePlain(&plain, one, e.files)
	}
	if l.Footer != "" {
		fmt.Fprintf(&plain, "\n--\n%s\n", l.Footer)
	}
	var html bytes.Buffer
	err = page.Execute(&html, l)
	out.Text, out.HTML = plain.String(), html.String()
	return out, err
}

func writePlain(b *strings.Builder, l line, files []chat.FileRef) {
	who := ""
	if l.Author != "" {
		who = l.Author + ": "
	}
	text := l.Text
	for _, f := range files {
		text = joinLines(text, "["+f.Name+"]")
	}
	fmt.Fprintf(b, "[%s] %s%s\n", l.At, who, strings.ReplaceAll(text, "\n", "\n  "))
}

// showIn puts a picture into the mail, as long as they are not too many.
func (s *Service) showIn(ctx context.Context, m *mail.Message, f chat.FileRef, texts sentences) (shownFile, error) {
	words := shownFile{Text: fmt.Sprintf(texts.notShown, f.Name)}
	img, err := s.Files.Look(ctx, f.ID)
	if err != nil || img == nil {
		return words, err
	}
	b, size, err := asJPEG(img, pictureWidth)
	if err != nil {
		return words, err
	}
	total := len(b)
	for _, known := range m.Files {
		total += len(known.Content)
	}
	if total > mostPictures {
		return words, nil
	}
	id := fmt.Sprintf("picture%d", len(m.Files)+1)
	m.Files = append(m.Files, mail.File{Name: mail.Line(f.Name, 200), Type: "image/jpeg", ContentID: id, Content: b})
	return shownFile{Picture: template.URL("cid:" + id), Width: size.X, Text: f.Name}, nil
}

// asJPEG is a picture on white, at most so wide.
func asJPEG(img image.Image, width int) ([]byte, image.Point, error) {
	size := img.Bounds().Size()
	if size.X > width {
		size = image.Pt(width, max(1, size.Y*width/size.X))
	}
	flat := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.BiLinear.Scale(flat, flat.Bounds(), img, img.Bounds(), draw.Over, nil)
	var b bytes.Buffer
	err := jpeg.Encode(&b, flat, &jpeg.Options{Quality: 82})
	return b.Bytes(), size, err
}
