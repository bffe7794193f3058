"""The picture: well-formed, inside its canvas, to scale, and safe whatever a title holds."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from strategies import examples, prescription, routines, timeline_of

from audiocoach.coaching.phrases import languages
from audiocoach.delivery.picture import picture
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Routine
from audiocoach.routine.times import Source
from audiocoach.timeline import Timeline
from audiocoach.timeline.outline import outline
from audiocoach.timeline.script import SAMPLES_PER_MS, Interval
from audiocoach.timeline.timeline import PlacedMarker

SVG = "{http://www.w3.org/2000/svg}"
BUNDLED = ["foot-care", "foot-relief"]


def drawn(timeline: Timeline) -> ET.Element:
    return ET.fromstring(picture(timeline).encode())  # noqa: S314 - we wrote it ourselves


def rows(svg: ET.Element) -> list[ET.Element]:
    return svg.findall(f"{SVG}g[@class='row']")


def boxes(parent: ET.Element, kind: str) -> list[tuple[float, float, float, float]]:
    """x, y, width and height of every box of a kind."""
    return [
        (float(box.attrib["x"]), float(box.attrib["y"]), width(box), float(box.attrib["height"]))
        for box in parent.iter(f"{SVG}rect")
        if box.attrib["class"] == kind
    ]


def width(box: ET.Element) -> float:
    return float(box.attrib["width"])


def texts(parent: ET.Element) -> list[str]:
    return [text.text or "" for text in parent.iter(f"{SVG}text")]


def check_all_inside(svg: ET.Element) -> None:
    _, _, wide, high = map(float, svg.attrib["viewBox"].split())
    assert (wide, high) == (float(svg.attrib["width"]), float(svg.attrib["height"]))
    for box in svg.findall(f"{SVG}g//{SVG}rect"):
        x, y = float(box.attrib["x"]), float(box.attrib["y"])
        assert 0 <= x <= x + width(box) <= wide
        assert 0 <= y <= y + float(box.attrib["height"]) <= high
    for path in svg.iter(f"{SVG}path"):
        for x, y, length in re.findall(r"M([\d.]+) (\d+)h([\d.]+)", path.attrib["d"]):
            assert 0 <= float(x) <= float(x) + float(length) <= wide
            assert 0 <= float(y) <= high
    for text in svg.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["x"]) <= wide
        assert 0 <= float(text.attrib["y"]) <= high


@pytest.mark.parametrize("name", BUNDLED)
def test_one_row_an_exercise_in_order(name: str) -> None:
    timeline = timeline_of(load(name))
    svg = drawn(timeline)
    check_all_inside(svg)
    titles = [texts(row)[0] for row in rows(svg)]
    names = [exercise.name.capitalize() for exercise in load(name).all_exercises()]
    numbered = [f"{number}. {title}" for number, title in enumerate(names, start=1)]
    assert titles == ["Welcome", *numbered, "Close"]
    tops = [boxes(row, "length")[0][1] for row in rows(svg)]
    assert tops == sorted(set(tops))
    assert len({two - one for one, two in pairwise(tops)}) == 1
    assert texts(svg)[0] == timeline.title
    assert "10 × hold 3 s" in " ".join(texts(svg)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", BUNDLED)
def test_what_is_prescribed_is_drawn_to_scale(name: str) -> None:
    check_scale(timeline_of(load(name)), load(name))


@settings(max_examples=examples(60))
@given(routines())
def test_any_routine_is_drawn_to_scale_inside_its_canvas(routine: Routine) -> None:
    timeline = timeline_of(routine)
    check_all_inside(drawn(timeline))
    check_scale(timeline, routine)
    assert picture(timeline) == picture(timeline)


def check_scale(timeline: Timeline, routine: Routine) -> None:
    """One scale holds for the rows and for the boxes in them; each box begins at its time."""
    svg = drawn(timeline)
    found = outline(timeline)
    assert len(rows(svg)) == len(found)
    scale = max(boxes(row, "length")[0][2] for row in rows(svg)) / max(
        part.end - part.start for part in found
    )
    total = 0.0
    for row, part in zip(rows(svg), found, strict=True):
        ((left, _, length, _),) = boxes(row, "length")
        assert length == pytest.approx((part.end - part.start) * scale, abs=0.02)
        fixed = [
            span
            for span in part.spans
            if isinstance(span.item, Interval) and span.item.source is not Source.EDITORIAL
        ]
        shown = sorted([*boxes(row, "work"), *boxes(row, "rest")])
        assert len(shown) == len(fixed)
        for (x, _, wide, _), span in zip(shown, fixed, strict=True):
            assert x - left == pytest.approx((span.start - part.start) * scale, abs=0.02)
            assert wide == pytest.approx(span.length * scale, abs=0.02)
            total += wide
    times = prescription(routine)
    shortest = sum(low for low, _ in times) * SAMPLES_PER_MS * scale
    longest = sum(high for _, high in times) * SAMPLES_PER_MS * scale
    slack = 0.02 * len(times)
    assert shortest - slack <= total <= longest + slack


def test_work_rest_and_pauses_differ_without_colour() -> None:
    svg = drawn(timeline_of(load("foot-relief")))

    def lightness(kind: str) -> float:
        (fill,) = {
            box.attrib["fill"] for box in svg.iter(f"{SVG}rect") if box.attrib["class"] == kind
        }
        red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    steps = [lightness(kind) for kind in ("work", "free", "pause", "length")]
    assert all(two - one > 0.08 for one, two in pairwise(steps)), steps
    rests = {rect.attrib["fill"] for rect in svg.iter(f"{SVG}rect") if rect.get("class") == "rest"}
    assert rests == {"url(#hatch)"}
    legend = svg.find(f"{SVG}g[@class='legend']")
    assert legend is not None
    kinds = {box.attrib["class"] for box in legend.iter(f"{SVG}rect")}
    assert kinds == {f"sample-{kind}" for kind in ("work", "free", "rest", "pause", "speech")}


@pytest.mark.parametrize("language", languages())
def test_the_legend_has_room_in_every_language(language: str) -> None:
    text = f"title: T\nlanguage: {language}\nexercises: [{{name: x, hold: 3s}}]\n"
    svg = drawn(timeline_of(loads(text)))
    legend = svg.find(f"{SVG}g[@class='legend']")
    assert legend is not None
    told = list(legend.iter(f"{SVG}text"))
    assert len(told) == 5
    edges = [float(text.attrib["x"]) + 7 * len(text.text or "") for text in told]
    samples = [float(box.attrib["x"]) for box in legend.iter(f"{SVG}rect")]
    assert all(edge < sample for edge, sample in zip(edges, samples[1:], strict=False))
    assert edges[-1] <= float(svg.attrib["width"]) - samples[0]


@pytest.mark.parametrize("name", BUNDLED)
def test_it_stands_alone(name: str) -> None:
    text = picture(timeline_of(load(name)))
    assert set(re.findall(r"https?://[^\"<]*", text)) == {"http://www.w3.org/2000/svg"}
    tags = {element.tag.removeprefix(SVG) for element in drawn(timeline_of(load(name))).iter()}
    plain = {"svg", "title", "desc", "defs", "pattern", "path", "rect", "g", "line", "text"}
    assert tags <= plain
    assert not re.search(r"\son\w+=|<style|@import", text)
    assert set(re.findall(r'font-family="([^"]*)"', text)) == {"sans-serif"}


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        "</svg><b onload=\"x\"> & ]]> --> 'q'",
        "足のリハビリ" * 13,
        "\uffff\ufffe noncharacters",
        "W" * 80,
    ],
)
def test_whatever_a_title_holds_is_only_a_title(title: str) -> None:
    quoted = title.replace("'", "''")
    text = f"title: '{quoted}'\nlanguage: en\nexercises: [{{name: '{quoted}', hold: 3s}}]\n"
    timeline = timeline_of(loads(text)) if "\uffff" not in title else renamed(title)
    svg = drawn(timeline)
    check_all_inside(svg)
    assert {element.tag for element in svg.iter()} == {
        element.tag for element in drawn(timeline_of(load("foot-care"))).iter()
    }
    clean = title.replace("\uffff", "\ufffd").replace("\ufffe", "\ufffd")
    assert svg.findtext(f"{SVG}title") == clean
    assert clean.startswith(texts(svg)[0].removesuffix("…"))


def renamed(title: str) -> Timeline:
    """What no routine file can hold, a caller in Python can."""
    old = timeline_of(load("foot-care"))
    return Timeline(title, "en", old.cues, old.markers, old.spans, old.total, old.fit)


def test_a_session_of_any_length_has_an_axis_whose_labels_stay_apart() -> None:
    for dose in ("hold: 1s", "work: 5min", "work: 50min", "sets: 9, work: 2h, rest: 1h"):
        text = f"title: T\nlanguage: en\nexercises: [{{name: x, {dose}}}]\n"
        svg = drawn(timeline_of(loads(text)))
        axis = svg.find(f"{SVG}g[@class='axis']")
        assert axis is not None
        places = [float(line.attrib["x1"]) for line in axis.iter(f"{SVG}line")]
        assert len(places) >= 2
        assert all(two - one >= 60 for one, two in pairwise(places))


def test_an_empty_stretch_does_no_harm() -> None:
    old = timeline_of(load("foot-care"))
    first = old.markers[0]
    markers = (first, PlacedMarker(first.at, first.marker), *old.markers[1:])
    check_all_inside(
        drawn(Timeline(old.title, "en", old.cues, markers, old.spans, old.total, old.fit))
    )
