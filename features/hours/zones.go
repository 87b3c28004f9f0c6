package hours

import (
	"regexp"
	"strings"
	"sync"
	"time"
)

// zones remembers the zones that were read, and of which it was said that they are gone.
type zones struct{ read, missed sync.Map }

// zoneName is how the zone database names zones; "Local" is not one.
var zoneName = regexp.MustCompile(`^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$`)

// find is the zone of a name, nil if the database does not know it.
func (z *zones) find(name string) *time.Location {
	if known, ok := z.read.Load(name); ok {
		return known.(*time.Location)
	}
	if len(name) > 64 || !zoneName.MatchString(name) || strings.EqualFold(name, "Local") {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	z.read.Store(name, zone)
	return zone
}

func (z *zones) known(name string) bool { return z.find(name) != nil }

// zone is where an hour is kept; a zone that has left the database since has the
// offset it had when the hour was saved (RQ-BH-12).
func (s *Service) zone(h Hour) *time.Location {
	if known := s.zones.find(h.Zone); known != nil {
		return known
	}
	if _, said := s.zones.missed.LoadOrStore(h.Zone, true); !said {
		s.Log.Warn("zone of a business hour is not in the zone database any more, its last offset is used",
			"hour", h.ID, "zone", h.Zone, "minutes", h.Offset)
	}
	return time.FixedZone(h.Zone, int(h.Offset)*60)
}
