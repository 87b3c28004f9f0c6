package hours

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

func TestTheDefaultHourIsMadeOnce(t *testing.T) { // RQ-BH-2
	engines(t, func(k *kit) {
		k.Must(k.Start(context.Background()))
		status, text := k.call("manager", "GET", "livechat/business-hours", "")
		for _, part := range []string{`"total":1`, `"name":""`, `"active":true`, `"type":"default"`, `"timezone":{"name":"Europe/Berlin","utc":"2"}`,
			`{"day":"Sunday","code":0,"open":false,`, `{"day":"Monday","code":1,"open":true,"start":{"time":"08:00","utc":{"dayOfWeek":"Monday","time":"06:00"},"cron":{"dayOfWeek":"Monday","time":"08:00"}},"finish":{"time":"20:00"`,
			`"open":true,"changesAt":"2026-10-05T18:00:00.000Z"`} {
			if status != 200 || !strings.Contains(text, part) {
				t.Errorf("%d, no %s in %s", status, part, text)
			}
		}
		if strings.Contains(text, `"departments"`) {
			t.Error(text)
		}
	})
}

func TestWhichHoursApply(t *testing.T) { // 11.2, RQ-BH-1
	engines(t, func(k *kit) {
		k.department("sales", "night", "plain", "off", "gone")
		k.hour("days", "08:00", "18:00", "sales")
		k.hour("nights", "20:00", "23:00", "night")
		k.hour("disabled", "00:00", "23:00", "off")
		k.Exec(`UPDATE departments SET enabled = false WHERE id = 'off'`)
		inactive := k.named("days")
		inactive.ID, inactive.Name, inactive.Active = "", "inactive", false
		k.Must(k.Save(context.Background(), inactive, []chat.DepartmentID{"gone"}))
		for name, departments := range map[string][]string{
			"free": nil, "seller": {"sales"}, "owl": {"night"}, "both": {"sales", "night"}, "mixed": {"plain", "sales"},
			"plainly": {"plain"}, "offline": {"off"}, "idle": {"gone"}, "idleToo": {"gone", "sales"},
		} {
			k.agent(strings.ToLower(name), departments...)
		}
		for hour, want := range map[string]map[string]string{ // in Berlin
			"09:00": {"free": "-", "seller": "days", "owl": "", "both": "days", "mixed": "days", "plainly": "-", "offline": "-", "idle": "", "idletoo": "days"},
			"19:00": {"free": "-", "seller": "", "owl": "", "both": "", "mixed": "", "plainly": "-", "offline": "-", "idle": ""},
			"21:00": {"free": "", "seller": "", "owl": "nights", "both": "nights", "mixed": "", "plainly": "", "offline": ""},
		} {
			k.clock.Advance(at(t, "2026-10-06T"+hour+":00+02:00").Sub(k.clock.Now()))
			for agent, open := range want {
				k.settings.BusinessHourType = "Multiple"
				if got := k.open(agent); got != open {
					t.Errorf("%s at %s: %q, want %q", agent, hour, got, open)
				}
				k.settings.BusinessHourType = "Single"
				if got := k.open(agent); got != map[bool]string{true: "-"}[hour < "20:00"] {
					t.Errorf("single: %s at %s: %q", agent, hour, got)
				}
			}
		}
		k.settings.EnableBusinessHours = false
		if got := k.open("free"); got != "unbound" {
			t.Error(got)
		}
	})
}

func TestWhenAnAgentsHoursCloseIsWhenTheLastOneDoes(t *testing.T) { // RQ-BH-13
	engines(t, func(k *kit) {
		k.settings.BusinessHourType = "Multiple"
		k.department("early", "late", "evening")
		k.hour("early", "08:00", "12:00", "early")
		k.hour("late", "12:00", "16:00", "late")
		k.hour("evening", "15:00", "17:30", "evening")
		k.agent("ann", "early", "late", "evening")
		next, err := k.Next(context.Background(), k.DB, "ann", k.clock.Now())
		if want := at(t, "2026-10-05T17:30:00+02:00"); err != nil || next != want {
			t.Errorf("closes %s, want %s (%v)", next, want, err)
		}
		next, err = k.Next(context.Background(), k.DB, "ann", next)
		if want := at(t, "2026-10-06T08:00:00+02:00"); err != nil || next != want {
			t.Errorf("opens %s, want %s (%v)", next, want, err)
		}
	})
}

