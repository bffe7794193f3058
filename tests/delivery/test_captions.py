"""Captions: every word at its time, in each format, read back by parsers of others."""

from __future__ import annotations

import re

import pysubs2
import pytest
import webvtt
from hypothesis import given, settings
from strategies import examples, routines, timeline_of

from audiocoach.delivery.captions import captions, lrc, srt, vtt
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Routine
from audiocoach.timeline import Timeline
from audiocoach.timeline.script import SAMPLES_PER_MS, Utterance

ODD = """\
title: "a < b & c"
language: en
exercises:
  - {name: "x --> y", hold: 3s, purpose: "<b>1</b> & 2."}
"""


def told(timeline: Timeline) -> list[tuple[int, str]]:
    """When (ms) each utterance begins, and its text."""
    return [
        (cue.start // SAMPLES_PER_MS, " ".join(cue.sound.text.split()))
        for cue in timeline.cues
        if isinstance(cue.sound, Utterance)
    ]


@settings(max_examples=examples(100))
@given(routines())
def test_a_caption_a_cue_and_none_over_another(routine: Routine) -> None:
    timeline = timeline_of(routine)
    shown = captions(timeline)
    assert [(each.start, each.text) for each in shown if not each.text.startswith("[")] == told(
        timeline
    )
    ends = [0, *(each.end for each in shown)]
    assert all(end <= each.start < each.end for end, each in zip(ends, shown, strict=False))
    assert ends[-1] <= timeline.total // SAMPLES_PER_MS


@pytest.mark.parametrize("source", ["foot-relief", ODD])
def test_other_parsers_read_the_same_back(source: str) -> None:
    timeline = timeline_of(loads(source) if "\n" in source else load(source))
    shown = [(each.start, each.end, each.text) for each in captions(timeline)]
    read = webvtt.from_string(vtt(timeline))
    assert [(ms(each.start), ms(each.end), each.text) for each in read.captions] == [
        (start, end, text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        for start, end, text in shown
    ]
    subtitles = pysubs2.SSAFile.from_string(srt(timeline), format_="srt", keep_html_tags=True)
    assert [(each.start, each.end) for each in subtitles] == [times[:2] for times in shown]
    assert "x --> y" not in vtt(timeline)


def ms(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return round((int(hours) * 60 + int(minutes)) * 60_000 + float(seconds) * 1000)


def test_lyrics_are_in_order_and_end_where_nothing_is_said() -> None:
    timeline = timeline_of(load("foot-relief"))
    lines = re.findall(r"^\[(\d+):(\d\d\.\d\d)\](.*)$", lrc(timeline), re.MULTILINE)
    times = [int(minutes) * 60 + float(seconds) for minutes, seconds, _ in lines]
    assert times == sorted(times)
    assert [text for *_, text in lines if text and not text.startswith("[")] == [
        text for _, text in told(timeline)
    ]
    said = dict(zip(times, (text for *_, text in lines), strict=True))
    assert "" in said.values(), "long holds have no words over them"
