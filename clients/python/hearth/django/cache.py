"""``CACHES = {"default": {"BACKEND": "hearth.django.cache.HearthCache", "LOCATION": "http://localhost:5080"}}``"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Mapping
from typing import Any, Optional

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from hearth import CacheEntry, Conflict, HearthUnavailable
from hearth.django import Outage, client, settings

FOREVER = 315_360_000
"""Ten years in seconds, which is what ``timeout=None`` means."""

INTEGER, PICKLE = "text/plain", "application/x-python-pickle"


class HearthCache(BaseCache):
    """A cache backend. ``LOCATION`` is Hearth's address; ``OPTIONS``: ``KEY``, ``TIMEOUT`` (seconds), ``RAISE``.

    Integers are stored as decimal text, so that ``incr`` is atomic; everything else is pickled, so only processes that are
    trusted may write to this Hearth. ``clear`` empties Hearth's whole cache. While Hearth is away nothing is found and nothing
    is kept, with a warning; with ``RAISE`` :class:`hearth.HearthUnavailable` is raised.
    """

    def __init__(self, location: str, params: Mapping[str, Any]) -> None:
        super().__init__(dict(params))
        options = {**settings(), **params.get("OPTIONS", {})}
        self._cache = client(location or options.get("URL"), options.get("KEY"), options.get("TIMEOUT", 3.0)).cache
        self._raises = bool(options.get("RAISE", False))
        self._protocol = int(options.get("PICKLE_PROTOCOL", pickle.HIGHEST_PROTOCOL))
        self._outage = Outage("Hearth is away, so nothing is cached")

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Optional[int] = None) -> bool:
        name, (body, type), ttl = self._id(key, version), self._dump(value), self._ttl(timeout)
        if ttl <= 0:
            return not self.has_key(key, version)
        return bool(self._attempt(lambda: self._cache.set(name, body, type=type, ttl=ttl, only_new=True), False))

    def get(self, key: str, default: Any = None, version: Optional[int] = None) -> Any:
        name = self._id(key, version)
        entry = self._attempt(lambda: self._cache.get(name), None)
        return default if entry is None else _load(entry)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Optional[int] = None) -> None:
        name, (body, type), ttl = self._id(key, version), self._dump(value), self._ttl(timeout)
        if ttl <= 0:
            self._attempt(lambda: self._cache.delete(name), None)
        else:
            self._attempt(lambda: self._cache.set(name, body, type=type, ttl=ttl), None)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: Optional[int] = None) -> bool:
        name, ttl = self._id(key, version), self._ttl(timeout)
        if ttl <= 0:
            return self.delete(key, version)
        return bool(self._attempt(lambda: self._cache.expire(name, ttl=ttl), False))

    def delete(self, key: str, version: Optional[int] = None) -> bool:
        name = self._id(key, version)
        return self._attempt(lambda: self._cache.delete_many([name]), 0) > 0

    def has_key(self, key: str, version: Optional[int] = None) -> bool:
        name = self._id(key, version)
        return bool(self._attempt(lambda: self._cache.has(name), False))

    def incr(self, key: str, delta: int = 1, version: Optional[int] = None) -> Any:
        name = self._id(key, version)
        try:
            value = self._cache.increment(name, delta)
        except Conflict:
            # No integer of 64 bits: what Django does for any value, which is not atomic.
            return super().incr(key, delta, version)
        except HearthUnavailable as failure:
            if self._raises:
                raise
            self._outage.warn(failure)
            value = None
        if value is None:
            raise ValueError(f"Key {key!r} not found")
        return value

    def get_many(self, keys: Iterable[str], version: Optional[int] = None) -> dict[str, Any]:
        names = {self._id(key, version): key for key in keys}
        found = self._attempt(lambda: self._cache.get_many(names), {})
        return {names[name]: _load(entry) for name, entry in found.items()}

    def set_many(self, data: Mapping[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: Optional[int] = None) -> list[str]:
        values, ttl = {self._id(key, version): self._dump(value) for key, value in data.items()}, self._ttl(timeout)
        if ttl <= 0:
            self._attempt(lambda: self._cache.delete_many(values), 0)
            return []

        def keep() -> list[str]:
            self._cache.set_many(values, ttl=ttl)
            return []

        return list(self._attempt(keep, list(data)))

    def delete_many(self, keys: Iterable[str], version: Optional[int] = None) -> None:
        names = [self._id(key, version) for key in keys]
        self._attempt(lambda: self._cache.delete_many(names), 0)

    def clear(self) -> None:
        self._attempt(self._cache.clear, None)

    def _id(self, key: str, version: Optional[int]) -> str:
        made = self.make_key(key, version=version)
        self.validate_key(made)
        return made if _is_id(made) else f"django#{hashlib.sha256(made.encode('utf-8', 'surrogatepass')).hexdigest()}"

    def _ttl(self, timeout: Any) -> float:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return FOREVER if seconds is None else min(seconds, FOREVER)

    def _dump(self, value: Any) -> tuple[bytes, str]:
        if type(value) is int and -(2**63) <= value < 2**63:
            return str(value).encode(), INTEGER
        return pickle.dumps(value, self._protocol), PICKLE

    def _attempt(self, call: Any, otherwise: Any) -> Any:
        try:
            return call()
        except HearthUnavailable as failure:
            if self._raises:
                raise
            self._outage.warn(failure)
            return otherwise


def _is_id(text: str) -> bool:
    try:
        return 1 <= len(text.encode()) <= 256 and text.isprintable()
    except UnicodeEncodeError:
        return False


def _load(entry: CacheEntry) -> Any:
    return pickle.loads(entry.value) if entry.type == PICKLE else int(entry.value)
