"""Hearth for Django: cache backend, session engine, middleware."""

from __future__ import annotations

import logging
import threading
import time
from functools import lru_cache
from typing import Any

from hearth import Hearth

logger = logging.getLogger("hearth")


def settings() -> dict[str, Any]:
    """The site's setting ``HEARTH``: ``URL``, ``KEY``, ``TIMEOUT`` (seconds) and ``RAISE`` (while Hearth is away)."""
    from django.conf import settings as site

    return dict(getattr(site, "HEARTH", {}))


@lru_cache(maxsize=None)
def client(url: Any = None, key: Any = None, timeout: float = 3.0) -> Hearth:
    """One client a process and address."""
    return Hearth(url, key, timeout=timeout)


def default_client() -> Hearth:
    """The client that the setting ``HEARTH`` describes."""
    given = settings()
    return client(given.get("URL"), given.get("KEY"), given.get("TIMEOUT", 3.0))


class Outage:
    """Warns once of an outage, and again after a minute if it lasts."""

    PAUSE = 60.0

    def __init__(self, what: str) -> None:
        self._what = what
        self._lock = threading.Lock()
        self._warned: float = -self.PAUSE

    def warn(self, failure: Exception) -> None:
        with self._lock:
            now = time.monotonic()
            if now - self._warned < self.PAUSE:
                return
            self._warned = now
        logger.warning("%s: %s", self._what, failure)
