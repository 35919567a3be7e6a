-- name: advance
-- The next position of a counter; no position once it is at its most.
-- write
-- locks: counters id
-- parameters: id identifier, most integer, note text?
-- result: seq integer?, note text?
-- sqlite:
SELECT NULL, :note FROM counters WHERE id = :id AND last >= :most;
INSERT INTO counters (id, last) VALUES (:id, 1)
ON CONFLICT (id) DO UPDATE SET last = last + 1;
SELECT last, :note FROM counters WHERE id = :id
-- postgres:
WITH head AS (
    INSERT INTO counters (id, last) VALUES (:id, 1)
    ON CONFLICT (id) DO UPDATE SET last = counters.last + 1 WHERE counters.last < :most
    RETURNING last
)
SELECT (SELECT last FROM head), :note

-- name: raise
-- Counters that many raise at once; no row for one that is at its most.
-- write
-- locks: counters id
-- emits: id seq
-- parameters: id identifier, most integer, note text?
-- result: seq integer, note text?
-- sqlite:
UPDATE counters SET last = last + 1 WHERE id = :id AND last < :most;
SELECT last, :note FROM counters WHERE id = :id AND changes() > 0
-- postgres:
WITH wanted AS MATERIALIZED (SELECT * FROM :rows AS r), head AS (
    UPDATE counters SET last = last + 1 FROM wanted WHERE counters.id = wanted.id AND last < most
    RETURNING counters.id, last
)
SELECT last, note, ordinal FROM head JOIN wanted USING (id) ORDER BY ordinal

-- name: swap
-- Two counters and a place.
-- write
-- locks: counters id, other
-- locks: places id, place
-- parameters: id identifier, other identifier, place integer
-- result: none
UPDATE places SET counter = :other WHERE counter = :id AND place = :place

-- name: reset
-- write
-- parameters: id identifier
-- result: none
UPDATE counters SET last = 0 WHERE id = :id

-- name: tell
-- Raises a counter, and tells its owner if there is one; each event has its own position.
-- write
-- emits: id last, owner told
-- parameters: id identifier
-- result: last integer?, owner identifier?, told integer
-- sqlite:
UPDATE counters SET last = last + 1 WHERE id = :id;
SELECT last, NULL, 1 FROM counters WHERE id = :id
-- postgres:
UPDATE counters SET last = last + 1 WHERE id = :id RETURNING last, NULL::uuid, 1::bigint
