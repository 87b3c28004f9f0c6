-- Small numbers by which pages of the second widget API name departments and operators, and how these welcome.

-- +goose Up

-- features/livechatoo
CREATE TABLE livechatoo_numbers (
  kind    TEXT NOT NULL, -- department or operator
  id      TEXT NOT NULL,
  no      BIGINT NOT NULL, -- never given twice
  welcome TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (kind, id),
  UNIQUE (kind, no)
);

-- +goose Down
SELECT 'not undone: restore a backup instead';
