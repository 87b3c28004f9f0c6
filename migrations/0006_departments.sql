-- What departments are found by.

-- +goose Up

-- features/departments
ALTER TABLE departments ADD COLUMN name_lower TEXT NOT NULL DEFAULT '';
UPDATE departments SET name_lower = lower(name);

-- +goose Down
SELECT 'not undone: restore a backup instead';
