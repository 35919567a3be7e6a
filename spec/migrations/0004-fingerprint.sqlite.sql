ALTER TABLE messages ADD COLUMN fingerprint BLOB;
