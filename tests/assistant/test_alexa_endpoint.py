"""Alexa answered on a server of one's own: signed requests are, once; all others are refused."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache as once
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import Store
from hypothesis import given
from hypothesis import strategies as st
from requests import RequestException
from visiting import Visitor, house

from audiocoach.assistant.alexa import handler
from audiocoach.assistant.alexa.endpoint import Endpoint, fetched, trusted_store
from audiocoach.assistant.alexa.signature import ForgedError, chain_address
from audiocoach.server.app import App
from audiocoach.server.door import Door

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PLACE = "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem"
OURS = "amzn1.ask.skill.ours"
DATA: dict[str, Any] = {
    "application": OURS,
    "words": {
        "en": {
            "nothing": "",
            "failed": "",
            "help": "",
            "pace": "normal",
            "sessions": {"normal": "a/en"},
        }
    },
    "sessions": {"a/en": {"url": "https://here/a.mp3", "title": "A", "answers": {}, "to": {}}},
}
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@once
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65_537, 2048)


@once
def authority_key(_of: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def certificate(
    name: str,
    key: Key,
    issuer: tuple[str, ec.EllipticCurvePrivateKey],
    *,
    host: str = "",
    valid: tuple[datetime, datetime] = (NOW - DAY, NOW + DAY),
) -> x509.Certificate:
    """Of a server with a host, else of an authority. A host in its name stands nowhere else."""

    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer[0]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[1].public_key()),
            critical=False,
        )
    )
    if host:
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(usage, critical=False)
        if host != name:
            builder = builder.add_extension(names, critical=False)
    else:
        others = ("digital_signature", "content_commitment", "key_encipherment")
        more = ("data_encipherment", "key_agreement", "encipher_only", "decipher_only")
        signs = dict.fromkeys(others + more, False)
        builder = (
            builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(key_cert_sign=True, crl_sign=True, **signs), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
        )
    return builder.sign(issuer[1], SHA256())


ROOT = ("root", authority_key("root"))


def root(**own: Any) -> x509.Certificate:
    return certificate("root", ROOT[1], ROOT, **own)


@once
def between() -> x509.Certificate:
    return certificate("between", authority_key("between"), ROOT)


def chain(
    authority: str = "between",
    voucher: x509.Certificate | None = None,
    name: str = "Alexa",
    **own: Any,
) -> bytes:
    """The certificates of who signs, in PEM, and of who vouches."""
    issuer = (authority, authority_key(authority))
    leaf = certificate(name, rsa_key(), issuer, **{"host": "echo-api.amazon.com"} | own)
    both = (leaf, voucher or between())
    return b"".join(each.public_bytes(Encoding.PEM) for each in both)


def each_of(chain: bytes) -> list[bytes]:
    end = b"-----END CERTIFICATE-----\n"
    return [each + end for each in chain.split(end)[:-1]]


@dataclass
class Amazon:
    """Sends requests to our skill, as it documents them; its certificates can be had."""

    chain: bytes = field(default_factory=chain)
    now: datetime = NOW
    fetched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.skill = Endpoint(DATA, Store([root()]), self.fetch, lambda: self.now)

    def fetch(self, address: str) -> bytes:
        self.fetched.append(address)
        return self.chain

    def send(self, body: bytes, signed: bytes | None = None, **headers: str) -> tuple[int, str]:
        signature = rsa_key().sign(body if signed is None else signed, PKCS1v15(), SHA256())
        given = {
            "signaturecertchainurl": PLACE,
            "signature-256": b64encode(signature).decode(),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return self.skill(given, body)


def request(number: int = 1, *, sent: datetime = NOW, application: str = OURS) -> bytes:
    asked = {
        "version": "1.0",
        "context": {"System": {"application": {"applicationId": application}}},
        "request": {
            "type": "LaunchRequest",
            "requestId": f"amzn1.echo-api.request.{number}",
            "timestamp": sent.isoformat().replace("+00:00", "Z"),
            "locale": "en-US",
        },
    }
    return json.dumps(asked).encode()


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the skill was asked; nothing of what is refused."""
    asked: list[Any] = []

    def respond(event: Any, data: Any) -> Any:
        asked.append(event)
        return handler.respond(event, data)

    monkeypatch.setattr("audiocoach.assistant.alexa.endpoint.respond", respond)
    return asked


def test_what_alexa_signed_is_answered_as_on_lambda(answered: list[Any]) -> None:
    amazon = Amazon()
    for number in range(3):
        status, answer = amazon.send(request(number))
        assert status == 200
        assert json.loads(answer) == handler.respond(json.loads(request(number)), DATA)
        assert '"url": "https://here/a.mp3"' in answer
    assert len(answered) == 3
    assert amazon.fetched == [PLACE], "certificates are fetched once"


