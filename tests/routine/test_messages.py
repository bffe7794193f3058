"""A broken file, and every line that is said about it, whole.

The table is the place to read how errors sound. Each line begins with the line and
column; the name of the file, which comes first, is left out here.
"""

from __future__ import annotations

import pytest
import yaml

from audiocoach.errors import RoutineError
from audiocoach.routine import yaml_tree
from audiocoach.routine.load import PROBLEM_LIMIT, loads
from audiocoach.routine.model import Exercise

Broken = dict[str, tuple[str, list[str]]]
H = "title: T\nlanguage: en\nexercises:\n"
EXERCISE_FIELDS = ", ".join(Exercise.model_fields)

BROKEN_YAML: Broken = {
    "an empty file": (
        "",
        ["1:1: the file is empty; a routine begins with 'title: ...'"],
    ),
    "only comments": (
        "# a routine\n\n# to come\n",
        ["1:1: the file is empty; a routine begins with 'title: ...'"],
    ),
    "an empty document": (
        "---\n",
        ["1:1: the file is empty; a routine begins with 'title: ...'"],
    ),
    "a list at the top": (
        "- title: T\n",
        ["1:1: a routine is fields such as 'title: ...', not a list"],
    ),
    "a text at the top": (
        "just a text\n",
        ["1:1: a routine is fields such as 'title: ...', not a text"],
    ),
    "two routines": (
        "title: T\n---\ntitle: U\n",
        ["2:1: a second document begins here ('---'); write one routine a file"],
    ),
    "a tab": (
        "title: T\n\tlanguage: en\n",
        ["2:1: a tab character; write spaces instead"],
    ),
    "an invisible line break": (
        "title: T\u2028U\n",
        ["1:9: an invisible or control character (U+2028); remove it"],
    ),
    "a directive": (
        "%YAML 1.2\n---\ntitle: T\n",
        ["1:1: a line that begins with '%' is not supported"],
    ),
    "a key twice": (
        "title: T\nlanguage: en\ntitle: U\n",
        ["3:1: 'title' is given twice; it is already at line 1, column 1"],
    ),
    "a tag": (
        "title: !!python/object:os.system x\n",
        [
            "1:8: a '!' here is a YAML tag, which is not supported; put a text that begins with it in quotes"
        ],
    ),
    "a tag on a list": (
        "exercises: !!set [a]\n",
        [
            "1:12: a '!' here is a YAML tag, which is not supported; put a text that begins with it in quotes"
        ],
    ),
    "an unknown tag handle": (
        "title: !e!x T\n",
        [
            "1:8: a '!' here is a YAML tag, which is not supported; put a text that begins with it in quotes"
        ],
    ),
    "a merge": (
        "a: &a {b: c}\nd:\n  <<: *a\n",
        ["3:3: '<<' (a merge) is not supported; write the fields out"],
    ),
    "an alias to nothing": (
        "title: *important*\n",
        ["1:8: '&' and '*' mark YAML anchors; put a text that begins with it in quotes"],
    ),
    "an alias to itself": (
        "a: &a [*a]\n",
        ["1:8: '*a' refers to what it is itself a part of"],
    ),
    "an anchor without a name": (
        "title: & more\n",
        ["1:8: '&' and '*' mark YAML anchors; put a text that begins with it in quotes"],
    ),
    "a list as a key": (
        "? [a, b]\n: c\n",
        ["1:3: a field's name must be a word"],
    ),
    "a colon in a text": (
        "title: Note: keep calm\n",
        [
            "1:12: a ':' can't stand here; put a text that holds ': ' in quotes, or check the indentation"
        ],
    ),
    "a deeper line": (
        "title: T\n  language: en\n",
        [
            "2:11: a ':' can't stand here; put a text that holds ': ' in quotes, or check the indentation"
        ],
    ),
    "a line between two depths": (
        "a:\n    b: c\n  d: e\n",
        ["3:3: this doesn't fit the lines above; check the indentation of this line, and quotes"],
    ),
    "a list that comes back": (
        "a:\n  - b\n - c\n",
        ["3:2: this doesn't fit the lines above; check the indentation of this line, and quotes"],
    ),
    "no colon": (
        "title: T\nlanguage\nduration: 3s\n",
        ["2:1: there is no ':' after this; a field is written 'name: value'"],
    ),
    "an open bracket": (
        "title: T\nequipment: [a, b\nlanguage: en\n",
        [
            "2:12: this bracket is not closed, or a comma is missing; a text that holds a comma, colon or bracket needs quotes here"
        ],
    ),
    "an open brace": (
        "schedule: {times: 3\n",
        [
            "1:11: this bracket is not closed, or a comma is missing; a text that holds a comma, colon or bracket needs quotes here"
        ],
    ),
    "a colon in braces": (
        "a: {say: note: this}\n",
        [
            "1:4: this bracket is not closed, or a comma is missing; a text that holds a comma, colon or bracket needs quotes here"
        ],
    ),
    "an open quote": (
        'title: "T\nlanguage: en\n',
        ["1:8: this quote is never closed"],
    ),
    "a backslash": (
        'title: "C:\\My"\n',
        [
            "1:8: a '\\' escape that doesn't exist; write '\\\\' for a backslash, or use single quotes"
        ],
    ),
    "text after a quote": (
        'title: "T" and more\n',
        ["1:12: this doesn't fit the lines above; check the indentation of this line, and quotes"],
    ),
    "a beginning that means something": (
        "title: @home\n",
        ["1:8: a value can't begin with '@'; put a text that begins with it in quotes"],
    ),
    "a comma first": (
        "title: , T\n",
        ["1:8: a value can't begin with ','; put a text that begins with it in quotes"],
    ),
    "text after a bar": (
        "about: |x\n",
        ["1:8: after '|' or '>' the text begins on the next line, indented"],
    ),
    "a dash in a value": (
        "title: - T\n",
        [
            "1:8: a '- ' can't stand here; begin the list on a line of its own, or put the text in quotes"
        ],
    ),
    "past the end": (
        "title: T\n... more\n",
        ["2:5: only one routine may stand in a file; this is past its end"],
    ),
    "an empty name": (
        ": T\n",
        ["1:1: this doesn't fit the lines above; check the indentation of this line, and quotes"],
    ),
}

