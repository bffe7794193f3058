"""Why a request gets something other than what it asked for, each with its status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from audiocoach.errors import AudiocoachError, DeliveryError, LackError, VoiceError

AGAIN: Final = 5
"""Seconds after which to try again."""
_LATER: Final = {"retry-after": str(AGAIN)}
_PASSING: Final = (VoiceError, LackError, DeliveryError)
"""What may have passed by then: a service that does not answer, a lack of memory."""


class Refusal(Exception):  # noqa: N818 - no error of the server's
    """An answer that consists of a status and a line about it."""

    status: ClassVar[int]
    headers: ClassVar[Mapping[str, str]] = {}


class AddressError(Refusal):
    """The address asks for something impossible."""

    status = 400


class BodyError(Refusal):
    """The body of the request is too long, or arrives too slowly."""

    status = 400


class OutsideError(Refusal):
    """Whoever asks is not let in."""

    status = 403


class NothingError(Refusal):
    """There is nothing at this address."""

    status = 404


class MethodError(Refusal):
    """The method is not supported here."""

    status = 405
    headers: ClassVar[Mapping[str, str]] = {"allow": "GET, HEAD"}


class ImpossibleError(Refusal):
    """The session can't be made as requested."""

    status = 422


class BusyError(Refusal):
    """So many sessions are being made that no more may wait."""

    status = 429
    headers = _LATER


class LaterError(Refusal):
    """It is not available now, but may be in a while."""

    status = 503
    headers = _LATER


class BeingMadeError(LaterError):
    """It is being made."""


def refusal(error: AudiocoachError) -> Refusal:
    """What an error while making a session means to whoever asked for it."""
    return LaterError(str(error)) if isinstance(error, _PASSING) else ImpossibleError(str(error))
