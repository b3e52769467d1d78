-- Views by bots, and sketches of whole days. An empty sketch is one that is not kept: the visitors are a number alone.
ALTER TABLE page_view_days ADD COLUMN bot_views INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page_view_days ADD COLUMN sketch BLOB NOT NULL DEFAULT x'';
CREATE INDEX page_view_days_top_bots ON page_view_days (day, bot_views DESC, page) WHERE bot_views > 0;

-- What is counted beside page_views, which has people's views by location. dimension is location (of bots), hour (of UTC,
-- as yyyy-MM-ddTHH), referrer or campaign; traffic is human or bot. A day without a row of a dimension and traffic has all
-- its views without a referrer, or campaign. Bots have no visitors.
CREATE TABLE page_view_slices (
    page      TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    dimension TEXT    NOT NULL,
    traffic   TEXT    NOT NULL,
    value     TEXT    NOT NULL,
    views     INTEGER NOT NULL,
    visitors  INTEGER NOT NULL,
    sketch    BLOB    NOT NULL,
    PRIMARY KEY (page, day, dimension, traffic, value)
) WITHOUT ROWID;
CREATE INDEX page_view_slices_top_bots ON page_view_slices (value, day, views DESC, page) WHERE dimension = 'location' AND traffic = 'bot';

-- What is kept for a number of days is found by these.
CREATE INDEX page_view_slices_old ON page_view_slices (dimension, day);
CREATE INDEX page_views_sketches ON page_views (day) WHERE length(sketch) > 0;
CREATE INDEX page_view_slices_sketches ON page_view_slices (day) WHERE length(sketch) > 0;
CREATE INDEX page_view_days_sketches ON page_view_days (day) WHERE length(sketch) > 0;

-- The site as a whole, in tables of the same form under the page ''.
CREATE TABLE site_views (
    page     TEXT    NOT NULL,
    day      TEXT    NOT NULL,
    location TEXT    NOT NULL,
    views    INTEGER NOT NULL,
    visitors INTEGER NOT NULL,
    sketch   BLOB    NOT NULL,
    PRIMARY KEY (page, day, location)
);
CREATE INDEX site_views_sketches ON site_views (day) WHERE length(sketch) > 0;
CREATE TABLE site_view_days (
    page      TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    views     INTEGER NOT NULL,
    visitors  INTEGER NOT NULL,
    bot_views INTEGER NOT NULL DEFAULT 0,
    sketch    BLOB    NOT NULL DEFAULT x'',
    PRIMARY KEY (page, day)
) WITHOUT ROWID;
CREATE INDEX site_view_days_sketches ON site_view_days (day) WHERE length(sketch) > 0;
CREATE TABLE site_view_slices (
    page      TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    dimension TEXT    NOT NULL,
    traffic   TEXT    NOT NULL,
    value     TEXT    NOT NULL,
    views     INTEGER NOT NULL,
    visitors  INTEGER NOT NULL,
    sketch    BLOB    NOT NULL,
    PRIMARY KEY (page, day, dimension, traffic, value)
) WITHOUT ROWID;
CREATE INDEX site_view_slices_old ON site_view_slices (dimension, day);
CREATE INDEX site_view_slices_sketches ON site_view_slices (day) WHERE length(sketch) > 0;
INSERT INTO site_views SELECT '', day, location, sum(views), sum(visitors), x'' FROM page_views GROUP BY day, location;
INSERT INTO site_view_days SELECT '', day, sum(views), sum(visitors), 0, x'' FROM page_view_days GROUP BY day;
