"""How Kokoro speaks: real phonemes, a tiny network, in processes as a session has them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kokoro_tiny import EACH, FIRST, RATE, STEP, Tiny, tiny_kokoro
from running import PATIENCE, ROOT

from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import open_voice
from audiocoach.voice.child import Children
from audiocoach.voice.espeak.engine import ENGINE
from audiocoach.voice.espeak.pool import speak_all
from audiocoach.voice.kokoro import voices
from audiocoach.voice.kokoro.engine import KokoroEngine, KokoroVoice
from audiocoach.voice.kokoro.voices import INT8, SPEAKERS, quickest, speaking
from audiocoach.voice.kokoro.worker import MOST_PHONEMES, pieces

pytest.importorskip("onnxruntime", reason="pip install 'audiocoach[kokoro]'")

LINES = [
    "Grip the floor with your toes, and hold. Then relax.",
    "One.",
    "Two.",
    "Number four.",
    "Release!",
    "Wrap the band around the bedpost; sit tall, and breathe.",
]


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """Three tiny voices, added."""
    made = tiny_kokoro(tmp_path / "source", monkeypatch)
    monkeypatch.setenv("AUDIOCOACH_VOICES", str(tmp_path / "voices"))
    monkeypatch.setattr("audiocoach.voice.kokoro.engine.MOST_WORKERS", 1)  # processes are dear
    for name in ("af_heart", "am_michael", "ef_dora"):
        engine().add(name, str(made.folder), None)
    return made


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def engine() -> KokoroEngine:
    return KokoroEngine(Surroundings.here())


def opened(
    cache: Cache, voice: str = "af_heart", language: str = "en", rate: float = 1.0
) -> KokoroVoice:
    return engine().open(voice, language=language, rate=rate, cache=cache)


def digests(voice: KokoroVoice, texts: Sequence[str]) -> dict[str, str]:
    spoken = voice.speak([Utterance(text, "en") for text in texts])
    return {u.text: hashlib.sha256(s.raw_data).hexdigest()[:12] for u, s in spoken}


# Names


def test_voices_are_offered_added_ones_first(tiny: Tiny) -> None:
    offers = {offer.spec: offer.step for offer in engine().offers("en")}
    assert list(offers) == ["kokoro:af_heart", "kokoro:am_michael"]
    assert set(offers.values()) == {""}
    french = {offer.spec: offer.step for offer in engine().offers("fr-CA")}
    assert french == {"kokoro:ff_siwis": "audiocoach voices add kokoro:ff_siwis"}
    assert not engine().offers("de")


def test_the_best_for_a_language_is_opened_and_a_slip_is_told(tiny: Tiny, cache: Cache) -> None:
    assert opened(cache, "").name == "kokoro:af_heart"
    assert opened(cache, "", "es-MX").name == "kokoro:ef_dora"
    assert opened(cache, "AM_Michael").name == "kokoro:am_michael"
    for voice, language, says in (
        ("af_hart", "en", "did you mean af_heart"),
        ("ff_siwis", "fr", "is not added; run: audiocoach voices add kokoro:ff_siwis"),
        ("af_heart", "es", "speaks en-us, the routine is in 'es'; choose --voice kokoro:ef_dora"),
        ("", "de", "no Kokoro voice for 'de' yet; it speaks English, Spanish and French"),
        ("", "fr", "run: audiocoach voices add kokoro:ff_siwis"),
    ):
        with pytest.raises(VoiceError, match=says):
            opened(cache, voice, language)


def test_every_voice_has_its_language_region_first() -> None:
    assert speaking("en-GB")[0].name == "bf_emma"
    assert speaking("en-US")[0].name == "af_heart"
    assert {each.name[0] for each in speaking("en")} == {"a", "b"}
    assert not speaking("de")
    assert len(SPEAKERS) == len({each.sha256 for each in SPEAKERS.values()}) == 32


@pytest.mark.parametrize(
    ("machine", "first"), [("x86_64", INT8), ("AMD64", INT8), ("arm64", voices.FLOAT)]
)
def test_a_machine_gets_the_network_it_is_quick_with(machine: str, first: voices.Model) -> None:
    assert quickest(machine)[0] == first


# Phonemes


READ = """
import json, sys
sys.path.append(sys.argv.pop(1))
from audiocoach.voice.kokoro.worker import Reader
reader = Reader(*sys.argv[1:4])
print(json.dumps([reader.phonemes(text) for text in json.load(sys.stdin)]))
"""


def read(texts: Sequence[str], language: str = "en-us") -> list[str]:
    espeak = ENGINE.open(language, language=language, rate=1.0, cache=Cache(Path(os.devnull)))
    root = str(Path(__file__).resolve().parents[3])
    arguments = [root, espeak.library, ".", espeak.language_file]
    done = subprocess.run(
        [sys.executable, "-I", "-c", READ, *arguments],
        cwd=espeak.package,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_a_text_is_read_between_its_marks_which_stay() -> None:
    # As kokoro-onnx 0.6.1 with phonemizer 3.4 reads them.
    assert read(["One.", "Exercise one of five: toe press.", "Ready? Three, two, one… go!"]) == [
        "wˌʌn.",
        "ˈɛksɚsˌaɪz wˈʌn ʌv fˈaɪv: tˈoʊ pɹˈɛs.",
        "ɹˈɛdi? θɹˈiː, tˈuː, wˌʌn… ɡˈoʊ!",
    ]
    assert read(["Lower (slowly)."], "en-gb") == ["lˈəʊə (slˈəʊli)."]
    assert read(["Seis.", "Derecha: levante."], "es")[0] == "sˈeɪs."
    [french] = read(["Étirez le cou, weekend."], "fr")
    assert "(" not in french  # eSpeak marks an English word so; the network would say "en"


def test_phonemes_do_not_depend_on_what_was_read_before() -> None:
    forwards, backwards = read(LINES * 2), read((LINES * 2)[::-1])[::-1]
    assert forwards == backwards
    assert forwards == [read([line])[0] for line in LINES] * 2


@given(st.text(alphabet="aˈ .,:?", max_size=900))
def test_pieces_are_short_and_lose_nothing(phonemes: str) -> None:
    found = pieces(phonemes)
    assert all(0 < len(piece) <= MOST_PHONEMES for piece in found)
    assert "".join("".join(found).split()) == "".join(phonemes.split())


def test_pieces_end_where_a_reader_would_pause() -> None:
    sentence = "a" * 60
    assert pieces(f"{sentence}. {sentence}, {sentence}.") == [
        f"{sentence}.",
        f"{sentence}, {sentence}.",
    ]
    assert pieces(f"{sentence}, {sentence} {sentence}.")[0] == f"{sentence},"
    assert pieces(f"{sentence} {sentence} {sentence}.")[0] == f"{sentence} {sentence}"


# Sound


def test_a_text_is_said_piece_by_piece(
    tiny: Tiny, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiocoach.voice.kokoro.engine.PACE", 1000)  # it slows nothing
    voice = opened(cache)
    word, sentence = "One.", ("one " * 25).strip() + "."
    spoken = voice.speak([Utterance(text, "en") for text in (word, f"{sentence} {sentence}")])
    (_, short), (_, long) = spoken
    assert short.frame_rate == long.frame_rate == RATE
    samples = np.frombuffer(short.raw_data, "<i2")
    [phonemes, half] = read([word, sentence])
    assert len(samples) == (FIRST + EACH * (len(phonemes) + 1)) * STEP
    assert np.flatnonzero(samples)[0] >= FIRST * STEP
    assert len(half) < MOST_PHONEMES < 2 * len(half)
    assert long.frame_count() == 2 * (FIRST + EACH * (len(half) + 1)) * STEP


def test_the_same_text_gives_the_same_bytes_in_any_order_and_process(
    tiny: Tiny, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = opened(cache)
    first = digests(voice, LINES)
    assert len(set(first.values())) == len(LINES)
    assert digests(voice, LINES[4:]).items() < first.items()
    monkeypatch.setattr("audiocoach.voice.kokoro.engine.MOST_WORKERS", 2)
    assert digests(voice, LINES[::-1]) == first


def test_each_voice_speaks_at_the_pace_of_a_coach(tiny: Tiny, cache: Cache) -> None:
    for name in ("af_heart", "am_michael"):
        pace = SPEAKERS[name].pace
        for rate in (0.5, 1.0, 2.0):
            assert 150 <= pace * opened(cache, name, rate=rate).paced / rate <= 180.1


def test_sentences_are_slowed_and_what_stands_alone_is_not(
    tiny: Tiny, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiocoach.voice.kokoro.engine.PACE", SPEAKERS["af_heart"].pace / 2)
    texts = ["Grip the floor.", "Two.", "Number four."]
    own = [(FIRST + EACH * (len(each) + 1)) * STEP / RATE for each in read(texts)]

    def seconds(rate: float) -> list[float]:
        spoken = opened(cache, rate=rate).speak([Utterance(text, "en") for text in texts])
        return [segment.duration_seconds for _, segment in spoken]

    margins = 0.2  # around what is stretched
    assert seconds(1.0) == [pytest.approx(2 * (own[0] + margins), rel=0.02), *own[1:]]
    faster = [pytest.approx((each + margins) / 2, rel=0.02) for each in own[1:]]
    assert seconds(2.0) == [own[0], *faster]


def test_a_fingerprint_tells_voices_and_readers_apart(tiny: Tiny, cache: Cache) -> None:
    known = {
        opened(cache).fingerprint,
        opened(cache, "am_michael").fingerprint,
        opened(cache, "ef_dora", "es").fingerprint,
    }
    assert len(known) == 3
    assert opened(cache).fingerprint in known


# Faults


@pytest.mark.parametrize("text", ["...", "   ", "…!"])
def test_a_text_without_a_sound_is_named(tiny: Tiny, cache: Cache, text: str) -> None:
    with pytest.raises(VoiceError, match="has nothing to say"):
        digests(opened(cache), [text])


def test_a_text_that_is_too_long_is_named(tiny: Tiny, cache: Cache) -> None:
    with pytest.raises(VoiceError, match="more than 1000 characters; split it"):
        digests(opened(cache), ["word " * 250])
    with pytest.raises(VoiceError, match="takes more than 55 s to say"):
        digests(opened(cache), ["aaa eee ooo uuu iii yyy " * 40])


def test_a_cut_network_is_not_whole(tiny: Tiny, cache: Cache, tmp_path: Path) -> None:
    there = tmp_path / "voices" / "kokoro" / INT8.file
    there.write_bytes(there.read_bytes()[:-1])
    with pytest.raises(
        VoiceError, match="is not whole; run: audiocoach voices add kokoro:af_heart"
    ):
        opened(cache)
    engine().add("af_heart", str(tiny.folder), None)
    assert digests(opened(cache), ["One."])


def test_a_swapped_file_is_told_before_anything_is_spoken_and_mended(
    tiny: Tiny, cache: Cache, tmp_path: Path
) -> None:
    before = digests(opened(cache), ["One."])
    there = tmp_path / "voices" / "kokoro" / "af_heart.bin"
    there.write_bytes((tiny.folder / "am_michael.bin").read_bytes())
    with pytest.raises(
        VoiceError, match=r"af_heart\.bin is damaged, or of another version; repair"
    ):
        _ = opened(cache).fingerprint
    engine().add("af_heart", str(tiny.folder), None)
    assert opened(cache).fingerprint
    assert digests(opened(cache), ["One."]) == before


def test_a_network_that_is_none_is_one_line(tiny: Tiny, cache: Cache, tmp_path: Path) -> None:
    there = tmp_path / "voices" / "kokoro" / INT8.file
    there.write_bytes(bytes(there.stat().st_size))
    with pytest.raises(
        VoiceError, match=r"Kokoro can't be loaded .*repair it with: audiocoach"
    ) as told:
        digests(opened(cache), ["One."])
    assert "\n" not in str(told.value)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started."""
    found: list[subprocess.Popen[bytes]] = []
    start = Children.start

    def note(*given: Any, **streams: Any) -> subprocess.Popen[bytes]:
        found.append(start(*given, **streams))
        return found[-1]

    monkeypatch.setattr(Children, "start", note)
    return found


