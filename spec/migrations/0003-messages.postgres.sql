CREATE TABLE message_search (
    message_id uuid NOT NULL,
    tokens text NOT NULL,
    PRIMARY KEY (message_id)
);
CREATE INDEX message_search_tokens ON message_search USING gin (array_to_tsvector(string_to_array(tokens, ' ')));
ALTER TABLE messages ADD COLUMN media_count bigint;
