"""Makes what `test_core.py` tests: prepare.py FOLDER. Runs where audiocoach does."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from audiocoach.assistant.answers import Recorded
from audiocoach.assistant.homeassistant.package import Package
from audiocoach.assistant.known import known
from audiocoach.assistant.recording import recorded
from audiocoach.coaching.phrases import phrases_for
from audiocoach.remote import Intent, Place
from audiocoach.sayings import Manner, languages, sayings_for
from audiocoach.sayings.wishes import wishes
from audiocoach.settings.resolve import Options
from audiocoach.settings.values import Pace
from audiocoach.timeline.outline import Unit
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from utterances import STRANGERS, naming, utterances

ROUTINE: Final = "foot-relief"
MOMENTS: Final = (3, 60, 300, 600, 1_000)


def main(folder: Path) -> None:
    """Write a package and what is to be answered, for each language."""
    for language in languages():
        options = Options(language=language, voice="espeak", offline=True)
        paces = tuple(Pace) if language == "en" else (Pace.NORMAL,)
        sessions = recorded(ROUTINE, options, paces)
        addresses = {pace: f"http://here/{pace}" for pace in sessions}
        names = sayings_for(language).routines[ROUTINE]
        package = Package(ROUTINE, sessions, addresses, "media_player.kitchen", names)
        place = folder / language / "packages"
        place.mkdir(parents=True, exist_ok=True)
        (place / "audiocoach.yaml").write_text(package.text(), "utf-8")
        expected = json.dumps(_expected(language, sessions, addresses), ensure_ascii=False)
        (folder / language / "expected.json").write_text(expected, "utf-8")


def _expected(
    language: str, sessions: dict[Pace, Recorded], addresses: dict[Pace, str]
) -> dict[str, Any]:
    normal, phrases = sessions[Pace.NORMAL], phrases_for(language)
    strangers = utterances(language, STRANGERS)
    expected: dict[str, Any] = {
        "address": addresses[Pace.NORMAL],
        "nothing": phrases("assistant.nothing"),
        "fewer": phrases("remote.fewer"),
        "paused": phrases("remote.paused"),
        "moments": dict(_steady(normal, second) for second in MOMENTS),
        "utterances": [
            (text, meant if _is_for(text, language, meant) else None)
            for text, meant in utterances(language)
        ],
        "strangers": strangers,
        "naming": naming(language, strangers),
    }
    if Pace.SLOW in sessions:
        slow = sessions[Pace.SLOW]
        asked, to = _sixth_rep(normal), _sixth_rep(slow).steps[0].start
        expected["slow"] = addresses[Pace.SLOW]
        expected["slower"] = {
            "at": (asked.steps[0].start + asked.steps[-1].end) // 2 // SAMPLE_RATE,
            "say": phrases("remote.slower"),
            "address": f"{addresses[Pace.SLOW]}/{-(-to // SAMPLES_PER_MS)}.mp3",
        }
    return expected


def _sixth_rep(session: Recorded) -> Unit:
    """Of the first exercise, which has ten."""
    return next(
        unit for unit in session.remote.done if (unit.address.exercise, unit.address.rep) == (1, 6)
    )


def _bare(language: str) -> set[str]:
    """What is left to Home Assistant."""
    sayings = sayings_for(language)
    return {phrase for intent in Intent for phrase in sayings.phrases(intent, Manner.BARE)}


def _is_for(text: str, language: str, meant: Intent | None) -> bool:
    """Whether the package is to hear a text: it is of one routine."""
    if meant is Intent.BEGIN:
        return wishes(text, sayings_for(language), known(language)).routine == ROUTINE
    return text not in _bare(language)


def _steady(session: Recorded, second: int) -> tuple[int, dict[str, Any]]:
    """The first second from this one on around which nothing changes, with what is answered.

    The timer of Home Assistant knows whole seconds, so the answers come a second off.
    """
    while len({str(_answers(session, second + off)) for off in (-1, 0, 1, 2)}) > 1:
        second += 1
    return second, _answers(session, second)


def _answers(session: Recorded, second: int) -> dict[str, Any]:
    place = Place(second * SAMPLE_RATE)
    answer = session.remote.answer
    following = answer(Intent.NEXT, place).place.at
    return {
        "time-left": answer(Intent.TIME_LEFT, place).say,
        "which": answer(Intent.WHICH, place).say,
        "next": None if following == place.at else session.ms(following),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
