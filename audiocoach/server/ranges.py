"""The answer to a request for known bytes: status, headers, and which of the bytes.

HTTP's conditions and ranges (RFC 9110, sections 13 and 14), without input and output. Requests for
several ranges get everything: a server may ignore them, and no player here asks for two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_RANGE: Final = re.compile(r"bytes[ \t]*=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)
_TAG: Final = re.compile(r'(?:W/)?("[^"]*")')


@dataclass(frozen=True, slots=True)
class Plan:
    """An answer that is decided: its status, its headers, and the bytes of its body."""

    status: int
    headers: Mapping[str, str]
    start: int = 0
    stop: int = 0
    """The body is bytes `start` to `stop`; it is not sent in answer to HEAD."""


def plan(size: int, tag: str, asked: Mapping[str, str]) -> Plan:
    """The answer about `size` bytes with that ETag, for headers in lower case.

    There is no Last-Modified: what is made on request has no such time. So a date in If-Range or
    If-Modified-Since never matches.
    """
    headers = {"etag": tag, "accept-ranges": "bytes"}
    if _unmatched(tag, asked.get("if-match")):
        return Plan(412, {**headers, "content-length": "0"})
    if asked.get("if-none-match", "").strip() == "*" or tag in _tags(asked.get("if-none-match")):
        return Plan(304, headers)
    wanted = _RANGE.fullmatch(asked.get("range", ""))
    whole = Plan(200, {**headers, "content-length": str(size)}, 0, size)
    if wanted is None or not (wanted[1] or wanted[2]) or asked.get("if-range", tag) != tag:
        return whole
    if wanted[1] and wanted[2] and int(wanted[2]) < int(wanted[1]):
        return whole  # it means nothing, so it is as if it were not there
    start, stop = _bounds(wanted[1], wanted[2], size)
    if start >= stop:
        return Plan(416, {**headers, "content-range": f"bytes */{size}", "content-length": "0"})
    part = {"content-range": f"bytes {start}-{stop - 1}/{size}"}
    return Plan(206, {**headers, **part, "content-length": str(stop - start)}, start, stop)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if first:
        return int(first), min(int(last) + 1, size) if last else size
    return max(size - int(last), 0), size


def _tags(text: str | None) -> tuple[str, ...]:
    return tuple(_TAG.findall(text)) if text else ()


def _unmatched(tag: str, wanted: str | None) -> bool:
    return wanted is not None and wanted.strip() != "*" and tag not in _tags(wanted)
