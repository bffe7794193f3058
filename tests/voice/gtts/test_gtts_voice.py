"""The voice: its names, what it asks for, what it keeps, whom it trusts, what it tells."""

from __future__ import annotations

import io
import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import soundfile
from fake_translate import (
    RATE,
    Service,
    body,
    fake_translate,
    framed,
    good,
    hum,
    mp3,
    speech,
    status,
    way,
)

from audiocoach.errors import VoiceError
from audiocoach.store import Cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import Engine, Voice
from audiocoach.voice.gtts.answer import Sound, decode, joined
from audiocoach.voice.gtts.engine import ENGINE, GttsEngine, GttsVoice
from audiocoach.voice.gtts.names import ACCENTS, LANGUAGES, SYNONYMS, VOICES
from audiocoach.voice.gtts.patience import Patience
from audiocoach.voice.net import retry_after

QUICK = Patience(connect=5, read=5, total=10, tries=3, first_wait=0.001)
LONG = "Stand tall, with your feet apart, and breathe. " * 3
PERSONAL = "my aching xyzzy knee"


@pytest.fixture
def service() -> Iterator[Service]:
    with fake_translate() as service:
        yield service


def voice(
    cache: Path, spec: str = "", language: str = "en", patience: Patience = QUICK
) -> GttsVoice:
    return GttsEngine(patience).open(spec, language=language, rate=1.0, cache=Cache(cache))


def said(voice: GttsVoice, *texts: str) -> list[int]:
    """Lengths in ms."""
    return [len(segment) for _, segment in voice.speak([Utterance(text, "en") for text in texts])]


# --- Names ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "language", "name", "asked"),
    [
        ("", "en", "gtts:en", ("en", "com", 0)),
        ("en", "en-GB", "gtts:en", ("en", "com", 0)),
        ("", "en-GB", "gtts:en-uk", ("en", "co.uk", 0)),
        ("en-gb", "en", "gtts:en-uk", ("en", "co.uk", 0)),
        ("EN_AU+slow", "en", "gtts:en-au+slow", ("en", "com.au", 1)),
        ("+slow", "de-AT", "gtts:de+slow", ("de", "com", 1)),
        ("", "pt-PT", "gtts:pt-pt", ("pt", "pt", 0)),
        ("", "he-IL", "gtts:iw", ("iw", "com", 0)),
        ("", "zh-Hant-TW", "gtts:zh-TW", ("zh-TW", "com", 0)),
        ("zh-cn", "zh", "gtts:zh-CN", ("zh-CN", "com", 0)),
    ],
)
def test_names(
    tmp_path: Path, spec: str, language: str, name: str, asked: tuple[str, str, int]
) -> None:
    found = voice(tmp_path, spec, language)
    assert found.name == name
    assert found.fingerprint == "gtts {} {} slow={} joined=1".format(*asked)
    assert found.accent.host == f"translate.google.{asked[1]}"


@pytest.mark.parametrize(
    ("spec", "language", "message"),
    [
        ("en-uj", "en", "no voice 'en-uj'; did you mean en-u"),
        ("com@evil.example/", "en", "no voice 'com@evil.example/'"),
        ("en@evil.example", "en", "no voice"),
        ("en-evil.example", "en", "no voice"),
        ("", "tlh", "does not speak 'tlh'; choose another engine"),
        ("", "", "does not speak ''"),
        ("en+fast", "en", r"no variant '\+fast'; it has \+slow only"),
        ("de", "en", "gtts:de speaks German, but the texts are in 'en'"),
        ("de", "tlh", "gtts:de speaks German, but the texts are in 'tlh'"),
    ],
)
def test_names_there_are_not(tmp_path: Path, spec: str, language: str, message: str) -> None:
    with pytest.raises(VoiceError, match=message) as error:
        voice(tmp_path, spec, language)
    assert "\n" not in str(error.value)


