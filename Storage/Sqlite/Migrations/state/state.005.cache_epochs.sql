-- An entry has another version for each value; NULL, of entries from before there were versions, stands for stored_at.
-- Its epoch is how often the cache had been cleared when it was put: one of less than cache_epoch's was cleared, and is as
-- if it were gone until it is dropped.
ALTER TABLE cache_entries ADD COLUMN version INTEGER;
ALTER TABLE cache_entries ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
CREATE INDEX cache_entries_by_epoch ON cache_entries (epoch, size);

CREATE TABLE cache_epoch (epoch INTEGER NOT NULL);
INSERT INTO cache_epoch VALUES (0);
