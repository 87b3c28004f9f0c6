package transcripts

import (
	"compress/gzip"
	"embed"
	"io"
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// The faces of a PDF, in the order in which they are asked for a character: DejaVu Sans
// for Latin, Greek, Cyrillic, Arabic, Hebrew and many signs, Droid Sans Fallback for Chinese
// and Japanese, Nanum Square for Korean. Their licences are beside them.
//
//go:embed fonts/*.ttf.gz
var fontFiles embed.FS

var faceFiles = []string{"DejaVuSans", "DroidSansFallbackFull", "NanumSquareR"}

// missing stands for a character that no face has.
const missing = '□'

// face is a font, unpacked once when the first PDF is made.
type face struct {
	name    string
	content []byte
	known   *sfnt.Font
}

var faces = sync.OnceValues(func() (all []face, err error) {
	for _, name := range faceFiles {
		f := face{name: name}
		if f.content, err = unpacked(name); err != nil {
			return nil, err
		}
		if f.known, err = sfnt.Parse(f.content); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
})

func unpacked(name string) ([]byte, error) {
	file, err := fontFiles.Open("fonts/" + name + ".ttf.gz")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// setter puts text onto the pages of a PDF, in any direction and script its faces have.
type setter struct {
	pdf   *fpdf.Fpdf
	faces []face
	added map[string]bool
	buf   sfnt.Buffer
	size  float64
}

func newSetter(pdf *fpdf.Fpdf) (*setter, error) {
	all, err := faces()
	return &setter{pdf: pdf, faces: all, added: map[string]bool{}, size: 10}, err
}

// face is the name of what a character is set in; "" when nothing has it.
func (s *setter) face(r rune) string {
	if r > 0xffff { // the PDF's fonts go no further
		return ""
	}
	for _, f := range s.faces {
		if g, err := f.known.GlyphIndex(&s.buf, r); err == nil && g != 0 {
			return f.name
		}
	}
	return ""
}

// use makes a face the one that is written in; only those in use become part of the PDF.
func (s *setter) use(name string) {
	for _, f := range s.faces {
		if f.name == name && !s.added[name] {
			s.pdf.AddUTF8FontFromBytes(name, "", f.content)
			s.added[name] = true
		}
	}
	s.pdf.SetFont(name, "", s.size)
}

// readable is a text with what can be shown of it, in lines; letters in their forms.
func (s *setter) readable(text string) (lines [][]rune) {
	text = norm.NFC.String(strings.ToValidUTF8(text, ""))
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		var out []rune
		for _, r := range line {
			switch {
			case r == '\t':
				out = append(out, ' ', ' ')
			case unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r == 0xfe0f:
			case s.face(r) == "":
				out = append(out, missing)
			default:
				out = append(out, r)
			}
		}
		lines = append(lines, s.fitting(joined(out), out))
	}
	return lines
}

// fitting is the joined text where the face has all its forms.
func (s *setter) fitting(joined, plain []rune) []rune {
	for _, r := range joined {
		if s.face(r) == "" {
			return plain
		}
	}
	return joined
}

// piece is a stretch of a line in one face.
type piece struct {
	face, text string
}

func (s *setter) pieces(line []rune) (out []piece) {
	for _, r := range line {
		f := s.face(r)
		if isMark(r) && len(out) > 0 {
			f = out[len(out)-1].face
		}
		if len(out) == 0 || out[len(out)-1].face != f {
			out = append(out, piece{face: f})
		}
		out[len(out)-1].text += string(r)
	}
	return out
}

func (s *setter) width(line []rune) (w float64) {
	for _, p := range s.pieces(line) {
		s.use(p.face)
		w += s.pdf.GetStringWidth(p.text)
	}
	return w
}

// broken breaks a paragraph into lines no wider than the width: after blanks and
// hyphens, beside Chinese and Japanese signs, and inside a word that is too long.
func (s *setter) broken(text []rune, width float64) (lines [][]rune) {
	for len(text) > 0 {
		n, used := 0, 0.0
		for n < len(text) {
			w := s.width(text[n : n+1])
			if used+w > width && n > 0 {
				break
			}
			used += w
			n++
		}
		if n < len(text) {
			n = breakBefore(text, n)
		}
		lines = append(lines, text[:n])
		text = text[n:]
		for len(text) > 0 && text[0] == ' ' {
			text = text[1:]
		}
	}
	if lines == nil {
		lines = [][]rune{nil}
	}
	return lines
}

func breakBefore(text []rune, n int) int {
	for i := n; i > 0; i-- {
		before, after := text[i-1], text[i]
		if before == ' ' || before == '-' || after == ' ' || isHan(before) || isHan(after) {
			return i
		}
	}
	return n
}

func isHan(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r < 0x3100 || r >= 0xff00 && r < 0xffef
}

// place draws one line whose top left corner is (x, y); one that runs to the left ends
// at the right side of the width.
func (s *setter) place(x, y, width, height float64, line []rune, toLeft bool) {
	seen := visual([]rune(strings.TrimRight(string(line), " ")), toLeft)
	if toLeft {
		x += width - s.width(seen)
	}
	for _, p := range s.pieces(seen) {
		s.use(p.face)
		s.pdf.Text(x, y+height*0.75, p.text)
		x += s.pdf.GetStringWidth(p.text)
	}
}
