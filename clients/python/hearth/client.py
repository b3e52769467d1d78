"""Every call of the HTTP contract that a site's server makes, over kept-alive connections."""

from __future__ import annotations

import json
import os
import uuid
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Optional, Union
from urllib.parse import quote, urlencode

import urllib3

from hearth.errors import HearthUnavailable, NotFound, PreconditionFailed, error_of

BATCH = 500
"""The most keys that a call of the cache takes."""


class CacheEntry(NamedTuple):
    """A cached value."""

    value: bytes
    type: str
    """Its media type."""
    etag: Optional[str] = None
    """Names this very value, for ``if_match``; absent in batches."""


class Hearth:
    """A client of one Hearth. Threads may share it; connections are kept alive and made as they are needed.

    :param url: the address; ``HEARTH_URL``, else ``http://localhost:5080``.
    :param key: one of ``Keys:App``; ``HEARTH_KEY``, else none.
    :param timeout: seconds until a call fails with :class:`HearthUnavailable`.
    :param retries: how often a call is repeated that may be carried out twice: reads, replacing writes, removals, and views,
        whose event ids this client makes.
    """

    def __init__(
        self, url: Optional[str] = None, key: Optional[str] = None, *, timeout: float = 3.0, retries: int = 1, connections: int = 32
    ) -> None:
        self.url = (url or os.environ.get("HEARTH_URL") or "http://localhost:5080").rstrip("/")
        parsed = urllib3.util.parse_url(self.url)
        pool = urllib3.HTTPSConnectionPool if parsed.scheme == "https" else urllib3.HTTPConnectionPool
        if parsed.scheme not in ("http", "https") or not parsed.host:
            raise ValueError(f"{self.url!r} is no address such as http://localhost:5080.")
        self._pool = pool(parsed.host, parsed.port, maxsize=connections, timeout=timeout)
        self._prefix = parsed.path or ""
        self._retries = retries
        key = key or os.environ.get("HEARTH_KEY")
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.cache = Cache(self)
        self.sessions = Sessions(self)
        self.presence = Presence(self)
        self.views = Views(self)
        self.users = Users(self)
        self.categories = Categories(self)

    def close(self) -> None:
        """Closes the connections that are idle."""
        self._pool.close()

    def call(
        self, method: str, path: str, *, query: Optional[Mapping[str, Any]] = None, body: Optional[bytes] = None, json_body: Any = None,
        headers: Optional[Mapping[str, str]] = None, repeatable: Optional[bool] = None,
    ) -> urllib3.response.HTTPResponse:
        """Makes a call and returns its answer.

        :param repeatable: whether it may be carried out twice; by its method where absent.
        :raises HearthError: Hearth refused it, or did not answer.
        """
        asked = {name: value for name, value in (query or {}).items() if value is not None}
        target = self._prefix + path + (f"?{urlencode(asked, doseq=True)}" if asked else "")
        sent = {**self._headers, **(headers or {})}
        if json_body is not None:
            body = json.dumps(json_body, separators=(",", ":")).encode()
            sent["Content-Type"] = "application/json"
        if repeatable is None:
            repeatable = method in ("GET", "HEAD", "PUT", "DELETE") and not {"If-Match", "If-None-Match"} & sent.keys()
        attempts = 1 + (self._retries if repeatable else 0)
        for attempt in range(attempts):
            try:
                answer = self._pool.urlopen(method, target, body=body, headers=sent, retries=False, redirect=False)
            except urllib3.exceptions.HTTPError as failure:
                if attempt + 1 == attempts:
                    raise HearthUnavailable(503, f"Hearth at {self.url} does not answer: {failure}") from failure
                continue
            if answer.status < 400:
                return answer
            if answer.status != 503 or attempt + 1 == attempts:
                raise _problem(answer)
        raise AssertionError("unreachable")


def _problem(answer: urllib3.response.HTTPResponse) -> Exception:
    try:
        problem = json.loads(answer.data)
        return error_of(answer.status, problem.get("detail") or problem.get("title") or "", problem.get("errors"))
    except (ValueError, AttributeError):
        return error_of(answer.status, answer.reason or "")


def _json(answer: urllib3.response.HTTPResponse) -> Any:
    return json.loads(answer.data)


def _id(value: str) -> str:
    return quote(value, safe="")


