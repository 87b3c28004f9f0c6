-- The words of messages, without marks and case, to be searched. What stands under
-- "+only" is for one engine. Words of earlier messages are filled in by a job.

-- +goose Up

-- features/rooms
ALTER TABLE messages ADD COLUMN words TEXT NOT NULL DEFAULT '';
INSERT INTO jobs (id, kind, key, payload, due_at, created_at)
SELECT 'message-words', 'rooms.words', 'all', '{}', 0, 0 WHERE EXISTS (SELECT 1 FROM messages);

-- +only sqlite
CREATE VIRTUAL TABLE message_words USING fts5 (words, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
-- +goose StatementBegin
CREATE TRIGGER message_words_new AFTER INSERT ON messages WHEN new.words <> '' BEGIN
  INSERT INTO message_words (rowid, words) VALUES (new.rowid, new.words);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER message_words_gone AFTER DELETE ON messages WHEN old.words <> '' BEGIN
  INSERT INTO message_words (message_words, rowid, words) VALUES ('delete', old.rowid, old.words);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER message_words_other AFTER UPDATE OF words ON messages WHEN old.words <> new.words BEGIN
  INSERT INTO message_words (message_words, rowid, words) SELECT 'delete', old.rowid, old.words WHERE old.words <> '';
  INSERT INTO message_words (rowid, words) SELECT new.rowid, new.words WHERE new.words <> '';
END;
-- +goose StatementEnd
-- +only postgresql
CREATE INDEX message_words ON messages USING gin (array_to_tsvector(string_to_array(words, ' '))) WHERE words <> '';
-- +end

-- +goose Down
SELECT 'not undone: restore a backup instead';