def test_the_tables_are_those_of_gtts() -> None:
    """fr-CA and pt-PT are accents here: gTTS's own check turns them back into fr and pt."""
    assert set(LANGUAGES) == set(import_module("gtts.lang").tts_langs()) - {"fr-CA", "pt-PT"}
    # com.br stands in gTTS's documentation, and is where translate.google.com.br is.
    assert {accent.tld for accent in ACCENTS.values()} - {"com.br"} <= set(
        import_module("gtts.accents").accents
    )
    assert {accent.language for accent in ACCENTS.values()} <= set(LANGUAGES)
    assert set(SYNONYMS.values()) <= set(VOICES)


def test_offers() -> None:
    british = [offer.spec for offer in ENGINE.offers("en-GB")]
    assert british[0] == "gtts:en-uk"
    assert {"gtts:en", "gtts:en-us", "gtts:en-au", "gtts:en-in"} <= set(british)
    assert "translate.google.co.uk" in ENGINE.offers("en-GB")[0].about
    assert [offer.spec for offer in ENGINE.offers("de-AT")] == ["gtts:de"]
    assert ENGINE.offers("tlh") == []


def test_it_is_an_engine_with_a_voice(tmp_path: Path) -> None:
    engine: Engine = ENGINE
    opened: Voice = engine.open("", language="en", rate=1.25, cache=Cache(tmp_path))
    assert (engine.name, engine.online, opened.online, opened.tempo) == ("gtts", True, True, 1.25)


# --- What is asked for, and kept ------------------------------------------------------------


def test_what_is_sent(service: Service, tmp_path: Path) -> None:
    said(voice(tmp_path, "en-uk+slow"), "Rest. First. Mr. Smith? Go!")
    (asked,) = service.asked
    # gTTS's own pre-processing would make it "Rest First Mr Smith?  Go! ".
    assert asked.text == "Rest. First. Mr. Smith? Go!"
    assert (asked.host, asked.language, asked.slow) == ("translate.google.co.uk", "en", True)


def test_the_sound_is_what_came(service: Service, tmp_path: Path) -> None:
    ((_, segment),) = voice(tmp_path).speak([Utterance("Stand tall.", "en")])
    assert (segment.frame_rate, segment.channels, segment.sample_width) == (RATE, 1, 2)
    assert segment.max > 15_000


def test_each_part_is_asked_for_once(service: Service, tmp_path: Path) -> None:
    texts = ["One.", "Two.", "One.", LONG, LONG.rstrip() + " One."]
    utterances = [Utterance(text, "en") for text in texts]
    assert voice(tmp_path).requests_needed(utterances) == 5
    lengths = said(voice(tmp_path), *texts)
    assert len(service.asked) == len(set(service.texts)) == 5
    assert lengths[0] == lengths[2]
    assert voice(tmp_path).requests_needed(utterances) == 0
    assert voice(tmp_path, "en-us").requests_needed(utterances) == 0  # the same as en
    assert voice(tmp_path, "en-au").requests_needed(utterances) == 5
    assert voice(tmp_path, "+slow").requests_needed(utterances) == 5


