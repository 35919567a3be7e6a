-- name: behind
-- A page of a user's contacts, in the order in which they were added; all of them if the status is null.
-- parameters: owner_id identifier, after identifier, status contacts.status?, limit integer
-- result: table contacts
SELECT :columns FROM contacts
WHERE owner_id = :owner_id AND id > :after AND status = COALESCE(:status, status)
ORDER BY id LIMIT :limit

-- name: named
-- The same, only those whose names contain all four texts, or are not known yet.
-- parameters: owner_id identifier, after identifier, status contacts.status?, first text, second text, third text, fourth text, limit integer
-- result: table contacts
-- sqlite:
SELECT :columns FROM contacts
WHERE owner_id = :owner_id AND id > :after
    AND (names IS NULL OR instr(names, :first) > 0 AND instr(names, :second) > 0 AND instr(names, :third) > 0
        AND instr(names, :fourth) > 0)
    AND status = COALESCE(:status, status)
ORDER BY id LIMIT :limit
-- postgres:
SELECT :columns FROM contacts
WHERE owner_id = :owner_id AND id > :after
    AND (names IS NULL OR strpos(names, :first) > 0 AND strpos(names, :second) > 0 AND strpos(names, :third) > 0
        AND strpos(names, :fourth) > 0)
    AND status = COALESCE(:status, status)
ORDER BY id LIMIT :limit

-- name: renamed
-- The contacts of an owner whose display name has changed and whose names are not updated yet.
-- parameters: owner_id identifier, after identifier, status contacts.status?
-- result: table contacts
SELECT c.:columns FROM renames r CROSS JOIN contacts c
WHERE c.owner_id = :owner_id AND c.user_id = r.user_id AND c.id > :after AND c.status = COALESCE(:status, c.status)

-- name: renameUser
-- Notes that the names of a user's contacts have to be updated.
-- parameters: user_id identifier
-- result: none
INSERT INTO renames (user_id, version) VALUES (:user_id, 1)
ON CONFLICT (user_id) DO UPDATE SET version = renames.version + 1

-- name: noteRename
-- Notes the same before a user's display name is changed, if it will be another one.
-- parameters: user_id identifier, display_name text
-- result: none
INSERT INTO renames (user_id, version) SELECT id, 1 FROM users WHERE id = :user_id AND display_name <> :display_name
ON CONFLICT (user_id) DO UPDATE SET version = renames.version + 1

-- name: endRename
-- parameters: user_id identifier, version integer
-- result: none
DELETE FROM renames WHERE user_id = :user_id AND version = :version

-- name: shownTo
-- The names of a user as the owners of contacts see them, for the contacts after the given one, in their order.
-- parameters: user_id identifier, after identifier, limit integer
-- result: id identifier, alias text?, display_name text
SELECT c.id, c.alias, COALESCE(b.owner_name, u.display_name)
FROM contacts c JOIN users u ON u.id = c.user_id
LEFT JOIN contacts b ON b.owner_id = c.user_id AND b.user_id = c.owner_id AND b.status = 'blocked'
WHERE c.user_id = :user_id AND c.id > :after ORDER BY c.id LIMIT :limit

-- name: storeNames
-- Stores the folded names of a contact, unless its alias has changed since.
-- parameters: contact_id identifier, alias text?, names text
-- result: none
UPDATE contacts SET names = :names WHERE id = :contact_id AND COALESCE(alias, '') = COALESCE(:alias, '')

-- name: some
-- The contacts of the owner with these ids.
-- parameters: owner_id identifier, ids identifier[]
-- result: table contacts
-- sqlite:
SELECT c.:columns FROM :ids AS wanted CROSS JOIN contacts c WHERE c.id = wanted.value AND c.owner_id = :owner_id
-- postgres:
SELECT :columns FROM contacts WHERE owner_id = :owner_id AND id = ANY (ARRAY(SELECT value FROM :ids AS wanted))

-- name: count
-- parameters: owner_id identifier
-- result: contacts integer
SELECT count(*) FROM contacts WHERE owner_id = :owner_id

-- name: change
-- Updates a contact of the owner; the alias is left unchanged unless `sets_alias`. An unblocked user sees the owner's
-- current name again.
-- parameters: owner_id identifier, contact_id identifier, sets_alias bool, alias text?, status contacts.status
-- result: table contacts
UPDATE contacts SET alias = CASE WHEN :sets_alias THEN :alias ELSE alias END, status = :status,
    owner_name = CASE WHEN :status = 'blocked' THEN owner_name END
WHERE id = :contact_id AND owner_id = :owner_id
RETURNING :columns

-- name: keepName
-- Stores the owner's name in their blocks before it changes, so that blocked users do not see the new one.
-- parameters: owner_id identifier, display_name text
-- result: none
UPDATE contacts SET owner_name = (SELECT u.display_name FROM users u WHERE u.id = :owner_id)
WHERE owner_id = :owner_id AND status = 'blocked' AND owner_name IS NULL
    AND EXISTS (SELECT 1 FROM users u WHERE u.id = :owner_id AND u.display_name <> :display_name)

-- name: remove
-- parameters: owner_id identifier, contact_id identifier
-- result: owner_name text?
DELETE FROM contacts WHERE id = :contact_id AND owner_id = :owner_id RETURNING owner_name
