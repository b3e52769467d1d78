"""What a call may end with besides its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional


class HearthError(Exception):
    """Hearth refused a call. Nothing was changed, unless the call's documentation says otherwise."""

    def __init__(self, status: int, detail: str, errors: Optional[Mapping[str, list[str]]] = None) -> None:
        super().__init__(f"{status}: {detail}")
        self.status = status
        self.detail = detail
        #: Messages by the member or parameter at fault.
        self.errors: Mapping[str, list[str]] = errors or {}


class InvalidRequest(HearthError):
    """400, 415: the call breaks the contract."""


class NotAllowed(HearthError):
    """401, 403: no key, a wrong one, or one of too small a scope."""


class NotFound(HearthError):
    """404."""


class Conflict(HearthError):
    """409: the present state forbids it."""


class PreconditionFailed(HearthError):
    """412: there is a value already, or another than the one named."""


class TooLarge(HearthError):
    """413."""


class HearthUnavailable(HearthError):
    """No answer, or 429 or 503: Hearth or a store that it needs is away. Whether the call was carried out is not known."""


def error_of(status: int, detail: str, errors: Optional[Mapping[str, list[str]]] = None) -> HearthError:
    kinds: dict[int, type[HearthError]] = {
        400: InvalidRequest, 415: InvalidRequest, 401: NotAllowed, 403: NotAllowed, 404: NotFound, 409: Conflict,
        412: PreconditionFailed, 413: TooLarge, 429: HearthUnavailable, 503: HearthUnavailable,
    }
    return kinds.get(status, HearthError)(status, detail, errors)
