ALTER TABLE idempotency_keys ADD COLUMN claim uuid;
ALTER TABLE idempotency_keys ADD COLUMN user_id uuid;
ALTER TABLE idempotency_keys ADD COLUMN subject_id uuid;
ALTER TABLE idempotency_keys ADD COLUMN signed_urls text;
