-- Views by bots, and sketches of whole days. An empty sketch is one that is not kept: the visitors are a number alone.
ALTER TABLE page_view_days ADD COLUMN bot_views bigint NOT NULL DEFAULT 0;
ALTER TABLE page_view_days ADD COLUMN sketch bytea NOT NULL DEFAULT '';
CREATE INDEX page_view_days_top_bots ON page_view_days (day, bot_views DESC, page) WHERE bot_views > 0;

-- What is counted beside page_views, which has people's views by location. dimension is location (of bots), hour (of UTC,
-- as yyyy-MM-ddTHH), referrer or campaign; traffic is human or bot. A day without a row of a dimension and traffic has all
-- its views without a referrer, or campaign. Bots have no visitors.
CREATE TABLE page_view_slices (
    page      text COLLATE "C" NOT NULL,
    day       date             NOT NULL,
    dimension text COLLATE "C" NOT NULL,
    traffic   text COLLATE "C" NOT NULL,
    value     text COLLATE "C" NOT NULL,
    views     bigint           NOT NULL,
    visitors  bigint           NOT NULL,
    sketch    bytea            NOT NULL,
    PRIMARY KEY (page, day, dimension, traffic, value)
);
CREATE INDEX page_view_slices_top_bots ON page_view_slices (value, day, views DESC, page) WHERE dimension = 'location' AND traffic = 'bot';

-- What is kept for a number of days is found by these.
CREATE INDEX page_view_slices_old ON page_view_slices (dimension, day);
CREATE INDEX page_views_sketches ON page_views (day) WHERE length(sketch) > 0;
CREATE INDEX page_view_slices_sketches ON page_view_slices (day) WHERE length(sketch) > 0;
CREATE INDEX page_view_days_sketches ON page_view_days (day) WHERE length(sketch) > 0;

-- The site as a whole, in tables of the same form under the page ''.
CREATE TABLE site_views (LIKE page_views INCLUDING ALL);
CREATE TABLE site_view_slices (LIKE page_view_slices INCLUDING ALL);
CREATE TABLE site_view_days (LIKE page_view_days INCLUDING ALL);
INSERT INTO site_views SELECT '', day, location, sum(views), sum(visitors), '' FROM page_views GROUP BY day, location;
INSERT INTO site_view_days SELECT '', day, sum(views), sum(visitors), 0, '' FROM page_view_days GROUP BY day;