class Cache:
    """Cached values. Lifetimes are in seconds."""

    def __init__(self, hearth: Hearth) -> None:
        self._hearth = hearth

    def get(self, key: str) -> Optional[CacheEntry]:
        """Returns a value, and slides its expiry if it slides; None where there is none."""
        try:
            answer = self._hearth.call("GET", f"/cache/{_id(key)}")
        except NotFound:
            return None
        return CacheEntry(answer.data, answer.headers.get("Content-Type", ""), answer.headers.get("ETag"))

    def has(self, key: str) -> bool:
        """Whether there is a value; does not slide its expiry."""
        try:
            self._hearth.call("HEAD", f"/cache/{_id(key)}")
        except NotFound:
            return False
        return True

    def set(
        self, key: str, value: bytes, *, type: str = "application/octet-stream", ttl: Optional[float] = None,
        sliding: Optional[float] = None, tags: Sequence[str] = (), only_new: bool = False, if_match: Optional[str] = None,
    ) -> bool:
        """Keeps a value of at most 1 MiB. False where ``only_new`` or ``if_match`` forbade it, and nothing was changed then.

        A conditional call is never repeated: where its answer is lost it may have been carried out.
        """
        headers = {"Content-Type": type}
        if only_new:
            headers["If-None-Match"] = "*"
        if if_match is not None:
            headers["If-Match"] = if_match
        query = {"ttl": ttl, "sliding": sliding, "tags": list(tags)}
        try:
            self._hearth.call("PUT", f"/cache/{_id(key)}", query=query, body=value, headers=headers)
        except PreconditionFailed:
            return False
        return True

    def expire(self, key: str, *, ttl: Optional[float] = None, sliding: Optional[float] = None) -> bool:
        """Gives a value a new lifetime; whether there is one."""
        try:
            self._hearth.call("POST", f"/cache/{_id(key)}/expire", query={"ttl": ttl, "sliding": sliding}, repeatable=True)
        except NotFound:
            return False
        return True

    def increment(self, key: str, by: int = 1, *, initial: Optional[int] = None, ttl: Optional[float] = None) -> Optional[int]:
        """Adds to a decimal integer of 64 bits, atomically; None where there is none and no ``initial``. Never repeated.

        :raises Conflict: it is no integer, or would be out of range.
        """
        try:
            answer = self._hearth.call("POST", f"/cache/{_id(key)}/increment", query={"by": by, "initial": initial, "ttl": ttl})
        except NotFound:
            return None
        return int(_json(answer)["value"])

    def get_many(self, keys: Iterable[str]) -> dict[str, CacheEntry]:
        """Returns the values that there are, 500 keys in a call."""
        found: dict[str, CacheEntry] = {}
        for some in _batches(list(dict.fromkeys(keys))):
            answer = self._hearth.call("POST", "/cache/get", json_body={"keys": some}, repeatable=True)
            for entry in _json(answer)["entries"]:
                found[entry["key"]] = CacheEntry(b64decode(entry["value"]), entry["type"] or "")
        return found

    def set_many(self, values: Mapping[str, tuple[bytes, str]], *, ttl: Optional[float] = None) -> None:
        """Keeps values, each with its media type."""
        for some in _batches(list(values)):
            lifetime: dict[str, Any] = {} if ttl is None else {"ttl": ttl}
            entries = [
                {"key": key, "type": values[key][1], "value": b64encode(values[key][0]).decode(), **lifetime} for key in some
            ]
            self._hearth.call("POST", "/cache/set", json_body={"entries": entries}, repeatable=True)

    def delete_many(self, keys: Iterable[str]) -> int:
        """Removes values and says how many there were. Never repeated."""
        return sum(
            int(_json(self._hearth.call("POST", "/cache/delete", json_body={"keys": some}))["deleted"])
            for some in _batches(list(dict.fromkeys(keys)))
        )

    def delete(self, key: str) -> None:
        """Removes a value, if there is one."""
        self._hearth.call("DELETE", f"/cache/{_id(key)}")

    def delete_tag(self, tag: str) -> None:
        """Removes every value that was set with the tag."""
        self._hearth.call("DELETE", "/cache", query={"tag": tag})

    def clear(self) -> None:
        """Empties the cache."""
        self._hearth.call("DELETE", "/cache", query={"all": "true"})


