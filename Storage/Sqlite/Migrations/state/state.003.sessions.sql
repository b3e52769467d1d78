-- Sessions by the SHA-256 of their id; the id itself is nowhere. Times are Unix milliseconds, durations milliseconds.
-- A session may be dropped from expires_at on. Data stands apart, so that moving a deadline does not rewrite it.
CREATE TABLE sessions (
    id           INTEGER PRIMARY KEY,
    key          TEXT    NOT NULL UNIQUE,
    short_id     TEXT    NOT NULL,
    user         TEXT,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    idle_timeout INTEGER NOT NULL,
    absolute_end INTEGER,
    expires_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL
);
CREATE INDEX sessions_by_deadline ON sessions (expires_at);
CREATE INDEX sessions_by_user ON sessions (user, key) WHERE user IS NOT NULL;

-- data is a JSON object of strings.
CREATE TABLE session_data (
    session INTEGER PRIMARY KEY,
    data    BLOB NOT NULL
);

CREATE TRIGGER session_dropped AFTER DELETE ON sessions
BEGIN
    DELETE FROM session_data WHERE session = old.id;
END;
