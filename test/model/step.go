package model

import "strings"

// Step is a line of a story: a verb and its words. Stories read so:
//
//	agent ann 2            somebody who serves, two chats at once (bot robo: a bot)
//	department sales ann=0 bob=1 max=2 fallback=help to=help offline hidden
//	set Livechat_waiting_queue true
//	start v1 sales ann     a visitor begins; - leaves a word out
//	take ann v1            acts on the visitor's latest room; boss may act, too
//	wait 60
//	crash take ann v1      the process dies right after it
//	names ann              the external service names her from now on
//	policy gold 5          an SLA policy; sla v1 gold gives it to a waiting room
//	twice take ann v1      what follows is delivered and run twice
type Step []string

// String is the line.
func (s Step) String() string { return strings.Join(s, " ") }

func (s Step) word(i int) string {
	if i >= len(s) || s[i] == "-" {
		return ""
	}
	return s[i]
}

// Story is a sequence of steps.
type Story []Step

// String is a line a step.
func (s Story) String() string {
	var b strings.Builder
	for _, step := range s {
		b.WriteString(step.String())
		b.WriteByte('\n')
	}
	return b.String()
}

// Read reads a story; what follows a # is for people.
func Read(text string) (s Story) {
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if words := strings.Fields(line); len(words) > 0 {
			s = append(s, words)
		}
	}
	return s
}
