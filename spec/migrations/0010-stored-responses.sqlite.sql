ALTER TABLE idempotency_keys ADD COLUMN claim BLOB;
ALTER TABLE idempotency_keys ADD COLUMN user_id BLOB;
ALTER TABLE idempotency_keys ADD COLUMN subject_id BLOB;
ALTER TABLE idempotency_keys ADD COLUMN signed_urls TEXT;
