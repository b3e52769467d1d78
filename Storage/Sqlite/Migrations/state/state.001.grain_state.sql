-- One row per grain that has persistent state. etag counts the writes; a write names the etag it read.
CREATE TABLE grain_state (
    grain_type TEXT    NOT NULL,
    grain_key  TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    etag       INTEGER NOT NULL,
    data       BLOB    NOT NULL,
    PRIMARY KEY (grain_type, grain_key, name)
);
