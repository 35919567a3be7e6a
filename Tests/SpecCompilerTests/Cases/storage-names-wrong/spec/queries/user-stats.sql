-- name: a
-- result: table t_a
SELECT id, b FROM t_a
