CREATE INDEX pictures_id ON pictures (id);
