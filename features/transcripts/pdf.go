package transcripts

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"codeberg.org/go-pdf/fpdf"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// The page, in millimetres: A4.
const (
	margin      = 18.0
	pageWidth   = 210.0
	pageHeight  = 297.0
	textWidth   = pageWidth - 2*margin
	lineHeight  = 5.0
	printWidth  = 1000 // pixels of a picture at most
	mostPrinted = 60   // pictures
	pixelsPerMM = 6.0  // a picture is not blown up beyond this
	mostTall    = 110.0
)

// makePDF writes a chat as a PDF and keeps it (LC-PDF-3, 4).
func (s *Service) makePDF(ctx context.Context, c aChat, user chat.UserID) (chat.FileID, error) {
	set := s.Settings.Current()
	language, err := languageOf(ctx, s.DB, user)
	if err != nil {
		return "", err
	}
	if language == "" {
		language = set.Language
	}
	_, texts := textsIn(language)
	zone, err := s.zone(ctx, &chat.UserRef{ID: user})
	if err != nil {
		return "", err
	}
	all, err := spoken(ctx, s.DB, c.room)
	if err != nil {
		return "", err
	}
	visitor := c.name
	if visitor == "" {
		visitor = c.username
	}
	m := manner{texts: texts, zone: zone, visitor: visitor, system: set.TranscriptSystemMessages, hides: set.Hides}
	out, err := os.CreateTemp(s.Folder, "transcript-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	d := document{manner: m, about: c, look: func(f chat.FileRef) ([]byte, float64, float64, error) { return s.picture(ctx, f) }}
	if err := d.write(out, m.entries(all)); err != nil {
		return "", err
	}
	name := fmt.Sprintf("Transcript_%s_%s.pdf", c.began.Time().In(m.zone).Format("2006-01-02"), visitor)
	return s.Files.KeepTranscript(ctx, c.room, name, out)
}

// picture is a file as a JPEG with its size on paper; nil when it is none.
func (s *Service) picture(ctx context.Context, f chat.FileRef) ([]byte, float64, float64, error) {
	img, err := s.Files.Look(ctx, f.ID)
	if err != nil || img == nil {
		return nil, 0, 0, err
	}
	b, size, err := asJPEG(img, printWidth)
	w := min(textWidth-20, float64(size.X)/pixelsPerMM)
	h := w * float64(size.Y) / float64(size.X)
	if h > mostTall {
		w, h = w*mostTall/h, mostTall
	}
	return b, w, h, err
}

// document is a PDF being written.
type document struct {
	manner
	about aChat
	look  func(chat.FileRef) (jpeg []byte, width, height float64, err error)

	*setter
	pictures, drawn int
}

func (d *document) write(out *os.File, all []entry) (err error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCreator("Foyer", true)
	pdf.SetTitle(d.texts.subject, true)
	pdf.SetCreationDate(d.about.ended.Time())
	pdf.SetAutoPageBreak(false, margin)
	pdf.SetMargins(margin, margin, margin)
	if d.setter, err = newSetter(pdf); err != nil {
		return err
	}
	pdf.SetFooterFunc(func() {
		d.style(8, 120)
		d.place(margin, pageHeight-12, textWidth, 4, []rune(fmt.Sprint(pdf.PageNo())), true)
	})
	pdf.AddPage()
	d.heading()
	day := ""
	for _, e := range all {
		if now := e.at.Format("2006-01-02"); now != day {
			day = now
			d.space(3)
			d.paragraph(day, 9, 110, 0)
		}
		if err := d.entry(e); err != nil {
			return err
		}
	}
	return pdf.Output(out)
}

// style is the size and the grey of what follows.
func (d *document) style(size float64, grey int) {
	d.size = size
	d.pdf.SetTextColor(grey, grey, grey)
}

func (d *document) heading() {
	name := d.visitor
	d.paragraph(name, 18, 20, 0)
	d.space(1)
	moment := func(at clock.Instant) string { return at.Time().In(d.zone).Format("2006-01-02 15:04") }
	facts := [][2]string{{d.texts.served, d.about.agent}, {d.texts.began, moment(d.about.began)}, {d.texts.ended, moment(d.about.ended)}, {d.texts.zone, d.zone.String()}}
	for _, f := range facts {
		if f[1] != "" {
			d.paragraph(f[0]+": "+f[1], 9.5, 90, 0)
		}
	}
	d.space(2)
	d.pdf.SetDrawColor(200, 204, 212)
	d.pdf.Line(margin, d.pdf.GetY(), pageWidth-margin, d.pdf.GetY())
	d.space(1)
}

func (d *document) entry(e entry) error {
	files, err := d.prepare(e.files)
	if err != nil {
		return err
	}
	d.space(2)
	if e.author == "" {
		d.paragraph(e.text+" · "+e.at.Format("15:04"), 8.5, 110, 0)
		return nil
	}
	follows := 2 * lineHeight // who speaks is not parted from what is said
	if e.text == "" && len(files) > 0 {
		follows = max(follows, files[0].height+2)
	}
	d.room(lineHeight + follows)
	d.byline(e.author, e.at.Format("15:04"))
	if e.text != "" {
		d.paragraph(e.text, 10.5, 20, 4)
	}
	for _, f := range files {
		d.file(f)
	}
	return d.pdf.Error()
}

// byline says who speaks, and when: the time follows the name whichever way that runs.
func (d *document) byline(author, at string) {
	d.style(9, 90)
	name := d.broken(d.readable(author)[0], textWidth-20)[0]
	width, height := d.width(name), lineHeight*0.9
	d.place(margin, d.pdf.GetY(), width, height, name, isLeftwards(name))
	d.place(margin+width+2, d.pdf.GetY(), textWidth, height, []rune(at), false)
	d.space(height)
}

// printed is a file as it is printed: a picture, or its name.
type printed struct {
	name          string
	jpeg          []byte
	width, height float64
}

func (d *document) prepare(files []chat.FileRef) (out []printed, err error) {
	for _, f := range files {
		one := printed{name: f.Name}
		if d.pictures < mostPrinted {
			if one.jpeg, one.width, one.height, err = d.look(f); err != nil {
				return nil, err
			}
		}
		if one.jpeg != nil {
			d.pictures++
		}
		out = append(out, one)
	}
	return out, nil
}

func (d *document) file(f printed) {
	if f.jpeg == nil {
		d.paragraph(fmt.Sprintf(d.texts.notShown, f.name), 9.5, 90, 4)
		return
	}
	d.room(f.height + 2)
	d.drawn++
	name := fmt.Sprint("picture", d.drawn)
	options := fpdf.ImageOptions{ImageType: "JPEG"}
	d.pdf.RegisterImageOptionsReader(name, options, bytes.NewReader(f.jpeg))
	d.pdf.ImageOptions(name, margin+4, d.pdf.GetY()+1, f.width, f.height, false, options, 0, "")
	d.space(f.height + 2)
}

// paragraph sets a text in lines, each paragraph of it in its own direction.
func (d *document) paragraph(text string, size float64, grey int, indent float64) {
	d.style(size, grey)
	height := lineHeight * size / 10
	for _, one := range d.readable(text) {
		toLeft := isLeftwards(one)
		for _, l := range d.broken(one, textWidth-2*indent) {
			d.room(height)
			d.style(size, grey) // a new page's footer has its own
			d.place(margin+indent, d.pdf.GetY(), textWidth-2*indent, height, l, toLeft)
			d.space(height)
		}
	}
}

// room begins a new page when so much does not fit any more.
func (d *document) room(height float64) {
	if d.pdf.GetY()+height > pageHeight-margin {
		d.pdf.AddPage()
	}
}

func (d *document) space(height float64) { d.pdf.SetY(d.pdf.GetY() + height) }