def test_a_worker_that_is_killed_is_replaced_and_no_clip_is_harmed(
    tiny: Tiny, cache: Cache, started: list[subprocess.Popen[bytes]]
) -> None:
    voice = opened(cache)
    expected = digests(voice, LINES)
    found = {}
    started.clear()
    for utterance, segment in voice.speak([Utterance(text, "en") for text in LINES]):
        found[utterance.text] = hashlib.sha256(segment.raw_data).hexdigest()[:12]
        if len(found) == 1:
            started[0].kill()
    assert found == expected
    assert len(started) == 2


def test_one_that_is_killed_each_time_is_one_line(tiny: Tiny, cache: Cache) -> None:
    kill = "import os; os.kill(os.getpid(), 9)"
    launch = replace(opened(cache).launch(), command=[sys.executable, "-c", kill])
    with pytest.raises(VoiceError, match=r'Kokoro crashed twice at "One\."') as told:
        list(speak_all(["One."], launch, workers=1))
    assert "\n" not in str(told.value)


def test_stopping_early_leaves_no_process(
    tiny: Tiny, cache: Cache, started: list[subprocess.Popen[bytes]]
) -> None:
    spoken = opened(cache).speak([Utterance(text, "en") for text in LINES * 5])
    next(spoken)
    cast(Generator[object], spoken).close()
    assert started
    assert all(process.poll() is not None for process in started)


