package app

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"slices"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/accounts"
	"github.com/foyerchat/foyer/features/agents"
	"github.com/foyerchat/foyer/features/analytics"
	"github.com/foyerchat/foyer/features/canned"
	"github.com/foyerchat/foyer/features/contacts"
	"github.com/foyerchat/foyer/features/departments"
	"github.com/foyerchat/foyer/features/fields"
	"github.com/foyerchat/foyer/features/files"
	"github.com/foyerchat/foyer/features/groups"
	"github.com/foyerchat/foyer/features/hours"
	"github.com/foyerchat/foyer/features/inboxes"
	"github.com/foyerchat/foyer/features/integrations"
	"github.com/foyerchat/foyer/features/live"
	"github.com/foyerchat/foyer/features/livechatoo"
	"github.com/foyerchat/foyer/features/mailer"
	"github.com/foyerchat/foyer/features/messenger"
	"github.com/foyerchat/foyer/features/missed"
	"github.com/foyerchat/foyer/features/offline"
	"github.com/foyerchat/foyer/features/onsite"
	"github.com/foyerchat/foyer/features/rooms"
	"github.com/foyerchat/foyer/features/routing"
	"github.com/foyerchat/foyer/features/settings"
	"github.com/foyerchat/foyer/features/sites"
	"github.com/foyerchat/foyer/features/sla"
	"github.com/foyerchat/foyer/features/sms"
	"github.com/foyerchat/foyer/features/surveys"
	"github.com/foyerchat/foyer/features/tags"
	"github.com/foyerchat/foyer/features/transcripts"
	"github.com/foyerchat/foyer/features/triggers"
	"github.com/foyerchat/foyer/features/units"
	"github.com/foyerchat/foyer/features/visitors"
	"github.com/foyerchat/foyer/features/webhooks"
	"github.com/foyerchat/foyer/features/widget"
	"github.com/foyerchat/foyer/platform/blob"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/mailbox"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/realtime"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/web"
)

// features is the list of what the product does, tied together.
type features struct {
	settings    *settings.Service
	accounts    *accounts.Service
	agents      *agents.Service
	departments *departments.Service
	units       *units.Service
	hours       *hours.Service
	tags        *tags.Service
	fields      *fields.Service
	canned      *canned.Service
	contacts    *contacts.Service
	sla         *sla.Service
	visitors    *visitors.Service
	rooms       *rooms.Service
	files       *files.Service
	transcripts *transcripts.Service
	routing     *routing.Service
	dispatcher  *routing.Dispatcher
	places      *routing.Places
	widget      *widget.Service
	webhooks    *webhooks.Service
	mailer      *mailer.Service
	inboxes     *inboxes.Service
	triggers    *triggers.Service
	surveys     *surveys.Service
	offline     *offline.Service
	sms         *sms.Service
	messenger   *messenger.Service
	groups      *groups.Service
	missed      *missed.Service
	sites       *sites.Service
	livechatoo  *livechatoo.Service
	onsite      *onsite.Service
	live        *live.Service // only in a server
	log         *slog.Logger
	version     string

	integrations *integrations.Service
	analytics    *analytics.Service
}

// ground is what features stand on.
type ground struct {
	db      *db.DB
	clock   clock.Clock
	log     *slog.Logger
	version string
	config  Config
	blobs   blob.Store // only in a server
	measure prometheus.Registerer
	twilio  string
}

