-- name: first
-- parameters: id identifier
-- result: table tags
SELECT id, words FROM tags WHERE id = :id

-- name: second
-- parameters: id identifier
-- result: query first
SELECT id, words FROM tags WHERE id = :id

-- name: third
-- parameters: id identifier
-- result: words text
SELECT words FROM tags WHERE id = :id

-- name: fourth
-- parameters: id identifier
-- result: query thrid
SELECT words FROM tags WHERE id = :id
