"""The hash of a script: another one for whatever is heard otherwise, and for nothing else."""

from __future__ import annotations

from audiocoach.coaching.compiler import compile_script
from audiocoach.routine.load import bundled, bundled_text, load, loads
from audiocoach.routine.times import Source
from audiocoach.settings.resolve import resolve
from audiocoach.timeline.digest import SIZE, digest
from audiocoach.timeline.script import (
    Chime,
    Cue,
    CueKind,
    Gap,
    Glue,
    Interval,
    IntervalKind,
    Marker,
    MarkerKind,
    Script,
    Span,
    Utterance,
    Wait,
)


def of(text: str, **settings: str) -> bytes:
    routine = loads(text)
    flags = {f"{name}": value for name, value in settings.items()}
    return digest(compile_script(routine, resolve(flags, {}, routine).settings))


def test_lines_and_comments_make_no_difference() -> None:
    text = bundled_text("desk-break")
    assert of(text) == of("# A comment\n\n" + text)
    assert len(of(text)) == SIZE


def test_a_word_a_time_and_a_setting_do() -> None:
    text = "title: T\nlanguage: en\nexercises:\n  - name: sit\n    hold: 3s\n    setup: Sit.\n"
    others = [
        *(of(text), of(text.replace("3s", "4s")), of(text.replace("Sit.", "Stand."))),
        *(of(text.replace("title: T", "title: U")), of(text, pace="slow"), of(text, chimes="off")),
    ]
    assert len(set(others)) == len(others)


def test_no_two_routines_are_alike() -> None:
    names = [name for name, _ in bundled()]
    assert len({digest(compile_script(load(name))) for name in names}) == len(names)


def test_it_is_the_same_under_every_python() -> None:
    said = Cue(Utterance("Füße hoch", "de"), CueKind.ACTION)
    script = Script(
        "T",
        "de",
        (
            said,
            Gap(Span(1, 2, 3), Glue.MOVE, Wait.MOVE, (said,)),
            Interval(Span.exactly(5), Glue.RIGID, Source.PRESCRIBED, IntervalKind.HOLD),
            Marker(MarkerKind.EXERCISE, "sit"),
            Cue(Chime.END, CueKind.CHIME),
        ),
    )
    assert digest(script).hex() == "d8fdf670642a7169"
