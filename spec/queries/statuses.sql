-- name: first
-- A user's first change to a status that applies to a position; hidden changes only if `sees_all`.
-- parameters: low_id identifier, high_id identifier, user_id identifier, status status_steps.status, seq integer, sees_all bool
-- result: table status_steps
SELECT :columns FROM status_steps
WHERE low_id = :low_id AND high_id = :high_id AND user_id = :user_id AND status = :status AND up_to_seq >= :seq
    AND (is_shown OR :sees_all)
ORDER BY up_to_seq LIMIT 1
