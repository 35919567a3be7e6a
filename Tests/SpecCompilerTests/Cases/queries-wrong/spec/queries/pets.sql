-- name: named
-- parameters: name text, age int
-- result: table pet
SELECT * FROM pets WHERE name = :nam
-- name: named
-- parameters: id identifier
-- result: none
DELETE FROM pets WHERE id = ':id'
-- name: silent
SELECT 1
-- name: half
-- result: none
-- sqlite:
SELECT 1
