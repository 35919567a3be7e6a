CREATE INDEX mail_tokens_expires_at ON mail_tokens (expires_at);
CREATE INDEX challenges_user_id ON challenges (user_id);
