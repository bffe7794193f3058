"""Random routines, coaching and clip lengths, and an independent reading of what is prescribed."""

from __future__ import annotations

import atexit
import codecs
import json
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from sounds import gong

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.routine.load import loads
from audiocoach.routine.model import Exercise, Group, Routine, Sides, Step
from audiocoach.routine.recordings import Recording
from audiocoach.routine.select import select
from audiocoach.routine.times import Source, Time
from audiocoach.routine.values import SideCounts, SideTimes
from audiocoach.settings.table import Settings
from audiocoach.settings.values import Amount, Count, Direction, Mark, Pace, Telling
from audiocoach.sound import chime, own
from audiocoach.timeline import Timeline, fit
from audiocoach.timeline.placing import BEAT_MS, limits
from audiocoach.timeline.script import FRAME_SAMPLES, SAMPLES_PER_MS, Script, Sound, Utterance


def examples(thorough: int) -> int:
    """How many examples of a property are tried, if `thorough` is how many prove it."""
    return max(2, thorough * settings().max_examples // 100)


def sized(quick: int, thorough: int) -> int:
    """How large something dear is made: where all examples are tried, as `thorough` says."""
    return thorough if settings().max_examples >= 100 else quick


# -- texts and times as they are written ---------------------------------------------

_names = st.sampled_from(["toe press", "heel raise", "bridge", "wall sit", "step up", "bird dog"])
_seconds = st.tuples(
    st.integers(1, 9) | st.integers(1, 45), st.sampled_from(["s", " sec", " seconds"])
).map(lambda t: f"{t[0]}{t[1]}")
_fine = st.integers(400, 20_000).map(lambda n: f"{n}ms")
_prescribed = _seconds | _fine
_range = st.tuples(st.integers(3, 30), st.integers(1, 20), st.sampled_from(["-", " to "])).map(
    lambda t: f"{t[0]}{t[2]}{t[0] + t[1]}s"
)
_editorial = st.tuples(st.integers(800, 4000), st.integers(0, 2000), st.integers(0, 4000)).map(
    lambda t: f"~{t[0] + t[1]}ms ({t[0]}ms-{t[0] + t[1] + t[2] + 1}ms)"
)
_word = st.sampled_from(["Grip", "Lift", "Lower slowly", "Push", "Let loose", "Reach far"])
_sides = st.sampled_from([each.value for each in Sides])
_positions = st.sampled_from(
    ["standing", "sitting on chair", "sitting on floor", "lying on back", "kneeling"]
)
_told = st.sampled_from(
    [
        *("Stand tall.", "Press the floor away. Breathe.", "Turn your toes out."),
        "Put the right foot straight in front of the left, heel to toe, with your eyes closed.",
    ]
)
_instructions = _told | st.lists(
    _told | st.fixed_dictionaries({"say": st.just("Fix the band."), "time": _editorial}),
    max_size=3,
)
_TELLING = (
    *("purpose", "place", "setup", "eyes_free", "support", "movement", "breath", "feel"),
    *("mistake", "easier", "harder", "brief", "after"),
)
_TWO_SIDED = tuple(each.value for each in Sides if len(each.blocks) > 1)


def _able(low: st.SearchStrategy[int], unit: str = "") -> st.SearchStrategy[str]:
    """A range of ability."""
    return st.tuples(low, st.integers(1, 5)).map(lambda t: f"{t[0]}-{t[0] + t[1]}{unit}")


def _by_level(values: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    levels = st.sampled_from(["beginner", "intermediate", "advanced"])
    return st.dictionaries(levels, values, min_size=1)


_reps = st.integers(1, 8).map(str)
_count = _reps | _able(st.integers(1, 5)) | _by_level(_reps)
_able_time = _prescribed | _able(st.integers(1, 20), "s") | _by_level(_prescribed)
_long = st.integers(15, 60)
_long_time = _long.map(lambda n: f"{n}s") | _able(_long, "s")
_heard_in = {"set": st.just("1"), "round": st.sampled_from(["1", "2"])}
_cues = st.lists(
    st.fixed_dictionaries(
        {"at": st.integers(-15, 14).map(lambda n: f"{n}s"), "say": st.just("Shoulders down")},
        optional=_heard_in,
    )
    | st.fixed_dictionaries(
        {"at": st.integers(-11, 11).map(lambda n: f"{n}s"), "sound": st.just("gong.wav")},
        optional=_heard_in,
    ),
    max_size=2,
)
"""Words and sounds of the user's inside a long time."""
_bell = st.sampled_from(
    [
        *("every 7s", "every 10s", "-4s", {"at": ["5s", "-4s"]}),
        *({"every": "7s", "sound": "gong.wav"}, {"at": ["3s", "-5s"], "sound": "bowl.wav"}),
    ]
)


@cache
def sounds_folder() -> Path:
    """Where the sounds lie that routines here have of their own."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    gong(Path(folder.name), seconds=0.5)
    gong(Path(folder.name), "bowl.wav", seconds=3)
    return Path(folder.name)


_own_settings = st.fixed_dictionaries(
    {},
    optional={
        "max_silence": st.sampled_from(["off", "10s", "1min"]),
        "count": st.sampled_from([each.value for each in Count]),
        "warn_at": st.sampled_from(["off", "30s", "10%"]),
        "halfway": st.sampled_from(["on", "off"]),
        "encouragement": st.sampled_from(["on", "off"]),
        "countdown": st.sampled_from(["0", "5"]),
    },
)
_load = st.sampled_from(["none", "20 kg", "12.5 kg", "the green band", "10 lb each"])


# -- exercises -----------------------------------------------------------------------


def _per_side(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"right": values, "left": values})


@st.composite
def _telling(draw: st.DrawFn, sides: str | None = None) -> dict[str, Any]:
    """How an exercise is told, and with which sides; some of it for each side."""
    sides = sides or draw(_sides)
    told: dict[str, Any] = {"name": draw(_names), "position": draw(_positions), "sides": sides}
    for field in draw(st.sets(st.sampled_from(_TELLING), max_size=5)):
        told[field] = draw(_instructions)
    for field in draw(st.sets(st.sampled_from(["start", "finish", "side_change"]))):
        one = _instructions if sides == "both" else _instructions | _per_side(_told)
        told[field] = draw(one)
    if sides in _TWO_SIDED and draw(st.booleans()):
        told["side_rest"] = draw(_seconds | _range)
    if draw(st.booleans()):
        told["coaching"] = draw(_own_settings)
    for field in draw(st.sets(st.sampled_from(["go", "stop"]), max_size=1)):
        told[field] = draw(_word)
    if draw(st.booleans()):
        names = st.just({"right": "right foot", "left": "the other foot"})
        told["limb"] = draw(st.just("leg") | names)
    return told


def _phases(sides: str, times: st.SearchStrategy[str]) -> st.SearchStrategy[list[Any]]:
    words = _word if sides == "both" else _word | _per_side(_word)
    phase = st.fixed_dictionaries(
        {"time": times},
        optional={
            "say": words,
            "brief": words,
            "last": words,
            "name": st.just("hold"),
            "chime": st.sampled_from(["true", "false"]),
        },
    )
    return st.lists(phase, min_size=1, max_size=4)


_moving = _seconds | _editorial
_spoken_phase = _moving | st.fixed_dictionaries({"say": _word, "time": _moving})
_tempo = st.sampled_from(
    ["3-1-2-0", "1-0-1-0", "2-0-1-0", "2-0-2-0", "3-1-1-0", "2-1-2-1", "8-0-8-0", "4-2-1-3"]
) | st.fixed_dictionaries(
    {"eccentric": _spoken_phase, "concentric": _spoken_phase},
    optional={"bottom_pause": _spoken_phase, "top_pause": st.just("0s")},
)


@st.composite
def _repeated(draw: st.DrawFn, exercise: dict[str, Any]) -> None:
    """Sets, reps, holds and work: for all sets, for each, or for each side; and the rests."""
    sets = draw(st.integers(1, 3))
    shapes = ["one"] + ["list"] + ["sides"] * (exercise["sides"] in _TWO_SIDED)
    listed = False
    times = _long_time if exercise.get("cues") else _able_time
    if draw(st.booleans()):
        exercise["load"] = "none"
    if exercise.get("cues") and draw(st.booleans()):
        exercise["bell"] = draw(_bell)
    kinds = (("reps", _count), ("hold", times), ("work", times), ("load", _load))
    for field, values in kinds:
        if field not in exercise:
            continue
        shape = draw(st.sampled_from(shapes))
        listed = listed or shape == "list"
        exercise[field] = draw(
            {
                "one": values,
                "list": st.lists(values, min_size=sets, max_size=sets),
                "sides": _per_side(values),
            }[shape]
        )
    if draw(st.booleans()):
        exercise["sets"] = str(sets)
    elif not listed:
        sets = 1
    if sets > 1 and draw(st.sampled_from([True, False, False])):
        exercise["support"] = {"say": draw(_told), "set": str(sets)}
    _rested(draw, exercise, sets, listed=listed)


def _rested(draw: st.DrawFn, exercise: dict[str, Any], sets: int, *, listed: bool) -> None:
    if sets > 1 and not listed and draw(st.booleans()):
        exercise["sets"] = f"{sets}-{sets + 1}"
        exercise["rest"] = draw(_prescribed | _range)
        return
    after_last = draw(st.booleans())
    rests = sets if after_last else sets - 1
    if rests and draw(st.booleans()):
        times = _prescribed | _range
        exercise["rest"] = draw(times | st.lists(times, min_size=rests, max_size=rests))
        exercise["rest_after_last"] = "true" if after_last else "false"


@st.composite
def _until(draw: st.DrawFn, exercise: dict[str, Any]) -> None:
    """As many reps as fit: the rep's parts are whole seconds here."""
    parts = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    match draw(st.sampled_from(["phases", "rep_duration"])):
        case "phases":
            exercise["phases"] = [{"time": f"{part}s", "say": draw(_word)} for part in parts]
        case _:
            exercise["rep_duration"] = f"{sum(parts)}s"
    turn = sum(parts) * (2 if exercise["sides"] == "alternating" else 1)
    exercise["until"] = f"{turn * draw(st.integers(1, 4)) + draw(st.integers(0, turn - 1))}s"


_BY_SET = (("reps", _reps), ("load", _load))


@st.composite
def _every(draw: st.DrawFn, exercise: dict[str, Any]) -> None:
    """A set that begins every so often."""
    if exercise["sides"] != "both":
        exercise["sides"] = draw(st.sampled_from(["right", "left"]))
        exercise.pop("side_rest", None)
    sets = draw(st.integers(1, 3))
    lists = st.fixed_dictionaries(
        {},
        optional={each: st.lists(values, min_size=sets, max_size=sets) for each, values in _BY_SET},
    )
    exercise |= {"reps": draw(_count), "sets": str(sets), "cues": draw(_cues), **draw(lists)}
    exercise["every"] = draw(_long.map(lambda n: f"{n}s") if exercise["cues"] else _prescribed)


@st.composite
def _timed(draw: st.DrawFn, exercise: dict[str, Any], field: str) -> None:
    """Timed work, or a hold alone."""
    if exercise["sides"] == "alternating":
        exercise["sides"] = draw(st.sampled_from(["right-then-left", "right"]))
    exercise |= {field: "3s", "cues": draw(_cues)}


@st.composite
def _in_reps(draw: st.DrawFn, exercise: dict[str, Any], way: str, *, breaths: bool) -> None:
    """Reps, filled in one of the ways there are."""
    exercise["reps"] = "1"
    match way:
        case "hold":
            exercise |= {"hold": "3s", "cues": draw(_cues)}
            if draw(st.booleans()):
                exercise["act"] = {"say": "Up", "time": draw(_moving | _range)}
                exercise["release"] = {"time": draw(_moving), "chime": "true"}
        case "tempo":
            exercise["tempo"] = draw(_tempo)
        case "rep_duration":
            exercise["rep_duration"] = draw(_prescribed | _editorial)
        case _:
            breath = st.sampled_from(["inhale", "exhale", "1 breath", "3 breaths"])
            times = _prescribed | _editorial | _range
            phases = _phases(exercise["sides"], times | breath if breaths else times)
            exercise["phases"] = draw(phases)


_WAYS = ("hold", "tempo", "rep_duration", "phases", "until", "work", "one hold", "every")
_IN_TURNS = _WAYS[:5]
"""Ways to fill the reps of sides that take turns."""


@st.composite
def exercises(
    draw: st.DrawFn, *, breaths: bool = False, sides: str | None = None
) -> dict[str, Any]:
    """One exercise as it stands in a file; its times may be breaths."""
    exercise = draw(_telling(sides))
    way = draw(st.sampled_from(_IN_TURNS if sides == "alternating" else _WAYS))
    if way == "every":
        draw(_every(exercise))
        return exercise
    if draw(st.booleans()):
        exercise["each"] = [
            "clockwise",
            {"name": "the other way", "say": draw(_told), "go": "Start"},
        ]
    if way == "until":
        draw(_until(exercise))
        return exercise
    if way in ("work", "one hold"):
        draw(_timed(exercise, "work" if way == "work" else "hold"))
    else:
        draw(_in_reps(exercise, way, breaths=breaths))
    draw(_repeated(exercise))
    return exercise


_loads_by_turn = st.sampled_from(["none", "2 kg", "12.5 kg", "a red band", "a green band"])
_MOVES = ("Lift it.", "Put the other foot down.", "Turn round, and stand on the other side of it.")
_quick = st.integers(1, 15).map(lambda n: f"{n}s")


@st.composite
def changing(draw: st.DrawFn, rounds: int = 0) -> dict[str, Any]:
    """An exercise in which much is another after a few seconds: by set, or in each of `rounds`."""
    sides = draw(st.sampled_from(["both", *_TWO_SIDED, *_TWO_SIDED]))
    sets = rounds or draw(st.integers(1, 3))
    way, dose = draw(st.sampled_from(_DOSED))
    amounts = _reps if dose == "reps" else st.integers(5, 30).map(lambda n: f"{n}s")
    exercise: dict[str, Any] = {"name": draw(_names), "sides": sides, **way}
    for field, values in ((dose, amounts), ("load", _loads_by_turn)):
        several = st.lists(values, min_size=sets, max_size=sets)
        shapes = values | several if sides == "both" else values | several | _per_side(values)
        if field == dose or draw(st.booleans()):
            exercise[field] = draw(shapes)
    if not rounds:
        exercise["sets"] = str(sets)
    if sets > 1 and not rounds and draw(st.sampled_from([True, True, False])):
        exercise["rest"] = draw(_quick)
    if sides != "both":
        exercise["limb"] = draw(
            st.sampled_from(["leg", {"right": "right foot", "left": "left foot"}])
        )
        exercise |= draw(st.fixed_dictionaries({}, optional={"side_rest": _quick}))
    if draw(st.booleans()):
        exercise["each"] = ["clockwise", "the other way"]
    for field in draw(st.sets(st.sampled_from(["start", "finish", "side_change"]), max_size=2)):
        exercise[field] = draw(st.sampled_from(_MOVES))
    return exercise


_DOSED: tuple[tuple[dict[str, str], str], ...] = (
    *(({}, "work"), ({}, "hold"), ({"rep_duration": "3s"}, "reps")),
    *(({"tempo": "1-0-1-0"}, "reps"), ({"tempo": "2-1-2-0"}, "reps")),
)


@st.composite
def changing_circuit(draw: st.DrawFn) -> dict[str, Any]:
    """Such exercises by the clock, with little rest between them."""
    rounds = draw(st.integers(1, 3))
    exercises = draw(st.lists(changing(rounds), min_size=2, max_size=3))
    between = draw(st.integers(0, 15))
    return {"rounds": str(rounds), "rest_between": f"{between}s", "exercises": exercises}


@st.composite
def groups(draw: st.DrawFn, *, breaths: bool = False) -> dict[str, Any]:
    """A circuit: in rounds or until a time is over, by the clock or not."""
    special = draw(st.sampled_from([None, None, None, _timed_group, on_the_minute]))
    if special:
        return draw(special())
    rounds = draw(st.integers(1, 3))
    named = {"name": _names, "round_name": st.just("rung")}
    group: dict[str, Any] = {"rounds": str(rounds)}
    group |= draw(st.fixed_dictionaries({}, optional=named))
    steps: st.SearchStrategy[Any] = exercises(breaths=breaths)
    by_the_clock = draw(st.booleans())
    if by_the_clock:
        group["rest_between"] = "0s"
    elif draw(st.booleans()):
        steps |= _timed_group()
    least = 2 if by_the_clock and rounds == 1 else 1
    group["exercises"] = draw(st.lists(steps, min_size=least, max_size=2))
    if rounds > 1 and draw(st.booleans()):
        group["rest"] = draw(_seconds | _range)
    if rounds > 1 and "exercises" not in group["exercises"][-1] and draw(st.booleans()):
        told = [{"say": draw(_told), "round": str(each)} for each in (1, rounds)]
        group["exercises"][-1].setdefault("movement", told)
    if by_the_clock:
        places = len(group["exercises"]) - ("rest" in group or rounds == 1)
        rests = _seconds | _range | st.just("0s")
        lists = st.lists(rests, min_size=places, max_size=places) if places else rests
        group["rest_between"] = draw(rests | lists)
    return group


_TIMED: tuple[tuple[dict[str, Any], int], ...] = (
    ({"work": "20s"}, 20),
    ({"hold": "11s", "act": {"time": "1s"}, "release": {"time": "2s"}}, 14),
    ({"reps": "3", "tempo": "3-1-2-0"}, 18),
    ({"reps": "2", "rep_duration": "4s", "sets": "2", "rest": "10s"}, 26),
)
"""Exercises all of whose times are prescribed, and how long each is (s)."""


@st.composite
def _timed_group(draw: st.DrawFn) -> dict[str, Any]:
    """As many rounds as fit into just so long."""
    exercises, whole = [], 0
    for dose, seconds in draw(st.lists(st.sampled_from(_TIMED), min_size=1, max_size=2)):
        exercise = {"name": draw(_names), **dose}
        if "sets" not in dose and draw(st.booleans()):
            exercise |= {"sides": draw(st.sampled_from(_TWO_SIDED)), "side_rest": "7s"}
            whole += seconds + 7
        exercises.append(exercise)
        whole += seconds
    pauses = {field: draw(st.integers(1, 30)) for field in draw(st.sets(st.sampled_from(_PAUSES)))}
    between = pauses.get("rest_between", 0)
    rest = pauses.get("rest", between)
    whole += between * (len(exercises) - 1)
    until = draw(st.integers(2, 7)) * (whole + rest) - rest
    group: dict[str, Any] = {"until": f"{until}s", "exercises": exercises}
    return group | {field: f"{seconds}s" for field, seconds in pauses.items()}


@st.composite
def on_the_minute(draw: st.DrawFn) -> dict[str, Any]:
    """Exercises that take turns, each of which begins on its time (EMOM)."""
    rounds = draw(st.integers(1, 3))
    exercises = []
    for _ in range(draw(st.integers(2, 3))):
        exercise: dict[str, Any] = {"name": draw(_names), "position": draw(_positions)}
        exercise |= {"reps": draw(_reps), "every": draw(_long.map(lambda n: f"{n}s"))}
        exercise |= {"sides": draw(st.sampled_from(["both", "right", "left"])), "limb": "arm"}
        for field, values in _BY_SET:
            if rounds > 1 and draw(st.booleans()):
                exercise[field] = draw(st.lists(values, min_size=rounds, max_size=rounds))
        exercises.append(exercise)
    return {"rounds": str(rounds), "exercises": exercises}


_PAUSES = ("rest", "rest_between")
_SPOKEN = {*_TELLING, "title", "name", "say", "last", "go", "stop", "limb", "start", "finish"}
_SPOKEN |= {"side_change", "each", "load", "round_name"}


def _made_up(value: Any, *, spoken: bool = False) -> Any:
    """The same with each text that is heard in letters of no language: `Svk gur onaq.`"""
    if isinstance(value, dict):
        return {
            key: _made_up(each, spoken=(spoken and key != "time") or key in _SPOKEN)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_made_up(each, spoken=spoken) for each in value]
    return codecs.encode(value, "rot13") if spoken else value


def routine_of(
    *steps: dict[str, Any], language: str = "en", made_up: bool = False, **top: Any
) -> Routine:
    """The routine of these exercises and groups, as they stand in a file; the right is affected."""
    text = {"title": "Random", "exercises": list(steps)}
    told = _made_up(text) if made_up else text
    whole = json.dumps({"language": language, **told, **top})
    folder = sounds_folder() if ".wav" in whole else None
    return select(loads(whole, folder=folder), affected="right")


_tasks = st.fixed_dictionaries(
    {"say": st.sampled_from(["Fetch a chair.", "Turn over, slowly."])},
    optional={
        "time": _editorial,
        "pause": st.just("true"),
        "name": st.just("get ready"),
        "position": _positions,
    },
)
"""Something without a dose."""


@st.composite
def routines(draw: st.DrawFn, language: str = "en", *, made_up: bool = False) -> Routine:
    """A whole routine, at one of its levels; its own words may be of no language."""
    breath = draw(st.sampled_from([None, ("4s", "5s"), ("~4s (3-6s)", "~4s (3-6s)")]))
    steps = st.lists(
        exercises(breaths=bool(breath)) | groups(breaths=bool(breath)), min_size=1, max_size=3
    )
    around = st.lists(_tasks, max_size=1)
    top: dict[str, Any] = {}
    if breath:
        top["breath"] = {"inhale": breath[0], "exhale": breath[1]}
    if draw(st.booleans()):
        top["level"] = draw(st.sampled_from(["beginner", "intermediate", "advanced"]))
    told = [*draw(around), *draw(steps), *draw(around)]
    routine = routine_of(*told, language=language, made_up=made_up, **top)
    level = draw(st.sampled_from(routine.levels)) if routine.levels else routine.level
    return select(routine.at_level(level), affected=draw(st.sampled_from(["right", "left"])))


# -- coaching ------------------------------------------------------------------------

_amounts = (
    st.builds(Amount)
    | st.builds(Amount, ms=st.integers(0, 20_000))
    | st.builds(Amount, percent=st.integers(0, 300))
)
_marks = st.lists(
    st.builds(Mark, ms=st.integers(1, 90).map(lambda n: n * 1000))
    | st.builds(Mark, percent=st.integers(1, 99)),
    max_size=3,
).map(tuple)


def coachings() -> st.SearchStrategy[Coaching]:
    """Any way of telling a session."""
    return st.builds(
        Coaching,
        duration=st.none() | st.integers(60_000, 3_600_000),
        pace=st.sampled_from(Pace),
        transition=_amounts,
        get_ready=_amounts,
        coaching=st.sampled_from(Telling),
        eyes_free=st.booleans(),
        count=st.sampled_from(Count),
        count_direction=st.sampled_from(Direction),
        countdown=st.sampled_from([0, 3, 5, 10]),
        warn_at=_marks,
        halfway=st.booleans(),
        last_one=st.booleans(),
        encouragement=st.booleans(),
        seed=st.integers(0, 999),
        chimes=st.booleans(),
        breath=st.booleans(),
        first_side=st.sampled_from([None, "right", "left"]),
        max_silence=st.sampled_from([0, 10_000, 20_000, 60_000]),
    )


class Session(NamedTuple):
    """A routine, a way of telling it, and the seed of made-up clips."""

    routine: Routine
    coaching: Settings
    seed: int

    def compiled(self) -> tuple[Script, dict[Sound, int]]:
        """Its script, and how long each of its sounds is."""
        script = compile_script(self.routine, self.coaching)
        return script, clip_lengths(script.sounds(), self.seed)


def sessions() -> st.SearchStrategy[Session]:
    """Any routine, told in any way."""
    return st.builds(Session, routines(), coachings(), st.integers(0, 999))


# -- clips ---------------------------------------------------------------------------


def clip_lengths(sounds: Iterable[Sound], seed: int, slowness: int = 1) -> dict[Sound, int]:
    """Made-up but fixed lengths (samples, whole frames): longer texts take longer."""

    def length(sound: Sound) -> int:
        if isinstance(sound, Recording):
            return own.length(sound)
        if not isinstance(sound, Utterance):
            return chime.length(sound)
        jitter = zlib.crc32(f"{seed} {sound.text}".encode()) % 12
        return (8 + jitter + slowness * 2 * len(sound.text)) * FRAME_SAMPLES

    return {sound: length(sound) for sound in sounds}


def hurried_lengths(script: Script, seed: int, slowness: int = 1) -> dict[Sound, int]:
    """The same, of a script whose words are hurried to fit their beats, as a studio would."""
    found, most = clip_lengths(script.sounds(), seed, slowness), limits(script, {})

    def length(sound: Sound) -> int:
        beat = (most.get(sound, 0) + BEAT_MS) * SAMPLES_PER_MS // FRAME_SAMPLES * FRAME_SAMPLES
        least = -(-found[sound] * 5 // (8 * FRAME_SAMPLES)) * FRAME_SAMPLES
        return max(min(found[sound], beat), least) if sound in most else found[sound]

    return {sound: length(sound) for sound in found}


def clip_beats(sounds: Iterable[Sound], seed: int) -> dict[Sound, int]:
    """Made-up but fixed beats (samples, whole ms), some later than there is room for."""

    def beat(sound: Sound) -> int:
        return zlib.crc32(f"{seed} {sound}".encode()) % 250 * SAMPLES_PER_MS

    return {sound: beat(sound) for sound in sounds}


# -- what is prescribed --------------------------------------------------------------

Side = Literal["right", "left"]
_Lap = tuple[int, int]
"""A round, from 0, and how many there are."""


def timeline_of(routine: Routine) -> Timeline:
    """A routine as it is told by itself, with made-up clips, at its natural length."""
    script = compile_script(routine)
    return fit(script, clip_lengths(script.sounds(), 1))


def prescription(routine: Routine, first_side: Side | None = None) -> list[tuple[int, int]]:
    """Every prescribed time in order as (shortest, longest) ms, read from the routine alone."""
    return [
        (time.minimum, time.maximum)
        for time in _steps(routine.exercises, (0, 1), first_side)
        if time.source is not Source.EDITORIAL and time.maximum
    ]


def _steps(
    steps: tuple[Step, ...],
    lap: _Lap,
    first: Side | None,
    between: Time | tuple[Time, ...] | None = None,
) -> Iterator[Time]:
    for index, step in enumerate(steps):
        if index and between:
            yield between[index - 1] if isinstance(between, tuple) else between
        if isinstance(step, Exercise):
            yield from _exercise(step, lap, first)
        elif isinstance(step, Group):
            yield from _group(step, lap, first)


def _group(group: Group, lap: _Lap, first: Side | None) -> Iterator[Time]:
    rounds = _rounds(group)
    rest = _between_rounds(group)
    for number in range(rounds):
        if number and rest:
            yield rest
        inner = lap if rounds == 1 else (number, rounds)
        if group.until:  # only rounds that are written have a value each
            inner = (0, 1)
        yield from _steps(group.exercises, inner, first, group.rest_between)


def _rounds(group: Group) -> int:
    if group.until is None:
        return group.rounds or 1
    fixed = (
        time
        for time in _steps(group.exercises, (0, 1), None, group.rest_between)
        if time.source is not Source.EDITORIAL
    )
    whole = sum(time.maximum for time in fixed)
    rest = _between_rounds(group)
    rounds, spent = 0, whole
    while spent <= group.until.natural:
        rounds += 1
        spent += whole + (rest.maximum if rest else 0)
    return rounds


def _between_rounds(group: Group) -> Time | None:
    """By the clock a round follows the one before as its exercises follow one another."""
    rests = group.rest_between
    if isinstance(rests, tuple):
        return group.rest or rests[-1]
    return group.rest or rests


def _exercise(exercise: Exercise, lap: _Lap, first: Side | None) -> Iterator[Time]:
    number, rounds = lap
    values = (exercise.reps, exercise.hold, exercise.work, exercise.load)
    listed = next((len(value) for value in values if isinstance(value, tuple)), 1)
    if not exercise.sets and not exercise.rest and rounds > 1 and listed == rounds:
        yield from _set(exercise, number, first)
        return
    sets = exercise.sets or listed
    for each in range(sets):
        yield from _set(exercise, each, first)
        if exercise.rest and (each < sets - 1 or exercise.rest_after_last):
            yield exercise.rest[each] if isinstance(exercise.rest, tuple) else exercise.rest


def _set(exercise: Exercise, number: int, first: Side | None) -> Iterator[Time]:
    sides = list(exercise.sides.blocks)
    if len(sides) > 1 and first and sides[0] != first:
        sides.reverse()
    for index, side in enumerate(sides):
        if index and exercise.side_rest:
            yield exercise.side_rest
        for _ in exercise.each or [None]:
            yield from _block(exercise, number, side)


def _block(exercise: Exercise, number: int, side: Side | None) -> Iterator[Time]:
    def here(value: Any) -> Any:
        if isinstance(value, tuple):
            return value[number]
        if isinstance(value, SideCounts | SideTimes):
            return value.left if side == "left" else value.right
        return value

    if work := exercise.every or here(exercise.work):
        yield work
        return
    hold = here(exercise.hold)
    rep = [exercise.act.time, hold, exercise.release.time] if hold else list(_rep(exercise))
    turns = 2 if exercise.sides is Sides.ALTERNATING else 1
    reps = here(exercise.reps) or 1
    if exercise.until:
        reps = exercise.until.natural // (turns * sum(time.natural for time in rep))
    yield from rep * turns * reps


def _rep(exercise: Exercise) -> Iterator[Time]:
    if exercise.tempo:
        yield from (phase.time for phase in exercise.tempo.phases)
    yield from (phase.time for phase in exercise.phases)
    if exercise.rep_duration:
        yield exercise.rep_duration


@st.composite
def short_reps(draw: st.DrawFn, sides: str | None = None) -> dict[str, Any]:
    """Reps of parts of a few seconds each: with a word of their own, a name, or neither."""
    exercise: dict[str, Any] = {
        "name": draw(_names),
        "reps": str(draw(st.integers(1, 7))),
        "sides": sides or draw(st.sampled_from(["both", "alternating"])),
    }
    times = st.sampled_from(["1s", "1500ms", "2s", "3s", "4s", "6s"])
    words = st.sampled_from(["Lift", "Lower slowly", "Come back slowly", "Arm and leg away"])
    spoken = st.fixed_dictionaries({"time": times, "say": words})
    named = st.fixed_dictionaries({"time": times, "name": st.sampled_from(["reach", "way down"])})
    if draw(st.booleans()):
        return exercise | {"hold": draw(times), "act": draw(spoken), "release": draw(spoken)}
    bare = st.fixed_dictionaries({"time": times})
    return exercise | {
        "phases": draw(st.lists(spoken | spoken | named | bare, min_size=1, max_size=3))
    }
