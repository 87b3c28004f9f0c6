package widget

import (
	"regexp"
	"strings"
)

// policy is what the widget's page may do: its own scripts, styles and connections, those the
// administrator adds, pictures from anywhere safe.
func policy(scripts, styles []string) string {
	return "default-src 'none'; script-src 'self'" + spaced(scripts) + "; connect-src 'self'; style-src 'self' 'unsafe-inline'" + spaced(styles) +
		"; img-src 'self' data: https:; font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'"
}

func spaced(all []string) (sum string) {
	for _, one := range all {
		sum += " " + one
	}
	return sum
}

// contentPolicy adds who may embed the page (appearance.md 8): without a list
// everybody, else the listed hosts and this server itself.
func contentPolicy(allowed string, scripts, styles []string) string {
	policy := policy(scripts, styles)
	if strings.Trim(allowed, ", \t\r\n") == "" {
		return policy
	}
	ancestors := " 'self'"
	for _, h := range hosts(allowed) {
		ancestors += " http://" + h + " https://" + h
	}
	return policy + "; frame-ancestors" + ancestors
}

var host = regexp.MustCompile(`^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?$|^\[[0-9a-f:.]+\](?::[0-9]{1,5})?$`)

// hosts reads the list of the setting, forgiving schemes, paths and upper case.
// What is no host is left out: nothing else may get into the header.
func hosts(allowed string) (list []string) {
	for entry := range strings.SplitSeq(allowed, ",") {
		h := strings.ToLower(strings.TrimSpace(entry))
		if _, rest, ok := strings.Cut(h, "://"); ok {
			h = rest
		}
		h, _, _ = strings.Cut(h, "/")
		if host.MatchString(h) {
			list = append(list, h)
		}
	}
	return list
}
