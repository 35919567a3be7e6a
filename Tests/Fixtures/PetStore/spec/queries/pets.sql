-- name: nextId
-- The number of the next animal.
-- result: id integer
SELECT coalesce(max(id), 0) + 1 FROM pets

-- name: shown
-- The animals that are still here, of the kinds asked for (joined by commas; an empty text asks for all).
-- parameters: kinds text, limit integer
-- result: table pets
SELECT id, name, kind, born, note, legs, home, likes, mother, photo, order_id FROM pets
WHERE order_id IS NULL AND (:kinds = '' OR ',' || :kinds || ',' LIKE '%,' || kind || ',%') ORDER BY id LIMIT :limit

-- name: count
-- How many are still here.
-- result: total integer
SELECT count(*) FROM pets WHERE order_id IS NULL

-- name: sell
-- Gives an animal to an order; no row when it was sold before, or never was here.
-- parameters: id integer, order_id identifier
-- result: id integer
UPDATE pets SET order_id = :order_id WHERE id = :id AND order_id IS NULL RETURNING id