def test_it_comes_in_over_http_as_amazon_sends_it(cache: Path, answered: list[Any]) -> None:
    amazon, body = Amazon(), request()
    signature = b64encode(rsa_key().sign(body, PKCS1v15(), SHA256())).decode()
    headers = {
        "Content-Type": "application/json;charset=UTF-8",
        "Signature": "of the SHA-1, which nobody reads",
        "Signature-256": signature,
        "SignatureCertChainUrl": PLACE,
    }
    visits = Visitor(App(house(cache), Door(), {"/alexa": amazon.skill}))
    first = visits.post("/alexa", body, headers)
    assert (first.status, json.loads(first.text)) == (200, handler.respond(json.loads(body), DATA))
    assert first.headers["content-type"] == "application/json; charset=utf-8"
    again = visits.post("/alexa", body, headers)
    assert (again.status, again.text) == (
        400,
        "this request is refused: it was answered before\n",
    )
    visits.close()
    assert len(answered) == 1


SHA_1 = rsa_key().sign(request(), PKCS1v15(), SHA1())  # noqa: S303 - what must not do
FORGED: dict[str, tuple[str, Callable[[Amazon], tuple[int, str]]]] = {
    "another body": ("signature is wrong", lambda to: to.send(request(), signed=request(2))),
    "no signature": ("signature is wrong", lambda to: to.send(request(), signature_256="")),
    "no base 64": ("signature is wrong", lambda to: to.send(request(), signature_256="é*")),
    "SHA-1": (
        "signature is wrong",
        lambda to: to.send(request(), signature_256=b64encode(SHA_1).decode()),
    ),
    "no address": ("where Amazon keeps", lambda to: to.send(request(), signaturecertchainurl="")),
    "stale": ("within 150 s", lambda to: to.send(request(sent=NOW - timedelta(seconds=151)))),
    "early": ("within 150 s", lambda to: to.send(request(sent=NOW + timedelta(seconds=151)))),
    "another skill": ("for another skill", lambda to: to.send(request(application="other"))),
    "no JSON": ("not written as", lambda to: to.send(b"{")),
    "no object": ("not written as", lambda to: to.send(b"[]")),
    "deep": ("not written as", lambda to: to.send(b"[" * 100_000)),
    "no time zone": (
        "not written as",
        lambda to: to.send(request(sent=NOW.replace(tzinfo=None))),
    ),
    "no id": (
        "has no id",
        lambda to: to.send(request().replace(b'"amzn1.echo-api.request.1"', b"1")),
    ),
}


@pytest.mark.parametrize("how", FORGED)
def test_what_is_forged_or_stale_is_refused_and_nothing_happens(
    how: str, answered: list[Any]
) -> None:
    reason, send = FORGED[how]
    amazon = Amazon()
    status, line = send(amazon)
    assert status == 400
    assert reason in line
    assert not answered
    assert amazon.send(request())[0] == 200, "and it stands in the way of none"


UNTRUSTED: dict[str, Callable[[], bytes]] = {
    "expired": lambda: chain(valid=(NOW - 3 * DAY, NOW - DAY)),
    "not yet": lambda: chain(valid=(NOW + DAY, NOW + 2 * DAY)),
    "another name": lambda: chain(host="echo-api.amazon.com.example.org"),
    "another authority": lambda: chain(authority="stranger"),
    "no authority": lambda: each_of(chain())[0],
    "in the wrong order": lambda: b"".join(reversed(each_of(chain()))),
    "who vouches alone": lambda: each_of(chain())[1],
    "the host in its name alone": lambda: chain(name="echo-api.amazon.com"),
    "a name within a name": lambda: chain(host="x.echo-api.amazon.com"),
    "one that vouches for itself": lambda: certificate(
        "echo-api.amazon.com", authority_key("evil"), ("evil", authority_key("evil"))
    ).public_bytes(Encoding.PEM),
    "nothing": lambda: b"",
    "damaged": lambda: chain().replace(b"MII", b"MIJ"),
}


@pytest.mark.parametrize("how", UNTRUSTED)
def test_a_certificate_that_nobody_vouches_for_is_refused(how: str, answered: list[Any]) -> None:
    amazon = Amazon(UNTRUSTED[how]())
    assert amazon.send(request()) == (
        400,
        "this request is refused: nobody vouches for its certificate",
    )
    assert not answered
    amazon.chain = chain()
    assert amazon.send(request())[0] == 200, "a wrong one is not kept"


