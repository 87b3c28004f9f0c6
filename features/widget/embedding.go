package widget

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
)

// policy is what the widget's page may do: its own scripts, styles and connections, those the
// administrator adds, with connections to the hosts of these scripts, and pictures from these places.
func policy(scripts, styles []string, pictures string) string {
	return "default-src 'none'; script-src 'self'" + spaced(scripts) + "; connect-src 'self'" + origins(scripts) + "; style-src 'self' 'unsafe-inline'" + spaced(styles) +
		"; img-src 'self' data:" + pictures + "; font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'"
}

// anywhere is where pictures come from as long as nobody else's style sheet asks for them.
const anywhere = " https:"

// pictures are the places of pictures beside the style sheets of a page (LT-SEC-8): what such a sheet
// reads of the chat it can tell to its own host, and to the page that chose it, but to nobody else.
// The background that the administrator has set comes from where it is.
func pictures(sheets []string, host, background string) (places string) {
	if len(sheets) == 0 {
		return anywhere
	}
	for _, one := range slices.Concat(sheets, addresses(strings.Join(inBackground.FindAllString(background, -1), ","))) {
		if u, err := url.Parse(one); err == nil {
			places += " " + u.Scheme + "://" + u.Host
		}
	}
	for _, h := range chat.Hosts(host) {
		places += " http://" + h + " https://" + h
	}
	return places
}

// origins are where scripts come from, each once.
func origins(scripts []string) (places string) {
	var known []string
	for _, one := range scripts {
		if u, err := url.Parse(one); err == nil && !slices.Contains(known, u.Scheme+"://"+u.Host) {
			known = append(known, u.Scheme+"://"+u.Host)
		}
	}
	return spaced(known)
}

var inBackground = regexp.MustCompile(`https?://[^\s"'(),;]+`)

func spaced(all []string) (sum string) {
	for _, one := range all {
		sum += " " + one
	}
	return sum
}

// contentPolicy adds who may embed the page (appearance.md 8): without a list
// everybody, else the listed hosts and this server itself.
func contentPolicy(allowed, policy string) string {
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
