"""Piper voices that installed packages bring: found, checked, and nothing of them imported."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest
from piper_tiny import NAME, description, tiny_model

from audiocoach.errors import VoiceError
from audiocoach.settings.config import Config
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.choice import Choosing, Wish
from audiocoach.voice.piper import packages
from audiocoach.voice.piper.engine import PiperEngine
from audiocoach.voice.piper.packages import Known, installed

pytest.importorskip("piper.voice", reason="piper-tts is not installed")
PACKAGE = "voice-of-a-stranger"
HERE = Surroundings({"AUDIOCOACH_VOICES": "nowhere"})


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with a voice, an entry point, and code that must not run."""
    site = tmp_path / "site"
    data = site / "voice_of_a_stranger" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text("raise SystemExit('imported')\n")
    (data / f"{NAME}.onnx").write_bytes(tiny_model())
    (data / f"{NAME}.onnx.json").write_text(json.dumps(description()))
    info = site / "voice_of_a_stranger-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: voice-of-a-stranger\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        f"[audiocoach.piper_voices]\n{NAME} = voice_of_a_stranger.data\n"
        "en_US-gone-medium = no_such_package.data\nen_US-none-medium = voice_of_a_stranger\n"
    )
    monkeypatch.syspath_prepend(str(site))
    return data


def test_a_voice_with_an_entry_point_speaks_and_its_package_is_not_imported(
    package: Path, tmp_path: Path
) -> None:
    assert installed()[NAME] == (package, PACKAGE)
    assert {"en_US-gone-medium", "en_US-none-medium"}.isdisjoint(installed())
    engine = PiperEngine(HERE)
    assert engine.offers("en")[0].spec.startswith("piper:en_US-")
    assert f"piper:{NAME}" in {offer.spec for offer in engine.offers("en") if not offer.step}
    voice = engine.open(NAME, language="en", rate=1.0, cache=Cache(tmp_path / "cache"))
    assert list(voice.speak([Utterance("One.", "en")]))
    assert "voice_of_a_stranger" not in sys.modules


def test_it_is_told_that_a_package_brings_it(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who did not add a voice is not told so, and does not look for it in a folder of theirs."""
    config = Config(tmp_path / "config.toml")
    monkeypatch.setattr(packages, "KNOWN", {})
    chosen = Choosing("en", Wish(config), Cache(tmp_path / "cache"), HERE).choice()
    assert chosen.spec == f"piper:{NAME}"
    assert chosen.why == f"the package {PACKAGE} brings this Piper voice for en"
    told = {offer.spec: offer for offer in PiperEngine(HERE).offers("en")}[f"piper:{NAME}"]
    assert told.package == PACKAGE
    assert told.about.endswith(f"from the package {PACKAGE}")
    with pytest.raises(
        VoiceError, match=f"comes with the package {PACKAGE}; .* uninstall that package"
    ):
        PiperEngine(HERE).remove(NAME)


def test_it_can_be_left_out(package: Path) -> None:
    without = Surroundings({"AUDIOCOACH_VOICES": "nowhere", "AUDIOCOACH_PIPER_PACKAGES": "0"})
    assert f"piper:{NAME}" not in {o.spec for o in PiperEngine(without).offers("en") if not o.step}


def test_a_package_without_one_is_known_by_its_checksums(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [package / f"{NAME}.onnx", package / f"{NAME}.onnx.json"]
    model, config = (hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    known = {NAME: Known(PACKAGE, "voice_of_a_stranger.data", (model, config))}
    monkeypatch.setattr(packages, "KNOWN", known)
    monkeypatch.setattr("audiocoach.voice.piper.engine.KNOWN", known)
    cache = Cache(tmp_path / "cache")
    assert PiperEngine(HERE).open(NAME, language="en", rate=1.0, cache=cache).name
    files[0].write_bytes(files[0].read_bytes() + b"x")
    with pytest.raises(VoiceError, match="is not the file that belongs in its package"):
        PiperEngine(HERE).open(NAME, language="en", rate=1.0, cache=cache)
