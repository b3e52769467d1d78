-- The category tree: one row per category, whose parent column is the only truth. A parent may be missing (an orphan):
-- Hearth reports it and leaves it out of the tree.
CREATE TABLE category (
    id        TEXT    NOT NULL PRIMARY KEY CHECK (length(CAST(id AS BLOB)) BETWEEN 1 AND 256),
    parent_id TEXT,
    name      TEXT    NOT NULL,
    position  INTEGER NOT NULL DEFAULT 0 CHECK (position BETWEEN -2147483648 AND 2147483647)
) STRICT, WITHOUT ROWID;

CREATE INDEX category_by_parent ON category (parent_id);

-- Every change to category, by any program, raises the version. Hearth's own edits, checked in memory against exactly
-- the version that they change, set unguarded for the rest of their transaction and raise the version themselves, once.
-- Nobody else can see it set: there is one writer at a time, and a transaction that ends half-way takes it back.
CREATE TABLE category_tree_version (
    only_row  INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    version   INTEGER NOT NULL,
    unguarded INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO category_tree_version VALUES (1, 0, 0);

CREATE TRIGGER category_version_insert AFTER INSERT ON category
WHEN (SELECT unguarded FROM category_tree_version) = 0
BEGIN
    UPDATE category_tree_version SET version = version + 1;
END;

CREATE TRIGGER category_version_update AFTER UPDATE ON category
WHEN (SELECT unguarded FROM category_tree_version) = 0
BEGIN
    UPDATE category_tree_version SET version = version + 1;
END;

CREATE TRIGGER category_version_delete AFTER DELETE ON category
WHEN (SELECT unguarded FROM category_tree_version) = 0
BEGIN
    UPDATE category_tree_version SET version = version + 1;
END;

-- A cycle can only close above a row that has children already, so leaves are never walked up from. UNION ends the walk
-- also where there is a cycle further up.
CREATE TRIGGER category_cycle_insert AFTER INSERT ON category
WHEN NEW.parent_id IS NOT NULL
    AND (SELECT unguarded FROM category_tree_version) = 0
    AND EXISTS (SELECT 1 FROM category WHERE parent_id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'a category cannot be below itself')
    WHERE NEW.id IN (
        WITH RECURSIVE ancestor (id) AS (
            SELECT NEW.parent_id
            UNION
            SELECT category.parent_id FROM ancestor JOIN category ON category.id = ancestor.id WHERE category.parent_id IS NOT NULL
        )
        SELECT id FROM ancestor
    );
END;

CREATE TRIGGER category_cycle_update AFTER UPDATE OF id, parent_id ON category
WHEN NEW.parent_id IS NOT NULL
    AND (NEW.parent_id IS NOT OLD.parent_id OR NEW.id <> OLD.id)
    AND (SELECT unguarded FROM category_tree_version) = 0
    AND EXISTS (SELECT 1 FROM category WHERE parent_id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'a category cannot be below itself')
    WHERE NEW.id IN (
        WITH RECURSIVE ancestor (id) AS (
            SELECT NEW.parent_id
            UNION
            SELECT category.parent_id FROM ancestor JOIN category ON category.id = ancestor.id WHERE category.parent_id IS NOT NULL
        )
        SELECT id FROM ancestor
    );
END;

CREATE TABLE product (
    id          TEXT NOT NULL PRIMARY KEY CHECK (length(CAST(id AS BLOB)) BETWEEN 1 AND 256),
    category_id TEXT,
    name        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Keyset pages: within a category by id (the key follows the column) and by name, and over all products by name.
CREATE INDEX product_by_category ON product (category_id, id);
CREATE INDEX product_by_category_name ON product (category_id, name, id);
CREATE INDEX product_by_name ON product (name, id);

-- A trigger and not a foreign key: those are off in many programs, and REPLACE INTO category would fire them.
CREATE TRIGGER product_category_deleted AFTER DELETE ON category
BEGIN
    UPDATE product SET category_id = NULL WHERE category_id = OLD.id;
END;
