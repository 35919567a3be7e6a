-- name: twoForBoth
-- write
-- parameters: id identifier
-- result: none
UPDATE counters SET last = 0 WHERE id = :id;
DELETE FROM counters WHERE last = 0

-- name: twoOfAQuery
-- parameters: id identifier
-- result: none
-- sqlite:
UPDATE counters SET last = 0 WHERE id = :id;
DELETE FROM counters WHERE last = 0
-- postgres:
UPDATE counters SET last = 0 WHERE id = :id

-- name: locksOfAQuery
-- locks: counters id
-- parameters: id identifier
-- result: none
UPDATE counters SET last = 0 WHERE id = :id

-- name: locksOfNoTable
-- write
-- locks: conters id
-- parameters: id identifier
-- result: none
UPDATE counters SET last = 0 WHERE id = :id

-- name: locksOfHalfAKey
-- write
-- locks: places counter
-- parameters: counter identifier
-- result: none
DELETE FROM places WHERE counter = :counter

-- name: locksOfAnotherType
-- write
-- locks: counters last, idd
-- parameters: id identifier, last integer
-- result: none
UPDATE counters SET last = :last WHERE id = :id

-- name: rowsAndOne
-- write
-- locks: counters id
-- parameters: id identifier, ordinal integer
-- result: none
-- sqlite:
UPDATE counters SET last = :ordinal WHERE id = :id
-- postgres:
UPDATE counters SET last = r.ordinal FROM :rows AS r WHERE id = :id

-- name: rowsOfAQuery
-- parameters: id identifier
-- result: none
-- sqlite:
UPDATE counters SET last = 0 WHERE id = :id
-- postgres:
UPDATE counters SET last = 0 FROM :rows AS r WHERE counters.id = r.id

-- name: rowsWithoutLocks
-- write
-- parameters: id identifier
-- result: none
-- sqlite:
UPDATE counters SET last = last + 1 WHERE id = :id
-- postgres:
UPDATE counters SET last = last + 1 FROM :rows AS r WHERE counters.id = r.id

-- name: emitsOfAQuery
-- emits: id last
-- parameters: id identifier
-- result: last integer
SELECT last FROM counters WHERE id = :id

-- name: emitsNothingKnown
-- write
-- emits: ids last, id lasts, id, last id
-- parameters: id identifier
-- result: last integer
UPDATE counters SET last = 0 WHERE id = :id RETURNING last

-- name: emitsWithoutResult
-- write
-- emits: id last
-- parameters: id identifier
-- result: none
UPDATE counters SET last = 0 WHERE id = :id
