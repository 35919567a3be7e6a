-- name: behind
-- A page of somebody's contacts, in the order in which they were added; of one status where there is one.
-- parameters: owner_id identifier, after identifier, status text?, limit integer
-- result: table contacts
SELECT id, owner_id, user_id, alias, status, created_at, owner_name FROM contacts
WHERE owner_id = :owner_id AND id > :after AND status = COALESCE(:status, status)
ORDER BY id LIMIT :limit

-- name: some
-- Those of the ids (16 bytes each) that are contacts of the owner.
-- parameters: owner_id identifier, ids bytes
-- result: table contacts
-- sqlite:
WITH RECURSIVE wanted (place, id) AS (
    SELECT 0, substr(:ids, 1, 16)
    UNION ALL
    SELECT place + 1, substr(:ids, place * 16 + 17, 16) FROM wanted WHERE place * 16 + 16 < length(:ids)
)
SELECT c.id, c.owner_id, c.user_id, c.alias, c.status, c.created_at, c.owner_name
FROM wanted CROSS JOIN contacts c WHERE c.id = wanted.id AND c.owner_id = :owner_id
-- postgres:
SELECT id, owner_id, user_id, alias, status, created_at, owner_name FROM contacts
WHERE owner_id = :owner_id AND id = ANY (ARRAY(
    SELECT encode(substr(:ids::bytea, place * 16 + 1, 16), 'hex')::uuid
    FROM generate_series(0, length(:ids::bytea) / 16 - 1) AS place))

-- name: count
-- parameters: owner_id identifier
-- result: contacts integer
SELECT count(*) FROM contacts WHERE owner_id = :owner_id

-- name: change
-- Changes a contact of the owner; the alias stays as it is unless it is to be set. Who is blocked no more sees the
-- owner's name of now.
-- parameters: owner_id identifier, contact_id identifier, sets_alias bool, alias text?, status text
-- result: table contacts
UPDATE contacts SET alias = CASE WHEN :sets_alias THEN :alias ELSE alias END, status = :status,
    owner_name = CASE WHEN :status = 'blocked' THEN owner_name END
WHERE id = :contact_id AND owner_id = :owner_id
RETURNING id, owner_id, user_id, alias, status, created_at, owner_name

-- name: keepName
-- Before a user takes another name: those whom they have blocked go on seeing the one that they know.
-- parameters: owner_id identifier, display_name text
-- result: none
UPDATE contacts SET owner_name = (SELECT u.display_name FROM users u WHERE u.id = :owner_id)
WHERE owner_id = :owner_id AND status = 'blocked' AND owner_name IS NULL
    AND EXISTS (SELECT 1 FROM users u WHERE u.id = :owner_id AND u.display_name <> :display_name)

-- name: remove
-- parameters: owner_id identifier, contact_id identifier
-- result: none
DELETE FROM contacts WHERE id = :contact_id AND owner_id = :owner_id
