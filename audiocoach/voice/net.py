"""The only way to the web: with time limits and verified certificates, through the environment's
proxies.

By requests alone, a connection may hang for ever and a redirect lead from https to http.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

import requests
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

LONGEST_WAIT: Final = 60.0
"""Seconds until a request is made again, whatever the server asks for."""

A_DAY: Final = 24 * 3600.0
"""Seconds; a Retry-After that asks for more asks for this."""


@dataclass(eq=False)
class UnsafeRedirectError(Exception):
    """An answer from `host` redirects to `target`, which is not followed."""

    host: str | None
    target: str


class HttpSession(requests.Session):
    """Sends each request as the environment has it (proxies, certificates), never without limits.

    `connect` and `read` are seconds, the latter between two pieces of an answer. Redirects are
    not followed, or (`follow`) to http and https alone and never from https to http. `again`
    says how often urllib3 tries a request, and what for.
    """

    def __init__(
        self, connect: float, read: float, *, follow: bool = False, again: Retry | int = 0
    ) -> None:
        super().__init__()
        self._timeout = (connect, read)
        self._follow = follow
        for scheme in ("https://", "http://"):
            self.mount(scheme, HTTPAdapter(max_retries=again))

    def send(self, request: PreparedRequest, **given: Any) -> Response:
        """The answer. What else is asked for (no check, no limit) is not done.

        Raises OSError when REQUESTS_CA_BUNDLE names no file, its kind RequestException for
        all that goes wrong on the way, and UnsafeRedirectError.
        """
        # Always a str: it was prepared from one.
        stream = given.get("stream", False)
        settings = self.merge_environment_settings(str(request.url), {}, stream, None, None)
        follow = self._follow and given.get("allow_redirects", True)
        return super().send(request, **settings, timeout=self._timeout, allow_redirects=follow)

    def get_redirect_target(self, resp: Response) -> str | None:
        """Where an answer redirects to; the name is that of requests."""
        target = super().get_redirect_target(resp)
        if target and self._follow:
            here, there = urlsplit(resp.url), urljoin(resp.url, target)
            if urlsplit(there).scheme not in {"https", here.scheme}:
                raise UnsafeRedirectError(here.hostname, there)
        return target


class Again(Retry):
    """Waits before the first repetition too, and never longer than `LONGEST_WAIT`."""

    def get_backoff_time(self) -> float:
        """Seconds until the next try: the factor, twice as long, and so on."""
        wait: float = self.backoff_factor * 2 ** (len(self.history) - 1)
        return min(wait, LONGEST_WAIT)

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """The seconds an answer asks for."""
        asked = retry_after(response.headers.get("Retry-After"), response.headers.get("Date"))
        return None if asked is None else min(asked, LONGEST_WAIT)


def retry_after(value: str | None, date: str | None) -> float | None:
    """The seconds a Retry-After header asks for, a day at most; `date` is the answer's own Date."""
    if value and value.strip().isdecimal():
        return min(float(value), A_DAY)
    until, now = _timestamp(value), _timestamp(date)
    if until is None:
        return None
    return min(max(0.0, until - (time.time() if now is None else now)), A_DAY)


def _timestamp(value: str | None) -> float | None:
    try:
        moment: datetime = parsedate_to_datetime(value or "")
    except (ValueError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, its causes, and those it merely contains (as urllib3 does)."""
    while error is not None:
        yield error
        yield from (held for held in error.args if isinstance(held, BaseException))
        error = error.__cause__ or error.__context__
