-- When each user last did something, as of the last flush. visible = false: the user does not wish it shown.
CREATE TABLE user_presence (
    user_id        text COLLATE "C" PRIMARY KEY,
    last_action_at timestamptz,
    visible        boolean          NOT NULL DEFAULT true
);
