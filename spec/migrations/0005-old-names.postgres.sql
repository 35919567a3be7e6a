ALTER TABLE contacts ADD COLUMN owner_name text;
