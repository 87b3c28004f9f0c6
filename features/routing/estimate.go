package routing

import (
	"math"
	"time"
)

// serving is an agent of a queue who is there, with his own limit (0: none) and
// the chats he has.
type serving struct{ limit, chats int64 }

// parallel is how many chats the agents of a queue can have at once, at least 1:
// each counts with his limit for this queue, without one with a chat more than he
// has (RQ-POS-3). The agent's own limit replaces the general one, the
// department's holds besides.
func parallel(agents []serving, department, general int64) int64 {
	var sum int64
	for _, a := range agents {
		limit := a.limit
		if limit <= 0 {
			limit = general
		}
		if department > 0 && (limit <= 0 || department < limit) {
			limit = department
		}
		if limit <= 0 {
			limit = a.chats + 1
		}
		sum += limit
	}
	return max(1, sum)
}

// estimate is how many seconds whoever stands at the spot may wait, from how long
// chats take on average and how many are served at once (RQ-POS-3); nil when
// there is nothing to estimate from.
func estimate(spot, parallel int64, average time.Duration) *int64 {
	if average <= 0 {
		return nil
	}
	wait := (float64(spot-1)/float64(parallel) + 1) * average.Seconds()
	seconds := int64(math.Round(wait))
	return &seconds
}
