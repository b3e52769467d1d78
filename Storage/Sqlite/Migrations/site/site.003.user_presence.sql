-- When each user last did something, as of the last flush: ISO 8601 in UTC with milliseconds, which sorts by time.
-- visible = 0: the user does not wish it shown.
CREATE TABLE user_presence (
    user_id        TEXT    NOT NULL PRIMARY KEY,
    last_action_at TEXT,
    visible        INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
