CREATE TABLE message_search (
    row_id INTEGER PRIMARY KEY,
    message_id BLOB NOT NULL,
    tokens TEXT NOT NULL,
    UNIQUE (message_id)
) STRICT;
CREATE VIRTUAL TABLE message_search_tokens USING fts5(
    tokens, content = 'message_search', content_rowid = 'row_id', tokenize = 'ascii', detail = none,
    columnsize = 0
);
CREATE TRIGGER message_search_tokens_insert AFTER INSERT ON message_search BEGIN
    INSERT INTO message_search_tokens (rowid, tokens) VALUES (new.row_id, new.tokens);
END;
CREATE TRIGGER message_search_tokens_update AFTER UPDATE OF tokens ON message_search BEGIN
    INSERT INTO message_search_tokens (message_search_tokens, rowid, tokens) VALUES ('delete', old.row_id, old.tokens);
    INSERT INTO message_search_tokens (rowid, tokens) VALUES (new.row_id, new.tokens);
END;
CREATE TRIGGER message_search_tokens_delete AFTER DELETE ON message_search BEGIN
    INSERT INTO message_search_tokens (message_search_tokens, rowid, tokens) VALUES ('delete', old.row_id, old.tokens);
END;
ALTER TABLE messages ADD COLUMN media_count INTEGER;
