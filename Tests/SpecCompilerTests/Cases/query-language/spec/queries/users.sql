	
-- columns: profile
-- What others see of a user.
-- result: id identifier, name text, is_viewer bool
u.id, u.name, u.id = :viewer_id

-- name: some
-- The users with these ids, in their order.
-- parameters: viewer_id identifier, ids identifier[]
-- result: columns profile
SELECT :columns
FROM :ids AS wanted CROSS JOIN users u ON u.id = wanted.value
ORDER BY wanted.ordinal

-- name: note
-- parameters: ids identifier[], times timestamp[]
-- result: none
UPDATE users SET seen_at = times.value
FROM :ids AS ids JOIN :times AS times ON times.ordinal = ids.ordinal
WHERE users.id = ids.value

-- name: whole
-- parameters: status users.status?
-- result: table users
SELECT u.:columns FROM users u WHERE u.status = COALESCE(:status, u.status)

-- name: quoting
-- parameters: a text, b text
-- result: none
-- sqlite:
UPDATE users SET name = :a /* it's :x; */ || 'x;
y :z' || "name" || [name] || `name` -- the owner's :manual; see ?1
-- name is a comment here
WHERE about = :b;
-- postgres:
UPDATE users SET name = :a /* it's /* :x; */ */ || 'x;
y :z' || E'it\'s :z' || $tag$it's :z; $1$tag$ || "name" || '1'::text -- the owner's :manual; see $1
WHERE about = :b

-- name: put
-- Stores a user.
-- row: users
-- parameters: is_forced bool
-- result: table users
INSERT INTO users (id, name, status) SELECT :id, :name, :status WHERE :is_forced
ON CONFLICT (id) DO UPDATE SET name = excluded.name
RETURNING :columns

-- name: remove
-- Removes users that exist.
-- write
-- locks: users id
-- parameters: id identifier, others identifier[], names text[]
-- result: outcome enum(removed, no-user), place integer?
-- sqlite:
SELECT 'no-user', NULL WHERE NOT EXISTS (SELECT 1 FROM users WHERE id = :id);
DELETE FROM users WHERE id = :id OR id IN (SELECT value FROM :others AS o) OR name IN (SELECT value FROM :names AS n);
DELETE FROM by_hand;
SELECT 'removed', 1
-- postgres:
SELECT CASE WHEN r.id IS NULL THEN 'no-user' ELSE 'removed' END, cardinality(r.others)::bigint, r.ordinal
FROM :rows AS r ORDER BY r.ordinal