// tie makes every feature and says who decides for whom.
func tie(g ground) *features {
	f := &features{log: g.log, version: g.version}
	f.settings = settings.New(settings.Deps{DB: g.db, Clock: g.clock, Log: g.log})
	f.accounts = accounts.New(accounts.Deps{DB: g.db, Clock: g.clock, Log: g.log, Settings: f.settings.Current,
		Version: g.version, LimitAttempts: g.config.limited()})
	f.departments = departments.New(departments.Deps{DB: g.db, Settings: f.settings})
	f.units = units.New(units.Deps{DB: g.db, Departments: f.departments, Roles: f.accounts})
	f.hours = hours.New(hours.Deps{DB: g.db, Clock: g.clock, Log: g.log, Settings: f.settings, Departments: f.departments, Zone: serverZone()})
	f.departments.Hours = f.hours
	f.canned = canned.New(canned.Deps{DB: g.db})
	f.tags = tags.New(tags.Deps{DB: g.db, Canned: f.canned})
	f.sla = sla.New(sla.Deps{DB: g.db})
	f.agents = agents.New(agents.Deps{DB: g.db, Clock: g.clock, Settings: f.settings, Roles: f.accounts, Departments: f.departments, Hours: f.hours})
	f.hours.Agents = f.agents
	f.accounts.Agents = f.agents
	out := outbound.New(outbound.Options{AllowPrivate: g.config.AllowPrivateOutbound})
	f.routing = routing.New(routing.Deps{DB: g.db, Settings: f.settings, Agents: f.agents, Log: g.log, Outbound: out, Registry: g.measure})
	f.agents.Router = f.routing
	f.departments.Turns = f.routing
	f.rooms = rooms.New(rooms.Deps{DB: g.db, Settings: f.settings, Queue: f.routing, Router: f.routing})
	f.routing.Sight = f.rooms
	f.dispatcher = routing.NewDispatcher(f.routing, f.rooms)
	f.places = routing.NewPlaces(f.routing)
	f.visitors = visitors.New(visitors.Deps{DB: g.db, Clock: g.clock, Settings: f.settings, Rooms: f.rooms})
	f.integrations = integrations.New(integrations.Deps{DB: g.db, Clock: g.clock, Log: g.log, Settings: f.settings, Outbound: out, Rooms: f.rooms, Tokens: f.accounts})
	f.rooms.Guests = f.visitors
	f.fields = fields.New(fields.Deps{DB: g.db, Visitors: f.visitors, Rooms: f.rooms})
	f.rooms.Fields, f.visitors.Fields = f.fields, f.fields
	f.contacts = contacts.New(contacts.Deps{DB: g.db, Settings: f.settings, Visitors: f.visitors, Rooms: f.rooms, Fields: f.fields})
	f.rooms.Contacts, f.visitors.Contacts = f.contacts, f.contacts
	f.rooms.Hours = f.hours
	f.routing.Visitors = f.visitors
	f.files = files.New(files.Deps{DB: g.db, Log: g.log, Settings: f.settings, Blobs: g.blobs, Folder: g.config.Data,
		Rooms: f.rooms, Visitors: f.visitors, Accounts: f.accounts})
	f.webhooks = webhooks.New(webhooks.Deps{DB: g.db, Clock: g.clock, Log: g.log, Settings: f.settings, Outbound: out, Rooms: f.rooms, Visitors: f.visitors,
		Files: f.files, RootURL: g.config.RootURL, Registry: g.measure})
	sender := mail.NewSender(mail.SenderOptions{AllowPrivate: g.config.AllowPrivateOutbound})
	f.mailer = mailer.New(mailer.Deps{DB: g.db, Clock: g.clock, Log: g.log, Settings: f.settings, Keep: g.config.Demo, RootURL: g.config.RootURL, Sender: sender})
	f.inboxes = inboxes.New(inboxes.Deps{DB: g.db, Clock: g.clock, Log: g.log, Settings: f.settings, Guests: f.visitors, Rooms: f.rooms, Files: f.files,
		Opener: mailbox.NewOpener(mailbox.Options{AllowPrivate: g.config.AllowPrivateOutbound}), Sender: sender})
	f.rooms.Mails = f.inboxes
	f.sms = sms.New(sms.Deps{DB: g.db, Clock: g.clock, Log: g.log, Settings: f.settings, Outbound: out, Visitors: f.visitors, Rooms: f.rooms,
		Files: f.files, RootURL: g.config.RootURL, TwilioAPI: cmp.Or(g.twilio, sms.TwilioAPI)})
	f.messenger = messenger.New(messenger.Deps{DB: g.db, Clock: g.clock, Log: g.log, Settings: f.settings, Outbound: out, Visitors: f.visitors, Rooms: f.rooms,
		Files: f.files, RootURL: g.config.RootURL})
	f.transcripts = transcripts.New(transcripts.Deps{DB: g.db, Log: g.log, Settings: f.settings, Rooms: f.rooms, Mails: f.mailer, Files: f.files,
		Zone: serverZone(), Folder: g.config.Data})
	f.rooms.Transcripts = f.transcripts
	f.triggers = triggers.New(triggers.Deps{DB: g.db, Clock: g.clock, Settings: f.settings, Outbound: out, Agents: f.agents, Guests: f.visitors, Sight: f.rooms})
	f.surveys = surveys.New(surveys.Deps{DB: g.db, Guests: f.visitors})
	f.analytics = analytics.New(analytics.Deps{DB: g.db, Clock: g.clock, Log: g.log, Settings: f.settings, Zone: serverZone()})
	f.offline = offline.New(offline.Deps{DB: g.db, Settings: f.settings, Mails: f.mailer, Domains: mail.Domains{Resolver: net.DefaultResolver}})
	f.missed = missed.New(missed.Deps{DB: g.db, Settings: f.settings, Mails: f.mailer, RootURL: g.config.RootURL})
	f.offline.Guests, f.offline.Rooms = f.visitors, f.rooms
	f.groups = groups.New(groups.Deps{DB: g.db, Messages: f.offline})
	f.sites = sites.New(sites.Deps{DB: g.db, Settings: f.settings, Departments: f.departments})
	f.visitors.Sites, f.rooms.Sites = f.sites, f.sites
	f.livechatoo = livechatoo.New(livechatoo.Deps{DB: g.db, Clock: g.clock, Sites: f.sites, Rooms: f.rooms})
	f.onsite = onsite.New(onsite.Deps{DB: g.db, Sites: f.sites, Guests: f.visitors})
	f.triggers.Onsite = f.onsite
	f.widget = widget.New(widget.Deps{DB: g.db, Clock: g.clock, Settings: f.settings, Sites: f.sites, Guests: f.visitors, Queue: f.routing,
		Files: web.Widget(), RootURL: g.config.RootURL})
	return f
}

