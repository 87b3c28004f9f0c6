package hours

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

const viewHours = string(chat.ViewLivechatBusinessHours)

// Rows are the endpoints (rest-api.md 13); the preview is ours.
func (s *Service) Rows() []rest.Endpoint {
	tag, mayView := rest.Tag("business hours"), rest.Any(viewHours)
	wrong := rest.Errors("error-business-hour-finish-time-equals-start-time", "error-business-hour-finish-time-before-start-time", "error-business-hour-invalid-timezone")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/business-hour", mayView, "The default business hour, or one of departments; null when there is none.", s.getOne, tag),
		rest.Row("GET", "/api/v1/livechat/business-hours", mayView, "List business hours, the default one first.", s.getAll, tag),
		rest.Row("POST", "/api/v1/livechat/business-hours.save", mayView, "Change the default business hour, or make or change one of departments.", s.postSave, tag, wrong, rest.Errors("error-business-hour-name-already-in-use")),
		rest.Row("POST", "/api/v1/livechat/business-hours.remove", mayView, "Remove a business hour of departments.", s.postRemove, tag, rest.Errors("error-business-hour-not-found")),
		rest.Row("POST", "/api/v1/foyer/business-hours/preview", mayView, "Whether windows that are not saved yet would be open now, and until when.", s.postPreview, tag, wrong),
	}
}

type getOne struct {
	Type string      `query:"type" maxLength:"64" doc:"default or custom."`
	ID   chat.HourID `query:"_id" doc:"Of a custom one."`
}

type oneHour struct {
	BusinessHour *View `json:"businessHour"` // null: there is none
}

func (s *Service) getOne(ctx context.Context, r getOne) (oneHour, error) {
	found, err := s.views(ctx)
	for i, v := range found {
		if v.Type == r.Type && (v.Type == Default || v.ID == r.ID) {
			return oneHour{BusinessHour: &found[i]}, err
		}
	}
	return oneHour{}, err
}

type getAll struct {
	rest.Page
	Name string `query:"name" maxLength:"255" doc:"Part of the name."`
}

type hoursPage struct {
	BusinessHours []View `json:"businessHours"`
	rest.Counted
}

func (s *Service) getAll(ctx context.Context, r getAll) (hoursPage, error) {
	found, err := s.views(ctx)
	order(found, r.Sort)
	page := hoursPage{BusinessHours: []View{}, Counted: rest.Counted{Offset: r.Offset}}
	for _, v := range found {
		if !strings.Contains(strings.ToLower(v.Name), strings.ToLower(r.Name)) {
			continue
		}
		if page.Total++; page.Total > r.Offset && (r.Unlimited() || int64(len(page.BusinessHours)) < r.Limit()) {
			page.BusinessHours = append(page.BusinessHours, v)
		}
	}
	page.Count = len(page.BusinessHours)
	return page, err
}

// byField are what business hours may be ordered by.
var byField = map[string]func(a, b View) int{
	"_id":        func(a, b View) int { return cmp.Compare(a.ID, b.ID) },
	"name":       func(a, b View) int { return cmp.Compare(a.Name, b.Name) },
	"type":       func(a, b View) int { return cmp.Compare(a.Type, b.Type) },
	"ts":         func(a, b View) int { return cmp.Compare(a.TS, b.TS) },
	"_updatedAt": func(a, b View) int { return cmp.Compare(a.UpdatedAt, b.UpdatedAt) },
}

func order(all []View, by rest.Sort) {
	for _, k := range slices.Backward(by) {
		compare := byField[k.Field]
		if compare == nil {
			continue
		}
		slices.SortStableFunc(all, func(a, b View) int {
			if k.Desc {
				a, b = b, a
			}
			return compare(a, b)
		})
	}
}

// View is a business hour as the API shows it (rest-api.md 4.9). Open and ChangesAt are ours.
type View struct {
	ID          chat.HourID     `json:"_id"`
	Name        string          `json:"name"`
	Active      bool            `json:"active"`
	Type        string          `json:"type" enum:"default,custom"`
	Timezone    zoneView        `json:"timezone"`
	WorkHours   []windowView    `json:"workHours"`
	Departments []DepartmentRef `json:"departments,omitzero"` // of a custom one
	ToApply     string          `json:"departmentsToApplyBusinessHour"`
	TS          clock.Instant   `json:"ts"`
	UpdatedAt   clock.Instant   `json:"_updatedAt"`
	Open        bool            `json:"open"`               // now
	ChangesAt   clock.Instant   `json:"changesAt,omitzero"` // when Open does next
}

type zoneView struct {
	Name string `json:"name"`
	UTC  string `json:"utc"` // hours ahead, "5.5"
}

type windowView struct {
	Day    string   `json:"day" enum:"Sunday,Monday,Tuesday,Wednesday,Thursday,Friday,Saturday"`
	Code   int      `json:"code"` // 0 is Sunday
	Open   bool     `json:"open"`
	Start  timeView `json:"start"`
	Finish timeView `json:"finish"`
}

// timeView is a time of the week in the hour's zone, in UTC and where the server is.
type timeView struct {
	Time string  `json:"time"`
	UTC  dayTime `json:"utc"`
	Cron dayTime `json:"cron"`
}

type dayTime struct {
	DayOfWeek string `json:"dayOfWeek"`
	Time      string `json:"time"`
}

func (s *Service) views(ctx context.Context) ([]View, error) {
	all, err := s.load(ctx, s.DB, s.Clock.Now())
	if err != nil {
		return nil, err
	}
	by, err := departmentsOf(ctx, s.DB)
	views := make([]View, len(all.hours))
	for i, h := range all.hours {
		views[i] = s.view(h, all, by[h.ID])
	}
	return views, err
}

