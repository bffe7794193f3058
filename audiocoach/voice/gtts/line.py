"""The line to the service: gTTS's own requests, over a connection we can answer for.

gTTS 2.5.4 sends each request in a new `requests.Session`, without checking the
certificate (`verify=False`), follows redirects with the text to any host, ignores
NO_PROXY, waits for ever, and turns every failure of the network into "Failed to
connect". All of that is in one call, `requests.Session().send(...)` in the module
`gtts.tts`. So a copy of that module is loaded for ourselves alone, in which the name
`requests` stands for `_Session` below; what another part of the program does with
gTTS or requests is not touched. The copy's logger, which is told the text, is mute.
"""

from __future__ import annotations

import io
import logging
import math
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from dataclasses import KW_ONLY, dataclass
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any, Final, TypeVar, cast

import requests
from requests import PreparedRequest, Response
from requests.exceptions import ConnectionError as NoConnectionError
from requests.exceptions import InvalidSchema, InvalidURL, ProxyError, RequestException

from audiocoach.voice.child import POLL
from audiocoach.voice.gtts.answer import (
    UNHURRIED,
    Sound,
    UnbelievableError,
    believe,
    breaks_off,
    decode,
    lasts,
)
from audiocoach.voice.gtts.names import Accent
from audiocoach.voice.gtts.patience import Patience
from audiocoach.voice.net import A_DAY, HttpSession, causes, retry_after

T = TypeVar("T")

MOST_BYTES: Final = 2 << 20
"""The most bytes of an answer; the longest part, spoken slowly, takes 1.6 MB."""
PIECE: Final = 16 << 10
"""Bytes read at a time, so that little is unpacked before they are counted."""
GRACE: Final = 2.0
"""Seconds to wait for answers on their way when a build stops."""
TOO_MANY: Final = 429
WAIT: Final = "wait a few minutes and build again (what was spoken is kept)"
CONNECT: Final = "check the connection and build again (what was spoken is kept)"
REPORT: Final = "build again later (what was spoken is kept)"
TRUST: Final = "if your network inspects TLS, set REQUESTS_CA_BUNDLE to the file of its certificate"
PASSING: Final[Sequence[tuple[type[Exception], str]]] = (
    (TimeoutError, "did not answer in time"),
    (ConnectionResetError, "broke off the connection"),
    (ProxyError, "cannot be reached through the proxy of HTTPS_PROXY"),
    (socket.gaierror, "cannot be found: there is no internet connection"),
    (ConnectionRefusedError, "refuses connections"),
    (NoConnectionError, "broke off the connection"),
)
"""Errors that may be over at the next attempt; the first match among an error's causes counts.

urllib3 calls a reset connection that went through a proxy an error of the proxy.
"""


@dataclass(eq=False)
class HitchError(Exception):
    """A failed attempt. `str()` is the cause, worded to follow "the service …"."""

    cause: str
    remedy: str = REPORT
    _: KW_ONLY
    again: bool = True
    """Whether to try again."""
    busy: bool = False
    """Whether every request has to wait, not this one alone."""
    asked: float | None = None
    """The seconds the service asks us to wait."""

    def __str__(self) -> str:
        return self.cause

    def again_for(self, own: HitchError | None) -> HitchError:
        """The same error, to be raised again."""
        return self if own is self else HitchError(str(self), self.remedy, again=False)


