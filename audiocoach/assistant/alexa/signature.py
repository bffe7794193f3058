"""Whether a request came from Alexa, and for our skill: the checks that Amazon requires of one's
own server. Pure.

The rules are those of "Host a Custom Skill as a Web Service" in Amazon's documentation. The clock,
the certificates and whom to trust are handed in.
"""

from __future__ import annotations

import json
import posixpath
import re
from base64 import b64decode
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import DNSName
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from audiocoach.assistant.alexa.handler import Json, is_for_us

NEAR: Final = timedelta(seconds=150)
"""How far the time of a request may differ from ours."""
_HOST: Final = "s3.amazonaws.com"
_PATH: Final = re.compile(r"/echo\.api/[A-Za-z0-9._/-]+")
"""No percents: what fetches it may read `%2e%2e` as dots, and they lead to a stranger's folder."""
_SIGNER: Final = DNSName("echo-api.amazon.com")


class ForgedError(Exception):
    """Why a request must not be answered."""


def chain_address(text: str) -> str:
    """The normalised address of the certificates. Raises ForgedError unless it is Amazon's."""
    with suppress(ValueError):
        parts = urlsplit(text)
        path = "/" + posixpath.normpath(parts.path).lstrip("/")
        there = (parts.scheme, parts.hostname, parts.port or 443, parts.query)  # in lower case
        if there == ("https", _HOST, 443, "") and _PATH.fullmatch(path):
            return f"https://{_HOST}{path}"
    raise ForgedError("its certificates are not where Amazon keeps them")


def read_request(body: bytes, data: Json, now: datetime) -> Json:
    """The request. Raises ForgedError if it is stale, for another skill, or not a request."""
    try:
        event: Any = json.loads(body)
        sent = datetime.fromisoformat(event["request"]["timestamp"])
        far = abs(now - sent) > NEAR
        known, ours = isinstance(event["request"]["requestId"], str), is_for_us(event, data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ForgedError("it is not written as Alexa writes one") from None
    if not known:
        raise ForgedError("it has no id")
    if far:
        raise ForgedError(f"it was not sent within {NEAR.seconds} s")
    if not ours:
        raise ForgedError("it is for another skill")
    found: Json = event
    return found


def check_signature(
    body: bytes, signature: str, chain: bytes, trusted: Store, now: datetime
) -> None:
    """Raises ForgedError unless Alexa signed the body.

    `signature` is in base 64, of the SHA-256; `chain` is in PEM, the signer's certificate first.
    """
    try:
        signer, *between = x509.load_pem_x509_certificates(chain)
        policy = PolicyBuilder().store(trusted).time(now)
        policy.build_server_verifier(_SIGNER).verify(signer, between)
    except (ValueError, VerificationError):
        raise ForgedError("nobody vouches for its certificate") from None
    key = signer.public_key()
    if not isinstance(key, RSAPublicKey):
        raise ForgedError("Alexa has keys of another kind")
    try:
        key.verify(b64decode(signature, validate=True), body, PKCS1v15(), SHA256())
    except (ValueError, InvalidSignature):
        raise ForgedError("its signature is wrong") from None
