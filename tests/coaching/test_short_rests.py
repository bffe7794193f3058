"""Short rests, and sets that begin by the clock: what comes next is told, and with how much."""

from __future__ import annotations

import pytest
from catalogues import said_as
from heard_in import beats, text, timeline, within

from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.readings.text import read_aloud
from audiocoach.timeline.script import SAMPLE_RATE, Interval, IntervalKind
from audiocoach.timeline.timeline import PlacedSpan

WORDS = {
    "en": ("leg", "Foot down.", "Lift the other foot.", "bicep curl"),
    "de": ("Bein", "Fuß ab.", "Heb den anderen Fuß ab.", "Bizepscurl"),
    "es": ("pierna", "Baja el pie.", "Levanta el otro pie.", "flexión"),
    "fr": ("jambe", "Posez le pied.", "Levez l'autre pied.", "curl"),
}


def side_name(language: str, side: str) -> str:
    phrases = phrases_for(language)
    name = phrases.inline("side-name", side=side, limb=WORDS[language][0])
    return phrases("cue.rep-side", side=name)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("way", ["work: 10s", "reps: 3, rep_duration: 4s", "hold: 10s, reps: 2"])
def test_a_side_without_time_before_it_begins_with_its_name(way: str, language: str) -> None:
    limb, finish, start, _ = WORDS[language]
    dose = f"""
    - name: X
      sides: right-then-left
      limb: {limb}
      side_rest: 2s
      start: {{right: {start}, left: {start}}}
      finish: {finish}
      {way.replace(", ", chr(10) + "      ")}
    """
    told = timeline(dose, language)
    (rest,) = within(told, IntervalKind.REST)
    assert [line for line in rest if line] == [finish]  # and the chime
    heard = [text(cue.sound) for cue in told.cues if text(cue.sound)]
    behind = heard[heard.index(finish) + 1]
    assert behind.startswith(side_name(language, "left"))


@pytest.mark.parametrize("language", languages())
def test_in_two_seconds_the_next_exercise_is_named_rather_than_the_rest(language: str) -> None:
    _, finish, _, name = WORDS[language]
    circuit = f"""
    - rounds: 2
      rest_between: 2s
      exercises:
        - {{name: X, work: 10s, finish: {finish}}}
        - {{name: {name}, reps: 5, tempo: 1-0-1-0}}
    """
    before, _, again = within(timeline(circuit, language, 80), IntervalKind.REST)
    named = phrases_for(language)("exercise.only", name=name)
    assert before == again == [finish, named]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("load", ["12.5 kg", "20 kg"])
def test_a_load_matters_more_than_the_count_and_has_few_words(load: str, language: str) -> None:
    dose = f"- {{name: X, sets: 2, reps: [3, 2], tempo: 1-0-1-0, rest: 3s, load: [5 kg, {load}]}}"
    (rest,) = within(timeline(dose, language), IntervalKind.REST)
    phrases = phrases_for(language)
    often = phrases("dose.reps", often=phrases.inline("count-reps", reps=2))
    assert rest[-2] == often
    assert rest[-1].endswith(read_aloud(f"{load}.", language))


@pytest.mark.parametrize("language", languages())
def test_a_set_by_the_clock_tells_what_is_another_in_the_next(language: str) -> None:
    dose = "- {name: X, every: 30s, sets: 3, reps: [6, 8, 10], load: [none, 2 kg, 4 kg]}"
    phrases = phrases_for(language)
    first, second, last = within(timeline(dose, language), IntervalKind.WORK)
    for heard, reps, load in ((first, 8, "2 kg"), (second, 10, "4 kg")):
        often = phrases.inline("count-reps", reps=reps)
        assert read_aloud(phrases("cue.then", what=f"{often}, {load}"), language) in heard
    begins = phrases("cue.then", what="").split("{")[0].rstrip(" .")
    assert not any(line.startswith(begins) for line in last)