def _batches(keys: list[str]) -> list[list[str]]:
    return [keys[start:start + BATCH] for start in range(0, len(keys), BATCH)]


class Sessions:
    """Sessions. A session is a dict as the API answers it: ``id``, ``user``, ``data``, ``createdAt``, ``lastUsedAt``, ``expiresAt``."""

    def __init__(self, hearth: Hearth) -> None:
        self._hearth = hearth

    def create(self, **begun: Any) -> dict[str, Any]:
        """Begins a session; ``user``, ``data``, ``idleTimeout``, ``absoluteTimeout``, all optional. Never repeated."""
        return dict(_json(self._hearth.call("POST", "/sessions", json_body=begun)))

    def get(self, id: str, *, peek: bool = False) -> Optional[dict[str, Any]]:
        """Returns a session and, unless it only peeks, slides its expiry; None where there is none."""
        try:
            return dict(_json(self._hearth.call("GET", f"/sessions/{_id(id)}", query={"peek": "true"} if peek else None)))
        except NotFound:
            return None

    def put(self, id: str, begun: Mapping[str, Any], *, only_new: bool = False) -> Optional[dict[str, Any]]:
        """Makes or replaces the session of an id of the caller's; None where ``only_new`` and there is one.

        :raises Conflict: a session of this id was ended or rotated less than a day ago.
        """
        headers = {"If-None-Match": "*"} if only_new else None
        try:
            return dict(_json(self._hearth.call("PUT", f"/sessions/{_id(id)}", json_body=dict(begun), headers=headers)))
        except PreconditionFailed:
            return None

    def change(self, id: str, changes: Mapping[str, Any]) -> Optional[dict[str, Any]]:
        """Merges ``data`` key by key, None removing a key; may set ``user``, ``idleTimeout``, ``absoluteTimeout``."""
        try:
            return dict(_json(self._hearth.call("PATCH", f"/sessions/{_id(id)}", json_body=dict(changes), repeatable=True)))
        except NotFound:
            return None

    def rotate(self, id: str) -> Optional[dict[str, Any]]:
        """Gives a session another id, for after a sign-in. Never repeated."""
        try:
            return dict(_json(self._hearth.call("POST", f"/sessions/{_id(id)}/rotate")))
        except NotFound:
            return None

    def end(self, id: str) -> None:
        """Ends a session for good, if there is one."""
        self._hearth.call("DELETE", f"/sessions/{_id(id)}")

    def of_user(self, user: str) -> list[dict[str, Any]]:
        """The user's live sessions, their ids shortened."""
        return list(_json(self._hearth.call("GET", f"/users/{_id(user)}/sessions")))

    def end_all(self, user: str) -> int:
        """Ends all of the user's sessions and says how many there were."""
        return int(_json(self._hearth.call("DELETE", f"/users/{_id(user)}/sessions"))["ended"])


class Presence:
    """Who is online."""

    def __init__(self, hearth: Hearth) -> None:
        self._hearth = hearth

    def touch(self, user: str, device: Optional[str] = None) -> None:
        """The user did something now."""
        self._hearth.call("PUT", f"/users/{_id(user)}/presence", query={"device": device})

    def touch_many(self, users: Iterable[str]) -> None:
        """Up to 1,000 users did something now."""
        self._hearth.call("POST", "/presence", json_body=[{"user": user} for user in users], repeatable=True)

    def sign_out(self, user: str, device: Optional[str] = None) -> None:
        """Offline at once or, with a device, once no other is online."""
        self._hearth.call("DELETE", f"/users/{_id(user)}/presence", query={"device": device})

    def set_visible(self, user: str, visible: bool) -> None:
        """Hides the user from everybody, or shows them again."""
        self._hearth.call("PUT", f"/users/{_id(user)}/presence/visibility", json_body={"visible": visible})

    def get(self, user: str) -> dict[str, Any]:
        """``user``, ``online``, ``lastActionAt``."""
        return dict(_json(self._hearth.call("GET", f"/users/{_id(user)}/presence")))

    def get_many(self, users: Sequence[str]) -> list[dict[str, Any]]:
        """The same of up to 500 users, in the order asked."""
        return list(_json(self._hearth.call("GET", "/presence", query={"users": list(users)}))) if users else []

    def online(self, limit: int = 100, after: Optional[str] = None) -> dict[str, Any]:
        """``count``, ``users`` and ``next``, which is the ``after`` of the next page."""
        return dict(_json(self._hearth.call("GET", "/presence/online", query={"limit": limit, "after": after})))


