package model

import "slices"

// Shrink takes out of a failing story what is not needed for it to fail.
func Shrink(s Story, fails func(Story) bool) Story {
	for size := len(s) / 2; size > 0; {
		shorter := false
		for at := 0; at+size <= len(s); {
			without := slices.Concat(s[:at], s[at+size:])
			if fails(without) {
				s, shorter = without, true
			} else {
				at += size
			}
		}
		if !shorter || size > len(s) {
			size = min(size, len(s)+1) / 2
		}
	}
	return simplify(s, fails)
}

// simplify leaves out single words as long as the story fails.
func simplify(s Story, fails func(Story) bool) Story {
	for i := range s {
		for w := len(s[i]) - 1; w > 0; w-- {
			simpler := slices.Clone(s)
			if s[i][0] == "department" && w > 1 {
				simpler[i] = slices.Concat(s[i][:w], s[i][w+1:])
			} else {
				simpler[i] = slices.Clone(s[i])
				simpler[i][w] = "-"
			}
			if len(simpler[i]) != len(s[i]) || (simpler[i][w] != s[i][w] && optional(s[i], w)) {
				if fails(simpler) {
					s = simpler
				}
			}
		}
	}
	return s
}

// optional reports whether a word may be left out.
func optional(s Step, w int) bool {
	kinds := subjects[s[0]]
	return w-1 < len(kinds) && (kinds[w-1] == 'D' || kinds[w-1] == 'W') || s[0] == "agent" && w == 2
}
