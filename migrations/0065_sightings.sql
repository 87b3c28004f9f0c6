-- Who is on the sites now, and how often visitors came.

-- +goose Up

-- features/onsite
CREATE TABLE sightings ( -- a visitor on a site's pages; dies by itself soon after the last sign of life
  id            TEXT PRIMARY KEY,
  page          TEXT NOT NULL UNIQUE, -- hash of the browser's own name for its page load
  kin           TEXT NOT NULL, -- hash of address, browser and site: finds the page load that follows
  site_id       TEXT NOT NULL,
  visitor_id    TEXT NOT NULL, -- '' before he has acted
  name          TEXT NOT NULL, -- as the page tells, like the next three
  staff_name    TEXT NOT NULL,
  email         TEXT NOT NULL,
  phone         TEXT NOT NULL,
  href          TEXT NOT NULL,
  title         TEXT NOT NULL,
  referrer      TEXT NOT NULL, -- of the first page
  browser       TEXT NOT NULL, -- as it names itself
  targets       TEXT NOT NULL, -- JSON: the target pages reached
  offered       BOOLEAN NOT NULL, -- a trigger or the page has spoken and waits
  pages         BIGINT NOT NULL,
  visits        BIGINT NOT NULL,
  began_at      BIGINT NOT NULL,
  seen_at       BIGINT NOT NULL,
  left_at       BIGINT NOT NULL, -- 0: is there
  expires_at    BIGINT NOT NULL,
  invitation_id TEXT NOT NULL, -- '': none is open
  invitation    TEXT NOT NULL,
  invited_by    TEXT NOT NULL,
  invited_at    BIGINT NOT NULL
);
CREATE INDEX sightings_visitor ON sightings (visitor_id) WHERE visitor_id <> '';
CREATE INDEX sightings_kin ON sightings (kin) WHERE left_at > 0;
CREATE INDEX sightings_expire ON sightings (expires_at);
CREATE TABLE visit_counts ( -- of visitors who have acted
  visitor_id TEXT PRIMARY KEY REFERENCES visitors (id) ON DELETE CASCADE,
  visits     BIGINT NOT NULL,
  last_at    BIGINT NOT NULL
);

-- +goose Down
SELECT 'not undone: restore a backup instead';
