"""The fault table: whatever the service does, a voice speaks it all, or says why not.

In no row does it wait past its time-outs, lose an answer it had, or take silence for speech.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from fake_translate import (
    RATE,
    Fault,
    Service,
    around,
    body,
    cut,
    cut_unnoticed,
    drip,
    drip_headers,
    endless,
    fake_translate,
    flipped,
    framed,
    frames_of,
    good,
    hum,
    mp3,
    never,
    part_of,
    reset,
    sound,
    status,
    way,
)

from audiocoach.errors import VoiceError
from audiocoach.store import Cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.gtts.engine import GttsEngine, GttsVoice
from audiocoach.voice.gtts.patience import Patience

TEXTS = ["Stand tall.", "Hold it there.", "And let go.", "Change sides.", "Well done."]
UTTERANCES = [Utterance(text, "en") for text in TEXTS]
HANG = 30
"""Seconds after which something hangs; every row ends in a fraction of it."""
SORRY = "https://www.google.com/sorry/index?q=abc"

PATIENT = Patience(connect=5, read=5, total=10, tries=3, first_wait=0.001)
HASTY = Patience(connect=5, read=0.6, total=1.0, tries=2, first_wait=0.001)
"""For what is ended by a time-out alone."""

TABLE: dict[str, tuple[Fault, Patience, str]] = {
    "429": (status(429), PATIENT, r"too many requests \(429\) \(3 tries\); wait a few minutes"),
    "429, Retry-After": (
        status(429, Retry_After="0"), PATIENT, r"too many requests \(429\) \(3 tries\); wait"),
    "429 as a redirect": (status(302, Location=SORRY), PATIENT, r"too many requests \(429\)"),
    "503": (status(503), PATIENT, r"out of service \(503\) \(3 tries\); wait a few minutes"),
    "503, Retry-After": (status(503, Retry_After="0"), PATIENT, r"out of service \(503\)"),
    "time-out": (never, HASTY, r"did not answer in time \(2 tries\); check the connection"),
    "reset": (reset, PATIENT, r"broke off the connection \(3 tries\); check the connection"),
    "cut body": (cut, PATIENT, r"broke off in the middle of an answer \(3 tries\)"),
    "cut unnoticed": (cut_unnoticed, PATIENT, "an answer without audio"),
    "slow drip": (drip, HASTY, r"did not answer within 1 s \(2 tries\); check the connection"),
    "slow drip of headers": (drip_headers, HASTY, r"did not answer within 1 s"),
    "200 without audio": (body(around("null")), PATIENT, r"without audio \(3 tries\); build again"),
    "200 without a line of ours": (body(b")]}'\n\n[]\n"), PATIENT, "an answer without audio"),
    "empty body": (body(b""), PATIENT, "an answer without audio"),
    "empty audio": (body(framed(b"")), PATIENT, "an answer without audio"),
    "audio of zero length": (sound(hum(0.0, 100)[:0]), PATIENT, "is not MP3|without sound"),
    "silence": (sound(hum(1.0, 100, level=0.0)), PATIENT, "an answer without sound"),
    "nearly silence": (sound(hum(1.0, 100, level=0.005)), PATIENT, "an answer without sound"),
    "too short": (sound(hum(0.04, 100)), PATIENT, "an answer too short for the text"),
    "too long": (sound(hum(30.0, 100)), PATIENT, "an answer too long for the text"),
    "cut to a third": (part_of(1, 3), PATIENT, "damaged answer|too short|middle of a word"),
    "cut to a third, in whole frames": (
        frames_of(1, 3), PATIENT, "an answer too short for the text|middle of a word"),
    "the end is missing": (part_of(97, 100), PATIENT, "a damaged answer"),
    "60 bytes flipped": (
        flipped(60), PATIENT, "a damaged answer|is not MP3|too short|middle of a word"),
    "more audio than any text has": (
        body(framed(mp3(hum(601.0, 100), kbit=8))), PATIENT, "an answer too long for any text"),
    "no end": (endless, PATIENT, r"an answer of more than 2 MB \(3 tries\); build again"),
    "a web page": (body(b"<!doctype html><p>Sign in to the hotel"), PATIENT, "without audio"),
    "a web page as audio": (body(framed(b"<!doctype html>" * 99)), PATIENT, "is not MP3"),
    "wrong JSON": (body(around('{"error":7')), PATIENT, "an answer without audio"),
    "wrong base64": (
        body(around(json.dumps(json.dumps(["A"])))), PATIENT, "an answer that cannot be read"),
    "wrong letters": (body(b"\xff\xfe jQ1olc \xff"), PATIENT, "an answer that cannot be read"),
}  # fmt: skip

REFUSALS: dict[str, tuple[Fault, str]] = {
    "403": (status(403), "answered 403 Forbidden; build again later"),
    "404": (status(404), "answered 404 Not Found"),
    "429 for ever": (
        status(429, Retry_After="9" * 400),
        r"\(429\), and asks to wait a day or more; build",
    ),
    "sent elsewhere": (status(307, Location="https://evil.example/"), "answered 307"),
    "429 for an hour": (
        status(429, Retry_After="3601"),
        r"too many requests \(429\), and asks to wait 61 min; build again then",
    ),
}


@pytest.fixture
def service() -> Iterator[Service]:
    with fake_translate() as service:
        yield service


def voice(cache: Path, patience: Patience = PATIENT) -> GttsVoice:
    return GttsEngine(patience).open("", language="en", rate=1.0, cache=Cache(cache))


def spoken(voice: GttsVoice) -> list[str]:
    """The texts that are spoken, in a thread, so that what hangs fails; each has a sound."""
    texts: list[str] = []
    failures: list[BaseException] = []

    def speak() -> None:
        try:
            for utterance, segment in voice.speak(UTTERANCES):
                assert segment.max > 3000
                texts.append(utterance.text)
        except VoiceError as failure:
            failures.append(failure)

    thread = Thread(target=speak, daemon=True)
    thread.start()
    thread.join(HANG)
    assert not thread.is_alive(), "it hangs"
    if failures:
        raise failures[0]
    return texts


@pytest.mark.parametrize("row", TABLE)
def test_a_fault_that_passes_is_not_noticed(service: Service, tmp_path: Path, row: str) -> None:
    fault, patience, _ = TABLE[row]
    service.faults.extend([fault] * (patience.tries - 1))
    assert spoken(voice(tmp_path, patience)) == TEXTS
    assert len(service.asked) == len(TEXTS) + patience.tries - 1
    assert voice(tmp_path).requests_needed(UTTERANCES) == 0


@pytest.mark.parametrize("row", TABLE)
def test_a_fault_that_stays_is_named_and_nothing_is_lost(
    service: Service, tmp_path: Path, row: str
) -> None:
    fault, patience, cause = TABLE[row]
    service.always = _all_but_the_first_three(fault)
    with pytest.raises(VoiceError, match=cause) as error:
        spoken(voice(tmp_path, patience))
    _says_what_and_what_to_do(str(error.value))
    assert voice(tmp_path).requests_needed(UTTERANCES) == 2

    service.asked.clear()
    service.always = good
    assert spoken(voice(tmp_path)) == TEXTS
    assert sorted(service.texts) == sorted(TEXTS[3:])


@pytest.mark.parametrize("row", REFUSALS)
def test_a_refusal_is_final(service: Service, tmp_path: Path, row: str) -> None:
    fault, cause = REFUSALS[row]
    service.always = _all_but_the_first_three(fault)
    with pytest.raises(VoiceError, match=cause) as error:
        spoken(voice(tmp_path))
    _says_what_and_what_to_do(str(error.value))
    assert (error.value.voice, error.value.utterance) == (voice(tmp_path).name, TEXTS[3])
    assert service.texts.count(TEXTS[3]) == 1


@pytest.mark.parametrize("row", REFUSALS)
def test_after_a_refusal_nothing_else_is_asked(service: Service, tmp_path: Path, row: str) -> None:
    """But for what was under way."""
    service.always = REFUSALS[row][0]
    many = [Utterance(f"Number {count}.", "en") for count in range(100)]
    refused = voice(tmp_path)
    with pytest.raises(VoiceError, match=REFUSALS[row][1]):
        list(refused.speak(many))
    assert len(service.asked) <= PATIENT.at_once


def test_after_the_last_try_nothing_else_is_asked(service: Service, tmp_path: Path) -> None:
    service.always = status(503)
    many = [Utterance(f"Number {count}.", "en") for count in range(100)]
    with pytest.raises(VoiceError, match=r"out of service \(503\)"):
        list(voice(tmp_path).speak(many))
    assert len(service.asked) <= PATIENT.at_once * PATIENT.tries


def test_an_answer_without_end_is_not_read_to_its_end(service: Service, tmp_path: Path) -> None:
    service.always = endless
    with pytest.raises(VoiceError, match="more than 2 MB"):
        spoken(voice(tmp_path))
    assert 0 < service.sent < len(service.asked) * 16_000_000


def test_what_the_service_says_twice_is_believed(service: Service, tmp_path: Path) -> None:
    """That it ends in silence is what we know of it, and no rule."""
    abrupt = hum(2.0, 120)[:RATE]
    service.always = sound(abrupt)
    assert spoken(voice(tmp_path)) == TEXTS
    assert len(service.asked) == 2 * len(TEXTS)


def test_a_proxy_that_refuses(tmp_path: Path) -> None:
    with (
        socket.socket() as nobody,
        way(nobody_listens(nobody)),
        pytest.raises(VoiceError, match="proxy of HTTPS_PROXY") as error,
    ):
        spoken(voice(tmp_path))
    _says_what_and_what_to_do(str(error.value), at=0)


@pytest.mark.parametrize("there_is_a_name", [True, False])
def test_no_proxy_and_nobody_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_is_a_name: bool
) -> None:
    def look_up(*_: object, **__: object) -> list[object]:
        if not there_is_a_name:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    cause = "refuses connections" if there_is_a_name else "cannot be found: there is no internet"
    with socket.socket() as nobody, way(0) as environment:
        port = nobody_listens(nobody)
        del environment["HTTPS_PROXY"]
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        with pytest.raises(VoiceError, match=cause) as error:
            spoken(voice(tmp_path))
    _says_what_and_what_to_do(str(error.value), at=0)


def test_a_proxy_that_refuses_at_first(service: Service, tmp_path: Path) -> None:
    """The way to the service is found between two tries."""
    pauses: list[float] = []
    with socket.socket() as nobody, way(nobody_listens(nobody)) as environment:

        def mend(seconds: float) -> None:
            pauses.append(seconds)
            environment["HTTPS_PROXY"] = f"http://127.0.0.1:{service.port}"

        assert spoken(voice(tmp_path, Patience(sleep=mend))) == TEXTS
    assert pauses


def nobody_listens(nobody: socket.socket) -> int:
    nobody.bind(("127.0.0.1", 0))
    port: int = nobody.getsockname()[1]
    return port


def _all_but_the_first_three(fault: Fault) -> Fault:
    return lambda handler, asked: (good if asked.text in TEXTS[:3] else fault)(handler, asked)


def _says_what_and_what_to_do(message: str, at: int = 3) -> None:
    assert "\n" not in message
    assert f'"{TEXTS[at]}"' in message or f'"{TEXTS[at + 1]}"' in message
    assert "translate.google.com" in message
    assert "--voice espeak" in message
    assert "--fallback" in message