BROKEN_ROUTINES: Broken = {
    "nothing that is needed": (
        "title: T\n",
        ["1:1: 'language' is missing", "1:1: 'exercises' is missing"],
    ),
    "no unit": (
        H + "  - name: toe walk\n    work: 20s\n    sets: 2\n    rest: 15\n",
        [
            "7:11: exercise 1 (toe walk): rest: '15' has no unit; write it with its unit, such as 3s, 1:30, 2min or 500ms"
        ],
    ),
    "a misspelt field": (
        H + "  - name: toe walk\n    hold: 3s\n    resst: 3s\n",
        ["6:5: exercise 1 (toe walk): 'resst' is not a field here; did you mean 'rest'?"],
    ),
    "a field of another name": (
        H + "  - name: toe walk\n    hold: 3s\n    repetitions: 3\n    rounds: 3\n    zzz: 1\n",
        [
            "6:5: exercise 1 (toe walk): 'repetitions' is not a field here; did you mean 'reps'?",
            "7:5: exercise 1 (toe walk): 'rounds' is not a field here; did you mean 'sets'?",
            f"8:5: exercise 1 (toe walk): 'zzz' is not a field here; the fields are {EXERCISE_FIELDS}",
        ],
    ),
    "what people call a field": (
        "title: T\nlanguage: en\ndescription: Easy.\nname: N\nexercises:\n"
        "  - name: toe walk\n    hold: 3s\n    description: Rise.\n    Rest Time: 3s\n"
        "    notes: Rise.\n    sitting: true\n    goal: Strength.\n    title: x\n",
        [
            "3:1: 'description' is not a field here; did you mean 'about'?",
            "4:1: 'name' is not a field here; did you mean 'title'?",
            "8:5: exercise 1 (toe walk): 'description' is not a field here; did you mean 'movement'?",
            "9:5: exercise 1 (toe walk): 'Rest Time' is not a field here; did you mean 'rest'?",
            "10:5: exercise 1 (toe walk): 'notes' is not a field here; did you mean 'movement'?",
            "11:5: exercise 1 (toe walk): 'sitting' is not a field here; did you mean 'position'?",
            "12:5: exercise 1 (toe walk): 'goal' is not a field here; did you mean 'purpose'?",
            "13:5: exercise 1 (toe walk): 'title' is not a field here; did you mean 'name'?",
        ],
    ),
    "a setting where no setting stands": (
        "title: T\nlanguage: en\npreset: gentle\npace: slow\nexercises:\n"
        "  - {name: toe walk, hold: 3s}\n",
        [
            "3:1: 'preset' is not a field here; did you mean 'coaching'?",
            "4:1: 'pace' is not a field here; did you mean 'coaching'?",
        ],
    ),
    "what people call a value": (
        H + "  - name: toe walk\n    hold: 3s\n    sides: Each side\n    position: sitting\n",
        [
            "6:12: exercise 1 (toe walk): sides: 'Each side' is not possible here; did you mean 'right-then-left'? allowed: both, right-then-left, left-then-right, alternating, right, left, affected, unaffected, affected-then-unaffected, unaffected-then-affected",
            "7:15: exercise 1 (toe walk): position: 'sitting' is not possible here; did you mean 'sitting on chair'? allowed: standing, sitting on chair, sitting on floor, kneeling, on hands and knees, lying on back, lying on front, lying on side",
        ],
    ),
    "a value that is not allowed": (
        H
        + "  - name: toe walk\n    hold: 3s\n    sides: Left\n    phase: end\n    position: [standing]\n",
        [
            "6:12: exercise 1 (toe walk): sides: 'Left' is not possible here; did you mean 'left'? allowed: both, right-then-left, left-then-right, alternating, right, left, affected, unaffected, affected-then-unaffected, unaffected-then-affected",
            "7:12: exercise 1 (toe walk): phase: 'end' is not possible here; allowed: warmup, main, cooldown",
            "8:15: exercise 1 (toe walk): position: must be one word, not a list; allowed: standing, sitting on chair, sitting on floor, kneeling, on hands and knees, lying on back, lying on front, lying on side",
        ],
    ),
    "counts": (
        H + "  - name: toe walk\n    hold: 3s\n    reps: 1e3\n    sets: -1\n",
        [
            "6:11: exercise 1 (toe walk): reps: '1e3' is not a whole number such as 10",
            "7:11: exercise 1 (toe walk): sets: '-1' is not a whole number such as 10",
        ],
    ),
    "counts beyond their limits": (
        H + "  - name: toe walk\n    hold: 3s\n    reps: 0\n    sets: 1001\n",
        [
            "6:11: exercise 1 (toe walk): reps: '0' must be at least 1",
            "7:11: exercise 1 (toe walk): sets: '1001' must be at most 1000",
        ],
    ),
    "a list for a time": (
        H
        + "  - name: toe walk\n    hold: [1, 2]\n    work: {minimum: 1, natural: 2, maximum: 3, source: range}\n",
        [
            "5:12: exercise 1 (toe walk): hold 1: '1' has no unit; write it with its unit, such as 3s, 1:30, 2min or 500ms",
            "5:15: exercise 1 (toe walk): hold 2: '2' has no unit; write it with its unit, such as 3s, 1:30, 2min or 500ms",
            "6:11: exercise 1 (toe walk): work: must be a time such as 3s, not fields of its own",
        ],
    ),
    "kinds of time": (
        H
        + "  - name: toe walk\n    reps: 3\n    hold: ~3s\n    rest: ~3s\n    rep_duration: 2-3s\n    setup: {say: Sit., time: 3s}\n",
        [
            "6:11: exercise 1 (toe walk): hold: '~3s' must be prescribed: write it without '~'",
            "7:11: exercise 1 (toe walk): rest: '~3s' must be prescribed: write it without '~'",
            "8:19: exercise 1 (toe walk): rep_duration: '2-3s' must be one time, not a range; write ~3s (2-5s) if it is free",
            "9:30: exercise 1 (toe walk): setup: time: '3s' must be editorial: write it with '~', such as ~3s or ~3s (2-5s)",
        ],
    ),
    "zero": (
        H + "  - name: toe walk\n    hold: 0s\nduration: 0s\n",
        [
            "5:11: exercise 1 (toe walk): hold: '0s' must be longer than zero",
            "6:11: duration: '0s' must be longer than zero",
        ],
    ),
    "a range for a length": (
        H + "  - name: toe walk\n    hold: 3s\nduration: 20-25min\n",
        ["6:11: duration: '20-25min' must be one length such as 20min or 20:00"],
    ),
    "tempo": (
        H
        + "  - name: toe walk\n    reps: 3\n    tempo: 3-1-2\n  - {name: squat, reps: 3, tempo: 0-1-2-0}\n",
        [
            "6:12: exercise 1 (toe walk): tempo: '3-1-2' is not a tempo; write four numbers of seconds such as 3-1-2-0 (eccentric, pause, concentric, pause), or name the phases",
            "7:35: exercise 2 (squat): tempo: eccentric: '0-1-2-0' must be longer than zero",
        ],
    ),
    "nothing given": (
        H
        + "  - name: toe walk\n    hold:\n    rest: ~\n    reps: null\n    setup: [Sit., ]\n    equipment:\n      -\n",
        [
            "5:5: exercise 1 (toe walk): hold: has no value; write one, or leave the field out",
            "6:5: exercise 1 (toe walk): rest: has no value; write one, or leave the field out",
            "7:5: exercise 1 (toe walk): reps: has no value; write one, or leave the field out",
            "10:8: exercise 1 (toe walk): equipment 1: has no value; write one, or leave the field out",
        ],
    ),
    "a text for fields": (
        H
        + "  - name: toe walk\n    hold: 3s\n    quotes: x\n    act: Lift\n    each: [[a]]\n  - toe press\n",
        [
            "6:13: exercise 1 (toe walk): quotes: 'x' must have fields of its own",
            "7:10: exercise 1 (toe walk): act: 'Lift' must have fields of its own (say, time, name, brief, last, chime)",
            "8:12: exercise 1 (toe walk): each 1: must have fields of its own (name, say, go), not a list",
            "9:5: exercise 2: 'toe press' must have fields of its own (name, phase, position, equipment, schedule, limb, purpose, place, ...)",
        ],
    ),
    "fields for a list": (
        "title: T\nlanguage: en\nexercises: {a: b}\n",
        [
            "3:12: exercises: must be a list, such as [a, b] or lines that begin with '- ', not fields of its own"
        ],
    ),
    "a text for a list": (
        "title: T\nlanguage: en\nequipment: a band\nexercises: x\n",
        [
            "3:12: equipment: 'a band' must be a list, such as [a, b] or lines that begin with '- '",
            "4:12: exercises: 'x' must be a list, such as [a, b] or lines that begin with '- '",
        ],
    ),
    "no exercises": (
        "title: T\nlanguage: en\nexercises: []\n",
        ["3:12: exercises: must hold at least one"],
    ),
    "a list for a text": (
        H + "  - name: toe walk\n    hold: 3s\n    movement: [[a]]\n    go: {a: b}\n",
        [
            "6:16: exercise 1 (toe walk): movement 1: must have fields of its own (say, time, orient, set, round), not a list",
            "7:9: exercise 1 (toe walk): go: must be a text, not fields of its own",
        ],
    ),
    "a bad language and a blank title": (
        'title: " "\nlanguage: English\nexercises:\n  - name: toe walk\n    hold: 3s\n',
        [
            "1:8: title: ' ' must not be blank",
            "2:11: language: 'English' is not a language code; did you mean en?",
        ],
    ),
    "yes": (
        H + "  - name: toe walk\n    work: 3s\n    rest_after_last: yes\n",
        ["6:22: exercise 1 (toe walk): rest_after_last: 'yes' must be true or false"],
    ),
    "a text that cannot be spoken": (
        H
        + '  - name: toe walk\n    hold: 3s\n    movement: "\\e[31mred"\n    feel: "..."\n    breath: "a\\u202eb"\n',
        [
            "6:15: exercise 1 (toe walk): movement: '\\x1b[31mred' must not hold a control character (U+001B)",
            "7:11: exercise 1 (toe walk): feel: '...' has no letter or digit, so there is nothing to say",
            "8:13: exercise 1 (toe walk): breath: 'a\\u202eb' must not hold a control character (U+202E)",
        ],
    ),
    "a text that is too long": (
        H
        + "  - name: toe walk\n    hold: 3s\n    go: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
        [
            "6:9: exercise 1 (toe walk): go: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' is too long: 81 characters, and 80 are allowed"
        ],
    ),
    "a comma in braces": (
        H + "  - name: toe walk\n    hold: 3s\n    setup: {say: Lift, and hold, time: ~3s}\n",
        [
            "6:24: exercise 1 (toe walk): setup: 'and hold' is not a field here; inside braces a text that holds a comma needs quotes"
        ],
    ),
    "no dose": (
        H + "  - name: toe walk\n    sides: both\n",
        [
            "4:5: exercise 1 (toe walk): no dose is given; a dose is reps with hold, tempo, rep_duration, phases or every; or work; or hold alone"
        ],
    ),
    "half a dose": (
        H + "  - name: toe walk\n    reps: 3\n",
        [
            "4:5: exercise 1 (toe walk): reps alone don't say how long a rep takes; a dose is reps with hold, tempo, rep_duration, phases or every; or work; or hold alone"
        ],
    ),
    "two doses": (
        H + "  - name: toe walk\n    reps: 3\n    hold: 3s\n    work: 3s\n",
        [
            "4:5: exercise 1 (toe walk): hold and work can't be combined; a dose is reps with hold, tempo, rep_duration, phases or every; or work; or hold alone"
        ],
    ),
    "reps without need": (
        H + "  - name: toe walk\n    reps: 3\n    work: 3s\n",
        ["4:5: exercise 1 (toe walk): work is timed, so it has no reps; repeat it with sets"],
    ),
    "phases without reps": (
        H + "  - name: toe walk\n    tempo: 3-1-2-0\n",
        ["4:5: exercise 1 (toe walk): tempo describes a rep, so reps is needed as well"],
    ),
    "alternating": (
        H + "  - name: toe walk\n    work: 3s\n    sides: alternating\n",
        [
            "4:5: exercise 1 (toe walk): alternating sides need reps; use right-then-left for timed work"
        ],
    ),
    "a rest between nothing": (
        H
        + "  - name: toe walk\n    work: 3s\n    rest: 3s\n  - {rounds: 1, rest: 3s, exercises: [{name: a, hold: 3s}]}\n",
        [
            "4:5: exercise 1 (toe walk): rest is between sets, and there is one set; add sets or rest_after_last: true",
            "7:5: group 2: rest is between rounds, and there is one round; add rounds",
        ],
    ),
    "quotes of nothing": (
        H
        + "  - name: toe walk\n    hold: 3s\n    quotes: {hodl: three seconds, hold: [a]}\n  - {name: b, hold: 3s, quotes: {hodl: x}}\n",
        [
            "6:41: exercise 1 (toe walk): quotes: hold: must be a text, not a list",
            "7:33: exercise 2 (b): quotes: 'hodl' is not a field of an exercise; did you mean 'hold'?",
        ],
    ),
    "a schedule": (
        H + "  - name: toe walk\n    hold: 3s\n    schedule: {times: 3}\nschedule: {per: year}\n",
        [
            "6:15: exercise 1 (toe walk): schedule: times and per go together: {times: 3, per: day}",
            "7:17: schedule: per: 'year' is not possible here; allowed: day, week",
        ],
    ),
    "inside a group": (
        H
        + "  - name: circuit\n    rounds: many\n    exercises:\n      - {name: squat, work: 20}\n      - {rounds: 2}\n    hold: 3s\n",
        [
            "5:13: group 1 (circuit): rounds: 'many' is not a whole number such as 10",
            "7:29: group 1 (circuit): exercise 1 (squat): work: '20' has no unit; write it with its unit, such as 3s, 1:30, 2min or 500ms",
            "8:9: group 1 (circuit): group 2: 'exercises' is missing",
            "9:5: group 1 (circuit): 'hold' is not a field here; the fields are name, round_name, rounds, until, rest, rest_between, exercises",
        ],
    ),
    "a hostile name": (
        H
        + '  - name: "a\\e[31mbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"\n    hold: 3\n    "\\e[2J": x\n',
        [
            "4:11: exercise 1 (a\\x1b[31mbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…): name: 'a\\x1b[31mbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…' must not hold a control character (U+001B)",
            "5:11: exercise 1 (a\\x1b[31mbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…): hold: '3' has no unit; write it with its unit, such as 3s, 1:30, 2min or 500ms",
            f"6:5: exercise 1 (a\\x1b[31mbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…): '\\x1b[2J' is not a field here; the fields are {EXERCISE_FIELDS}",
        ],
    ),
}

