#!/usr/bin/env python3
"""Compares a Hearth server's category tree with the file it was imported from.

    eng/categories-check.py URL TSV     HEARTH_KEY holds a key of scope app, where the server has keys

For every category of the file (id<TAB>parent_id<TAB>name, with a header) it asks for GET /categories/{id}/descendants
and checks that they are exactly the categories below it, and that their order is a pre-order: each right behind its
parent or behind a whole subtree of a sibling. Exit code: 0 all are right, 1 some are not, 2 it could not be checked.
"""

import http.client
import json
import os
import sys
import urllib.parse

SHOWN = 20


def read_parents(path):
    """Maps each id of the file to its parent's id, or to None."""
    parents = {}
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        header = file.readline().rstrip("\r\n").split("\t")
        if header[:2] != ["id", "parent_id"]:
            raise ValueError(f"{path} does not start with the header id, parent_id, name")
        for number, line in enumerate(file, start=2):
            fields = line.rstrip("\r\n").split("\t")
            if len(fields) < 2 or not fields[0] or fields[0] in parents:
                raise ValueError(f"{path}, line {number}: no id, or one that stands there twice")
            parents[fields[0]] = fields[1] or None
    return parents


def descendants_of(parents):
    """Maps each id to the set of ids below it, by walking up from every category."""
    below = {category: set() for category in parents}
    for category in parents:
        ancestor = parents[category]
        seen = {category}
        while ancestor is not None:
            if ancestor in seen or ancestor not in parents:
                raise ValueError(f"category {category} hangs on a cycle, or on the unknown parent {ancestor}")
            seen.add(ancestor)
            below[ancestor].add(category)
            ancestor = parents[ancestor]
    return below


def order_problem(root, order, parents):
    """Says where a list is no pre-order of the tree below root, or returns None.

    Kept is the path from the root to the last category seen. The next one's parent must be on it; whatever lies deeper
    is closed thereby, and a category of a closed subtree finds its parent gone.
    """
    path = [root]
    for category in order:
        while path and path[-1] != parents[category]:
            path.pop()
        if not path:
            return f"{category} stands before its parent, or outside its parent's subtree"
        path.append(category)
    return None


class Server:
    """One connection, kept open over all requests."""

    def __init__(self, url, key):
        parts = urllib.parse.urlsplit(url)
        kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        if parts.scheme not in kinds or not parts.hostname:
            raise ValueError(f"{url} is not an http or https address")
        self._base = parts.path.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._connection = kinds[parts.scheme](parts.hostname, parts.port, timeout=30)

    def descendants(self, category):
        """Returns the answer, or raises ValueError with what came instead."""
        path = f"{self._base}/categories/{urllib.parse.quote(category, safe='')}/descendants"
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise ValueError(f"GET {path} answered {response.status}: {body[:200].decode('utf-8', 'replace')}")
        return json.loads(body)


def problem(category, answer, parents, below):
    """Says what is wrong with an answer, or returns None."""
    order = answer["descendants"]
    if answer["id"] != category:
        return f"the answer is about {answer['id']}"
    if len(set(order)) != len(order):
        return "a category stands there twice"
    missing, extra = below[category] - set(order), set(order) - below[category]
    if missing or extra:
        return f"{len(missing)} missing {sorted(missing)[:3]}, {len(extra)} too many {sorted(extra)[:3]}"
    return order_problem(category, order, parents)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    url, path = arguments
    differing = pairs = 0
    versions = set()
    try:
        parents = read_parents(path)
        below = descendants_of(parents)
        server = Server(url, os.environ.get("HEARTH_KEY"))
        for category in parents:
            try:
                answer = server.descendants(category)
                wrong = problem(category, answer, parents, below)
                versions.add(answer["version"])
                pairs += len(answer["descendants"])
            except (ValueError, KeyError, TypeError) as error:
                wrong = f"{error}"
            if wrong:
                differing += 1
                if differing <= SHOWN:
                    print(f"differs: {category}: {wrong}")
    except (OSError, ValueError, http.client.HTTPException) as error:
        print(f"could not be checked: {error}", file=sys.stderr)
        return 2
    if differing > SHOWN:
        print(f"... and {differing - SHOWN} more")
    print(
        f"{len(parents)} categories compared, {len(parents) - differing} equal, {differing} differing; "
        f"{pairs} descendants, version {', '.join(map(str, sorted(versions, key=str)))}"
    )
    return 1 if differing or not parents else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
