-- name: find
-- Note: words before a colon are words.
-- paramters: id identifier
-- result: name text
SELECT name FROM users WHERE id = :id

-- name: list
-- reslut: table users
SELECT id, name FROM users

-- name: both
-- result: none
-- sqllite:
DELETE FROM users
-- postgres:
DELETE FROM users

-- name: typed
-- parameters: id uuid, name
-- result: name string
SELECT name FROM users WHERE id = :id AND name = :name

-- name: twice
-- parameters: id identifier, id text
-- result: name text, name text
SELECT name, name FROM users WHERE id = :id

-- name: near
-- result: id identifier
WITH usrs_seen AS (SELECT id FROM user) SELECT id FROM usrs_seen JOIN users ON TRUE WHERE name <> 'FROM usres'