NO_UNIT = "has no unit; write it with its unit, such as 3s, 1:30, 2min or 500ms"
LEVELS = "allowed: beginner, intermediate, advanced"
E = H + "  - name: squat\n"
G = H + "  - name: circuit\n"

BROKEN_DOSES: Broken = {
    "a range of ability the wrong way round": (
        E + "    reps: 12-8\n    hold: 9-3s\n    sets: 3-3\n",
        [
            "5:11: exercise 1 (squat): reps: '12-8' must go from a smaller to a larger number, such as 8-12",
            "6:11: exercise 1 (squat): hold: the range '9-3s' must go from a shorter to a longer time",
            "7:11: exercise 1 (squat): sets: '3-3' must go from a smaller to a larger number, such as 8-12",
        ],
    ),
    "a range of ability beyond the limits": (
        E + "    reps: 8-1200\n    hold: 0-3s\n    sets: 0-3\n",
        [
            "5:11: exercise 1 (squat): reps: '8-1200' must lie between 1 and 1000",
            "6:11: exercise 1 (squat): hold: '0-3s' must be longer than zero",
            "7:11: exercise 1 (squat): sets: '0-3' must lie between 1 and 1000",
        ],
    ),
    "a range where it is no ability": (
        E + "    every: 50-60s\n    reps: 5\n    schedule: {times: 2-3, per: day}\n",
        [
            "5:12: exercise 1 (squat): every: '50-60s' must be one time, not a range: the listener can't choose midway",
            "7:23: exercise 1 (squat): schedule: times: '2-3' must be one number, not a range",
        ],
    ),
    "what only the listener could end": (
        E
        + "    reps: AMRAP\n    hold: to fatigue\n  - {name: b, until: failure, tempo: 3-1-2-0}\n",
        [
            "5:11: exercise 1 (squat): reps: 'AMRAP' is open-ended, and a recording can't wait for it; write a number such as 10",
            "6:11: exercise 1 (squat): hold: 'to fatigue' is open-ended, and a recording can't wait for it; write a time such as 30s",
            "7:22: exercise 2 (b): until: 'failure' is open-ended, and a recording can't wait for it; write a time such as 30s",
        ],
    ),
    "sets that stand beside the reps": (
        E
        + "    reps: 3x10\n    hold: 30 s × 4\n  - {name: b, sets: 3 sets of 8-12 reps, work: 2 x 1:30}\n",
        [
            "5:11: exercise 1 (squat): reps: '3x10' is two figures; write sets: 3, and reps: 10",
            "6:11: exercise 1 (squat): hold: '30 s × 4' is two figures; write sets: 4, and 30 s here",
            "7:21: exercise 2 (b): sets: '3 sets of 8-12 reps' is two figures; write sets: 3, and reps: 8-12",
            "7:48: exercise 2 (b): work: '2 x 1:30' is two figures; write sets: 2, and 1:30 here",
        ],
    ),
    "fields that other programs have": (
        E + "    amrap: 5min\n    emom: 60s\n    work: 20s\n    rest_between: 3s\n",
        [
            "5:5: exercise 1 (squat): 'amrap' is not a field here; did you mean 'until'?",
            "6:5: exercise 1 (squat): 'emom' is not a field here; did you mean 'every'?",
            "8:5: exercise 1 (squat): 'rest_between' is not a field here; did you mean 'rest'?",
        ],
    ),
    "lists": (
        E + "    reps: [8, ten]\n    hold: []\n    sets: [2]\n    rest: [3s, [4s]]\n",
        [
            "5:15: exercise 1 (squat): reps 2: 'ten' is not a whole number such as 10",
            "6:11: exercise 1 (squat): hold: must hold at least one",
            "7:11: exercise 1 (squat): sets: must be a whole number such as 10, not a list",
            "8:16: exercise 1 (squat): rest 2: must be a time such as 3s, not a list",
        ],
    ),
    "a list that is too long": (
        E + f"    hold: 3s\n    reps: [{', '.join(['5'] * 1001)}]\n",
        ["6:11: exercise 1 (squat): reps: must hold at most 1000"],
    ),
    "lists of two lengths": (
        E + "    reps: [8, 10, 12]\n    hold: [3s, 4s]\n",
        [
            "4:5: exercise 1 (squat): lists need a value for each set, and there are 3 of reps and 2 of hold"
        ],
    ),
    "a list and sets": (
        E + "    work: [20s, 30s]\n    sets: 3\n",
        ["4:5: exercise 1 (squat): work has 2 values, and sets is 3"],
    ),
    "a list of rests": (
        E
        + "    work: 20s\n    sets: 3\n    rest: [10s]\n"
        + "  - {name: b, work: 20s, sets: 3, rest: [10s, 15s], rest_after_last: true}\n",
        [
            "4:5: exercise 1 (squat): rest has 1 value, and needs 2: one after each set but the last",
            "8:5: exercise 2 (b): rest has 2 values, and needs 3: one after each set",
        ],
    ),
    "sides by halves": (
        E
        + "    hold: {right: 3s}\n    reps: {left: 3, rihgt: 4}\n    rest: {right: 3s, left: 4s}\n",
        [
            "5:11: exercise 1 (squat): hold: 'left' is missing",
            "6:11: exercise 1 (squat): reps: 'right' is missing",
            "6:21: exercise 1 (squat): reps: 'rihgt' is not a field here; did you mean 'right'?",
            "7:11: exercise 1 (squat): rest: must be a time such as 3s, not fields of its own",
        ],
    ),
    "a value for each side without sides": (
        E
        + "    reps: {right: 8, left: 12}\n    hold: 3s\n"
        + "  - {name: b, work: {right: 8s, left: 9s}, sides: right}\n",
        [
            "4:5: exercise 1 (squat): reps for each side needs sides: right-then-left or left-then-right",
            "7:5: exercise 2 (b): work for each side needs sides: right-then-left or left-then-right",
        ],
    ),
    "words for each side without sides": (
        E
        + "    hold: 3s\n    act: {say: {right: Right, left: Left}, time: 1s}\n"
        + "  - {name: b, hold: 3s, start: {right: Lift it., left: Lower it.}}\n"
        + "  - {name: c, hold: 3s, limb: {right: right foot}}\n",
        [
            "4:5: exercise 1 (squat): words for each side need sides, such as sides: alternating",
            "7:5: exercise 2 (b): words for each side need sides, such as sides: alternating",
            "8:31: exercise 3 (c): limb: 'left' is missing",
        ],
    ),
    "every": (
        E
        + "    every: 60s\n    sets: 5\n"
        + "  - {name: b, every: 60s, reps: 5, rest: 10s, sets: 5}\n"
        + "  - {name: c, every: 60s, reps: 5, each: [in, out]}\n"
        + "  - {name: d, every: 60s, reps: 5, sides: alternating}\n"
        + "  - {name: e, every: 60s, until: 5min}\n"
        + "  - {name: f, every: 60s, reps: 5, hold: 3s}\n",
        [
            "4:5: exercise 1 (squat): every says when a set begins, so reps is needed as well",
            "7:5: exercise 2 (b): every leaves no room for rest; leave it out",
            "8:5: exercise 3 (c): every leaves no room for each; leave it out",
            "9:5: exercise 4 (d): every goes with both sides, or one; write an exercise for each side",
            "10:5: exercise 5 (e): every says when a set begins, and sets how many there are; leave until out",
            "11:5: exercise 6 (f): hold and every can't be combined; a dose is reps with hold, tempo, rep_duration, phases or every; or work; or hold alone",
        ],
    ),
    "until in an exercise": (
        E
        + "    until: 5min\n"
        + "  - {name: b, until: 5min, reps: 3, tempo: 3-1-2-0}\n"
        + "  - {name: c, until: 5min, work: 20s}\n"
        + "  - {name: d, until: 5min, rep_duration: ~3s}\n"
        + "  - {name: e, until: 5min, hold: 3s}\n"
        + "  - {name: f, until: 5min, hold: [3s, 4s]}\n"
        + "  - {name: g, until: 5s, tempo: 3-1-2-0}\n"
        + "  - {name: h, until: 10s, tempo: 3-1-2-0, sides: alternating}\n"
        + "  - {name: i, until: 2h, tempo: 3-1-2-0}\n",
        [
            "4:5: exercise 1 (squat): no dose is given; a dose is reps with hold, tempo, rep_duration, phases or every; or work; or hold alone",
            "6:5: exercise 2 (b): reps and until both say how many; leave one out",
            "7:5: exercise 3 (c): work is timed, so it has no reps; repeat it with sets",
            "8:5: exercise 4 (d): until counts whole reps, so each time in a rep must be one prescribed time",
            "9:5: exercise 5 (e): until counts whole reps, so each time in a rep must be one prescribed time, in act and release as well",
            "10:5: exercise 6 (f): until goes with one hold, not with one for each set or side",
            "11:5: exercise 7 (g): until is too short: 5s, and a rep takes 6s",
            "12:5: exercise 8 (h): until is too short: 10s, and a rep takes 6s on each side",
            "13:5: exercise 9 (i): until has room for 1,200 reps, and 1000 are allowed",
        ],
    ),
    "phases without a length": (
        E + "    reps: 3\n    phases: [{say: In, time: 0s}, {say: Out, time: 0s}]\n",
        ["4:5: exercise 1 (squat): the phases of a rep must be longer than zero together"],
    ),
    "phases of a tempo": (
        E
        + "    reps: 3\n    tempo: {eccentric: {say: Down}, concentric: {say: Up, time: 0s}, top_pause: 1-2s}\n",
        [
            "6:24: exercise 1 (squat): tempo: eccentric: 'time' is missing",
            "6:65: exercise 1 (squat): tempo: concentric: time: '0s' must be longer than zero",
            "6:81: exercise 1 (squat): tempo: top_pause: '1-2s' must be one time, not a range; write ~3s (2-5s) if it is free",
        ],
    ),
    "cues": (
        E
        + "    work: 20s\n    cues: [{at: 10, say: Go on.}, {at: [1s], say: x}, {at: ~3s, say: '...'}, {say: x}]\n"
        + "  - {name: b, work: 20s, cues: {at: 10s, say: Go on.}}\n",
        [
            f"6:17: exercise 1 (squat): cues 1: at: '10' {NO_UNIT}",
            "6:40: exercise 1 (squat): cues 2: at: must be a time such as 10s, or -10s from the end, not a list",
            "6:60: exercise 1 (squat): cues 3: at: '~3s' is not a time; write it with its unit, such as 3s, 1:30, 2min or 500ms",
            "6:70: exercise 1 (squat): cues 3: say: '...' has no letter or digit, so there is nothing to say",
            "6:78: exercise 1 (squat): cues 4: 'at' is missing",
            "7:32: exercise 2 (b): cues: must be a list, such as [a, b] or lines that begin with '- ', not fields of its own",
        ],
    ),
    "more cues than anybody can hear": (
        E + f"    work: 1h\n    cues: [{', '.join(['{at: 3s, say: Now}'] * 101)}]\n",
        ["6:11: exercise 1 (squat): cues: must hold at most 100"],
    ),
    "cues beyond what they stand in": (
        E
        + "    work: 20s\n    cues: [{at: 19s, say: Last push.}, {at: 20s, say: Over.}]\n"
        + "  - {name: b, hold: 20s, cues: [{at: -20s, say: Now.}, {at: -20.5s, say: Before.}]}\n"
        + "  - {name: c, work: [30s, 10s, 20s], cues: [{at: 15s, say: Half.}]}\n"
        + "  - {name: d, hold: {right: 30s, left: 10s}, sides: right-then-left, cues: [{at: 15s, say: Half.}]}\n"
        + "  - {name: e, every: 60s, reps: 5, cues: [{at: 1:30, say: Half.}]}\n"
        + "  - {name: f, reps: 5, tempo: 3-1-2-0, cues: [{at: 3s, say: Half.}]}\n",
        [
            "6:11: exercise 1 (squat): cues: 20s lies outside work, which is 20s long",
            "7:32: exercise 2 (b): cues: -20.5s lies outside hold, which is 20s long",
            "8:44: exercise 3 (c): cues: 15s lies outside work, which is 10s long",
            "9:76: exercise 4 (d): cues: 15s lies outside hold, which is 10s long",
            "10:42: exercise 5 (e): cues: 1:30 lies outside every, which is 1:00 long",
            "11:46: exercise 6 (f): cues: cues stand in a worked or held time; give work, hold or every",
        ],
    ),
}