class Line:
    """Asks one voice of the service for parts of text; threads may share it."""

    def __init__(self, accent: Accent, patience: Patience, *, slow: bool = False) -> None:
        self._accent = accent
        self._slow = slow
        self._patience = patience
        self._session = _Session(patience.connect, patience.read)
        self._gtts = _load_gtts(self._session)
        self._over = Event()
        self._ends = math.inf
        self._quiet_until = 0.0
        self._refused: HitchError | None = None
        self._doubted: dict[str, bytes] = {}

    def stop(self) -> None:
        """Make no more attempts: whoever waits for the next one stops at once, whoever waits for an
        answer soon."""
        self._ends = time.monotonic() + GRACE
        self._over.set()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def ask(self, part: str) -> bytes:
        """The MP3 for a part of at most 100 characters, checked to be speech.

        Raises HitchError when the last try has failed, or no other makes sense. That ends the
        build, so from then on nothing is asked any more, and the same is raised for all parts.
        """
        try:
            return self._ask(part)
        except HitchError as hitch:
            self._refused = self._refused or hitch
            self._over.set()
            raise self._refused.again_for(hitch) from hitch

    def _ask(self, part: str) -> bytes:
        tries = 0
        while True:
            self._pause(self._quiet_until - time.monotonic())
            if self._refused:
                raise self._refused.again_for(None)
            tries += 1
            try:
                return self._within(self._patience.total, lambda: self._try(part))
            except HitchError as hitch:
                if not hitch.again or self._over.is_set():
                    raise
                if tries >= self._patience.tries:
                    raise HitchError(f"{hitch} ({tries} tries)", hitch.remedy) from hitch
                self._wait(hitch, tries)

    def reach(self, seconds: float) -> str | None:
        """None if the service answers within so many seconds, else why not; sends no text."""
        try:
            request = requests.Request("HEAD", f"https://{self._accent.host}/").prepare()
            self._within(seconds, lambda: self._session.send(request))
        except HitchError as hitch:
            return f"{self._accent.host} {hitch}"
        return None

    def _wait(self, hitch: HitchError, tries: int) -> None:
        """Until the next try, by the service's own word or longer and longer."""
        if hitch.asked is not None and hitch.asked > self._patience.longest_wait:
            minutes = f"{-(-hitch.asked // 60):g} min"
            raise HitchError(
                f"{hitch}, and asks to wait {minutes if hitch.asked < A_DAY else 'a day or more'}",
                "build again then (what was spoken is kept)",
            ) from hitch
        wait = self._patience.wait(tries) + (hitch.asked or 0.0)
        if hitch.busy:
            self._quiet_until = max(self._quiet_until, time.monotonic() + wait)
        else:
            self._pause(wait)

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            (self._patience.sleep or self._over.wait)(seconds)

    def _within(self, seconds: float, work: Callable[[], T]) -> T:
        """What `work` gives, if it does so in time; else it is left behind in its thread.

        A time-out of a socket begins anew with every byte, and looking up a name has
        none: only another thread can keep a limit on the whole. It is no pool's: Python waits
        for those when it ends, and Ctrl-C would seem to hang.
        """
        future: Future[T] = Future()
        Thread(target=_fulfil, args=(future, work), daemon=True).start()
        until = time.monotonic() + seconds
        while not wait([future], min(seconds, POLL)).done:
            if time.monotonic() >= min(until, self._ends):
                raise HitchError(f"did not answer within {seconds:g} s", CONNECT)
        return future.result()

    def _try(self, part: str) -> bytes:
        """One request of gTTS's making. It cuts nothing here: the part is short enough.

        Without its pre-processors, which take the full stop from "Rest." and
        "first." as from an abbreviation ("st."), and without its check of the
        language, which turns zh-CN and others into a deprecated name.
        """
        how = {"slow": self._slow, "lang_check": False, "pre_processor_funcs": []}
        speech = self._gtts.gTTS(part, self._accent.tld, self._accent.language, **how)
        answer = io.BytesIO()
        try:
            speech.write_to_fp(answer)
            if not answer.getbuffer().nbytes:
                raise HitchError("sent an answer without audio")
            sound = decode(answer.getvalue())
            believe(sound, part, slow=self._slow)
        except self._gtts.gTTSError as reason:
            raise HitchError("sent an answer without audio") from reason
        except ValueError as reason:  # of base64, UTF-8 or ASCII
            raise HitchError("sent an answer that cannot be read") from reason
        except UnbelievableError as reason:
            raise HitchError(f"sent {reason}") from reason
        if breaks_off(sound) and not self._says_so_again(part, sound, answer.getvalue()):
            raise HitchError("sent an answer that ends in the middle of a word")
        return answer.getvalue()

    def _says_so_again(self, part: str, sound: Sound, answer: bytes) -> bool:
        """Whether an answer in doubt is the same as the last time, and may well be all there is."""
        before, self._doubted[part] = self._doubted.get(part), answer
        return answer == before and lasts(sound, part, UNHURRIED)


