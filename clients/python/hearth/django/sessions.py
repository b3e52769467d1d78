"""``SESSION_ENGINE = "hearth.django.sessions"``"""

from __future__ import annotations

from typing import Any, Optional

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError

from hearth import Conflict, Hearth, HearthUnavailable
from hearth.django import Outage, default_client, settings

_DATA = "django"
_MAX_SECONDS = 315_360_000
_outage = Outage("Hearth is away, so sessions are anonymous and not saved")


class SessionStore(SessionBase):
    """A session, which expires by itself and is written as Django's serializer has it.

    Whose it is follows ``django.contrib.auth``, so that :func:`end_all_sessions` finds a user's. A session that was ended
    stays so, whatever a slow request saves. While Hearth is away a request has an empty session that is not saved, with a
    warning; with ``HEARTH = {"RAISE": True}`` :class:`hearth.HearthUnavailable` is raised.
    """

    @property
    def _hearth(self) -> Hearth:
        return default_client()

    def load(self) -> dict[str, Any]:
        key = self.session_key
        found = self._attempt(lambda: self._hearth.sessions.get(key, peek=True), {}) if key else None
        if found is None:
            self._session_key = None
            return {}
        text = found.get("data", {}).get(_DATA)
        return dict(self.decode(text)) if isinstance(text, str) else {}

    def exists(self, session_key: Optional[str]) -> bool:
        if not session_key:
            return False
        return self._attempt(lambda: self._hearth.sessions.get(session_key, peek=True), None) is not None

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)
        key, age = self.session_key, min(self.get_expiry_age(), _MAX_SECONDS)
        if key is None:
            # It ended before its data was loaded.
            return self.create()
        if age <= 0:
            self.delete(key)
            return None
        user = data.get(SESSION_KEY)
        stored = {
            "user": None if user is None else str(user), "data": {_DATA: self.encode(data)}, "idleTimeout": age, "absoluteTimeout": age,
        }
        if must_create:
            try:
                made = self._attempt(lambda: self._hearth.sessions.put(key, stored, only_new=True), {})
            except Conflict:
                made = None
            if made is None:
                raise CreateError
        elif self._attempt(lambda: self._hearth.sessions.change(key, stored), {}) is None:
            raise UpdateError
        return None

    def delete(self, session_key: Optional[str] = None) -> None:
        key = session_key if session_key is not None else self.session_key
        if key:
            self._attempt(lambda: self._hearth.sessions.end(key), None)

    def cycle_key(self) -> None:
        """The same session under a new key; the old one is dead for requests under way too."""
        key = self.session_key
        rotated = self._attempt(lambda: self._hearth.sessions.rotate(key), None) if key else None
        if rotated is None:
            data = self._session
            self.create()
            self._session_cache = data
        else:
            self._session_key = rotated["id"]
            self.modified = True

    @classmethod
    def clear_expired(cls) -> None:
        """Nothing to do: sessions vanish when they expire."""

    @staticmethod
    def _attempt(call: Any, otherwise: Any) -> Any:
        try:
            return call()
        except HearthUnavailable as failure:
            if settings().get("RAISE", False):
                raise
            _outage.warn(failure)
            return otherwise


def end_all_sessions(user: Any) -> int:
    """Signs a user (or the user of this primary key) out everywhere, and says how many sessions that ended."""
    return default_client().sessions.end_all(str(getattr(user, "pk", user)))
