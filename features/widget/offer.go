package widget

import (
	"sync"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// offer is what there is for everybody: departments, units and who is there.
type offer struct {
	listed   []offered // departments a visitor may choose, by name
	all      map[chat.DepartmentID]offered
	units    map[chat.UnitID]bool
	fields   []Field // of the registration form, by label
	somebody bool    // an agent is reachable, of whatever department
	bot      bool    // a bot takes chats
	triggers []chat.Trigger
	shut     map[chat.SiteID]bool // sites outside their own hours
}

// offered is a department with what being online depends on.
type offered struct {
	Department
	site     chat.SiteID
	unit     chat.UnitID
	usable   bool // enabled and not archived
	staffed  bool // it has agents
	somebody bool // one of them is reachable
	bot      bool // one of them is a bot
	shut     bool // outside its own business hours
	fallback chat.DepartmentID
}

func (o *offer) add(all []offered) {
	o.all = make(map[chat.DepartmentID]offered, len(all))
	for _, d := range all {
		o.all[d.ID] = d
		if d.usable && d.staffed {
			o.listed = append(o.listed, d)
		}
	}
}

func (o offer) departmentsOf(site chat.SiteID, unit chat.UnitID) []Department {
	list := []Department{}
	for _, d := range o.listed {
		if d.site == site && (unit == "" || d.unit == unit) {
			list = append(list, d.Department)
		}
	}
	return list
}

// triggersOf are the triggers of a site, as every browser may know them.
func (o offer) triggersOf(site chat.SiteID) []Trigger {
	list := []Trigger{}
	for _, t := range o.triggers {
		if t.Site == "" || t.Site == site {
			t = t.ForBrowsers()
			list = append(list, Trigger{ID: t.ID, RunOnce: t.RunOnce, Conditions: t.Conditions, Actions: t.Actions, Number: t.Number, Name: t.Name})
		}
	}
	return list
}

// online reports whether somebody would answer (RQ-DEP-6): a person of the
// department or of the first of its fallbacks that has one, or a bot if new chats go
// to bots. Without a department it is anybody, or the only department that is
// eligible. How busy they are does not matter.
func (o offer) online(q Question, now *chat.Settings) bool {
	if now.EnableBusinessHours && now.BusinessHourType == "Multiple" && o.shut[q.Site] {
		return false
	}
	id := q.Department
	if id == "" {
		id = o.only(q.Site)
	}
	if id == "" {
		return o.somebody || now.AssignToBot && o.bot
	}
	seen := map[chat.DepartmentID]bool{}
	for depth := now.MaxFallbackDepth; depth >= 0 && id != "" && !seen[id]; depth-- {
		d := o.all[id]
		if d.usable && (d.somebody && !(d.shut && strict(now)) || now.AssignToBot && d.bot) {
			return true
		}
		seen[id], id = true, d.fallback
	}
	return false
}

// strict reports whether a department outside its own hours has nobody.
func strict(now *chat.Settings) bool {
	return now.EnableBusinessHours && now.BusinessHourType == "Multiple" && now.BusinessHoursStrict
}

// only is the department that every chat of a site without one gets: the single one that
// is shown on registration (RQ-DEP-2).
func (o offer) only(site chat.SiteID) (id chat.DepartmentID) {
	for _, d := range o.listed {
		if !d.ShowOnRegistration || d.site != site {
			continue
		}
		if id != "" {
			return ""
		}
		id = d.ID
	}
	return id
}

const offerFresh = time.Second

// cache keeps the offer for a second, so that ten thousand browsers ask the
// database once. While one reads, the others wait for what it finds.
type cache struct {
	mu    sync.Mutex
	value offer
	until clock.Instant
}

func (c *cache) find(now clock.Instant, load func() (offer, error)) (offer, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now < c.until {
		return c.value, nil
	}
	found, err := load()
	if err != nil {
		return offer{}, err
	}
	c.value, c.until = found, now.Add(offerFresh)
	return found, nil
}

// drop makes the next question read again.
func (c *cache) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.until = 0
}