BROKEN_GROUPS: Broken = {
    "two repeaters": (
        G + "    rounds: 3\n    until: 5min\n    exercises: [{name: a, work: 20s}]\n",
        ["4:5: group 1 (circuit): rounds and until both say how many; leave one out"],
    ),
    "a circuit by the clock": (
        G
        + "    rest_between: 15s\n    exercises: [{name: a, work: 20s}, {exercises: [{name: b, work: 20s}]}]\n"
        + "  - {rest_between: 15s, exercises: [{name: a, work: 20s}]}\n",
        [
            "4:5: group 1 (circuit): rest_between is between exercises, so nothing else may stand inside",
            "7:5: group 2: rest_between is between exercises, and there is one",
        ],
    ),
    "rounds that can't be counted": (
        G
        + "    until: 5min\n    exercises: [{name: a, reps: 5, hold: 3s}]\n"
        + "  - {until: 20s, rest: 10s, exercises: [{name: a, work: 20s}, {name: b, work: 1s}]}\n"
        + "  - {until: 24h, exercises: [{name: a, work: 20s}]}\n",
        [
            "5:5: group 1 (circuit): until counts whole rounds, so every time in them must be prescribed, and a rep of 'a' has no prescribed length",
            "7:6: group 2: until is too short: 20s, and a round takes 21s by what is prescribed",
            "8:6: group 3: until has room for 4,320 rounds, and 1000 are allowed",
        ],
    ),
    "rounds inside rounds that can't be counted": (
        G
        + "    until: 1h\n    exercises: [{name: b, until: 10s, exercises: [{name: a, work: 20s}]}]\n",
        [
            "6:27: group 1 (circuit): group 1 (b): until is too short: 10s, and a round takes 20s by what is prescribed"
        ],
    ),
}

