"""Client of Hearth's HTTP API."""

from hearth.client import CacheEntry, Hearth
from hearth.errors import (
    Conflict,
    HearthError,
    HearthUnavailable,
    InvalidRequest,
    NotAllowed,
    NotFound,
    PreconditionFailed,
    TooLarge,
)

__all__ = [
    "CacheEntry",
    "Conflict",
    "Hearth",
    "HearthError",
    "HearthUnavailable",
    "InvalidRequest",
    "NotAllowed",
    "NotFound",
    "PreconditionFailed",
    "TooLarge",
]
