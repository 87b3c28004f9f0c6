package sms

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/rest"
)

func TestWhatProvidersSendIsRead(t *testing.T) {
	for _, c := range []struct{ service, kind, body, want string }{
		{"twilio", "application/x-www-form-urlencoded", "From=%2B15551&To=%2B15552&Body=Hi+there&FromCity=Oslo&FromCountry=NO", `+15551 > +15552 "Hi there" [] city=Oslo country=NO`},
		{"twilio", "application/json", `{"From":"+15551","To":"+15552","Body":"Hi","NumMedia":1,"MediaUrl0":"https://x.example/a","MediaContentType0":"image/png"}`, `+15551 > +15552 "Hi" [https://x.example/a image/png]`},
		{"twilio", "", `{"From":"+15551","To":"+15552","Body":"","Latitude":"59.9","Longitude":10.7}`, `+15551 > +15552 "" [] at 10.7 59.9`},
		{"twilio", "application/x-www-form-urlencoded", "From=1&To=2&Body=x&Latitude=91&Longitude=0", `1 > 2 "x" []`},
		{"twilio", "application/x-www-form-urlencoded", "From=1&To=2&Body=a%00b%FF", `1 > 2 "ab" []`},
		{"twilio", "application/x-www-form-urlencoded", "From=1&To=2&Body=&NumMedia=0", "incomplete"},
		{"twilio", "application/x-www-form-urlencoded", "From=1&To=2", "incomplete"},
		{"twilio", "application/x-www-form-urlencoded", "From=1&Body=x", "incomplete"},
		{"twilio", "application/x-www-form-urlencoded", "To=1&Body=x", "incomplete"},
		{"twilio", "application/x-www-form-urlencoded", "From=1&To=2&Body=%zz", "incomplete"},
		{"twilio", "multipart/form-data; boundary=x", "--x", "incomplete"},
		{"twilio", "application/json", `{"From":{"$ne":null},"To":"2","Body":"x"}`, "incomplete"},
		{"twilio", "application/json", `{"From":"1","To":"2","Body":"x"} {}`, "incomplete"},
		{"twilio", "application/json", `[]`, "incomplete"},
		{"voxtelesys", "application/json", `{"from":"15551","to":"15552","body":"Hi","received_at":"2026-01-01","media":["https://x.example/a","https://x.example/b"]}`, `15551 > 15552 "Hi" [https://x.example/a  https://x.example/b]`},
		{"voxtelesys", "application/json", `{"from":"15551","to":"15552","body":"Hi","media":[{"url":"x"},7]}`, `15551 > 15552 "Hi" [7]`},
		{"mobex", "application/x-www-form-urlencoded", "from=15551&to=15552&content=Hi&id=m-1", `15551 > 15552 "Hi" []`},
	} {
		got := providers[c.service].parse(parseFields(rest.Raw{Type: c.kind, Body: []byte(c.body)}))
		if shown := show(got); shown != c.want {
			t.Errorf("%s %s:\n got %s\nwant %s", c.service, c.body, shown, c.want)
		}
	}
}

func show(t text) string {
	if !t.complete() {
		return "incomplete"
	}
	var files []string
	for _, m := range t.Media {
		files = append(files, strings.TrimSpace(m.URL+" "+m.Type)+" ")
	}
	b, _ := json.Marshal(*t.Body)
	s := t.From + " > " + t.To + " " + string(b) + " [" + strings.TrimSpace(strings.Join(files, " ")) + "]"
	if t.Place != nil {
		at, _ := json.Marshal(t.Place.Coordinates)
		s += " at " + strings.NewReplacer("[", "", "]", "", ",", " ").Replace(string(at))
	}
	for _, field := range []string{"city", "country", "state"} {
		if t.Of[field] != "" {
			s += " " + field + "=" + t.Of[field]
		}
	}
	return s
}

func TestNumbersAreOneHoweverTheyAreWritten(t *testing.T) {
	for in, want := range map[string]string{"+1 (555) 010-99": "155501099", "155501099": "155501099", "BANK": "bank", "whatsapp:+15550": "15550"} {
		if got := key(number(in)); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
	if got := number(" +1\r\n555\x00" + strings.Repeat("9", 99)); len(got) != longestNumber || !strings.HasPrefix(got, "+1555999") {
		t.Errorf("%q", got)
	}
}

func TestWhatIsTextedBackIsMarkup(t *testing.T) {
	for reason, want := range map[string]string{"": "<Response></Response>", "a <b> & c": "<Response><Message>a &lt;b&gt; &amp; c</Message></Response>"} {
		if got := refusedInMarkup(reason); string(got.Body) != want || got.Type != "text/xml" || got.Status != 0 {
			t.Errorf("%s %s", got.Type, got.Body)
		}
	}
}

func TestMobexSendsFromItsOwnNumbers(t *testing.T) {
	for _, c := range []struct{ standard, list, own, want string }{
		{"", "", "+100", "+100"}, {"200", "", "", "200"}, {"200", "", "+100", "+100"}, {"200", "+100, 300", "100", "100"}, {"200", "300", "100", "200"}, {"", "300", "100", "100"},
	} {
		set := settingsWith(map[string]any{"SMS_Mobex_from_number": c.standard, "SMS_Mobex_from_numbers_list": c.list})
		if got := mobexFrom(set, c.own); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestTypesOfFiles(t *testing.T) {
	for _, c := range []struct {
		list, kind string
		want       bool
	}{{"", "image/png", true}, {" , ", "image/png", true}, {"image/*", "image/png", true}, {"image/png,text/*", "text/csv", true}, {"image/*", "video/mp4", false}, {"image/pn", "image/png", false}, {"IMAGE/PNG", "image/png", true}} {
		if listed(c.list, c.kind) != c.want {
			t.Errorf("%+v", c)
		}
	}
}
