-- without a transaction
DROP INDEX CONCURRENTLY IF EXISTS conversations_low_id_last_message_id;
DROP INDEX CONCURRENTLY IF EXISTS conversations_high_id_last_message_id;
DROP INDEX CONCURRENTLY IF EXISTS conversations_low_id_low_event;
CREATE INDEX CONCURRENTLY conversations_low_id_low_event ON conversations (low_id, low_event);
DROP INDEX CONCURRENTLY IF EXISTS conversations_high_id_high_event;
CREATE INDEX CONCURRENTLY conversations_high_id_high_event ON conversations (high_id, high_event);
DROP INDEX CONCURRENTLY IF EXISTS messages_low_id_high_id_created_at_seq;
CREATE INDEX CONCURRENTLY messages_low_id_high_id_created_at_seq ON messages (low_id, high_id, created_at, seq);
DROP INDEX CONCURRENTLY IF EXISTS contacts_owner_id_id;
DROP INDEX CONCURRENTLY IF EXISTS contacts_user_id;
DROP INDEX CONCURRENTLY IF EXISTS contacts_owner_id_id_names;
CREATE INDEX CONCURRENTLY contacts_owner_id_id_names ON contacts (owner_id, id, names);
DROP INDEX CONCURRENTLY IF EXISTS contacts_user_id_id;
CREATE INDEX CONCURRENTLY contacts_user_id_id ON contacts (user_id, id);
