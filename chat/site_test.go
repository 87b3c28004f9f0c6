package chat

import "testing"

func TestTheSiteOfAHost(t *testing.T) {
	sites := []Site{{ID: "default"}, {ID: "shop", Hosts: []string{"shop.example", "*.shop.example"}}, {ID: "de", Hosts: []string{"*.de.shop.example"}}, {ID: "dev", Hosts: []string{"localhost:8080"}}}
	for host, want := range map[string]SiteID{"shop.example": "shop", "SHOP.example": "shop", "www.shop.example": "shop", "a.de.shop.example": "de", "shop.example:444": "shop",
		"localhost:8080": "dev", "localhost": "default", "notshop.example": "default", "": "default", "shop.example.evil": "default"} {
		if got := SiteOfHost(sites, host); got != want {
			t.Errorf("%s: %s", host, got)
		}
	}
	for id, want := range map[SiteID]bool{"shop": true, "a-1": true, "": false, "-a": false, "A": false, "a/b": false} {
		if IsSiteID(id) != want {
			t.Error(id)
		}
	}
	for host, want := range map[string]bool{"a.b": true, "*.a": true, "a:1": true, "*": false, "a.*": false, "https://a": false, "a b": false, "": false} {
		if IsSiteHost(host) != want {
			t.Error(host)
		}
	}
}

func TestASiteOverridesOnlyWhatItSets(t *testing.T) {
	base := DefaultSettings()
	own := Overlay(base, map[string]any{"Livechat_title": "Shop", "Livechat_secret_token": "stolen", "No_such": 1})
	if own.Title != "Shop" || own.WebhookToken != "" || own.TitleColor != base.TitleColor || base.Title == "Shop" {
		t.Errorf("%+v", own)
	}
	for _, d := range SiteSettings() {
		if d.Secret {
			t.Errorf("%s is a secret", d.ID)
		}
	}
	if len(SiteSettings()) != len(siteSettings) {
		t.Error("a site may set what does not exist")
	}
}
