// Package hours plays random weeks of business hours to the real thing and to a few
// lines that say what 11.2 and 11.3 of the routing specification say.
package hours

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

var seeds = flag.Int("seeds", 3, "random weeks to play on each engine")

// week is where every story begins, in a season without changes of the clocks.
var week = time.Date(2026, 7, 6, 5, 0, 0, 0, time.UTC)

var zones = []string{"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"}

// window is open on a weekday from and to a minute of the day.
type window struct {
	day      time.Weekday
	from, to int
}

type hour struct {
	id, zone string
	active   bool
	windows  []window
}

func (o *hour) open(at time.Time) bool {
	zone, _ := time.LoadLocation(o.zone)
	local := at.In(zone)
	minute := local.Hour()*60 + local.Minute()
	return o.active && slices.ContainsFunc(o.windows, func(w window) bool { return w.day == local.Weekday() && w.from <= minute && minute < w.to })
}

type department struct {
	enabled bool
	hour    *hour
	members map[string]bool
}

type person struct {
	agent
	bot, online bool
	had         map[string]bool
}

// model is the second reading: everything is looked at again after every step.
type model struct {
	on, multiple bool
	standing     *hour // the default one
	custom       map[string]*hour
	departments  map[string]*department
	people       map[string]*person
}

func (m *model) applicable(name string) (all []*hour) {
	for _, d := range m.departments {
		if m.multiple && d.enabled && d.members[name] && d.hour != nil {
			all = append(all, d.hour)
		}
	}
	if len(all) == 0 {
		all = []*hour{m.standing}
	}
	return all
}

// look lets everybody follow what is true at an instant.
func (m *model) look(at time.Time) {
	for name, p := range m.people {
		has := map[string]bool{}
		if m.on {
			for _, o := range m.applicable(name) {
				if o.open(at) {
					has[o.id] = true
				}
			}
		}
		gained := false
		for id := range has {
			gained = gained || !p.had[id]
		}
		if p.had = has; gained && p.online && !p.available && p.system {
			p.available, p.system = true, false
		}
		if m.on && len(has) == 0 && p.available && !p.bot {
			p.available, p.system = false, true
		}
		p.open = keys(has)
	}
}

func keys(m map[string]bool) string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	sort.Strings(all)
	return strings.Join(all, " ")
}

// story plays both and writes down what it did.
type story struct {
	*house
	*model
	r    *rand.Rand
	said []string
}