class Views:
    """Counts of pages."""

    def __init__(self, hearth: Hearth) -> None:
        self._hearth = hearth

    def add(
        self, page: str, *, visitor: Optional[str] = None, location: Optional[str] = None, id: Optional[str] = None,
        at: Union[datetime, str, None] = None,
    ) -> None:
        """Counts a view; it is durable when this returns, and counts once however often it is sent."""
        view = {"visitor": visitor, "location": location, "id": id or uuid.uuid4().hex, "at": at.isoformat() if isinstance(at, datetime) else at}
        body = {name: value for name, value in view.items() if value is not None}
        self._hearth.call("POST", f"/pages/{_id(page)}/views", json_body=body, repeatable=True)

    def add_many(self, views: Sequence[Mapping[str, Any]]) -> dict[str, int]:
        """Counts 1 to 1,000 views, all or none: ``page`` and, as in :meth:`add`, ``visitor``, ``location``, ``id``, ``at``, ``count``."""
        items = [{"id": uuid.uuid4().hex, **view} for view in views]
        return dict(_json(self._hearth.call("POST", "/views", json_body=items, repeatable=True)))

    def get(self, page: str, **range: Optional[str]) -> dict[str, Any]:
        """``views``, ``visitors`` and ``today``; with ``from_``, ``to`` or ``by`` a series."""
        query = {name.rstrip("_"): value for name, value in range.items()}
        return dict(_json(self._hearth.call("GET", f"/pages/{_id(page)}/views", query=query)))

    def get_many(self, pages: Sequence[str]) -> list[dict[str, Any]]:
        """Totals of up to 500 pages, in the order asked."""
        return list(_json(self._hearth.call("GET", "/views", query={"pages": list(pages)}))) if pages else []

    def top(self, **query: Any) -> dict[str, Any]:
        """The most viewed pages: ``from_``, ``to``, ``location``, ``limit``."""
        return dict(_json(self._hearth.call("GET", "/views/top", query={name.rstrip("_"): value for name, value in query.items()})))


class Users:
    """All that Hearth holds of a user."""

    def __init__(self, hearth: Hearth) -> None:
        self._hearth = hearth

    def get(self, user: str) -> dict[str, Any]:
        """``presence``, ``devices`` and ``sessions``."""
        return dict(_json(self._hearth.call("GET", f"/users/{_id(user)}")))

    def forget(self, user: str) -> None:
        """Ends their sessions, takes them offline and removes their last action everywhere."""
        self._hearth.call("DELETE", f"/users/{_id(user)}")


class Categories:
    """The category tree, to read."""

    def __init__(self, hearth: Hearth) -> None:
        self._hearth = hearth

    def roots(self) -> dict[str, Any]:
        """``version`` and ``categories``."""
        return dict(_json(self._hearth.call("GET", "/categories")))

    def get(self, id: str) -> Optional[dict[str, Any]]:
        """A category with its ``path`` from the root."""
        return self._read(f"/categories/{_id(id)}")

    def children(self, id: str, limit: int = 100, after: Optional[str] = None) -> Optional[dict[str, Any]]:
        """A page of its children in sibling order."""
        return self._read(f"/categories/{_id(id)}/children", limit=limit, after=after)

    def descendants(self, id: str, depth: Optional[int] = None) -> Optional[list[str]]:
        """The ids of all categories below, in pre-order."""
        found = self._read(f"/categories/{_id(id)}/descendants", depth=depth)
        return None if found is None else list(found["descendants"])

    def products(self, id: str, limit: int = 50, after: Optional[str] = None, sort: str = "id") -> Optional[dict[str, Any]]:
        """A page of the products of the category and of everything below it."""
        return self._read(f"/categories/{_id(id)}/products", limit=limit, after=after, sort=sort)

    def _read(self, path: str, **query: Any) -> Optional[dict[str, Any]]:
        try:
            return dict(_json(self._hearth.call("GET", path, query=query)))
        except NotFound:
            return None
