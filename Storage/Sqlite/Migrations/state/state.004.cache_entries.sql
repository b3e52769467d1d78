-- Cache entries. Times are Unix milliseconds, durations milliseconds, size is the value's bytes.
-- An entry may be dropped from expires_at on. Values stand apart, so that moving a deadline does not rewrite them.
CREATE TABLE cache_entries (
    id           INTEGER PRIMARY KEY,
    key          TEXT    NOT NULL UNIQUE,
    content_type TEXT,
    size         INTEGER NOT NULL,
    stored_at    INTEGER NOT NULL,
    sliding      INTEGER,
    absolute_end INTEGER,
    expires_at   INTEGER NOT NULL
);
CREATE INDEX cache_entries_by_deadline ON cache_entries (expires_at, size);

CREATE TABLE cache_values (
    entry INTEGER PRIMARY KEY,
    value BLOB NOT NULL
);

CREATE TABLE cache_tags (
    tag TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (tag, key)
) WITHOUT ROWID;
CREATE INDEX cache_tags_by_key ON cache_tags (key);

CREATE TRIGGER cache_entry_dropped AFTER DELETE ON cache_entries
BEGIN
    DELETE FROM cache_values WHERE entry = old.id;
    DELETE FROM cache_tags WHERE key = old.key;
END;