SPOKEN = """
import sys
from pathlib import Path
import pytest
from kokoro_tiny import known
known(Path(sys.argv[1]), pytest.MonkeyPatch())
from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.studio import Studio
from audiocoach.store import Cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.kokoro.engine import KokoroEngine
cache = Cache(Path(sys.argv[2]))
voice = KokoroEngine(Surroundings.here()).open("", language="en", rate=1.0, cache=cache)
Studio(voice, "en", cache).record([Utterance("Grip the floor with your toes.", "en")])
print(*{"onnxruntime", "pedalboard", "requests"} & set(sys.modules))
"""
OFFERED = """
import sys
from audiocoach.voice.kokoro.engine import KokoroEngine
from audiocoach.settings.surroundings import Surroundings
KokoroEngine(Surroundings.here()).offers("en")
print(*{"numpy", "onnxruntime", "pydub", "requests"} & set(sys.modules))
"""


@pytest.mark.parametrize("script", [OFFERED, SPOKEN])
def test_this_process_stays_small(tiny: Tiny, tmp_path: Path, script: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script, str(tiny.folder), str(tmp_path / "clips")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.stdout.strip() == ""


def test_it_is_opened_by_its_name_and_refused_without_onnxruntime(
    tiny: Tiny, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Surroundings.here()
    asked = {"language": "en", "rate": 1.0, "cache": cache, "surroundings": here}
    assert open_voice("kokoro:af_heart", **asked).name == "kokoro:af_heart"  # type: ignore[arg-type]
    monkeypatch.setattr("audiocoach.voice.kokoro.engine.find_spec", lambda _: None)
    with pytest.raises(VoiceError, match=r"Kokoro is not installed; run: .*onnxruntime"):
        open_voice("kokoro:af_heart", **asked)  # type: ignore[arg-type]
    assert {offer.step for offer in engine().offers("en")} != {""}