def test_a_certificate_that_expired_is_fetched_anew() -> None:
    amazon, later = Amazon(), NOW + 2 * DAY
    lasting = (NOW - DAY, NOW + 9 * DAY)
    amazon.skill.trusted = Store([root(valid=lasting)])
    assert amazon.send(request())[0] == 200
    amazon.now = later
    for _ in range(2):
        assert "vouches" in amazon.send(request(2, sent=later))[1]
    vouched = certificate("between", authority_key("between"), ROOT, valid=lasting)
    amazon.chain = chain(valid=lasting, voucher=vouched)
    assert amazon.send(request(2, sent=later))[0] == 200
    assert amazon.fetched == [PLACE] * 3


def test_without_the_certificates_there_is_no_answer(answered: list[Any]) -> None:
    amazon = Amazon()

    def fails(_address: str) -> bytes:
        raise OSError

    amazon.skill.fetch = fails
    assert amazon.send(request()) == (
        400,
        "this request is refused: its certificates can't be fetched",
    )
    assert not answered


def test_a_request_is_answered_once_as_long_as_its_time_would_do(answered: list[Any]) -> None:
    amazon = Amazon()
    early = request(sent=NOW + timedelta(seconds=150))
    assert amazon.send(early)[0] == 200
    for seconds in (0, 1, 150, 300):
        amazon.now = NOW + timedelta(seconds=seconds)
        assert amazon.send(early) == (400, "this request is refused: it was answered before")
    amazon.now = NOW + timedelta(seconds=301)
    assert "within 150 s" in amazon.send(early)[1]
    assert amazon.send(request(2, sent=amazon.now))[0] == 200
    assert len(answered) == 2


@pytest.mark.parametrize(
    "text",
    [
        PLACE,
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert-12.pem",
        "HTTPS://S3.amazonaws.COM/echo.api/../echo.api/echo-api-cert-12.pem",
        "https://s3.amazonaws.com//echo.api//echo-api-cert-12.pem#part",
    ],
)
def test_certificates_are_where_amazon_keeps_them(text: str) -> None:
    assert chain_address(text) == PLACE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "https://notamazon.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com.example.org/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com@example.org/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/EcHo.aPi/echo-api-cert.pem",
        "https://s3.amazonaws.com/invalid.path/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/../evil/cert.pem",
        "https://s3.amazonaws.com/echo.api/%2e%2e/evil/cert.pem",
        "https://s3.amazonaws.com/echo.api/..\\evil/cert.pem",
        "https://s3.amazonaws.com:563/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com:x/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/echo-api-cert.pem?x=1",
        "https://[s3/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com./echo.api/echo-api-cert.pem",
        "https://ѕ3.amazonaws.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com\\@example.org/echo.api/echo-api-cert.pem",
        "https:/s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "//s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api",
        "https://s3.amazonaws.com/echo.api/",
        "https://s3.amazonaws.com/echo.api/..;/evil/cert.pem",
        "https://s3.amazonaws.com/echo.api/a/../../evil/cert.pem",
        "https://s3.amazonaws.com/x/../../echo.api.evil/cert.pem",
        "https://example.org/https://s3.amazonaws.com/echo.api/cert.pem",
        "ftp://s3.amazonaws.com/echo.api/echo-api-cert.pem",
    ],
)
def test_certificates_are_fetched_from_nowhere_else(text: str) -> None:
    with pytest.raises(ForgedError):
        chain_address(text)


@given(st.text() | st.text().map(lambda text: PLACE.replace("echo-api-cert-12", text)))
def test_any_address_is_amazons_or_refused(text: str) -> None:
    try:
        found = chain_address(text)
    except ForgedError:
        return
    assert found.startswith("https://s3.amazonaws.com/echo.api/")
    assert chain_address(found) == found


def test_browsers_authorities_are_trusted_and_ours_is_not() -> None:
    amazon = Amazon()
    amazon.skill.trusted = trusted_store()
    assert amazon.send(request()) == (
        400,
        "this request is refused: nobody vouches for its certificate",
    )


@pytest.mark.parametrize(
    ("status", "size", "lacking", "fault"),
    [
        (200, 6_000, 0, ""),
        (200, 65_536, 0, ""),
        (200, 65_537, 0, "more than 65536 bytes"),
        (200, 6_000, 1, "IncompleteRead"),
        (404, 9, 0, "status 404"),
        (302, 9, 0, "status 302"),
    ],
)
def test_certificates_are_fetched_within_bounds(
    status: int, size: int, lacking: int, fault: str
) -> None:
    class Bucket(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(size + lacking))
            self.end_headers()
            self.wfile.write(b"x" * size)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Bucket) as server:
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/echo.api/cert.pem"
        try:
            if fault:
                with pytest.raises(RequestException, match=fault):
                    fetched(address)
            else:
                assert fetched(address) == b"x" * size
        finally:
            server.shutdown()
