package model

import "testing"

func TestTheStoriesThatTellMost(t *testing.T) {
	short, long, other := Read("agent ann\nonline ann"), Read("agent ann\nonline ann\nstart v1\nsay v1"), Read("agent ann\noffline ann")
	all := []Story{short, other, long, short}
	if best := Telling(all, 9); len(best) != 2 || best[0].String() != long.String() || best[1].String() != other.String() {
		t.Errorf("%q", best) // the short one tells nothing that the long one does not
	}
	if best := Telling(all, 1); len(best) != 1 {
		t.Errorf("%q", best)
	}
}
