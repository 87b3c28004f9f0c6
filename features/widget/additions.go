package widget

import (
	"html"
	"net/url"
	"strings"
)

// addresses reads a list of addresses of the settings. Blank ones, and what no browser
// should load, are left out; the policy's own separators cannot get through.
func addresses(list string) (all []string) {
	for one := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == '\n' || r == '\r' }) {
		u, err := url.Parse(strings.TrimSpace(one))
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || strings.ContainsAny(u.String(), "; \t'\"") {
			continue
		}
		u.Fragment = ""
		all = append(all, u.String())
	}
	return all
}

// sources are addresses as a content policy names them: without their queries.
func sources(all []string) (names []string) {
	for _, one := range all {
		name, _, _ := strings.Cut(one, "?")
		names = append(names, name)
	}
	return names
}

// extended is the page with the administrator's style sheets at the end of its head and
// scripts at the end of its body (appearance.md 9).
func extended(page, scripts, styles string) string {
	var head, body strings.Builder
	for _, one := range addresses(styles) {
		head.WriteString(`<link rel="stylesheet" href="` + html.EscapeString(one) + `">`)
	}
	for _, one := range addresses(scripts) {
		body.WriteString(`<script src="` + html.EscapeString(one) + `" defer></script>`)
	}
	page = strings.Replace(page, "</head>", head.String()+"</head>", 1)
	return strings.Replace(page, "</body>", body.String()+"</body>", 1)
}
