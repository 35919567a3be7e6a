DROP TRIGGER message_search_tokens_insert;
DROP TRIGGER message_search_tokens_update;
DROP TRIGGER message_search_tokens_delete;
CREATE TABLE message_search_tokens_waiting (
    row_id INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER message_search_tokens_insert AFTER INSERT ON message_search BEGIN
    INSERT INTO message_search_tokens_waiting (row_id) VALUES (new.row_id);
END;
CREATE TRIGGER message_search_tokens_update AFTER UPDATE OF tokens ON message_search BEGIN
    INSERT INTO message_search_tokens (message_search_tokens, rowid, tokens) SELECT 'delete', old.row_id, old.tokens
        WHERE NOT EXISTS (SELECT 1 FROM message_search_tokens_waiting WHERE row_id = old.row_id);
    INSERT INTO message_search_tokens_waiting (row_id) VALUES (new.row_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER message_search_tokens_delete AFTER DELETE ON message_search BEGIN
    INSERT INTO message_search_tokens (message_search_tokens, rowid, tokens) SELECT 'delete', old.row_id, old.tokens
        WHERE NOT EXISTS (SELECT 1 FROM message_search_tokens_waiting WHERE row_id = old.row_id);
    DELETE FROM message_search_tokens_waiting WHERE row_id = old.row_id;
END;
