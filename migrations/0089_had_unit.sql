-- A department that has left its unit is told from one that never had one.

-- +goose Up

-- features/departments
ALTER TABLE departments ADD COLUMN had_unit BOOLEAN NOT NULL DEFAULT false;
UPDATE departments SET had_unit = unit_id <> '';

-- +goose Down
SELECT 'not undone: restore a backup instead';