func TestACheckSetsRightWhoDiffersAndNobodyElse(t *testing.T) { // RQ-BH-13, RQ-BH-14, PT-BH-4
	engines(t, func(k *kit) {
		k.settings.BusinessHourType = "Multiple"
		k.department("early", "late")
		k.hour("early", "08:00", "12:00", "early")
		k.hour("late", "12:00", "16:00", "late")
		k.agent("ann", "early")
		k.agent("bot", "early")
		k.agent("zoe", "late")
		expect := func(want string, next clock.Instant) {
			t.Helper()
			k.looked = nil
			due := k.check()
			if got := strings.Join(k.looked, " "); got != want {
				t.Errorf("looked at %q, want %q", got, want)
			}
			if due != next {
				t.Errorf("looks again at %s, want %s", due, next)
			}
		}
		expect("ann bot zoe", monday.Add(again))
		expect("", monday.Add(atLeast))
		k.clock.Advance(2*time.Hour - 10*time.Second) // 11:59:50
		noon := monday.Add(2 * time.Hour)
		expect("", noon)
		k.clock.Advance(10 * time.Second)
		expect("zoe ann bot", noon.Add(again)) // opens before closes
		expect("", noon.Add(atLeast))
		k.clock.Advance(40 * time.Hour) // nobody was there to look (RQ-BH-14)
		expect("zoe", monday.Add(42*time.Hour+again))
		k.Exec(`UPDATE agents SET status_livechat = 'available' WHERE user_id IN ('zoe', 'bot')`)
		expect("zoe", monday.Add(42*time.Hour+again)) // PT-BH-2; bots may
		k.settings.EnableBusinessHours = false
		expect("ann bot zoe", monday.Add(42*time.Hour+again)) // switched off: the lists go
		expect("", monday.Add(42*time.Hour+atLeast))
	})
}

func TestAClockThatIsPutBackDecidesNothingAnew(t *testing.T) { // RQ-BH-15
	engines(t, func(k *kit) {
		k.agent("ann")
		k.clock.Advance(10*time.Hour + time.Minute) // 20:01, closed
		k.check()
		k.looked = nil
		k.clock.Advance(-30 * time.Minute)
		k.check()
		if got := k.open("ann"); got != "" || len(k.looked) > 0 {
			t.Errorf("open again: %q %v", got, k.looked)
		}
		k.clock.Advance(-5 * time.Hour) // what it said before was wrong
		k.check()
		if got := k.open("ann"); got != "-" {
			t.Errorf("still %q", got)
		}
	})
}

func TestAZoneThatIsNotInTheDatabaseAnyMore(t *testing.T) { // RQ-BH-12
	engines(t, func(k *kit) {
		k.Exec(`UPDATE business_hours SET timezone = 'Europe/Atlantis', utc_offset = 120`)
		k.agent("ann")
		if got := k.open("ann"); got != "-" {
			t.Errorf("%q at ten", got)
		}
		k.clock.Advance(10 * time.Hour)
		if got := k.open("ann"); got != "" {
			t.Errorf("%q at eight in the evening", got)
		}
		if n := strings.Count(k.log.String(), "Europe/Atlantis"); n != 1 {
			t.Errorf("warned %d times: %s", n, k.log)
		}
	})
}

func TestAnHourWithoutItsLastDepartmentIsSwitchedOff(t *testing.T) { // 11.3, rest-api.md 13.1
	engines(t, func(k *kit) {
		k.department("a", "b")
		id := k.hour("days", "08:00", "18:00", "a", "b")
		for _, d := range []string{"a", "b"} {
			k.Exec(`UPDATE departments SET business_hour_id = '' WHERE id = $1`, d)
			k.Must(k.DB.InTx(context.Background(), func(tx *db.Tx) error { return k.Left(context.Background(), tx, id) }))
			if got := k.named("days").Active; got != (d == "a") {
				t.Errorf("after %s left: active %v", d, got)
			}
		}
	})
}

// The hour of a department is stored as open or not, for those who decide by department.
func TestWhetherAnHourIsOpenIsStored(t *testing.T) {
	engines(t, func(k *kit) {
		k.department("a")
		id := k.hour("days", "08:00", "18:00", "a")
		told := func() int64 {
			n, err := db.One(context.Background(), k.DB, func(r db.Row) (n int64, err error) { err = r.Scan(&n); return n, err },
				`SELECT count(*) FROM outbox WHERE name = 'hours.changed'`)
			k.Must(err)
			k.Exec(`DELETE FROM outbox`)
			return n
		}
		if told(); !k.named("days").Open {
			t.Error("not open at ten")
		}
		k.clock.Advance(8 * time.Hour)
		k.check()
		if n := told(); k.named("days").Open || n != 1 {
			t.Errorf("open at six, told %d times", n)
		}
		k.check()
		if n := told(); n != 0 {
			t.Errorf("told %d times that nothing changed", n)
		}
		k.Must(k.Remove(context.Background(), id))
		if n := told(); n != 1 {
			t.Errorf("removed, told %d times", n)
		}
	})
}

