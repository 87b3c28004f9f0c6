package chat

import (
	"regexp"
	"slices"
	"strings"
)

// Site is a website that this server serves (GLOSSARY).
type Site struct {
	ID    SiteID   `json:"_id"`
	Name  string   `json:"name"`
	Hosts []string `json:"hosts"` // shop.example or *.shop.example
	Hour  HourID   `json:"businessHour,omitempty"`
}

// siteSettings are the settings that a site may have its own value of: those that act
// where the widget's configuration and the embedding list are read.
var siteSettings = []string{
	"Livechat_title", "Livechat_title_color", "Livechat_offline_title", "Livechat_offline_title_color", "Livechat_offline_form_unavailable",
	"Livechat_conversation_finished_message", "Livechat_conversation_finished_text", "Livechat_registration_form", "Livechat_name_field_registration_form",
	"Livechat_email_field_registration_form", "Livechat_registration_form_message", "Livechat_AllowedDomainsList", "Livechat_widget_position",
	"Livechat_background", "Livechat_hide_system_messages", "Livechat_allow_switching_departments", "Livechat_clear_local_storage_when_chat_ended", "Language",
	"Livechat_url_contact", "Livechat_url_faq", "Livechat_url_privacy", "Livechat_before_chat_request_mode", "Livechat_phone_field_registration_form",
	"Livechat_department_support", "Livechat_manual_operator_assignment", "Livechat_rating_enabled", "Livechat_google_analytics_events", "Foyer_visitors_on_site",
}

// SiteSettings lists the settings that a site may have its own value of, in the order of the form.
func SiteSettings() []Setting {
	return slices.DeleteFunc(AllSettings(), func(d Setting) bool { return !slices.Contains(siteSettings, d.ID) })
}

// SiteSetting finds one of them.
func SiteSetting(id string) (Setting, bool) {
	d, ok := SettingByID(id)
	return d, ok && slices.Contains(siteSettings, id)
}

// Overlay is a snapshot with a site's own values, which come from Accept.
func Overlay(base *Settings, own map[string]any) *Settings {
	now := base
	for id, value := range own {
		if d, ok := SiteSetting(id); ok {
			now = d.With(now, value)
		}
	}
	return now
}

var (
	siteID   = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$`)
	siteHost = regexp.MustCompile(`^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?$`)
)

// IsSiteID reports whether a text can name a site in pages and addresses.
func IsSiteID(id SiteID) bool { return siteID.MatchString(string(id)) }

// IsSiteHost reports whether a text is a host name, with *. for all below it, and a port or none.
func IsSiteHost(host string) bool { return len(host) <= 255 && siteHost.MatchString(host) }

// SiteOfHost is the site whose hosts fit best: an exact one before the longest pattern;
// the default site if none does.
func SiteOfHost(sites []Site, host string) SiteID {
	host = strings.ToLower(host)
	bare, _, _ := strings.Cut(host, ":")
	best, found := 0, DefaultSite
	for _, s := range sites {
		for _, h := range s.Hosts {
			if n := fit(h, host, bare); n > best {
				best, found = n, s.ID
			}
		}
	}
	return found
}

// fit is how well a pattern fits a host, 0: not at all.
func fit(pattern, host, bare string) int {
	if pattern == host || pattern == bare {
		return 1000
	}
	if below, ok := strings.CutPrefix(pattern, "*"); ok && (strings.HasSuffix(host, below) || strings.HasSuffix(bare, below)) {
		return len(below)
	}
	return 0
}