BROKEN_BREATHS: Broken = {
    "breaths of no length": (
        E + "    hold: 5 breaths\n",
        [
            "5:11: exercise 1 (squat): hold: '5 breaths' is a time in breaths, so the routine must say how long one is: breath: {inhale: 4s, exhale: 4s}"
        ],
    ),
    "a breath that is wrong, and no more": (
        "breath: {inhale: 4, exhale: 3-4s}\n"
        + E
        + "    reps: 5\n    phases: [{time: inhale}, {time: 2 breaths}]\n",
        [
            f"1:18: breath: inhale: '4' {NO_UNIT}",
            "1:29: breath: exhale: '3-4s' must be one time, not a range; write ~3s (2-5s) if it is free",
        ],
    ),
    "a breath of breaths": (
        "breath: {inhale: 1 breath, exhale: 0s}\n" + E + "    hold: 3s\n",
        [
            "1:18: breath: inhale: '1 breath' must be a time such as 4s; breaths are made of it",
            "1:36: breath: exhale: '0s' must be longer than zero",
        ],
    ),
    "free breaths where a time is prescribed": (
        "breath: {inhale: ~4s, exhale: ~4s}\n" + E + "    hold: 5 breaths\n",
        [
            "6:11: exercise 1 (squat): hold: '5 breaths' must be prescribed, so the breath of the routine must be, without '~'"
        ],
    ),
    "what is no number of breaths": (
        "breath: {inhale: 4s, exhale: 4s}\n"
        + E
        + "    hold: 1.5 breaths\n    sets: 2\n    rest: 3-5 breaths\n",
        [
            "6:11: exercise 1 (squat): hold: '1.5 breaths' is not a time in breaths; write inhale, exhale or 5 breaths",
            "8:11: exercise 1 (squat): rest: '3-5 breaths' is not a time in breaths; write inhale, exhale or 5 breaths",
        ],
    ),
}

