#!/usr/bin/env python3
"""Random edits of categories, each answer compared with a recursive query on the database.

    eng/categories-random.py EDITS EDITORS URL[,URL...] PSQL...
    eng/categories-random.py EDITS EDITORS URL FILE
    eng/categories-random.py 2000 1 http://127.0.0.1:5080 psql -h 127.0.0.1 -p 5432 -U postgres
    eng/categories-random.py 2000 4 http://127.0.0.1:5080 data/site.db

Adds, renames, moves, reorders, deletes by each policy, imports, and edits the table in SQL, also past its guards. With one
editor the comparison follows each edit, with several each round of edits by all of them at once. Requests go to the front
ends in turn. It uses ids that start with "~" and leaves none behind. Exit code: 0 all answers are right, 1 one is not.
"""
import concurrent.futures
import http.client
import itertools
import json
import os
import random
import sqlite3
import subprocess
import sys
import urllib.parse

CATEGORIES = 60
ROUND = 10
# Pre-order: each row's place is that of its parent with its own position and id behind it.
TREE = """
WITH RECURSIVE tree AS (
    SELECT id, parent_id, name, position, 1 AS depth, {start} AS place FROM category WHERE parent_id IS NULL
    UNION ALL
    SELECT category.id, category.parent_id, category.name, category.position, depth + 1, place || {step}
    FROM tree JOIN category ON category.parent_id = tree.id
)
SELECT {object}(
    'version', (SELECT version FROM category_tree_version),
    'tree', {json}((SELECT coalesce({array}({object}('id', id, 'parentId', parent_id, 'name', name, 'position', position, 'depth', depth)
        {order}), '[]') FROM {source})),
    'products', {json}((SELECT coalesce({array}({list}(id, category_id) {by_id}), '[]') FROM {products})))
"""


class Postgres:
    """Through psql, as any other program."""

    STEP = "(lpad((category.position::bigint + 2147483648)::text, 10, '0') || ' ' || category.id)"
    TREE = TREE.format(
        start=f"ARRAY[{STEP}]", step=STEP, object="json_build_object", array="json_agg", list="json_build_array", json="",
        order='ORDER BY place COLLATE "C"', source="tree", by_id="ORDER BY id", products="product WHERE id LIKE '~%'")
    FORCED = ("BEGIN; ALTER TABLE category DISABLE TRIGGER category_cycle_update; {}; "
              "ALTER TABLE category ENABLE TRIGGER category_cycle_update; COMMIT")

    def __init__(self, command):
        self.command = command

    def run(self, sql, may_fail=False):
        done = subprocess.run(self.command + ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True)
        if done.returncode and not (may_fail and any(why in done.stderr for why in ("below itself", "duplicate key", "serialize", "deadlock"))):
            raise SystemExit(f"{sql}: {done.stderr}")
        return done.stdout


class Sqlite:
    """A connection of its own for each call, as any other program."""

    STEP = "printf('%010d', category.position + 2147483648) || hex(category.id) || '/'"
    TREE = TREE.format(
        start=STEP, step=STEP, object="json_object", array="json_group_array", list="json_array", json="json",
        order="", source="(SELECT * FROM tree ORDER BY place)", by_id="", products="(SELECT * FROM product WHERE id LIKE '~%' ORDER BY id)")
    FORCED = ("BEGIN IMMEDIATE; UPDATE category_tree_version SET unguarded = 1; {}; "
              "UPDATE category_tree_version SET unguarded = 0, version = version + 1; COMMIT")

    def __init__(self, file):
        self.file = file

    def run(self, sql, may_fail=False):
        connection = sqlite3.connect(self.file, timeout=30, isolation_level=None)
        try:
            if sql.lstrip().startswith("WITH"):
                return connection.execute(sql).fetchone()[0]
            connection.executescript(sql)
        except sqlite3.IntegrityError as refusal:
            if not may_fail:
                raise SystemExit(f"{sql}: {refusal}") from refusal
        finally:
            connection.close()


class Server:
    def __init__(self, urls):
        self.connections = itertools.cycle(
            [http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60) for url in urls])

    def ask(self, method, path, body=None, kind="application/json", good=(200, 201, 204)):
        headers = {"Content-Type": kind}
        if key := os.environ.get("HEARTH_KEY"):
            headers["Authorization"] = f"Bearer {key}"
        connection = next(self.connections)
        connection.request(method, path, body.encode() if body is not None else None, headers)
        response = connection.getresponse()
        data = response.read()
        if response.status not in good:
            raise SystemExit(f"{method} {path} answered {response.status}: {data[:300]}")
        return json.loads(data) if data else None


def quote(category):
    return urllib.parse.quote(category, safe="")