// goLive puts the features on the air: sockets hear what happens, and this
// process drops what it remembers when any node changes it.
func (f *features) goLive(g ground, hub *realtime.Hub) {
	hub.OnControl(f.forget) // before live's own: caches first, then the sockets are looked at again
	f.live = live.New(live.Deps{DB: g.db, Hub: hub, Clock: g.clock, Log: g.log, Settings: f.settings, Accounts: f.accounts,
		Guests: f.visitors, Presence: f.agents, Visitors: f.visitors, Reads: f.rooms})
}

// forget hears what every node is told.
func (f *features) forget(name string, data []byte) {
	switch name {
	case chat.SessionRevoked{}.EventName():
		hear(f, data, func(e chat.SessionRevoked) { f.accounts.ForgetUser(e.User) })
	case chat.PermissionsChanged{}.EventName():
		hear(f, data, func(e chat.PermissionsChanged) {
			if e.User == "" {
				f.accounts.ForgetPermissions()
			} else {
				f.accounts.ForgetUser(e.User)
			}
		})
	case chat.SettingChanged{}.EventName():
		f.settings.Changed()
	case chat.WebhooksChanged{}.EventName():
		f.webhooks.Forget()
	case chat.InboxesChanged{}.EventName():
		f.inboxes.Forget()
	case chat.SitesChanged{}.EventName():
		f.sites.Forget()
		f.widget.Forget()
	case realtime.BusBack: // whatever was said meanwhile was not heard
		f.settings.Changed()
		f.webhooks.Forget()
		f.inboxes.Forget()
		f.sites.Forget()
		f.accounts.ForgetPermissions()
	case chat.VisitorErased{}.EventName():
		hear(f, data, func(e chat.VisitorErased) { f.visitors.Forget(e.Visitor) })
	}
}

func hear[E any](f *features, data []byte, do func(E)) {
	var e E
	if err := json.Unmarshal(data, &e); err != nil {
		f.log.Error("control message not understood", "error", err)
		return
	}
	do(e)
}

// The lists below have a line for each feature: their order does not matter.

