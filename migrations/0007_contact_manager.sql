-- Who stops being an agent is nobody's contact manager any more: found by index.

-- +goose Up

-- features/visitors
CREATE INDEX visitors_manager ON visitors (contact_manager) WHERE contact_manager <> '';

-- +goose Down
DROP INDEX visitors_manager;
