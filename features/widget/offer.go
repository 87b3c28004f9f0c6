package widget

import (
	"sync"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// offer is what there is for everybody: departments and who is there.
type offer struct {
	departments []offered
	somebody    bool // an agent is reachable
}

// offered is a department a visitor may choose.
type offered struct {
	Department
	site     chat.SiteID
	somebody bool // one of its agents is reachable
}

func (o offer) departmentsOf(site chat.SiteID) []Department {
	list := []Department{}
	for _, d := range o.departments {
		if d.site == site {
			list = append(list, d.Department)
		}
	}
	return list
}

// online reports whether somebody is reachable: in the department if one is given.
func (o offer) online(id chat.DepartmentID) bool {
	if id == "" {
		return o.somebody
	}
	for _, d := range o.departments {
		if d.ID == id {
			return d.somebody
		}
	}
	return false
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
