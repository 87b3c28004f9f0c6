package transcripts

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// mirrored are the signs that face the other way in text that runs to the left.
var mirrored = map[rune]rune{'(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<', '«': '»', '»': '«', '‹': '›', '›': '‹'}

func classOf(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}

func leftwards(c bidi.Class) bool { return c == bidi.R || c == bidi.AL }

// isLeftwards reports whether a paragraph runs to the left: its first letter decides.
func isLeftwards(text []rune) bool {
	for _, r := range text {
		switch c := classOf(r); {
		case leftwards(c):
			return true
		case c == bidi.L:
			return false
		}
	}
	return false
}

// levels are how deep each character is nested in the other direction: even ones run
// to the right. It is Unicode's algorithm (UAX #9) without its explicit controls,
// which are not in the text any more.
func levels(text []rune, base int) []int {
	out := make([]int, len(text))
	for i, c := range resolved(text, base) {
		switch {
		case leftwards(c):
			out[i] = 1
		case c != bidi.L || base == 1: // a number, or a word in a line to the left
			out[i] = 2
		}
	}
	return out
}

func isNumber(c bidi.Class) bool { return c == bidi.EN || c == bidi.AN }

// resolved are the characters' kinds, of which L, R, AL and numbers remain: signs within
// numbers belong to them, numbers among words are words, and what is neutral between two of
// a kind is of it, else it runs as the line does. Beside neutral ones a number counts as R.
func resolved(text []rune, base int) []bidi.Class {
	own := bidi.L
	if base == 1 {
		own = bidi.R
	}
	kinds := classes(text)
	strong := own
	for i, c := range kinds {
		switch {
		case c == bidi.L || leftwards(c):
			strong = c
		case c == bidi.EN && strong == bidi.L:
			kinds[i] = bidi.L
		}
	}
	settled := slices.Clone(kinds)
	for i, c := range kinds {
		if c == bidi.L || leftwards(c) || isNumber(c) {
			continue
		}
		settled[i] = own
		if before, after := beside(kinds, i, -1, own), beside(kinds, i, 1, own); before == after {
			settled[i] = before
		}
	}
	return settled
}

// beside is the kind of the next character that is not neutral; own at the line's ends.
func beside(kinds []bidi.Class, i, step int, own bidi.Class) bidi.Class {
	for i += step; i >= 0 && i < len(kinds); i += step {
		switch c := kinds[i]; {
		case leftwards(c) || isNumber(c):
			return bidi.R
		case c == bidi.L:
			return bidi.L
		}
	}
	return own
}

// classes are the characters' kinds with marks and the signs of numbers settled.
func classes(text []rune) []bidi.Class {
	kinds := make([]bidi.Class, len(text))
	for i, r := range text {
		kinds[i] = classOf(r)
		if kinds[i] == bidi.NSM && i > 0 {
			kinds[i] = kinds[i-1]
		}
	}
	for i, c := range kinds {
		before, after := i > 0 && isNumber(kinds[i-1]), i < len(kinds)-1 && isNumber(kinds[i+1])
		if before && after && (c == bidi.CS || c == bidi.ES) || c == bidi.ET && (before || after) {
			kinds[i] = bidi.EN
		}
	}
	return kinds
}

// cluster is a character with the marks on it.
type cluster struct {
	text  []rune
	level int
}

// visual is a line in the order in which it is seen, from the left.
func visual(text []rune, toLeft bool) []rune {
	base := 0
	if toLeft {
		base = 1
	}
	var line []cluster
	deepest := base
	for i, level := range levels(text, base) {
		if isMark(text[i]) && len(line) > 0 {
			last := &line[len(line)-1]
			last.text = append(last.text, text[i])
			continue
		}
		r := text[i]
		if other, ok := mirrored[r]; ok && level&1 == 1 {
			r = other
		}
		line = append(line, cluster{[]rune{r}, level})
		deepest = max(deepest, level)
	}
	for level := deepest; level > 0; level-- {
		for i := 0; i < len(line); i++ {
			j := i
			for j < len(line) && line[j].level >= level {
				j++
			}
			slices.Reverse(line[i:j])
			i = max(i, j)
		}
	}
	var out []rune
	for _, c := range line {
		out = append(out, c.text...)
	}
	return out
}