@pytest.mark.parametrize("language", languages())
def test_who_may_still_be_at_it_is_told_what_comes_when_it_is_done(language: str) -> None:
    *_, name = WORDS[language]
    group = f"""
    - rounds: 2
      exercises:
        - {{name: X, every: 40s, reps: [10, 12], load: [12 kg, 16 kg]}}
        - {{name: {name}, position: on hands and knees, every: 40s, reps: 5}}
    """
    phrases = phrases_for(language)
    works = within(timeline(group, language), IntervalKind.WORK)
    for heard, named, position in (
        (works[0], name, "on-hands-and-knees"),
        (works[1], "X", "standing"),
        (works[2], name, "on-hands-and-knees"),
    ):
        what = phrases.inline(f"position-brief.{position}").rstrip(".")
        assert phrases("cue.when-done", what=what) in heard
        assert any(named.casefold() in line.casefold() for line in heard)
        assert phrases(f"position.{position}") not in heard


@pytest.mark.parametrize("language", languages())
def test_no_time_of_work_is_said_as_if_the_rest_lasted_so_long(language: str) -> None:
    dose = "- {name: X, work: [10s, 20s, 10s], rest: [10s, 5s]}"
    phrases = phrases_for(language)
    rests = within(timeline(dose, language, 80), IntervalKind.REST)
    for rest, seconds in zip(rests, (20, 10), strict=True):
        time = phrases.inline("dose.seconds", number=seconds)
        assert phrases("cue.then", what=time) in rest
        assert phrases("dose.work", seconds=time) not in rest


TURNS = {
    "en": "Lie on the right side.",
    "de": "Leg dich auf die rechte Seite.",
    "es": "Túmbate sobre el lado derecho.",
    "fr": "Allongez-vous sur le côté droit.",
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["", "rest: 20s"])
def test_a_set_that_begins_on_the_other_side_is_turned_to(rest: str, language: str) -> None:
    dose = f"""
    - name: X
      sides: right-then-left
      limb: {WORDS[language][0]}
      side_change: {{right: {TURNS[language]}, left: Turn.}}
      work: 10s
      sets: 2
      {rest}
    """
    heard = [text(cue.sound) for cue in timeline(dose, language).cues]
    assert heard.count(TURNS[language]) == 1


@pytest.mark.parametrize("language", languages())
def test_a_set_of_reps_by_turns_begins_with_its_side(language: str) -> None:
    limb = WORDS[language][0]
    reps = "reps: 4, rep_duration: 2s, sets: 2, rest: 15s"
    dose = f"- {{name: X, sides: alternating, limb: {limb}, {reps}}}"
    (rest,) = within(timeline(dose, language), IntervalKind.REST)
    side = phrases_for(language).inline("side-name", side="right", limb=limb)
    assert any(side.casefold() in line.casefold() for line in rest)


@pytest.mark.parametrize("language", languages())
def test_a_side_stays_in_the_rest_if_the_first_word_has_no_more_room(language: str) -> None:
    dose = f"""
    - name: X
      sides: right-then-left
      limb: {WORDS[language][0]}
      side_rest: 9s
      sets: 2
      reps: 4
      rest: 2s
      tempo: 1-0-1-0
    """
    told = timeline(dose, language, 80)
    rest, *_ = within(told, IntervalKind.REST)[1::2]
    side = side_name(language, "right").casefold()
    assert any(side in line.casefold() for line in rest)


@pytest.mark.parametrize("language", languages())
def test_a_task_matters_more_than_the_invitation_to_pause_for_it(language: str) -> None:
    _, finish, start, name = WORDS[language]
    group = f"""
    - rounds: 2
      rest: 20s
      exercises:
        - {{say: {TURNS[language]}, pause: true}}
        - name: {name}
          reps: [4, 2]
          tempo: 3-0-1-0
          load: [5 kg, 8 kg]
          start: {start}
          finish: {finish}
    """
    *_, rest = within(timeline(group, language), IntervalKind.REST)
    assert TURNS[language] in rest
    asked = said_as(language, "task.pause")
    assert all(rest[at - 1] == TURNS[language] for at, line in enumerate(rest) if line in asked)
    assert any(read_aloud("8 kg", language) in line for line in rest)


