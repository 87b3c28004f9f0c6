-- Sites: where they live, when they are open, and what they change of the settings.

-- +goose Up

-- features/sites
ALTER TABLE sites ADD COLUMN hosts TEXT NOT NULL DEFAULT '[]'; -- JSON: host names, *. for all below one
ALTER TABLE sites ADD COLUMN business_hour_id TEXT NOT NULL DEFAULT '';
CREATE TABLE site_settings (
  site_id    TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  id         TEXT NOT NULL,
  value      TEXT NOT NULL, -- JSON
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, id)
);
CREATE TABLE site_changes ( -- who changed what a site changes; '' = what is general counts
  id       TEXT PRIMARY KEY,
  site_id  TEXT NOT NULL,
  setting  TEXT NOT NULL,
  previous TEXT NOT NULL,
  value    TEXT NOT NULL,
  user_id  TEXT NOT NULL,
  at       BIGINT NOT NULL
);
CREATE INDEX site_changes_at ON site_changes (at, id);
CREATE INDEX departments_site ON departments (site_id);

-- +goose Down
SELECT 'not undone: restore a backup instead';
