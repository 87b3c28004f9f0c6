package chat

import (
	"regexp"
	"slices"
	"strings"
)

var host = regexp.MustCompile(`^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?$|^\[[0-9a-f:.]+\](?::[0-9]{1,5})?$`)

// Hosts reads a setting's list, forgiving schemes, paths and upper case. What is no
// host is left out: nothing else may get into a header.
func Hosts(list string) (all []string) {
	for entry := range strings.SplitSeq(list, ",") {
		h := strings.ToLower(strings.TrimSpace(entry))
		if _, rest, ok := strings.Cut(h, "://"); ok {
			h = rest
		}
		h, _, _ = strings.Cut(h, "/")
		if host.MatchString(h) {
			all = append(all, h)
		}
	}
	return all
}

// HostListed reports whether a page's host is in such a list; "*." stands for any subdomain.
func HostListed(list, host string) bool {
	host = strings.ToLower(host)
	return slices.ContainsFunc(Hosts(list), func(h string) bool {
		suffix, ok := strings.CutPrefix(h, "*")
		return h == host || ok && strings.HasSuffix(host, suffix)
	})
}
