-- Which rows the last thousand guarded statements changed, so that who knows an earlier version need not read the whole
-- table. Null: too many to name.
CREATE TABLE category_change (
    version bigint PRIMARY KEY,
    ids     text[] COLLATE "C"
);

-- As before; notes that there was a statement; and tells who listens. The announcements of one transaction are one, sent
-- when it commits, however many statements and rows it changed. Hearth's own edits, which leave the guards, are
-- published by whoever makes them.
CREATE OR REPLACE FUNCTION category_raise_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema, pg_temp AS $$
DECLARE
    raised bigint;
BEGIN
    UPDATE category_tree_version SET version = version + 1 RETURNING version INTO raised;
    INSERT INTO category_change VALUES (raised, CASE WHEN TG_OP <> 'TRUNCATE' THEN '{}'::text[] END)
        ON CONFLICT (version) DO UPDATE SET ids = excluded.ids;
    DELETE FROM category_change WHERE version <= raised - 1000;
    PERFORM pg_notify('hearth_category', '');
    RETURN NULL;
END
$$;

CREATE FUNCTION category_note_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema, pg_temp AS $$
DECLARE
    changed text[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        changed := array(SELECT id FROM new_rows LIMIT 1001);
    ELSIF TG_OP = 'DELETE' THEN
        changed := array(SELECT id FROM old_rows LIMIT 1001);
    ELSE
        changed := array(SELECT DISTINCT id FROM (SELECT id FROM new_rows UNION ALL SELECT id FROM old_rows LIMIT 2001) AS touched);
    END IF;
    UPDATE category_change SET ids = CASE WHEN cardinality(changed) <= 1000 AND ids IS NOT NULL THEN ids || changed END
    WHERE version = (SELECT version FROM category_tree_version);
    RETURN NULL;
END
$$;

CREATE TRIGGER category_change_insert AFTER INSERT ON category
REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_setting('hearth.unguarded', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION category_note_changes();

CREATE TRIGGER category_change_update AFTER UPDATE ON category
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_setting('hearth.unguarded', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION category_note_changes();

CREATE TRIGGER category_change_delete AFTER DELETE ON category
REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT WHEN (current_setting('hearth.unguarded', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION category_note_changes();