class _Session(HttpSession):
    """Sends a request once: verified, with time-outs, to this host only; stays open."""

    def __exit__(self, *_: object) -> None:
        """gTTS closes its session after each request; the connection is kept for the next."""

    def send(self, request: PreparedRequest, **_: Any) -> Response:
        """The answer, all of it. Raises HitchError, which gTTS lets pass, for every failure."""
        try:
            response = super().send(request, stream=True)
            _take(response)
        except RequestException as reason:
            raise _why(reason) from reason
        except OSError as reason:  # REQUESTS_CA_BUNDLE names no file
            raise HitchError(f"cannot be reached: {reason}", TRUST, again=False) from reason
        return response


def _take(response: Response) -> None:
    """Read an answer that is a success, `MOST_BYTES` at most. Raises HitchError."""
    content = bytearray()
    try:
        _accept(response)
        for piece in response.iter_content(PIECE):
            content += piece
            if len(content) > MOST_BYTES:
                raise HitchError(f"sent an answer of more than {MOST_BYTES >> 20} MB")  # noqa: TRY301
    except BaseException:
        response.close()
        raise
    response._content = bytes(content)


def _accept(response: Response) -> None:
    """Raises HitchError for a status that is no success; gTTS would follow or misread some."""
    status, target = response.status_code, response.headers.get("Location", "")
    asked = retry_after(response.headers.get("Retry-After"), response.headers.get("Date"))
    # The service's other way to say 429: it redirects to a page with a puzzle.
    if status == TOO_MANY or (response.is_redirect and "/sorry/" in target):
        raise HitchError("has had too many requests (429)", WAIT, busy=True, asked=asked)
    if status >= 500:
        raise HitchError(f"is out of service ({status})", WAIT, busy=bool(asked), asked=asked)
    if status >= 300:
        what = f"answered {status} {response.reason or ''}".strip()
        raise HitchError(what, again=False)


def _why(reason: RequestException) -> HitchError:
    """What a failure of the network means to the user."""
    roots = list(causes(reason))
    for cause in roots:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = f"has a certificate that is not trusted ({cause.verify_message})"
            return HitchError(why, TRUST, again=False)
    if isinstance(reason, InvalidSchema | InvalidURL):
        return HitchError(f"cannot be reached: {reason}", "correct HTTPS_PROXY", again=False)
    for kind, why in PASSING:
        if any(isinstance(cause, kind) for cause in roots):
            return HitchError(why, CONNECT)
    return HitchError("broke off in the middle of an answer", CONNECT)


def _fulfil(future: Future[T], work: Callable[[], T]) -> None:
    """Put what `work` gives, or raises, into the future."""
    try:
        future.set_result(work())
    except BaseException as reason:  # noqa: BLE001 - raised where the result is asked for
        future.set_exception(reason)


def _load_gtts(session: _Session) -> Any:
    """A copy of the module `gtts.tts`, ours alone, that sends through `session`."""
    spec = import_module("gtts.tts").__spec__
    copy: Any = module_from_spec(cast(ModuleSpec, spec))
    copy.__loader__.exec_module(copy)
    # Nothing else of requests: without `packages`, gTTS can't mute urllib3's warnings either.
    copy.requests = SimpleNamespace(
        Session=lambda: session, Request=requests.Request, exceptions=requests.exceptions
    )
    copy.log = logging.Logger("audiocoach.gtts", logging.CRITICAL + 1)
    return copy