func begin(t *testing.T, url string, seed uint64) *story {
	s := &story{house: open(t, url, clock.Of(week)), r: rand.New(rand.NewPCG(seed, 5)),
		model: &model{custom: map[string]*hour{}, departments: map[string]*department{}, people: map[string]*person{}}}
	s.settle()
	for _, name := range []string{"ann", "bob", "cid", "dot", "robot"} {
		s.hire(name, "user")
		if name == "robot" {
			s.exec(`INSERT INTO user_roles (user_id, role) VALUES ('robot', 'bot')`)
		}
		s.ok("boss", "POST", "livechat/users/agent", map[string]any{"username": name})
		s.people[name] = &person{agent: agent{available: true}, bot: name == "robot", had: map[string]bool{}}
	}
	for _, name := range []string{"sales", "help", "night"} {
		s.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at) VALUES ($1, 'default', $1, true, true, true, 1)`, name)
		s.departments[name] = &department{enabled: true, members: map[string]bool{}}
	}
	s.standing = &hour{zone: "UTC", active: true}
	s.saveHour(s.standing, "default", nil)
	return s
}

func (s *story) say(format string, args ...any) {
	s.said = append(s.said, fmt.Sprintf(format, args...))
}

func (s *story) one(of []string) string { return of[s.r.IntN(len(of))] }

// saveHour gives an hour random windows and writes it to the real thing.
func (s *story) saveHour(o *hour, name string, departments []string) {
	s.t.Helper()
	o.zone, o.windows = s.one(zones), nil
	for day := range time.Weekday(7) {
		for from := s.r.IntN(40); from < 90 && s.r.IntN(5) > 0; from += 2 + s.r.IntN(30) {
			to := min(from+1+s.r.IntN(30), 95)
			o.windows = append(o.windows, window{day, from * 15, to * 15})
			from = to
		}
	}
	body := map[string]any{"name": name, "timezoneName": o.zone, "active": o.active, "type": "custom", "daysOpen": []string{},
		"departmentsToApplyBusinessHour": strings.Join(departments, ","), "workHours": []any{}}
	if o == s.standing {
		body["type"] = "default"
	} else if o.id != "" {
		body["_id"] = o.id
	}
	hours := []any{}
	for _, w := range o.windows {
		hours = append(hours, map[string]any{"day": w.day.String(), "open": true,
			"start": fmt.Sprintf("%02d:%02d", w.from/60, w.from%60), "finish": fmt.Sprintf("%02d:%02d", w.to/60, w.to%60)})
	}
	body["workHours"] = hours
	s.say("save %s in %s, active %v, for %v: %v", name, o.zone, o.active, departments, o.windows)
	s.ok("boss", "POST", "livechat/business-hours.save", body)
	var answer struct {
		BusinessHours []struct {
			ID   string `json:"_id"`
			Name string
			Type string
		}
	}
	s.call("boss", "GET", "livechat/business-hours", nil, &answer)
	for _, b := range answer.BusinessHours {
		if b.Name == name || o == s.standing && b.Type == "default" {
			o.id = b.ID
		}
	}
}

func (s *story) step() {
	s.t.Helper()
	switch s.r.IntN(12) {
	case 0, 1:
		s.setting()
	case 2:
		s.saveHour(s.standing, "default", nil)
	case 3, 4:
		s.changeCustom()
	case 5, 6:
		s.member()
	case 7:
		s.flip()
	case 8:
		s.presence()
	case 9:
		s.pass(time.Duration(1+s.r.IntN(8)) * 15 * time.Minute)
	case 10:
		s.missed(time.Duration(1+s.r.IntN(72)) * 15 * time.Minute)
	case 11:
		if s.r.IntN(4) == 0 {
			s.archive()
		}
	}
	s.look(s.clock.Now().Time())
}

func (s *story) setting() {
	id, value := "Livechat_enable_business_hours", any(s.r.IntN(4) > 0)
	if s.r.IntN(2) == 0 {
		id, value = "Livechat_business_hour_type", s.one([]string{"Single", "Multiple", "Multiple"})
		s.multiple = value == "Multiple"
	} else {
		s.on = value.(bool)
	}
	s.say("%s = %v", id, value)
	s.ok("boss", "POST", "settings/"+id, map[string]any{"value": value})
}

func (s *story) changeCustom() {
	name := s.one([]string{"early", "late", "odd"})
	o := s.custom[name]
	if o != nil && s.r.IntN(4) == 0 {
		s.say("remove %s", name)
		s.ok("boss", "POST", "livechat/business-hours.remove", map[string]any{"_id": o.id, "type": "custom"})
		delete(s.custom, name)
		for _, d := range s.departments {
			if d.hour == o {
				d.hour = nil
			}
		}
		return
	}
	if o == nil {
		o = &hour{}
		s.custom[name] = o
	}
	o.active = s.r.IntN(5) > 0
	var follow []string
	for id, d := range s.departments {
		if d.enabled && s.r.IntN(2) == 0 {
			follow = append(follow, id)
			d.hour = o
		} else if d.hour == o {
			d.hour = nil
		}
	}
	s.saveHour(o, name, follow)
}

func (s *story) member() {
	d, name := s.one([]string{"sales", "help", "night"}), s.one([]string{"ann", "bob", "cid", "dot", "robot"})
	row := []any{map[string]any{"agentId": name, "username": name, "count": 0, "order": 0}}
	body := map[string]any{"upsert": row, "remove": []any{}}
	joins := !s.departments[d].members[name]
	if !joins {
		body = map[string]any{"upsert": []any{}, "remove": row}
	}
	s.say("%s in %s: %v", name, d, joins)
	s.departments[d].members[name] = joins
	s.ok("boss", "POST", "livechat/department/"+d+"/agents", body)
}

func (s *story) flip() {
	name := s.one([]string{"ann", "bob", "cid", "dot"})
	p := s.people[name]
	to := s.r.IntN(2) == 0
	refused := to && s.on && len(p.had) == 0
	s.say("%s switches to %v", name, to)
	failed := s.call(name, "POST", "livechat/agent.status", map[string]any{"status": map[bool]string{true: "available", false: "not-available"}[to]}, nil)
	if (failed != "") != refused {
		s.t.Fatalf("%s: %q, refused %v", strings.Join(s.said, "\n"), failed, refused)
	}
	if s.settle(); !refused {
		p.available, p.system = to, false
	}
}

func (s *story) presence() {
	name := s.one([]string{"ann", "bob", "cid", "dot"})
	p := s.people[name]
	p.online = !p.online
	s.say("%s online: %v", name, p.online)
	s.ok(name, "POST", "users.setStatus", map[string]any{"status": map[bool]string{true: "online", false: "offline"}[p.online], "message": ""})
}

// pass lets time pass with the server running; windows begin and end on quarters.
func (s *story) pass(d time.Duration) {
	s.say("%s pass", d)
	until := s.clock.Now().Add(d)
	for at := s.clock.Now(); at < until; at = at.Add(15 * time.Minute) {
		s.look(at.Time())
	}
	s.wait(until)
}

// missed lets time pass while no server runs (RQ-BH-14).
func (s *story) missed(d time.Duration) {
	s.say("%s pass without a server", d)
	s.clock.Advance(d)
	s.settle()
}

func (s *story) archive() {
	name := s.one([]string{"sales", "help", "night"})
	d := s.departments[name]
	if !d.enabled {
		return
	}
	s.say("archive %s", name)
	s.ok("boss", "POST", "livechat/department/"+name+"/archive", map[string]any{})
	left := d.hour
	d.enabled, d.hour = false, nil
	if left == nil {
		return
	}
	for _, other := range s.departments {
		if other.hour == left {
			return
		}
	}
	left.active = false
}

func (s *story) compare() {
	s.t.Helper()
	real := s.agents()
	for name, p := range s.people {
		if real[name] != p.agent {
			s.t.Fatalf("%s\n%s at %s: %+v, want %+v", strings.Join(s.said, "\n"), name, s.clock.Now(), real[name], p.agent)
		}
	}
}

func TestRandomWeeksAreAsTheRulesSay(t *testing.T) { // routing 15 #19 (whatever the order of edits), PT-BH-1, PT-BH-2, RQ-BH-13, RQ-BH-14
	for seed := range *seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			eachEngine(t, func(t *testing.T, url string) {
				s := begin(t, url, uint64(seed))
				for range 80 {
					s.step()
					s.compare()
				}
			})
		})
	}
}

func TestTwoNodesAtOnceAreAsOne(t *testing.T) { // PT-BH-4
	eachEngine(t, func(t *testing.T, url string) {
		s := begin(t, url, 99)
		s.on = true
		s.ok("boss", "POST", "settings/Livechat_enable_business_hours", map[string]any{"value": true})
		s.look(s.clock.Now().Time())
		nodes := append([]*house{}, s.house)
		if strings.HasPrefix(url, "postgres") {
			second := *s.house
			second.inside = s.node(url)
			nodes = append(nodes, &second)
		}
		for range 30 {
			s.clock.Advance(time.Duration(1+s.r.IntN(20)) * 15 * time.Minute)
			var all sync.WaitGroup
			for range 2 {
				for _, n := range nodes {
					all.Go(func() { n.run(n.inside, job{kind: "hours.check", key: "always", payload: "null"}) })
				}
			}
			all.Wait()
			s.settle()
			s.look(s.clock.Now().Time())
			s.compare()
		}
	})
}

// routing 15 #20: who was closed stays off until he switches himself on.
func TestWhoWasClosedStaysOffWhenHoursDoNotCountAnyMore(t *testing.T) { // 11.3
	eachEngine(t, func(t *testing.T, url string) {
		s := begin(t, url, 20)
		count := func(yes bool) {
			s.ok("boss", "POST", "settings/Livechat_enable_business_hours", map[string]any{"value": yes})
		}
		expect := func(when string, ann, robot bool) {
			t.Helper()
			if a := s.agents(); a["ann"].available != ann || a["robot"].available != robot {
				t.Errorf("%s: %+v", when, a)
			}
		}
		s.ok("boss", "POST", "livechat/business-hours.save", map[string]any{"name": "default", "type": "default", "timezoneName": "UTC", "active": true,
			"daysOpen": []string{}, "departmentsToApplyBusinessHour": "", "workHours": []any{}})
		expect("before", true, true)
		count(true)
		expect("never open", false, true)
		count(false)
		expect("hours do not count any more", false, true)
		s.ok("ann", "POST", "livechat/agent.status", map[string]any{"status": "available"})
		expect("she switches herself on", true, true)
	})
}
