"""Whatever stands in a file, it loads or raises RoutineError, with either YAML reader."""

from __future__ import annotations

import tracemalloc

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.errors import RoutineError
from audiocoach.routine import yaml_tree
from audiocoach.routine.load import PROBLEM_LIMIT, bundled_text, loads
from audiocoach.routine.model import Routine

SOURCE = bundled_text("foot-relief")
PIECES = [
    *"\n\r\t :-?[]{},#&*!|>'\"%@`~\\0\0\x1b\u2028\u202e\ud800é",
    *("\n", "- ", ": ", "  ", "'", '"', "~", "&a ", "*a", "<<: *a", "!!int ", "---\n", "[1, 2]"),
    *("{a: b}", "null", "-1", "1e3", "3-1-2-0", "~3s (2-5s)", "99999999999999999999", "[" * 50),
    *("    hold: 3s\n", "    exercises: []\n", "    rounds: 2\n", "    each: x\n", "rest: ", "say"),
    *("    tempo: 0-0-0-0\n", "    phases: [{time: 3s}]\n", '"\\ud800"', '"\\UFFFFFFFF"', '"\\e"'),
]

ODD_VALUES = [
    *("", "~", "[]", "{}", "[1, 2]", "{a: b}", "x", "-1", "3", "3s", "10-15s", "~3s", "'...'"),
    *("{say: x}", "[{say: x, time: 3s}]", "[[a]]", "{minimum: 1}", '"\\e[31m"', "both", "true"),
    *("alternating", "0-1-2-0", "{hold: x}", "[{name: x}]", "[{time: ~3s}]", "999999"),
]


@st.composite
def garbled(draw: st.DrawFn) -> str:
    text = SOURCE
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        removed = draw(st.sampled_from([0, 0, 1, 2, 5, 40, 500]))
        text = text[:start] + draw(st.sampled_from(PIECES)) + text[start + removed :]
    return text


@st.composite
def garbled_values(draw: st.DrawFn) -> str:
    """Valid YAML with odd values, so that the model sees them."""
    lines = SOURCE.splitlines()
    odd = st.sampled_from(ODD_VALUES)
    for _ in range(draw(st.integers(1, 8))):
        number = draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[number].partition(": ")
        lines[number] = key + colon + draw(odd)
    return "\n".join(lines) + "\n"


def outcome(text: str) -> Routine | str:
    try:
        return loads(text)
    except RoutineError as error:
        return str(error)


def check_message(message: str) -> None:
    lines = message.split("\n")
    assert len(lines) <= PROBLEM_LIMIT + 1
    for line in lines:
        assert line.isprintable()
        assert len(line) < 700
        assert line.startswith("<routine>:")
        for jargon in ("Value error", "Input should", "permitted", "pydantic", "Traceback", "0x7f"):
            assert jargon not in line


@given(garbled())
@settings(max_examples=examples(200))
def test_a_garbled_file_loads_or_is_refused(text: str) -> None:
    result = outcome(text)
    if isinstance(result, str):
        check_message(result)


@given(garbled_values())
@settings(max_examples=examples(300))
def test_odd_values_load_or_are_refused(text: str) -> None:
    result = outcome(text)
    if isinstance(result, str):
        check_message(result)


@given(st.one_of(garbled_values(), garbled()))
@settings(max_examples=examples(40))
def test_both_yaml_readers_agree(text: str) -> None:
    results = []
    with pytest.MonkeyPatch.context() as patch:
        for reader in ("CSafeLoader", "SafeLoader"):
            patch.setattr(yaml_tree, "LOADER", getattr(yaml, reader))
            results.append(outcome(text))
    first, second = results
    if isinstance(first, Routine) or isinstance(second, Routine):
        assert first == second  # the lines as well
    else:
        assert type(first) is type(second)  # where both refuse, words may differ a little


def bomb(levels: int) -> str:
    lines = ["k0: &k0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize("reader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (bomb(30), "<routine>:5:15: too much: a routine holds 20,000 keys and values at most"),
        ("[" * 400_000, "<routine>:1:41: nested too deeply: 40 levels at most"),
        ("{" * 400_000, "<routine>:1:41: nested too deeply: 40 levels at most"),
        ("- " * 400_000, "<routine>:1:81: nested too deeply: 40 levels at most"),
        (
            "a: &a " + "[" * 30 + "]" * 30 + "\nb: " + "[" * 20 + "*a" + "]" * 20,
            "<routine>:2:24: nested too deeply: 40 levels at most",
        ),
        (
            "a: [" + "x," * 30_000 + "]",
            "<routine>:1:39999: too much: a routine holds 20,000 keys and values at most",
        ),
    ],
    ids=["bomb", "brackets", "braces", "dashes", "deep aliases", "long list"],
)
def test_what_explodes_is_refused_in_little_memory(
    text: str, expected: str, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_tree, "LOADER", getattr(yaml, reader))
    tracemalloc.start()
    try:
        assert outcome(text) == expected
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()