func (f *features) rows() []rest.Endpoint {
	return slices.Concat(
		f.serverRows(),
		f.accounts.Rows(),
		f.settings.Rows(),
		f.agents.Rows(),
		f.departments.Rows(),
		f.units.Rows(),
		f.hours.Rows(),
		f.tags.Rows(),
		f.fields.Rows(),
		f.canned.Rows(),
		f.sla.Rows(),
		f.visitors.Rows(),
		f.contacts.Rows(),
		f.rooms.Rows(),
		f.files.Rows(),
		f.transcripts.Rows(),
		f.routing.Rows(),
		f.webhooks.Rows(),
		f.triggers.Rows(),
		f.sites.Rows(),
		f.livechatoo.Rows(),
		f.onsite.Rows(),
		f.surveys.Rows(),
		f.widget.Rows(),
		f.offline.Rows(),
		f.groups.Rows(),
		f.mailer.Rows(),
		f.inboxes.Rows(),
		f.analytics.Rows(),
		f.integrations.Rows(),
		f.sms.Rows(),
		f.messenger.Rows(),
		rest.CallRows(f.calls(), f.log),
	)
}

func (f *features) calls() []rest.Call {
	return slices.Concat(
		f.agents.Calls(),
		f.departments.Calls(),
		f.fields.Calls(),
		f.hours.Calls(),
		f.offline.Calls(),
		f.rooms.Calls(),
		f.tags.Calls(),
		f.transcripts.Calls(),
		f.triggers.Calls(),
		f.units.Calls(),
		f.visitors.Calls(),
	)
}

func (f *features) consumers() []outbox.Consumer {
	return slices.Concat(
		f.live.Consumers(),
		f.agents.Consumers(),
		f.hours.Consumers(),
		f.rooms.Consumers(),
		f.dispatcher.Consumers(),
		f.places.Consumers(),
		f.visitors.Consumers(),
		f.files.Consumers(),
		f.widget.Consumers(),
		f.units.Consumers(),
		f.tags.Consumers(),
		f.contacts.Consumers(),
		f.canned.Consumers(),
		f.webhooks.Consumers(),
		f.mailer.Consumers(),
		f.inboxes.Consumers(),
		f.offline.Consumers(),
		f.missed.Consumers(),
		f.triggers.Consumers(),
		f.livechatoo.Consumers(),
		f.onsite.Consumers(),
		f.analytics.Consumers(),
		f.integrations.Consumers(),
		f.sms.Consumers(),
		f.messenger.Consumers(),
	)
}

func (f *features) jobs() []jobs.Kind {
	return slices.Concat(
		f.agents.Jobs(),
		f.hours.Jobs(),
		f.dispatcher.Jobs(),
		f.places.Jobs(),
		f.rooms.Jobs(),
		f.files.Jobs(),
		f.transcripts.Jobs(),
		f.visitors.Jobs(),
		f.webhooks.Jobs(),
		f.mailer.Jobs(),
		f.inboxes.Jobs(),
		f.offline.Jobs(),
		f.onsite.Jobs(),
		f.triggers.Jobs(),
		f.analytics.Jobs(),
		f.integrations.Jobs(),
		f.sms.Jobs(),
		f.messenger.Jobs(),
	)
}

// start makes what every server has.
func (f *features) start(ctx context.Context) error {
	for _, start := range []func(context.Context) error{
		f.accounts.Start,
		f.settings.Reload,
		f.agents.Start,
		f.hours.Start,
		f.dispatcher.Start,
		f.rooms.Start,
		f.files.Start,
		f.visitors.Start,
		f.sla.Start,
		f.webhooks.Start,
		f.mailer.Start,
		f.inboxes.Start,
		f.offline.Start,
		f.triggers.Start,
		f.livechatoo.Start,
		f.onsite.Start,
		f.analytics.Start,
		f.integrations.Start,
		f.messenger.Start,
	} {
		if err := start(ctx); err != nil {
			return err
		}
	}
	return nil
}

// User and Guest find out who sends a request.
func (f *features) User(ctx context.Context, c rest.Credentials) (rest.Caller, error) {
	return f.accounts.User(ctx, c)
}

// Guest finds the visitor of our own widget.
func (f *features) Guest(ctx context.Context, secret string) (rest.Caller, error) {
	return f.visitors.Guest(ctx, secret)
}

// pace is how often one address may call a paced row in a minute.
func (f *features) pace() int { return int(f.settings.Current().CallsPerMinute) }
