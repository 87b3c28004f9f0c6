package widget

import (
	"net/url"
	"strings"

	"github.com/foyerchat/foyer/chat"
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
	for _, h := range chat.Hosts(allowed) {
		ancestors += " http://" + h + " https://" + h
	}
	return policy + "; frame-ancestors" + ancestors
}

// mayOpen reports whether a page on the host may open the widget as a window of its own and
// steer it, which no header tells browsers: who may embed it may, and this server.
func mayOpen(allowed, host, own string) bool {
	if strings.Trim(allowed, ", \t\r\n") == "" {
		return true
	}
	host = strings.ToLower(host)
	if u, err := url.Parse(own); err == nil && host != "" && host == strings.ToLower(u.Host) {
		return true
	}
	return chat.HostListed(allowed, host)
}