func saving(kind, name, zone, start, finish string) string {
	return fmt.Sprintf(`{"type":%q,"name":%q,"timezoneName":%q,"active":true,"daysOpen":["Monday"],"departmentsToApplyBusinessHour":"",
		"workHours":[{"day":"Monday","start":%q,"finish":%q,"open":true}],"ts":"whatever","extra":{}}`, kind, name, zone, start, finish)
}

func TestSavingIsValidated(t *testing.T) { // RQ-BH-2, RQ-BH-3, RQ-BH-5, RQ-BH-12
	engines(t, func(k *kit) {
		k.hour("Days", "08:00", "18:00")
		before := k.named("Days")
		ok := saving("custom", "x", "Asia/Kolkata", "08:00", "09:00")
		for body, want := range map[string]string{
			saving("custom", "days", "UTC", "08:00", "09:00"):                                                          "error-business-hour-name-already-in-use",
			saving("custom", "  ", "UTC", "08:00", "09:00"):                                                            "error-business-hour-name-required",
			saving("default", "", "UTC", "08:00", "08:00"):                                                             "error-business-hour-finish-time-equals-start-time",
			saving("default", "", "UTC", "09:00", "08:00"):                                                             "error-business-hour-finish-time-before-start-time",
			saving("default", "", "Mars/Olympus", "08:00", "09:00"):                                                    "error-business-hour-invalid-timezone",
			saving("default", "", "Local", "08:00", "09:00"):                                                           "error-business-hour-invalid-timezone",
			saving("default", "", "../../etc/passwd", "08:00", "09:00"):                                                "error-business-hour-invalid-timezone",
			saving("default", "", "posix/Europe/Berlin", "08:00", "09:00"):                                             "error-business-hour-invalid-timezone",
			saving("default", "", "UTC", "8:00", "09:00"):                                                              "invalid-params",
			saving("default", "", "UTC", "08:00", "24:00"):                                                             "invalid-params",
			saving("other", "", "UTC", "08:00", "09:00"):                                                               "invalid-params",
			strings.Replace(ok, `"Monday","start"`, `"Funday","start"`, 1):                                             "invalid-params",
			strings.Replace(ok, `"name":"x",`, ``, 1):                                                                  "must have required property 'name'",
			strings.Replace(ok, `Hour":""`, `Hour":"nowhere"`, 1):                                                      "error-invalid-department",
			strings.Replace(ok, `{"type"`, `{"_id":"nobody","type"`, 1):                                                "error-business-hour-not-found",
			strings.Replace(ok, `[{"day"`, `[{"day":"Monday","start":"08:30","finish":"10:00","open":true},{"day"`, 1): "error-business-hour-windows-overlap",
		} {
			if status, text := k.call("manager", "POST", "livechat/business-hours.save", body); status != 400 || !strings.Contains(text, want) {
				t.Errorf("%s\n%d %s, want %s", body, status, text, want)
			}
		}
		all, err := hours(context.Background(), k.DB)
		k.Must(err)
		if len(all) != 2 || !slices.Equal(all[1].Windows, before.Windows) || all[0].Zone != "Europe/Berlin" {
			t.Errorf("something was saved: %v", all)
		}
		for as, want := range map[string]int{"": 401, "agent": 403} {
			for path, method := range map[string]string{"livechat/business-hour?type=default": "GET", "livechat/business-hours": "GET", "livechat/business-hours.save": "POST",
				"livechat/business-hours.remove": "POST", "foyer/business-hours/preview": "POST"} {
				if status, text := k.call(as, method, path, "{}"); status != want {
					t.Errorf("%q %s: %d %s", as, path, status, text)
				}
			}
		}
	})
}