@pytest.mark.parametrize("language", languages())
def test_a_load_matters_more_than_a_time_that_is_counted_anyway(language: str) -> None:
    _, finish, start, _ = WORDS[language]
    dose = f"""
    - name: X
      work: [20s, 10s]
      rest: 5.5s
      load: [5 kg, 10 kg]
      start: {start}
      finish: {finish}
    """
    (rest,) = within(timeline(dose, language), IntervalKind.REST)
    assert rest[0] == finish
    assert rest[-1] == start
    assert any(read_aloud("10 kg", language) in line for line in rest)


@pytest.mark.parametrize("language", languages())
def test_the_way_into_a_position_gives_of_its_time_before_it_loses_its_words(language: str) -> None:
    limb, finish, start, _ = WORDS[language]
    dose = f"""
    - name: X
      sides: right-then-left
      limb: {limb}
      start: [{{say: {TURNS[language]}, time: ~4s (1s-5s)}}, {{say: {start}, time: ~3s (1s-4s)}}]
      finish: {finish}
      sets: 2
      reps: 2
      hold: 4s
      rest: 10s
    """
    (rest,) = within(timeline(dose, language), IntervalKind.REST)
    assert rest[0] == finish
    assert rest[-2:] == [TURNS[language], start]


@pytest.mark.parametrize("language", languages())
def test_what_is_told_of_one_set_matters_more_than_the_count_into_it(language: str) -> None:
    _, finish, _, _ = WORDS[language]
    told = f"{{say: {TURNS[language]}, set: 2}}"
    dose = f"- {{name: X, finish: {finish}, sets: 2, work: 10s, rest: 5s, feel: [{told}]}}"
    (rest,) = within(timeline(dose, language), IntervalKind.REST)
    assert TURNS[language] in rest


@pytest.mark.parametrize("language", languages())
def test_a_chime_gives_way_to_the_side_that_a_set_begins_with(language: str) -> None:
    limb = WORDS[language][0]
    dose = f"""
    - name: X
      sides: right-then-left
      limb: {limb}
      sets: 2
      reps: 1
      phases: [{{say: A, time: 1900ms, chime: true}}]
      rest: 1s
    """
    phases = within(timeline(dose, language, 60), IntervalKind.PHASE, IntervalKind.HOLD)
    assert phases[2][0].startswith(side_name(language, "right"))


@pytest.mark.parametrize("language", languages())
def test_the_name_is_not_said_twice_around_the_way_into_a_position(language: str) -> None:
    _, finish, start, name = WORDS[language]
    circuit = f"""
    - rounds: 2
      rest_between: 5s
      exercises:
        - {{name: {name}, work: 20s, start: {start}, finish: {finish}}}
        - {{name: X, work: 20s}}
    """
    told = timeline(circuit, language)
    rest = within(told, IntervalKind.REST)[1]
    work = within(told, IntervalKind.WORK)[2]
    named = phrases_for(language)("exercise.only", name=name)
    assert sum(name.casefold() in line.casefold() for line in rest) == 1
    assert rest[-1] == start
    assert work[0] != named


@pytest.mark.parametrize("language", languages())
def test_who_may_still_be_at_it_is_not_told_to_get_ready_for_what_follows(language: str) -> None:
    *_, name = WORDS[language]
    group = f"""
    - rounds: 2
      exercises:
        - {{name: X, every: 40s, reps: 10}}
        - {{name: {name}, every: 40s, reps: 5, setup: {TURNS[language]}}}
    """
    first, *_ = within(timeline(group, language), IntervalKind.WORK)
    what = TURNS[language].rstrip(".")
    assert phrases_for(language)("cue.when-done", what=what) in first
    assert TURNS[language] not in first


