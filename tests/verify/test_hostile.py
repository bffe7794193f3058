"""Files that a stranger gives to `verify`: a report or one clear error, whatever is in them."""

from __future__ import annotations

import hashlib
import os
import random
from pathlib import Path

import pytest
from fuzzing import READERS, harm, kept

from audiocoach.delivery.plan import Plan, PlanError, PlannedCue, PlannedSound, read_plan
from audiocoach.errors import VerificationError
from audiocoach.verify.report import verify_file

SOUND = PlannedSound(1152 * 20, b"name", b"\x50" + b"\x55" * 16)


def plan(**changes: object) -> Plan:
    cues = (PlannedCue(0, SOUND), PlannedCue(50_000, SOUND))
    parts: dict[str, object] = {
        "format": "mp3", "program": "0", "script": bytes(8), "tags": bytes(4), "total": 96_000,
        "sounds": (SOUND,), "cues": cues, "chapters": (),
    }  # fmt: skip
    return Plan(**(parts | changes))  # type: ignore[arg-type]


def sealed(body: bytes) -> bytes:
    return b"acp1" + hashlib.blake2b(body, digest_size=16).digest() + body


@pytest.mark.parametrize("seed", range(4))
def test_any_damage_is_a_report_or_one_clear_error(seed: int, tmp_path: Path) -> None:
    reader, chance = READERS["verify"], random.Random(seed)  # noqa: S311
    assert [harm(reader, reader.make(chance), tmp_path) for _ in range(8)] == [""] * 8


def test_a_plan_is_read_as_it_was_written() -> None:
    assert read_plan(plan().as_bytes()) == plan()


@pytest.mark.parametrize("cut", range(1, 40))
def test_a_plan_that_ends_early_is_refused(cut: int) -> None:
    with pytest.raises(PlanError):
        read_plan(sealed(plan().as_bytes()[20:-cut]))


def test_a_plan_that_lies_about_its_sizes_is_refused() -> None:
    head = b"\x03mp3\x010" + bytes(12)
    for counts in (b"\xff" * 9 + b"\x01", b"\x10" + b"\xff" * 8 + b"\x7f", b"\x01\x01\x7f\x00"):
        with pytest.raises(PlanError):
            read_plan(sealed(head + counts + bytes(40)))
    with pytest.raises(PlanError, match="after the session"):
        read_plan(plan(total=60_000).as_bytes())


def test_what_is_no_file_and_no_sound_is_one_line(tmp_path: Path) -> None:
    text = tmp_path / "x.mp3"
    text.write_text("title: no sound")
    os.mkfifo(tmp_path / "fifo")
    for path, why in ((tmp_path, "not a file"), (tmp_path / "fifo", "not a file"),
                      (tmp_path / "none", "no such file"), (text, "can't be decoded")):  # fmt: skip
        with pytest.raises(VerificationError, match=why) as found:
            verify_file(path)
        assert "\n" not in str(found.value)


@pytest.mark.parametrize("name", READERS)
def test_what_once_did_harm_does_none(name: str, tmp_path: Path) -> None:
    reader = READERS[name]
    inputs = [path.read_bytes() for path in kept(reader)] or [reader.make(random.Random(1))]  # noqa: S311
    assert [harm(reader, content, tmp_path) for content in inputs] == [""] * len(inputs)
