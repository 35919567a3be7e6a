-- name: rename
-- parameters: id identifier, name text
UPDATE users SET name = :nam WHERE id = :id