@pytest.mark.parametrize("language", languages())
def test_what_follows_in_a_bout_is_never_its_bare_name(language: str) -> None:
    *_, name = WORDS[language]
    walks = f"""
    - rounds: 2
      rest_between: 0s
      exercises: [{{name: X, work: 10s}}, {{name: {name}, work: 20s}}]
    """
    first, *_ = within(timeline(walks, language), IntervalKind.WORK)
    phrases = phrases_for(language)
    assert phrases("exercise.only", name=name) not in first
    following = {phrases("cue.then", what=name), *said_as(language, "exercise.next", name=name)}
    assert following & {*first}


@pytest.mark.parametrize("language", languages())
def test_a_new_load_is_told_at_the_end_of_a_set_by_the_clock_before_the_round(
    language: str,
) -> None:
    *_, name = WORDS[language]
    group = f"""
    - rounds: 3
      exercises:
        - name: {name}
          sides: right
          limb: X
          every: 30s
          reps: [5, 6, 7]
          load: [9 kg, 9 kg, 16 kg]
        - {{name: Y, every: 30s, reps: 5}}
    """
    *_, before, _, _ = within(timeline(group, language), IntervalKind.WORK)
    assert any(read_aloud("16 kg", language) in line for line in before)


@pytest.mark.parametrize("language", languages())
def test_the_word_that_ends_an_effort_comes_before_the_chime(language: str) -> None:
    limb, finish, _, _ = WORDS[language]
    dose = f"""
    - name: X
      sides: right-then-left
      limb: {limb}
      side_rest: 8s
      finish: {finish}
      work: 10s
    """
    (rest,) = within(timeline(dose, language), IntervalKind.REST)
    assert rest[:2] == [finish, ""]


@pytest.mark.parametrize("language", languages())
def test_the_chime_gives_way_to_the_name_of_a_side(language: str) -> None:
    dose = """
    - name: X
      sides: right-then-left
      limb: {right: A Xer, left: B Yer Zst Zst}
      side_rest: 2s
      work: 10s
    """
    (rest,) = within(timeline(dose, language), IntervalKind.REST)
    assert rest[0].endswith("B Yer Zst Zst.")


@pytest.mark.parametrize("language", languages())
def test_no_time_of_a_side_is_said_alone_behind_the_rest(language: str) -> None:
    """ "Rest. Twenty seconds." would be a rest of so long."""
    limb, finish, start, _ = WORDS[language]
    dose = f"""
    - name: X
      sides: right-then-left
      limb: {limb}
      hold: [10s, 20s]
      rest: 5500ms
      load: [1 kg, 2 kg]
      start: {{right: {start}, left: Go.}}
      finish: {finish}
    """
    (rest,) = within(timeline(dose, language, 80), IntervalKind.REST)
    phrases = phrases_for(language)
    time = phrases.inline("dose.seconds", number=20)
    assert phrases("dose.brief-time", seconds=time) not in rest
    assert any(read_aloud("2 kg", language) in line for line in rest)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["side_rest: 3s", "rest: 4s"])
def test_a_side_is_heard_beside_a_start_of_which_only_a_part_has_room(
    rest: str, language: str
) -> None:
    limb, finish, start, _ = WORDS[language]
    dose = f"""
    - name: X
      sides: right-then-left
      limb: {limb}
      start: [{{say: {TURNS[language]}, time: ~4s}}, {start}]
      finish: {finish}
      reps: 4
      tempo: 2-0-2-0
      sets: 2
      {rest}
    """
    told = timeline(dose, language, 80)
    spoken = within(told, IntervalKind.REST, IntervalKind.PHASE)
    (place,) = [at for at, lines in enumerate(spoken) if finish in lines][:1]
    side = side_name(language, "left" if "side" in rest else "right")
    short = phrases_for(language)("cue.side-only", side="left" if "side" in rest else "right")
    heard = " ".join([*spoken[place], spoken[place + 1][0]])
    assert side in heard or short in heard