def test_the_rate_changes_nothing_that_is_asked_for(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    slower, faster = (ENGINE.open("", language="en", rate=rate, cache=cache) for rate in (0.8, 1.5))
    assert slower.fingerprint == faster.fingerprint
    assert (slower.tempo, faster.tempo) == (0.8, 1.5)


def test_a_long_utterance_is_joined_with_pauses(service: Service, tmp_path: Path) -> None:
    (length,) = said(voice(tmp_path), LONG)
    assert len(service.asked) == 2
    # Less the silence round each part (0.1 and 0.3 s, and 0.05 s of MP3's own), and a pause.
    raw = sum(_milliseconds(text) for text in service.texts)
    assert length == pytest.approx(raw - 2 * 450 + 2 * 20 * 2 + 450, abs=60)


def test_parts_of_different_rates_are_joined_at_one() -> None:
    rates = (24_000, 48_000)
    sounds = [Sound(hum(1.0, 200).repeat(rate // RATE), rate) for rate in rates]
    whole = joined(sounds, [100, 100])
    assert whole.rate == RATE
    assert len(whole.pcm) / RATE == pytest.approx(2 * 1.04 + 0.1, abs=0.05)


def _milliseconds(text: str) -> int:
    return len(decode(speech(text)).pcm) * 1000 // RATE


def test_a_warm_cache_opens_no_connection(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = said(voice(tmp_path), "One.", "Two.", LONG)

    def no_socket(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", no_socket)
    monkeypatch.setattr(socket, "getaddrinfo", no_socket)
    assert said(voice(tmp_path), "One.", "Two.", LONG) == first


def test_what_came_before_a_failure_is_kept(service: Service, tmp_path: Path) -> None:
    texts = [f"This is number {number}." for number in range(100)]
    service.always = lambda handler, asked: (status(403) if asked.text == texts[79] else good)(
        handler, asked
    )
    with pytest.raises(VoiceError, match=r'could not speak "This is number 79\."'):
        said(voice(tmp_path), *texts)
    answered = set(service.texts) - {texts[79]}
    assert answered >= set(texts[:79])

    service.asked.clear()
    service.always = good
    assert len(said(voice(tmp_path), *texts)) == 100
    assert sorted(service.texts) == sorted(set(texts) - answered)


def test_who_stops_early_stops_the_requests(service: Service, tmp_path: Path) -> None:
    speech = voice(tmp_path).speak([Utterance(f"Number {n}.", "en") for n in range(200)])
    next(speech)
    speech.close()  # type: ignore[attr-defined]  # a generator
    asked = len(service.asked)
    assert asked < 100
    assert len(service.asked) == asked


def test_few_at_once_over_connections_that_stay(service: Service, tmp_path: Path) -> None:
    said(voice(tmp_path), *[f"Number {number}." for number in range(40)])
    assert service.at_once["most"] <= 3
    assert service.connections <= 3


def test_a_cache_that_cannot_be_written_stops_nothing(service: Service, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    assert len(said(voice(blocked), "One.", "Two.")) == 2


# --- Waiting --------------------------------------------------------------------------------


def waits(service: Service, tmp_path: Path, **changed: object) -> list[float]:
    """The waits of a build of one text, which really take no time; chance gives the most."""
    pauses: list[float] = []
    patience = Patience(uniform=lambda _, most: most, sleep=pauses.append, **changed)  # type: ignore[arg-type]
    said(voice(tmp_path, patience=patience), "One.")
    return [round(pause, 1) for pause in pauses]


def test_waits_grow_and_have_a_limit(service: Service, tmp_path: Path) -> None:
    service.faults.extend([body(b"")] * 6)
    assert waits(service, tmp_path, tries=7, longest_wait=10.0) == [1, 2, 4, 8, 10, 10]


def test_waits_have_full_jitter() -> None:
    drawn: list[tuple[float, float]] = []

    def uniform(low: float, high: float) -> float:
        drawn.append((low, high))
        return 0.5

    patience = Patience(uniform=uniform)
    assert [patience.wait(tries) for tries in (1, 2, 3)] == [0.5] * 3
    assert drawn == [(0, 1), (0, 2), (0, 4)]


def test_retry_after_is_honoured(service: Service, tmp_path: Path) -> None:
    date = "Sat, 21 Nov 2026 10:00:00 GMT"
    until = "Sat, 21 Nov 2026 10:00:30 GMT"
    service.faults.extend([status(429, Retry_After="7"), status(429, Retry_After=until, Date=date)])
    first, second = waits(service, tmp_path)
    assert first == pytest.approx(7 + 1, abs=0.5)
    assert second >= 30 + 2 - 0.5


def test_a_busy_service_is_left_in_peace_by_every_request(service: Service, tmp_path: Path) -> None:
    service.faults.append(status(429, Retry_After="9"))
    pauses: list[float] = []
    patience = Patience(sleep=pauses.append, at_once=1)
    said(voice(tmp_path, patience=patience), "One.", "Two.", "Three.")
    assert len(pauses) == 3  # nobody really waited, so each was told to
    assert all(pause > 8 for pause in pauses)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 3 ", 3.0),
        ("-1", None),
        ("soon", None),
        ("", None),
        ("Sat, 21 Nov 2026 10:02:00 GMT", 120.0),
        ("Sat, 21 Nov 2026 10:02:00 -0000", 120.0),
        ("Sat, 21 Nov 2026 09:00:00 GMT", 0.0),
    ],
)
def test_retry_after_is_read(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, "Sat, 21 Nov 2026 10:00:00 GMT") == seconds


def test_retry_after_without_a_date_of_the_answer() -> None:
    assert retry_after("Sat, 21 Nov 2020 10:00:00 GMT", None) == 0.0


# --- Whom it trusts, what it tells ----------------------------------------------------------


def test_a_certificate_nobody_vouches_for_is_refused(service: Service, tmp_path: Path) -> None:
    with (
        way(service.port, trusted=False),
        pytest.raises(
            VoiceError, match=r"not trusted \(self.signed certificate.*REQUESTS_CA_BUNDLE"
        ),
    ):
        said(voice(tmp_path), "One.")
    assert service.asked == []
    assert service.connections == 1  # to try again would not help


def test_a_certificate_of_another_host_is_refused(service: Service, tmp_path: Path) -> None:
    """translate.google.ie is not in the fake's certificate."""
    with pytest.raises(VoiceError, match=r"not trusted \(Hostname mismatch.*google\.ie"):
        said(voice(tmp_path, "en-ie"), "One.")
    assert service.asked == []


def test_a_bundle_that_is_not_there_is_named(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    with pytest.raises(VoiceError, match=r"/nowhere\.pem.*REQUESTS_CA_BUNDLE"):
        said(voice(tmp_path), "One.")


def test_a_proxy_that_is_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with way(1) as environment:
        environment["HTTPS_PROXY"] = "gopher://nowhere"
        with pytest.raises(VoiceError, match="correct HTTPS_PROXY"):
            said(voice(tmp_path), "One.")


def test_nobody_elses_gtts_is_changed(service: Service, tmp_path: Path) -> None:
    requests, tts = import_module("requests"), import_module("gtts.tts")
    said(voice(tmp_path), "One.")
    assert tts.requests is requests
    assert requests.Session.__module__ == "requests.sessions"


def test_nothing_of_the_text_is_logged(
    service: Service, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service.faults.append(body(framed(b"no audio")))
    said(voice(tmp_path), PERSONAL)
    assert service.texts == [PERSONAL, PERSONAL]
    assert "xyzzy" not in caplog.text


def test_an_answer_that_is_wav_is_not_believed(service: Service, tmp_path: Path) -> None:
    wave = io.BytesIO()
    soundfile.write(wave, hum(1.0, 200), RATE, format="WAV")
    service.faults.append(body(framed(wave.getvalue())))
    said(voice(tmp_path), "Stand tall.")
    assert len(service.asked) == 2


def test_another_rate_is_believed(service: Service, tmp_path: Path) -> None:
    service.faults.append(body(framed(mp3(hum(1.0, 200), 48_000))))
    assert said(voice(tmp_path), "Stand tall.")[0] == pytest.approx(700, abs=60)


def test_probe(service: Service) -> None:
    assert ENGINE.probe(10) is None
    assert (service.knocks, service.asked) == (1, [])
    with way(service.port, trusted=False):
        assert "not trusted" in (ENGINE.probe(10) or "")


def test_probe_where_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute, way(mute.getsockname()[1]):
        reason = ENGINE.probe(0.2)
    assert reason == "translate.google.com did not answer within 0.2 s"


def test_opening_a_voice_imports_nothing_heavy() -> None:
    script = """
import sys
from pathlib import Path
from audiocoach.store import Cache
from audiocoach.voice.gtts.engine import ENGINE
ENGINE.open("en-uk", language="en", rate=1.0, cache=Cache(Path("nowhere"))).fingerprint
ENGINE.offers("en")
heavy = ["gtts", "requests", "urllib3", "soundfile", "soxr", "numpy", "pydub", "ssl", "socket"]
print([name for name in heavy if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")
