-- One row per user who is online, invisible, or not yet flushed to user_presence. A shard of the directory loads a range
-- of buckets. Times are milliseconds since 1970; devices is a JSON object of the last action by device name.
CREATE TABLE presence_roster (
    bucket         INTEGER NOT NULL,
    user_id        TEXT    NOT NULL,
    revision       INTEGER NOT NULL,
    last_action_at INTEGER,
    visible        INTEGER NOT NULL,
    devices        TEXT    NOT NULL,
    PRIMARY KEY (bucket, user_id)
) WITHOUT ROWID;