@pytest.mark.parametrize("language", languages())
def test_a_name_that_a_change_of_position_has_crowded_out_begins_the_work(language: str) -> None:
    _, _, start, name = WORDS[language]
    circuit = f"""
    - rounds: 2
      rest_between: 4s
      exercises:
        - {{name: X, work: 20s}}
        - {{name: {name}, position: on hands and knees, work: 20s, start: {start}}}
    """
    told = timeline(circuit, language)
    rests, works = within(told, IntervalKind.REST), within(told, IntervalKind.WORK)
    spoken = " ".join((*rests[0], works[1][0])).casefold()
    assert name.casefold() in spoken


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("seconds", [2, 3])
def test_no_name_is_said_twice_within_two_seconds(seconds: int, language: str) -> None:
    *_, name = WORDS[language]
    circuit = f"""
    - rounds: 2
      rest_between: {seconds}s
      exercises: [{{name: X, work: 20s}}, {{name: {name}, work: 20s}}]
    """
    told = timeline(circuit, language, 80)
    phrases = phrases_for(language)
    rests, works = within(told, IntervalKind.REST), within(told, IntervalKind.WORK)
    for place in (0, 2):
        assert any(name.casefold() in line.casefold() for line in rests[place])
        assert works[place + 1][0] == f"{phrases('cue.go')}."


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("seconds", range(2, 13))
@pytest.mark.parametrize("way", ["work: 20s", "reps: 5, tempo: 2-0-2-0"])
def test_a_name_is_heard_however_much_is_told_in_a_rest(
    way: str, seconds: int, language: str
) -> None:
    """What to hold on to and how to get into a position matters more, and is longer."""
    limb, finish, start, name = WORDS[language]
    circuit = f"""
    - rounds: 2
      rest_between: {seconds}s
      exercises:
        - {{name: X, work: 20s, start: {start}, finish: {finish}}}
        - name: {name}
          sides: right
          limb: {limb}
          support: {TURNS[language]}
          start: {start}
          {way.replace(", ", chr(10) + "          ")}
    """
    for percent in (80, 100):
        told = timeline(circuit, language, percent)
        starts = [mark.at for mark in told.markers if mark.marker.title == name]
        rests = [span for span in told.spans if is_rest(span)]
        assert len(starts) == 2
        for rest in (rests[0], rests[2]):
            after = min(span.end for span in told.spans if span.start >= rest.end and span.length)
            heard = [text(cue.sound) for cue in told.cues if rest.start <= cue.start < after]
            assert any(name.casefold() in line.casefold() for line in heard), heard


def is_rest(span: PlacedSpan) -> bool:
    return isinstance(span.item, Interval) and span.item.kind is IntervalKind.REST


@pytest.mark.parametrize("language", languages())
def test_the_time_left_is_not_told_right_behind_a_dose(language: str) -> None:
    """ "For thirty seconds. Ten seconds." would be heard as a correction."""
    phrases = phrases_for(language)
    work = phrases("dose.work", seconds=phrases.inline("dose.seconds", number=40))
    key = "cue.seconds-left"
    calls = {f"{phrases.worded(key, each, seconds=10)}." for each in phrases.wordings(key)}
    told = 0
    for letters in range(10, 120, 10):
        circuit = f"""
        - rounds: 2
          rest_between: 30s
          exercises:
            - {{name: X, work: 30s}}
            - {{name: Y, setup: {"La" * (letters // 2)}., movement: Lala., work: 40s}}
        """
        ((_, cues), *_) = beats(timeline(circuit, language), IntervalKind.REST)
        at = [text(cue.sound) for cue in cues].index(work)
        called = [cue for cue in cues[at:] if text(cue.sound) in calls]
        assert all(cue.start - cues[at].end >= 4 * SAMPLE_RATE for cue in called)
        told += len(called)
    assert told, "where there is time it is told"
