-- How many visitors changed last on a day, so that nobody goes through all of them to
-- count them. Triggers keep it: visitors change in many ways.

-- +goose Up

-- features/visitors
CREATE TABLE visitor_days (
  day           BIGINT NOT NULL, -- UTC, since 1970
  department_id TEXT NOT NULL,
  part          BIGINT NOT NULL, -- who writes at the same time has another one, and need not wait
  visitors      BIGINT NOT NULL, -- of all parts together: a part alone may be negative
  PRIMARY KEY (day, department_id, part)
);
-- +only sqlite
-- +goose StatementBegin
CREATE TRIGGER visitor_days_new AFTER INSERT ON visitors BEGIN
  INSERT INTO visitor_days (day, department_id, part, visitors) VALUES (new.updated_at / 86400000, new.department_id, 0, 1)
    ON CONFLICT (day, department_id, part) DO UPDATE SET visitors = visitors + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER visitor_days_gone AFTER DELETE ON visitors BEGIN
  UPDATE visitor_days SET visitors = visitors - 1 WHERE day = old.updated_at / 86400000 AND department_id = old.department_id AND part = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER visitor_days_other AFTER UPDATE OF updated_at, department_id ON visitors
WHEN old.updated_at / 86400000 <> new.updated_at / 86400000 OR old.department_id <> new.department_id BEGIN
  UPDATE visitor_days SET visitors = visitors - 1 WHERE day = old.updated_at / 86400000 AND department_id = old.department_id AND part = 0;
  INSERT INTO visitor_days (day, department_id, part, visitors) VALUES (new.updated_at / 86400000, new.department_id, 0, 1)
    ON CONFLICT (day, department_id, part) DO UPDATE SET visitors = visitors + 1;
END;
-- +goose StatementEnd
-- +only postgresql
-- +goose StatementBegin
CREATE FUNCTION visitor_days_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE mine BIGINT := pg_backend_pid() % 16;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO visitor_days AS d (day, department_id, part, visitors) VALUES (OLD.updated_at / 86400000, OLD.department_id, mine, -1)
      ON CONFLICT (day, department_id, part) DO UPDATE SET visitors = d.visitors - 1;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO visitor_days AS d (day, department_id, part, visitors) VALUES (NEW.updated_at / 86400000, NEW.department_id, mine, 1)
      ON CONFLICT (day, department_id, part) DO UPDATE SET visitors = d.visitors + 1;
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER visitor_days_one AFTER INSERT OR DELETE ON visitors FOR EACH ROW EXECUTE FUNCTION visitor_days_count();
CREATE TRIGGER visitor_days_other AFTER UPDATE OF updated_at, department_id ON visitors FOR EACH ROW
WHEN (OLD.updated_at / 86400000 <> NEW.updated_at / 86400000 OR OLD.department_id <> NEW.department_id) EXECUTE FUNCTION visitor_days_count();
-- +end
INSERT INTO visitor_days (day, department_id, part, visitors)
SELECT updated_at / 86400000, department_id, 0, count(*) FROM visitors GROUP BY updated_at / 86400000, department_id;

-- +goose Down
SELECT 'not undone: restore a backup instead';
