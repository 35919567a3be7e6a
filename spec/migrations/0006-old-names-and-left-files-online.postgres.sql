-- without a transaction
DROP INDEX CONCURRENTLY IF EXISTS pictures_id;
CREATE INDEX CONCURRENTLY pictures_id ON pictures (id);
