-- Only SQLite adds the words of new rows to its index at the end of a group of writes.
SELECT 1;
