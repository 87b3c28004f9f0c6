package transcripts

import "unicode"

// Arabic letters have up to four forms. A PDF's font is asked for each form by the code
// point that Unicode keeps for it; it joins nothing by itself.

// forms are those of a letter: alone, at the end, at the beginning, in the middle; 0:
// the letter does not join to the following one.
type forms [4]rune

var arabic = readForms()

// Letters whose forms follow each other in the block: four each, or two for those that
// do not join to the next.
var (
	fourForms = []rune("ئبتثجحخسشصضطظعغفقكلمنهي")
	twoForms  = []rune("آأؤإاةدذرزو")
)

func readForms() map[rune]forms {
	starts := map[rune]rune{
		'آ': 0xfe81, 'أ': 0xfe83, 'ؤ': 0xfe85, 'إ': 0xfe87, 'ئ': 0xfe89, 'ا': 0xfe8d, 'ب': 0xfe8f, 'ة': 0xfe93, 'ت': 0xfe95, 'ث': 0xfe99, 'ج': 0xfe9d,
		'ح': 0xfea1, 'خ': 0xfea5, 'د': 0xfea9, 'ذ': 0xfeab, 'ر': 0xfead, 'ز': 0xfeaf, 'س': 0xfeb1, 'ش': 0xfeb5, 'ص': 0xfeb9, 'ض': 0xfebd, 'ط': 0xfec1,
		'ظ': 0xfec5, 'ع': 0xfec9, 'غ': 0xfecd, 'ف': 0xfed1, 'ق': 0xfed5, 'ك': 0xfed9, 'ل': 0xfedd, 'م': 0xfee1, 'ن': 0xfee5, 'ه': 0xfee9, 'و': 0xfeed, 'ي': 0xfef1,
		'پ': 0xfb56, 'چ': 0xfb7a, 'ک': 0xfb8e, 'گ': 0xfb92, 'ٹ': 0xfb66, 'ھ': 0xfbaa,
	}
	all := map[rune]forms{'ء': {0xfe80}, 'ى': {0xfeef, 0xfef0}, 'ی': {0xfbfc, 0xfbfd, 0xfbfe, 0xfbff}, 'ژ': {0xfb8a, 0xfb8b}, 'ڈ': {0xfb88, 0xfb89}, 'ڑ': {0xfb8c, 0xfb8d},
		'ں': {0xfb9e, 0xfb9f}, 'ے': {0xfbae, 0xfbaf}, 'ہ': {0xfba6, 0xfba7, 0xfba8, 0xfba9}, 'ـ': {'ـ', 'ـ', 'ـ', 'ـ'}}
	for _, r := range append(fourForms, []rune("پچکگٹھ")...) {
		s := starts[r]
		all[r] = forms{s, s + 1, s + 2, s + 3}
	}
	for _, r := range twoForms {
		s := starts[r]
		all[r] = forms{s, s + 1}
	}
	return all
}

// Lam and Alef become one letter.
var lamAlef = map[rune]forms{'آ': {0xfef5, 0xfef6}, 'أ': {0xfef7, 0xfef8}, 'إ': {0xfef9, 0xfefa}, 'ا': {0xfefb, 0xfefc}}

const lam = 'ل'

// joined gives every Arabic letter the form its neighbours ask for. It comes and goes
// in the order of speaking; vowel signs join nothing and part nothing.
func joined(text []rune) []rune {
	out := make([]rune, 0, len(text))
	before := false // the letter before joins to this one
	for i := 0; i < len(text); i++ {
		r := text[i]
		f, ok := arabic[r]
		if !ok {
			if !isMark(r) {
				before = false
			}
			out = append(out, r)
			continue
		}
		next, at := following(text, i)
		if both, ligature := lamAlef[next]; r == lam && ligature && at == i+1 {
			out = append(out, both[index(before, false)])
			before, i = false, at
			continue
		}
		after := f[2] != 0 && joinsBefore(next)
		if before && f[1] == 0 {
			before = false
		}
		out = append(out, f[index(before, after)])
		before = after
	}
	return out
}

// index is the place of a form, given whether it joins to what is before and after.
func index(before, after bool) int {
	switch {
	case before && after:
		return 3
	case after:
		return 2
	case before:
		return 1
	}
	return 0
}

// following is the next letter that is no mark, and where it is.
func following(text []rune, i int) (rune, int) {
	for j := i + 1; j < len(text); j++ {
		if !isMark(text[j]) {
			return text[j], j
		}
	}
	return 0, len(text)
}

// joinsBefore reports whether a letter joins to the one before it.
func joinsBefore(r rune) bool { return arabic[r][1] != 0 }

func isMark(r rune) bool { return unicode.Is(unicode.Mn, r) }
