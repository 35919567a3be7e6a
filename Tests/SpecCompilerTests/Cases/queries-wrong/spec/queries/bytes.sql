-- name: a
-- result: none
SELECT 1 ÿ
