"""Answers Alexa without Lambda: a request over HTTP is checked, and answered only once."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Final

from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.verification import Store
from requests import RequestException
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from audiocoach.assistant.alexa.handler import Json, respond
from audiocoach.assistant.alexa.signature import (
    NEAR,
    ForgedError,
    chain_address,
    check_signature,
    read_request,
)
from audiocoach.voice.net import HttpSession

_PEM: Final = re.compile(b"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_SECONDS: Final = 5.0
"""For the certificates; Alexa waits 8 for an answer."""
_MOST: Final = 65_536
"""Bytes of them; Amazon's are about 6,000."""
_KEPT: Final = 4
"""Chains that are not fetched again: Amazon has one, and at times a new one."""


@dataclass
class Endpoint:
    """Who answers Alexa."""

    data: Json
    """What `sessions.json` holds, with the id of the skill."""
    trusted: Store
    fetch: Callable[[str], bytes]
    """Fetches what is at an address. Raises OSError."""
    now: Callable[[], datetime]
    _chains: dict[str, bytes] = field(default_factory=dict)
    _answered: dict[str, datetime] = field(default_factory=dict)
    """The ids of requests that could be sent again, with when they came."""
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, headers: Mapping[str, str], body: bytes) -> tuple[int, str]:
        """The status and the answer to a request; headers by their names in lower case."""
        now = self.now()
        try:
            address = chain_address(headers.get("signaturecertchainurl", ""))
            event = read_request(body, self.data, now)
            with self._lock:
                self._check(body, headers.get("signature-256", ""), address, now)
                self._take(event["request"]["requestId"], now)
            answer = respond(event, self.data)
        except (ForgedError, ValueError) as error:
            return 400, f"this request is refused: {error}"
        return 200, json.dumps(answer, ensure_ascii=False)

    def _check(self, body: bytes, signature: str, address: str, now: datetime) -> None:
        """Raises ForgedError unless Alexa signed it; keeps the certificates that it signed with."""
        try:
            chain = self._chains.pop(address, None) or self.fetch(address)
        except OSError:
            raise ForgedError("its certificates can't be fetched") from None
        check_signature(body, signature, chain, self.trusted, now)
        self._chains[address] = chain
        if len(self._chains) > _KEPT:
            del self._chains[next(iter(self._chains))]

    def _take(self, identity: str, now: datetime) -> None:
        """Remember a request for as long as its time would let it in again. Raises ForgedError."""
        for old in [each for each, came in self._answered.items() if now - came > 2 * NEAR]:
            del self._answered[old]
        if identity in self._answered:
            raise ForgedError("it was answered before")
        self._answered[identity] = now


def fetched(address: str) -> bytes:
    """The content of an address. Raises OSError."""
    content = b""
    with (
        HttpSession(_SECONDS, _SECONDS) as session,
        session.get(address, stream=True) as response,
    ):
        if response.status_code != 200:
            raise RequestException(f"status {response.status_code}")
        for piece in response.iter_content(_MOST):
            content += piece
            if len(content) > _MOST:
                raise RequestException(f"more than {_MOST} bytes")
    return content


def trusted_store() -> Store:
    """The authorities that browsers trust, as certifi has them."""
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        for each in _PEM.findall(Path(DEFAULT_CA_BUNDLE_PATH).read_bytes()):
            # Some old ones are numbered as no certificate may be any more.
            with suppress(ValueError, CryptographyDeprecationWarning):
                found.append(x509.load_pem_x509_certificate(each))
    return Store(found)
