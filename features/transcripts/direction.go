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
	kinds := resolved(text, base)
	out := make([]int, len(text))
	for i, c := range kinds {
		switch {
		case leftwards(c):
			out[i] = base | 1
		case c == bidi.L:
			out[i] = base + base&1
		default: // numbers
			out[i] = base + 2 - base&1
			if base == 0 {
				out[i] = numberLevel(kinds, i)
			}
		}
	}
	return out
}

// numberLevel nests a number in text that runs to the left, within a line that runs to the right.
func numberLevel(kinds []bidi.Class, i int) int {
	for j := i - 1; j >= 0; j-- {
		if leftwards(kinds[j]) {
			return 2
		} else if kinds[j] == bidi.L {
			return 0
		}
	}
	return 0
}

// resolved are the characters' kinds with those of neutral ones settled: between two of
// a kind they are of it, else they run as the line does. Signs within numbers belong to them.
func resolved(text []rune, base int) []bidi.Class {
	kinds := make([]bidi.Class, len(text))
	for i, r := range text {
		kinds[i] = classOf(r)
		if kinds[i] == bidi.NSM && i > 0 {
			kinds[i] = kinds[i-1]
		}
	}
	number := func(c bidi.Class) bool { return c == bidi.EN || c == bidi.AN }
	for i := range kinds {
		inside := i > 0 && i < len(kinds)-1 && number(kinds[i-1]) && number(kinds[i+1])
		if inside && (kinds[i] == bidi.CS || kinds[i] == bidi.ES) || kinds[i] == bidi.ET && (i > 0 && number(kinds[i-1]) || i < len(kinds)-1 && number(kinds[i+1])) {
			kinds[i] = bidi.EN
		}
	}
	strong := func(c bidi.Class) bool { return c == bidi.L || leftwards(c) || number(c) }
	own := bidi.L
	if base == 1 {
		own = bidi.R
	}
	side := func(i, step int) bidi.Class {
		for ; i >= 0 && i < len(kinds); i += step {
			switch c := kinds[i]; {
			case leftwards(c), number(c) && step < 0 && numberLevel(kinds, i) == 2, number(c) && base == 1:
				return bidi.R
			case c == bidi.L, number(c):
				return bidi.L
			}
		}
		return own
	}
	settled := slices.Clone(kinds)
	for i, c := range kinds {
		if strong(c) {
			continue
		}
		settled[i] = own
		if before, after := side(i-1, -1), side(i+1, 1); before == after {
			settled[i] = before
		}
	}
	return settled
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