BROKEN_LEVELS: Broken = {
    "a level that is none": (
        "level: easy\n" + E + "    hold: 3s\n    reps: {beginner: 5, advnaced: 10}\n",
        [
            f"1:8: level: 'easy' is not possible here; {LEVELS}",
            f"7:25: exercise 1 (squat): reps: 'advnaced' is not a level; did you mean 'advanced'? {LEVELS}",
        ],
    ),
    "levels beside fields": (
        E + "    hold: 3s\n    beginner: {reps: 5}\n    advanced: {reps: 10}\n",
        [
            f"6:5: exercise 1 (squat): 'beginner' is a level, and can't stand beside 'name'; {LEVELS}",
        ],
    ),
    "the level by level": (
        "level: {beginner: beginner, advanced: advanced}\n" + E + "    hold: 3s\n",
        [f"1:8: level: must be one word, not fields of its own; {LEVELS}"],
    ),
    "a file by level": (
        "beginner: {title: T}\nadvanced: {title: U}\n",
        ["1:1: give values by level for single fields, not for the whole file"],
    ),
    "a mistake at every level": (
        E + "    hold: 3\n    reps: 8-12\n",
        [f"5:11: exercise 1 (squat): hold: '3' {NO_UNIT}"],
    ),
    "a mistake at one level": (
        E + "    hold: {beginner: 3s, intermediate: 4s, advanced: 5}\n",
        [f"5:54: at level advanced: exercise 1 (squat): hold: '5' {NO_UNIT}"],
    ),
    "a mistake at a level and those that take its value": (
        E + "    hold: {beginner: 3s, intermediate: 5}\n    reps: {beginner: ~, advanced: 5}\n",
        [
            f"5:40: at levels intermediate and advanced: exercise 1 (squat): hold: '5' {NO_UNIT}",
            "6:5: at levels beginner and intermediate: exercise 1 (squat): reps: has no value; write one, or leave the field out",
        ],
    ),
    "a cue that is too late for some": (
        E + "    work: 10-30s\n    cues: [{at: 15s, say: Half.}]\n",
        [
            "6:11: at level beginner: exercise 1 (squat): cues: 15s lies outside work, which is 10s long"
        ],
    ),
    "rounds that can't be counted at one level": (
        G + "    until: 1min\n    exercises: [{name: a, work: {beginner: 20s, advanced: 2min}}]\n",
        [
            "5:5: at level advanced: group 1 (circuit): until is too short: 1:00, and a round takes 2:00 by what is prescribed"
        ],
    ),
    "what has no effect at any level": (
        E
        + "    hold: 3-9s\n    rest: 30s\n"
        + "  - {name: b, hold: 3s, sets: {beginner: 1, advanced: 2}, rest: 30s}\n",
        [
            "4:5: exercise 1 (squat): rest is between sets, and there is one set; add sets or rest_after_last: true"
        ],
    ),
}

