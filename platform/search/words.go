// Package search finds texts by the words in them: it says what the words of a text
// are, and how each database engine is asked for the texts that hold some.
package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	longestText = 64 << 10 // bytes of a text whose words are known
	longestWord = 64       // letters
)

// Words are the words of a text, without marks and case, separated by single spaces.
// Scripts that put no space between words give every two letters that stand side by
// side, and the last one alone.
func Words(text string) string {
	var f folder
	f.out.Grow(len(text))
	f.text(text)
	return f.out.String()
}

// Inside is the LIKE pattern, with the escape \, of Words that have those of a text inside them.
// Of a text without words it is "", which only what has no words either is like.
func Inside(text string) string {
	words := Words(text)
	if words == "" {
		return ""
	}
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(words) + "%"
}

type folder struct {
	out     strings.Builder
	letters int  // of the word that is being written
	dense   rune // the letter before, of a script without spaces
	query   bool // no last letter alone, unless it is the only one
	paired  bool
}

func (f *folder) text(text string) {
	if len(text) > longestText {
		text = strings.ToValidUTF8(text[:longestText], "")
	}
	if plain(text) {
		for i := range len(text) {
			f.ascii(text[i])
		}
		return
	}
	for _, r := range norm.NFKD.String(text) {
		f.letter(r)
	}
	f.end()
}

func plain(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (f *folder) ascii(c byte) {
	switch {
	case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
		f.put(rune(c))
	case 'A' <= c && c <= 'Z':
		f.put(rune(c) + 'a' - 'A')
	default:
		f.letters = 0
	}
}

// twins are letters that Unicode does not take apart, and people do.
var twins = map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'ı': "i", 'þ': "th"}

func (f *folder) letter(r rune) {
	switch {
	case unicode.Is(unicode.Mn, r):
	case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mc, r):
		f.end()
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		f.crowded(r)
	default:
		f.end0()
		r = unicode.ToLower(r)
		for _, one := range or(twins[r], r) {
			f.put(one)
		}
	}
}

func or(twin string, r rune) string {
	if twin == "" {
		return string(r)
	}
	return twin
}

// put writes a letter of a word; a new word begins after a space.
func (f *folder) put(r rune) {
	if f.letters == 0 && f.out.Len() > 0 {
		f.out.WriteByte(' ')
	}
	if f.letters++; f.letters <= longestWord {
		f.out.WriteRune(r)
	}
}

// crowded writes the pair of two letters of a script without spaces.
func (f *folder) crowded(r rune) {
	if f.dense != 0 {
		f.letters = 0
		f.put(f.dense)
		f.put(r)
		f.paired = true
	}
	f.letters, f.dense = 0, r
}

// end0 ends a run of letters that have no spaces between them.
func (f *folder) end0() {
	if f.dense == 0 {
		return
	}
	if !f.query || !f.paired {
		f.letters = 0
		f.put(f.dense)
	}
	f.letters, f.dense, f.paired = 0, 0, false
}

func (f *folder) end() {
	f.end0()
	f.letters = 0
}
