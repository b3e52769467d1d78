-- The view log. id is partition * 2^48 + offset, so that a partition's entries lie side by side. at is in Unix
-- milliseconds; accepted is how many views the partition has ever accepted, this entry's included.
CREATE TABLE view_log (
    id       INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    entry    BLOB    NOT NULL
);

-- How far each partition was trimmed, and its accepted count there, so that offsets go on growing in an empty log.
CREATE TABLE view_log_partition (
    partition INTEGER PRIMARY KEY,
    trimmed   INTEGER NOT NULL,
    accepted  INTEGER NOT NULL
);

-- Event ids of the last Views:EventIdWindow, as 128-bit hashes, and when each was first seen in Unix milliseconds.
CREATE TABLE view_event (
    id BLOB    PRIMARY KEY,
    at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX view_event_at ON view_event (at);

-- Pages whose persisted counts wait for the database. A page that is noted again gets a new sequence.
CREATE TABLE view_pending (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    page     TEXT    NOT NULL UNIQUE,
    slot     INTEGER NOT NULL
);
