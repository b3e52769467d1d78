-- Views of a page on a day from a location. day is yyyy-MM-dd in Views:TimeZone; visitors is the estimate of sketch.
CREATE TABLE page_views (
    page     TEXT    NOT NULL,
    day      TEXT    NOT NULL,
    location TEXT    NOT NULL,
    views    INTEGER NOT NULL,
    visitors INTEGER NOT NULL,
    sketch   BLOB    NOT NULL,
    PRIMARY KEY (page, day, location)
);
CREATE INDEX page_views_top ON page_views (location, day, views DESC, page);

-- A day's totals over all locations. A visitor of two locations counts once.
CREATE TABLE page_view_days (
    page     TEXT    NOT NULL,
    day      TEXT    NOT NULL,
    views    INTEGER NOT NULL,
    visitors INTEGER NOT NULL,
    PRIMARY KEY (page, day)
) WITHOUT ROWID;
CREATE INDEX page_view_days_top ON page_view_days (day, views DESC, page);

-- One row: when counts were last written here, in Unix milliseconds.
CREATE TABLE page_view_flush (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
);
