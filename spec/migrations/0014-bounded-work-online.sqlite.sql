CREATE INDEX conversations_low_id_low_event ON conversations (low_id, low_event);
CREATE INDEX conversations_high_id_high_event ON conversations (high_id, high_event);
CREATE INDEX messages_low_id_high_id_created_at_seq ON messages (low_id, high_id, created_at, seq);
CREATE INDEX contacts_owner_id_id_names ON contacts (owner_id, id, names);
CREATE INDEX contacts_user_id_id ON contacts (user_id, id);
