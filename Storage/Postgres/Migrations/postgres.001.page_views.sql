-- Views of a page on a day from a location. day is a day in Views:TimeZone; visitors is the estimate of sketch.
-- Texts are compared by their bytes everywhere, whatever the database's own collation.
CREATE TABLE page_views (
    page     text COLLATE "C" NOT NULL,
    day      date             NOT NULL,
    location text COLLATE "C" NOT NULL,
    views    bigint           NOT NULL,
    visitors bigint           NOT NULL,
    sketch   bytea            NOT NULL,
    PRIMARY KEY (page, day, location)
);
CREATE INDEX page_views_top ON page_views (location, day, views DESC, page);

-- A day's totals over all locations. A visitor of two locations counts once.
CREATE TABLE page_view_days (
    page     text COLLATE "C" NOT NULL,
    day      date             NOT NULL,
    views    bigint           NOT NULL,
    visitors bigint           NOT NULL,
    PRIMARY KEY (page, day)
);
CREATE INDEX page_view_days_top ON page_view_days (day, views DESC, page);

-- One row: when counts were last written here.
CREATE TABLE page_view_flush (
    id integer     PRIMARY KEY CHECK (id = 1),
    at timestamptz NOT NULL
);