func (s *Service) view(h Hour, all set, departments []DepartmentRef) View {
	c := all.schedules[h.ID]
	_, seconds := all.at.Time().In(c.Zone).Zone()
	local := seconds / 60
	server := int(s.offset(s.Zone, all.at))
	v := View{ID: h.ID, Name: h.Name, Active: h.Active, Type: h.Type, TS: h.TS, UpdatedAt: h.UpdatedAt,
		Open: c.Open(all.at), ChangesAt: c.Change(all.at), WorkHours: []windowView{},
		Timezone: zoneView{Name: h.Zone, UTC: strconv.FormatFloat(float64(local)/60, 'f', -1, 64)}}
	for _, w := range h.Windows {
		at := func(minute int) timeView {
			week := int(w.Day)*minutesOfDay + minute
			return timeView{Time: clockTime(minute), UTC: ofWeek(week - local), Cron: ofWeek(week - local + server)}
		}
		v.WorkHours = append(v.WorkHours, windowView{Day: w.Day.String(), Code: int(w.Day), Open: w.Open, Start: at(w.Start), Finish: at(w.Finish)})
	}
	if h.Type == Custom {
		v.Departments = append([]DepartmentRef{}, departments...)
		ids := make([]string, len(departments))
		for i, d := range departments {
			ids[i] = string(d.ID)
		}
		v.ToApply = strings.Join(ids, ",")
	}
	return v
}

const (
	minutesOfDay  = 24 * 60
	minutesOfWeek = 7 * minutesOfDay
)

// ofWeek is a minute of the week, which may lie in the one before or after.
func ofWeek(minute int) dayTime {
	minute = (minute%minutesOfWeek + minutesOfWeek) % minutesOfWeek
	return dayTime{DayOfWeek: weekday(int64(minute/minutesOfDay) + 3).String(), Time: clockTime(minute % minutesOfDay)}
}

func clockTime(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// window is one opening as it is sent: in local time.
type window struct {
	Day    string `json:"day" required:"true" enum:"Sunday,Monday,Tuesday,Wednesday,Thursday,Friday,Saturday"`
	Start  string `json:"start" required:"true" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$" doc:"HH:mm"`
	Finish string `json:"finish" required:"true" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$" doc:"HH:mm"`
	Open   bool   `json:"open" required:"true"`
}

func windows(sent []window) []Window {
	all := make([]Window, len(sent))
	for i, w := range sent {
		all[i] = Window{Day: days[w.Day], Start: minuteOf(w.Start), Finish: minuteOf(w.Finish), Open: w.Open}
	}
	return all
}

// minuteOf reads HH:mm, which was validated; seconds do not count.
func minuteOf(text string) int {
	hour, _ := strconv.Atoi(text[:2])
	minute, _ := strconv.Atoi(text[3:5])
	return hour*60 + minute
}

type postSave struct {
	ID          chat.HourID `json:"_id" maxLength:"64" doc:"Of the one to change."`
	Type        string      `json:"type" required:"true" enum:"default,custom"`
	Name        string      `json:"name" required:"true" maxLength:"255"`
	Active      bool        `json:"active" required:"true" doc:"The default one always is."`
	Zone        string      `json:"timezoneName" required:"true" maxLength:"64"`
	DaysOpen    []string    `json:"daysOpen" required:"true" maxItems:"1000" maxLength:"64" doc:"Not looked at: each window says whether it is open."`
	Departments string      `json:"departmentsToApplyBusinessHour" required:"true" maxLength:"65536" doc:"Ids with commas between them; of a custom one."`
	WorkHours   []window    `json:"workHours" required:"true" maxItems:"1000"`
}

func (s *Service) postSave(ctx context.Context, r postSave) (struct{}, error) {
	var departments []chat.DepartmentID
	for id := range strings.SplitSeq(r.Departments, ",") {
		if id = strings.TrimSpace(id); id != "" {
			departments = append(departments, chat.DepartmentID(id))
		}
	}
	h := Hour{ID: r.ID, Type: r.Type, Name: strings.TrimSpace(r.Name), Active: r.Active, Zone: r.Zone, Windows: windows(r.WorkHours)}
	return struct{}{}, s.Save(ctx, h, departments)
}

type postRemove struct {
	ID   chat.HourID `json:"_id" required:"true" maxLength:"64"`
	Type string      `json:"type" required:"true" maxLength:"64"`
}

func (s *Service) postRemove(ctx context.Context, r postRemove) (struct{}, error) {
	if r.Type != Custom && r.Type != Default {
		return struct{}{}, fault.New(fault.Invalid, "error-business-hour-not-found", "There is no such business hour").At("type")
	}
	return struct{}{}, s.Remove(ctx, r.ID)
}

type postPreview struct {
	Zone      string   `json:"timezoneName" required:"true" maxLength:"64"`
	Active    bool     `json:"active" default:"true"`
	WorkHours []window `json:"workHours" required:"true" maxItems:"1000"`
}

type preview struct {
	Open      bool          `json:"open"`
	ChangesAt clock.Instant `json:"changesAt,omitzero"`
}

func (s *Service) postPreview(_ context.Context, r postPreview) (preview, error) {
	open, change, err := s.Preview(Hour{Type: Default, Active: r.Active, Zone: r.Zone, Windows: windows(r.WorkHours)})
	return preview{Open: open, ChangesAt: change}, err
}
