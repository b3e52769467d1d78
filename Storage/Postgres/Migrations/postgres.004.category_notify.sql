-- As before, and tells who listens. The announcements of one transaction are one, sent when it commits, however many
-- statements and rows it changed. Hearth's own edits, which leave the guards, are published by whoever makes them.
CREATE OR REPLACE FUNCTION category_raise_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema, pg_temp AS $$
BEGIN
    UPDATE category_tree_version SET version = version + 1;
    PERFORM pg_notify('hearth_category', '');
    RETURN NULL;
END
$$;
