-- name: misspelt
-- result: none
SELEC * FORM users

-- name: unknownColumn
-- parameters: id identifier
-- result: name text
SELECT u.name -- the user's name
FROM users u
WHERE u.id = :id AND u.nickname IS NULL

-- name: tooFew
-- result: id identifier, name text, about text?
SELECT id, name FROM users

-- name: surplus
-- result: none
SELECT id FROM users

-- name: wrongType
-- result: id identifier, created_at integer
SELECT id, created_at FROM users

-- name: expressionsHaveAnyType
-- result: id identifier, created_at integer
SELECT id, created_at + 1 FROM users

-- name: own
-- parameters: id identifier
-- result: none
DELETE FROM users WHERE id = :id OR name = ?2

-- name: noList
-- result: id identifier
SELECT :columns FROM users

-- name: listTypes
-- parameters: a real[], b identifier[]?, c enum(x, y), d user.name, e users.nam
-- result: none
DELETE FROM users WHERE id IN (SELECT value FROM :a AS a)

-- name: noTable
-- row: user
-- result: columns profile
SELECT :columns FROM users

-- columns: empty
-- result: id identifier

-- name: lines
-- write
-- parameters: id identifier
-- result: name text
-- sqlite:
UPDATE users SET name = 'x' WHERE id = :id;
SELECT name, about FROM users WHERE id = :id
-- postgres:
SELECT 'x' WHERE :id IS NULL

-- name: open
-- parameters: id identifier
-- result: none
DELETE FROM users WHERE name = 'it
-- name: swallowed