func TestACustomHourIsMadeChangedReadAndRemoved(t *testing.T) { // rest-api.md 13
	engines(t, func(k *kit) {
		k.department("d1", "d2")
		body := strings.Replace(saving("custom", "India", "Asia/Kolkata", "00:00:00", "23:59"), `"Monday","start"`, `"Sunday","start"`, 1)
		body = strings.Replace(body, `Hour":""`, `Hour":"d2, d1"`, 1)
		if status, text := k.call("manager", "POST", "livechat/business-hours.save", body); status != 200 || text != `{"success":true}` {
			t.Fatalf("%d %s", status, text)
		}
		id := string(k.named("India").ID)
		_, text := k.call("manager", "GET", "livechat/business-hour?type=custom&_id="+id, "")
		for _, part := range []string{`"timezone":{"name":"Asia/Kolkata","utc":"5.5"}`, `"start":{"time":"00:00","utc":{"dayOfWeek":"Saturday","time":"18:30"},"cron":{"dayOfWeek":"Saturday","time":"20:30"}}`,
			`"finish":{"time":"23:59","utc":{"dayOfWeek":"Sunday","time":"18:29"}`, `"departments":[{"_id":"d1","name":"D1"},{"_id":"d2","name":"D2"}]`, `"departmentsToApplyBusinessHour":"d1,d2"`} {
			if !strings.Contains(text, part) {
				t.Errorf("no %s in %s", part, text)
			}
		}
		body = strings.Replace(strings.Replace(body, `{"type"`, `{"_id":"`+id+`","type"`, 1), `d2, d1`, `d1`, 1)
		if status, text := k.call("manager", "POST", "livechat/business-hours.save", strings.Replace(body, "India", "Indien", 1)); status != 200 {
			t.Fatalf("%d %s", status, text)
		}
		if _, text := k.call("manager", "GET", "livechat/business-hours?name=inDIE", ""); !strings.Contains(text, `"departments":[{"_id":"d1","name":"D1"}]`) || !strings.Contains(text, `"total":1`) {
			t.Error(text)
		}
		if _, text := k.call("manager", "GET", "livechat/business-hours?count=1&offset=1", ""); !strings.Contains(text, `"count":1`) || !strings.Contains(text, `"total":2`) || !strings.Contains(text, "Indien") {
			t.Error(text)
		}
		if _, text := k.call("manager", "GET", "livechat/business-hours?count=1&sort=%7B%22type%22:1%7D", ""); !strings.Contains(text, "Indien") {
			t.Errorf("custom before default: %s", text)
		}
		if _, text := k.call("manager", "GET", "livechat/business-hours?count=1&sort=%7B%22type%22:-1,%22name%22:1%7D", ""); strings.Contains(text, "Indien") {
			t.Errorf("default before custom: %s", text)
		}
		for query, want := range map[string]string{"type=custom": "null", "type=other": "null", "type=custom&_id=x": "null", "type=default": `{"_id"`} {
			if status, text := k.call("manager", "GET", "livechat/business-hour?"+query, ""); status != 200 || !strings.HasPrefix(text, `{"businessHour":`+want) {
				t.Errorf("%s: %d %s", query, status, text)
			}
		}
		all, _ := hours(context.Background(), k.DB)
		for body, want := range map[string]string{`{"_id":"` + string(all[0].ID) + `","type":"default"}`: "error-business-hour-default", `{"_id":"x","type":"custom"}`: "error-business-hour-not-found", `{"type":"custom"}`: "must have required property '_id'"} {
			if status, text := k.call("manager", "POST", "livechat/business-hours.remove", body); status != 400 || !strings.Contains(text, want) {
				t.Errorf("%d %s, want %s", status, text, want)
			}
		}
		if status, text := k.call("manager", "POST", "livechat/business-hours.remove", `{"_id":"`+id+`","type":"custom"}`); status != 200 {
			t.Errorf("%d %s", status, text)
		}
		if n, err := db.One(context.Background(), k.DB, yes, `SELECT EXISTS (SELECT 1 FROM departments WHERE business_hour_id <> '')`); err != nil || n {
			t.Error("a department follows an hour that is gone", err)
		}
	})
}

func TestThePreviewOfWhatIsNotSaved(t *testing.T) { // RQ-BH-2
	engines(t, func(k *kit) {
		for body, want := range map[string]string{
			saving("custom", "x", "UTC", "08:00", "08:00"):          "error-business-hour-finish-time-equals-start-time",
			saving("custom", "x", "UTC", "09:00", "08:00"):          "error-business-hour-finish-time-before-start-time",
			saving("custom", "x", "Mars/Olympus", "08:00", "09:00"): "error-business-hour-invalid-timezone",
		} {
			if status, text := k.call("manager", "POST", "foyer/business-hours/preview", body); status != 400 || !strings.Contains(text, want) {
				t.Errorf("%d %s, want %s", status, text, want)
			}
		}
		body := `{"timezoneName":"Europe/Berlin","workHours":[{"day":"Monday","start":"08:00","finish":"09:30","open":true},{"day":"Monday","start":"10:30","finish":"12:00","open":true}]}`
		if status, text := k.call("manager", "POST", "foyer/business-hours/preview", body); status != 200 || text != `{"open":false,"changesAt":"2026-10-05T08:30:00.000Z","success":true}` {
			t.Errorf("%d %s", status, text)
		}
	})
}
