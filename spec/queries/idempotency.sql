-- name: begin
-- Claims a key that nobody has, whose answer is too old or whose request was given up. Until there is an answer, the
-- claim stands in place of its fingerprint.
-- parameters: scope text, operation text, name text, claim bytes, now timestamp, kept_since timestamp, alive_since timestamp
-- result: none
INSERT INTO idempotency_keys (scope, operation, name, fingerprint, created_at)
VALUES (:scope, :operation, :name, :claim, :now)
ON CONFLICT (scope, operation, name) DO UPDATE
SET fingerprint = EXCLUDED.fingerprint, status = NULL, fields = NULL, body = NULL, created_at = EXCLUDED.created_at
WHERE idempotency_keys.created_at < :kept_since
    OR idempotency_keys.status IS NULL AND idempotency_keys.created_at < :alive_since

-- name: renew
-- Goes on with a claim that is still the request's.
-- parameters: scope text, operation text, name text, claim bytes, now timestamp
-- result: none
UPDATE idempotency_keys SET created_at = :now
WHERE scope = :scope AND operation = :operation AND name = :name AND fingerprint = :claim AND status IS NULL

-- name: keep
-- The answer of the request that claimed the key, if it still has it.
-- parameters: scope text, operation text, name text, claim bytes, fingerprint bytes, status integer, fields text, body bytes
-- result: none
UPDATE idempotency_keys SET fingerprint = :fingerprint, status = :status, fields = :fields, body = :body
WHERE scope = :scope AND operation = :operation AND name = :name AND fingerprint = :claim AND status IS NULL

-- name: forget
-- parameters: scope text, operation text, name text, claim bytes
-- result: none
DELETE FROM idempotency_keys
WHERE scope = :scope AND operation = :operation AND name = :name AND fingerprint = :claim AND status IS NULL

-- name: prune
-- Removes a few answers of the operation that nobody may ask for any more.
-- parameters: operation text, kept_since timestamp, limit integer
-- result: none
DELETE FROM idempotency_keys WHERE (scope, operation, name) IN (
    SELECT scope, operation, name FROM idempotency_keys
    WHERE created_at < :kept_since AND operation = :operation ORDER BY created_at LIMIT :limit)
