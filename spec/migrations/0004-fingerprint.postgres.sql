ALTER TABLE messages ADD COLUMN fingerprint bytea;
