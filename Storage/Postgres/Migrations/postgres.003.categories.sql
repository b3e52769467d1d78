-- The category tree: one row per category, whose parent column is the only truth. A parent may be missing (an orphan):
-- Hearth reports it and leaves it out of the tree.
CREATE TABLE category (
    id        text COLLATE "C" PRIMARY KEY CHECK (octet_length(id) BETWEEN 1 AND 256),
    parent_id text COLLATE "C" CHECK (octet_length(parent_id) <= 256),
    name      text COLLATE "C" NOT NULL,
    position  integer          NOT NULL DEFAULT 0
);

CREATE INDEX category_by_parent ON category (parent_id);

-- Every change to category, by any program, raises the version before it does anything else. The lock on the one row is
-- held until the transaction ends, so structural edits happen one after another; one whose snapshot is older than another's
-- edit (REPEATABLE READ, SERIALIZABLE) fails here with 40001. Those who check by themselves, against exactly the version
-- that they change, set hearth.unguarded for the rest of their transaction and raise the version themselves.
CREATE TABLE category_tree_version (
    only_row integer PRIMARY KEY CHECK (only_row = 1),
    version  bigint  NOT NULL
);

INSERT INTO category_tree_version VALUES (1, 0);

-- The functions run with their owner's rights, so that a program needs rights on category alone.
CREATE FUNCTION category_raise_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema, pg_temp AS $$
BEGIN
    UPDATE category_tree_version SET version = version + 1;
    RETURN NULL;
END
$$;

CREATE TRIGGER category_version BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON category
FOR EACH STATEMENT WHEN (current_setting('hearth.unguarded', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION category_raise_version();

-- Refuses a statement that puts a category below itself. It looks at what the whole statement leads to, so rows may stand
-- in any order, and at each ancestor of the changed rows once, so a chain costs as much as any other tree. A row without
-- children is passed over: it cannot close a cycle, and files are often loaded row by row from the root down.
--
-- LATERAL with OFFSET or LIMIT is an index look-up for each row, whatever the statistics say; the joins of numbered rows are
-- never one row against all.
--
-- above: the changed rows and all their ancestors, numbered; parents[i] is the number of the parent of i, null at the top.
-- Each is walked up from once; walks[i] says in which walk i was come to, and a walk that meets itself is a cycle. A cycle
-- that was there before is nobody's fault now.
CREATE FUNCTION category_refuse_cycles() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema, pg_temp
SET enable_nestloop = off SET jit = off AS $$
DECLARE
    changed text[];
    ids     text[];
    parents integer[];
    edited  boolean[];
    walks   integer[];
    i       integer;
    entry   integer;
BEGIN
    IF TG_OP = 'INSERT' THEN
        changed := array(
            SELECT moved.id FROM new_rows AS moved
            CROSS JOIN LATERAL (SELECT FROM category WHERE category.parent_id = moved.id LIMIT 1) AS child
            WHERE moved.parent_id IS NOT NULL);
    ELSE
        changed := array(
            SELECT moved.id FROM (SELECT id, parent_id FROM new_rows WHERE parent_id IS NOT NULL EXCEPT SELECT id, parent_id FROM old_rows) AS moved
            CROSS JOIN LATERAL (SELECT FROM category WHERE category.parent_id = moved.id LIMIT 1) AS child);
    END IF;
    IF cardinality(changed) = 0 THEN
        RETURN NULL;
    END IF;

    WITH RECURSIVE above (id, parent_id) AS (
        SELECT category.id, category.parent_id
        FROM unnest(changed) AS start (id)
        CROSS JOIN LATERAL (SELECT id, parent_id FROM category WHERE category.id = start.id OFFSET 0) AS category
        UNION
        SELECT category.id, category.parent_id
        FROM above
        CROSS JOIN LATERAL (SELECT id, parent_id FROM category WHERE category.id = above.parent_id OFFSET 0) AS category
    ), numbered AS MATERIALIZED (
        SELECT id, parent_id, row_number() OVER (ORDER BY id)::integer AS number FROM above
    )
    SELECT array_agg(numbered.id ORDER BY numbered.number),
        array_agg(parent.number ORDER BY numbered.number),
        array_agg(start.id IS NOT NULL ORDER BY numbered.number)
    INTO ids, parents, edited
    FROM numbered
    LEFT JOIN numbered AS parent ON parent.id = numbered.parent_id
    LEFT JOIN unnest(changed) AS start (id) ON start.id = numbered.id;

    walks := array_fill(0, ARRAY[cardinality(ids)]);
    FOR walk IN 1 .. cardinality(ids) LOOP
        i := walk;
        WHILE i IS NOT NULL AND walks[i] = 0 LOOP
            walks[i] := walk;
            i := parents[i];
        END LOOP;
        CONTINUE WHEN i IS NULL OR walks[i] <> walk;
        entry := i;
        LOOP
            IF edited[i] THEN
                RAISE EXCEPTION 'a category cannot be below itself: %', ids[i] USING ERRCODE = 'check_violation', TABLE = 'category';
            END IF;
            i := parents[i];
            EXIT WHEN i = entry;
        END LOOP;
    END LOOP;
    RETURN NULL;
END
$$;

CREATE TRIGGER category_cycle_insert AFTER INSERT ON category
REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_setting('hearth.unguarded', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION category_refuse_cycles();

CREATE TRIGGER category_cycle_update AFTER UPDATE ON category
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT WHEN (current_setting('hearth.unguarded', true) IS DISTINCT FROM 'on')
EXECUTE FUNCTION category_refuse_cycles();

CREATE TABLE product (
    id          text COLLATE "C" PRIMARY KEY CHECK (octet_length(id) BETWEEN 1 AND 256),
    category_id text COLLATE "C" CHECK (octet_length(category_id) <= 256),
    name        text COLLATE "C" NOT NULL
);

-- Keyset pages: within a category by id and by name, and over all products by name. A name may be longer than an index
-- entry, so the index has its beginning; sorting by that, then by name and id is sorting by name and id.
CREATE INDEX product_by_category ON product (category_id, id);
CREATE INDEX product_by_category_name ON product (category_id, left(name, 256), id);
CREATE INDEX product_by_name ON product (left(name, 256), id);

-- A trigger and not a foreign key: that would refuse TRUNCATE category, and products that are loaded before categories.
CREATE FUNCTION product_leave_category() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema, pg_temp AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        UPDATE product SET category_id = NULL WHERE category_id IS NOT NULL;
    ELSE
        UPDATE product SET category_id = NULL FROM gone WHERE product.category_id = gone.id;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER product_category_deleted AFTER DELETE ON category
REFERENCING OLD TABLE AS gone
FOR EACH STATEMENT EXECUTE FUNCTION product_leave_category();

CREATE TRIGGER product_category_truncated AFTER TRUNCATE ON category
FOR EACH STATEMENT EXECUTE FUNCTION product_leave_category();
