"""Who is online, and views of pages, noted after the answer by a thread in the background.

``MIDDLEWARE += ["hearth.django.middleware.PresenceMiddleware", "hearth.django.middleware.ViewsMiddleware"]``
"""

from __future__ import annotations

import atexit
import hashlib
import os
import queue
import threading
import uuid
from datetime import datetime, timezone
from typing import Any, Callable, Optional

from hearth import HearthError
from hearth.django import Outage, default_client

_MAX_WAITING = 10_000
_MAX_BATCH = 1_000
_EXIT_SECONDS = 5.0


class _Background:
    """A bounded queue and the thread that sends what is in it, many in a call. What finds no room is dropped, with a warning."""

    def __init__(self, what: str, send: Callable[[list[Any]], None]) -> None:
        self._send = send
        self._lost = Outage(what)
        self._lock = threading.Lock()
        self._pid: Optional[int] = None

    def add(self, item: Any) -> None:
        if self._pid != os.getpid():
            self._start()
        try:
            self._queue.put_nowait(item)
        except queue.Full as failure:
            self._lost.warn(failure)

    def _start(self) -> None:
        """Also in a process that was forked since, which has the queue and not the thread."""
        with self._lock:
            if self._pid == os.getpid():
                return
            self._queue: queue.Queue[Any] = queue.Queue(_MAX_WAITING)
            self._thread = threading.Thread(target=self._run, name="hearth", daemon=True)
            self._thread.start()
            atexit.register(self._finish)
            self._pid = os.getpid()

    def _run(self) -> None:
        ends = False
        while not ends:
            batch = [self._queue.get()]
            while len(batch) < _MAX_BATCH:
                try:
                    batch.append(self._queue.get_nowait())
                except queue.Empty:
                    break
            ends = None in batch
            items = [item for item in batch if item is not None]
            if items:
                try:
                    self._send(items)
                except HearthError as failure:
                    self._lost.warn(failure)

    def _finish(self) -> None:
        self._queue.put(None)
        self._thread.join(_EXIT_SECONDS)


_presence = _Background("Who is online is not noted", lambda users: default_client().presence.touch_many(dict.fromkeys(users)))


def _count(views: list[Any]) -> None:
    default_client().views.add_many(views)


_views = _Background("Views are not counted", _count)


class PresenceMiddleware:
    """Notes that the user of each request did something. Stands behind ``AuthenticationMiddleware``."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self._get_response = get_response

    def __call__(self, request: Any) -> Any:
        response = self._get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            _presence.add(str(user.pk))
        return response


class ViewsMiddleware:
    """Counts the views of pages: HTML that was found for a ``GET``, under its decoded path. Visitors are told apart by a hash of
    address and browser; ``DNT: 1`` and ``Sec-GPC: 1`` count without one. Override ``page`` and ``visitor`` for another rule."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self._get_response = get_response

    def __call__(self, request: Any) -> Any:
        response = self._get_response(request)
        page = self.page(request, response)
        if page is not None:
            view = {"page": page, "id": uuid.uuid4().hex, "at": datetime.now(timezone.utc).isoformat(timespec="milliseconds")}
            visitor = self.visitor(request)
            _views.add(view if visitor is None else {**view, "visitor": visitor})
        return response

    def page(self, request: Any, response: Any) -> Optional[str]:
        """The page's id; None for what does not count."""
        is_page = request.method == "GET" and response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
        return request.path if is_page and len(request.path.encode()) <= 256 else None

    def visitor(self, request: Any) -> Optional[str]:
        """Who saw it; None for unknown."""
        meta = request.META
        if meta.get("HTTP_DNT") == "1" or meta.get("HTTP_SEC_GPC") == "1":
            return None
        return hashlib.sha256(f"{meta.get('REMOTE_ADDR', '')}\n{meta.get('HTTP_USER_AGENT', '')}".encode()).hexdigest()
