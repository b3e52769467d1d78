#!/usr/bin/env python3
"""Random edits of a cluster's categories, each answer compared with a recursive query on PostgreSQL.

    eng/categories-random.py EDITS EDITORS URL[,URL...] PSQL...
    eng/categories-random.py 2000 1 http://127.0.0.1:5080 psql -h 127.0.0.1 -p 5432 -U postgres

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
import subprocess
import sys
import urllib.parse

CATEGORIES = 60
ROUND = 10
TREE = """
WITH RECURSIVE tree AS (
    SELECT id, parent_id, name, position, 1 AS depth, ARRAY[lpad((position::bigint + 2147483648)::text, 10, '0') || ' ' || id] AS place
    FROM category WHERE parent_id IS NULL
    UNION ALL
    SELECT category.id, category.parent_id, category.name, category.position, depth + 1,
        place || (lpad((category.position::bigint + 2147483648)::text, 10, '0') || ' ' || category.id)
    FROM tree JOIN category ON category.parent_id = tree.id
)
SELECT json_build_object(
    'version', (SELECT version FROM category_tree_version),
    'outside', (SELECT count(*) FROM category) - (SELECT count(*) FROM tree),
    'tree', (SELECT coalesce(json_agg(json_build_object('id', id, 'parentId', parent_id, 'name', name, 'position', position, 'depth', depth)
        ORDER BY place COLLATE "C"), '[]') FROM tree),
    'products', (SELECT coalesce(json_agg(json_build_array(id, category_id) ORDER BY id), '[]') FROM product WHERE id LIKE '~%'))
"""


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


def psql(command, sql, may_fail=False):
    done = subprocess.run(command + ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True)
    if done.returncode and not (may_fail and ("below itself" in done.stderr or "duplicate key" in done.stderr or "serialize" in done.stderr or "deadlock" in done.stderr)):
        raise SystemExit(f"{sql}: {done.stderr}")
    return done.stdout


def quote(category):
    return urllib.parse.quote(category, safe="")


def edit(chance, server, command):
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
        psql(command, chance.choice([
            f"INSERT INTO category (id, parent_id, name) VALUES ('{category}', '{other}', 'sql')",
            f"INSERT INTO category (id, name) VALUES ('{category}', 'sql') ON CONFLICT (id) DO UPDATE SET parent_id = NULL",
            f"UPDATE category SET parent_id = '{other}' WHERE id = '{category}'",
            f"UPDATE category SET position = position + {position} WHERE id LIKE '~%' AND id > '{category}' AND abs(position) < 1000",
            f"DELETE FROM category WHERE id = '{category}'",
            f"BEGIN; DELETE FROM category WHERE id LIKE '~%'; ROLLBACK",
            "UPDATE category SET parent_id = NULL WHERE parent_id = id OR NOT EXISTS (SELECT FROM category AS above WHERE above.id = category.parent_id)",
            f"BEGIN; ALTER TABLE category DISABLE TRIGGER category_cycle_update; UPDATE category SET parent_id = '{other}' WHERE id = '{category}'; ALTER TABLE category ENABLE TRIGGER category_cycle_update; COMMIT",
        ]), may_fail=True)


def same(what, found, expected):
    if found != expected:
        raise SystemExit(f"{what} is\n{found}\ninstead of\n{expected}")


def compare(chance, server, command):
    """Every category's descendants; and of three categories every other answer. Returns how many were compared."""
    stored = json.loads(psql(command, TREE))
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


def several(chance, urls, command):
    server = Server(urls)
    for _ in range(ROUND):
        edit(chance, server, command)


def main(arguments):
    if len(arguments) < 4:
        print(__doc__, file=sys.stderr)
        return 2
    edits, editors, urls, command = int(arguments[0]), int(arguments[1]), arguments[2].split(","), arguments[3:]
    seed = int(os.environ.get("SEED", random.randrange(1 << 30)))
    print(f"seed {seed}", flush=True)
    chance, server = random.Random(seed), Server(urls)
    compared, done = 0, 0
    while done < edits:
        if editors == 1:
            edit(chance, server, command)
            done += 1
        else:
            with concurrent.futures.ThreadPoolExecutor(editors) as pool:
                for turn in [pool.submit(several, random.Random(chance.random()), urls, command) for _ in range(editors)]:
                    turn.result()
            done += editors * ROUND
        compared += compare(chance, server, command)
    psql(command, "DELETE FROM product WHERE id LIKE '~%'")
    psql(command, "DELETE FROM category WHERE id LIKE '~%'")
    print(f"{done} edits by {editors} at once; {compared} categories compared, all right")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