BROKEN = BROKEN_ROUTINES | BROKEN_DOSES | BROKEN_GROUPS | BROKEN_BREATHS | BROKEN_LEVELS


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def _both_readers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "LOADER", getattr(yaml, request.param))


def told(text: str) -> list[str]:
    with pytest.raises(RoutineError) as caught:
        loads(text, name="my.yaml")
    return [line.removeprefix("my.yaml:") for line in str(caught.value).split("\n")]


@pytest.mark.parametrize(("text", "lines"), BROKEN_YAML.values(), ids=BROKEN_YAML)
def test_what_is_no_yaml_for_a_routine(text: str, lines: list[str]) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(("text", "lines"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_routine(text: str, lines: list[str]) -> None:
    assert told(text) == lines


def test_of_many_errors_the_first_are_told_and_the_rest_counted() -> None:
    lines = told(H + "  - {name: x}\n" * 1500)
    assert len(lines) == PROBLEM_LIMIT + 1
    assert lines[0].startswith("4:5: exercise 1 (x): no dose is given")
    assert lines[-1] == " and 1,480 more"


def test_the_name_of_the_file_comes_first_and_is_harmless() -> None:
    with pytest.raises(RoutineError) as caught:
        loads("", name="a\x1b[31m\nb.yaml")
    assert str(caught.value).startswith(r"a\x1b[31m\nb.yaml:1:1: ")
