ALTER TABLE messages DROP CONSTRAINT messages_sender_id_fkey;
ALTER TABLE messages DROP CONSTRAINT messages_recipient_id_fkey;
ALTER TABLE events DROP CONSTRAINT events_user_id_fkey;