def edit(chance, server, database):
    category, other = (f"~{chance.randrange(CATEGORIES)}" for _ in range(2))
    parent = None if chance.randrange(4) == 0 else other
    position = chance.randrange(-2, 5)
    refused = (200, 201, 204, 404, 409)
    path = f"/categories/{quote(category)}"
    kind = chance.randrange(14)
    if kind < 4:
        server.ask("POST", "/categories", json.dumps({"id": category, "name": f"N{position}", "parentId": parent}), good=refused)
    elif kind == 4:
        server.ask("PATCH", path, json.dumps({"name": f"é{chance.random()}"}), good=refused)
    elif kind < 7:
        server.ask("PATCH", path, json.dumps({"parentId": parent}), good=refused)
    elif kind == 7:
        server.ask("PATCH", path, json.dumps({"position": position}), good=refused)
    elif kind == 8:
        server.ask("DELETE", f"{path}?children={chance.choice(['cascade', 'adopt', 'restrict'])}", good=refused)
    elif kind == 9:
        rows = f"id\tparent_id\tname\n{category}\t{other}\tI\n{other}\t\tI\n"
        server.ask("POST", "/categories/import", rows, "text/tab-separated-values", good=(200, 400))
    elif kind == 10:
        server.ask("PUT", f"/products/{quote('~p' + str(chance.randrange(40)))}", json.dumps({"name": "P", "categoryId": parent}), good=refused)
    else:
        database.run(chance.choice([
            f"INSERT INTO category (id, parent_id, name) VALUES ('{category}', '{other}', 'sql')",
            f"INSERT INTO category (id, name) VALUES ('{category}', 'sql') ON CONFLICT (id) DO UPDATE SET parent_id = NULL",
            f"UPDATE category SET parent_id = '{other}' WHERE id = '{category}'",
            f"UPDATE category SET position = position + ({position}) WHERE id LIKE '~%' AND id > '{category}' AND abs(position) < 1000",
            f"DELETE FROM category WHERE id = '{category}'",
            f"BEGIN; DELETE FROM category WHERE id LIKE '~%'; ROLLBACK",
            "UPDATE category SET parent_id = NULL WHERE parent_id = id OR NOT EXISTS (SELECT 1 FROM category AS above WHERE above.id = category.parent_id)",
            database.FORCED.format(f"UPDATE category SET parent_id = '{other}' WHERE id = '{category}'"),
        ]), may_fail=True)


def same(what, found, expected):
    if found != expected:
        raise SystemExit(f"{what} is\n{found}\ninstead of\n{expected}")


def compare(chance, server, database):
    """Every category's descendants; and of three categories every other answer. Returns how many were compared."""
    stored = json.loads(database.run(database.TREE))
    tree, version = stored["tree"], stored["version"]
    below = {}
    for place, row in enumerate(tree):
        end = place + 1
        while end < len(tree) and tree[end]["depth"] > row["depth"]:
            end += 1
        below[row["id"]] = tree[place + 1:end]
    at = f"minVersion={version}"
    index = server.ask("GET", f"/categories/index?{at}")
    same("the version", index["version"], version)
    same("the index", {key: value for key, value in index["index"].items()}, {key: [row["id"] for row in rows] for key, rows in below.items()})
    same("the roots", [row["id"] for row in server.ask("GET", f"/categories?{at}")["categories"]], [row["id"] for row in tree if row["depth"] == 1])
    rows = {row["id"]: row for row in tree}
    for category in chance.sample(sorted(rows), min(3, len(rows))):
        row, path = rows[category], f"/categories/{quote(category)}"
        inside = {category} | {one["id"] for one in below[category]}
        products = [product for product, place in stored["products"] if place in inside]
        children = [one["id"] for one in below[category] if one["depth"] == row["depth"] + 1]
        above, step = [], row["parentId"]
        while step is not None:
            above.insert(0, step)
            step = rows[step]["parentId"]
        detail = server.ask("GET", f"{path}?{at}")
        same(f"{category}", {key: detail[key] for key in row}, row)
        same(f"{category}'s path", [one["id"] for one in detail["path"]], above)
        same(f"{category}'s counts", (detail["childCount"], detail["descendantCount"], detail["productCount"]), (len(children), len(below[category]), len(products)))
        same(f"{category}'s children", [one["id"] for one in server.ask("GET", f"{path}/children?limit=1000&{at}")["categories"]], children)
        same(f"{category}'s grandchildren", server.ask("GET", f"{path}/descendants?depth=2&{at}")["descendants"],
             [one["id"] for one in below[category] if one["depth"] <= row["depth"] + 2])
        found, after = [], ""
        while after is not None:
            page = server.ask("GET", f"{path}/products?limit=7&{at}{after and '&after=' + quote(after)}")
            found += [product["id"] for product in page["products"]]
            after = page["next"]
        same(f"{category}'s products", found, products)
    return len(tree)


def several(chance, urls, database):
    server = Server(urls)
    for _ in range(ROUND):
        edit(chance, server, database)


def main(arguments):
    if len(arguments) < 4:
        print(__doc__, file=sys.stderr)
        return 2
    edits, editors, urls = int(arguments[0]), int(arguments[1]), arguments[2].split(",")
    database = Postgres(arguments[3:]) if arguments[3].endswith("psql") else Sqlite(arguments[3])
    seed = int(os.environ.get("SEED", random.randrange(1 << 30)))
    print(f"seed {seed}", flush=True)
    chance, server = random.Random(seed), Server(urls)
    compared, done = 0, 0
    while done < edits:
        if editors == 1:
            edit(chance, server, database)
            done += 1
        else:
            with concurrent.futures.ThreadPoolExecutor(editors) as pool:
                for turn in [pool.submit(several, random.Random(chance.random()), urls, database) for _ in range(editors)]:
                    turn.result()
            done += editors * ROUND
        compared += compare(chance, server, database)
    database.run("DELETE FROM product WHERE id LIKE '~%'")
    database.run("DELETE FROM category WHERE id LIKE '~%'")
    print(f"{done} edits by {editors} at once; {compared} categories compared, all right")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
