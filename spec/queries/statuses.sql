-- name: first
-- The first step of a user to a status that a position had a part in; hidden ones only for those who see all.
-- parameters: low_id identifier, high_id identifier, user_id identifier, status text, seq integer, sees_all bool
-- result: table status_steps
SELECT low_id, high_id, user_id, status, up_to_seq, session_id, is_shown, at FROM status_steps
WHERE low_id = :low_id AND high_id = :high_id AND user_id = :user_id AND status = :status AND up_to_seq >= :seq
    AND (is_shown OR :sees_all)
ORDER BY up_to_seq LIMIT 1
