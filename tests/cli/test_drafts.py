"""`draft` and `new`, from the text to the file, and every way a writer of the user's can lie."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import typer
from running import PATIENCE, call, command, environment, files

from audiocoach.cli.asking import _asked
from audiocoach.routine.load import load, loads

Audiocoach = Callable[..., "CompletedProcess[str]"]

ARTICLE = """\
Two moves for the knees

Do these exercises three times a day. It takes about 10 minutes.

Heel raise
Stand tall. Rise onto your toes and hold for 5 seconds. Repeat 10 times. Rest for 30 seconds, and
repeat four more times.

Wall sit
Slide down the wall, to no more than 90 degrees. Hold for up to 20 seconds. Do 3.

Sit-ups: do not do these. They are no good for you, 3 x 20 or not.

People over 65 should ask a doctor first. Call 555-0134.
"""
HTML = """\
<!doctype html><html><head><title>x</title><script>var a = "hold 99 seconds";</script></head>
<body><nav>Menu 12</nav><article><h1>Two moves</h1>
<h2>Heel raise</h2><p>Rise onto your toes and <b>hold for 5 seconds</b>. Repeat 10 times.</p>
<h2>Bridge</h2><ul><li>Lie on your back.</li><li>Lift your hips 12 times.</li></ul>
</article><footer>Copyright 2024</footer></body></html>
"""


@pytest.fixture
def audiocoach(tmp_path: Path, cache: Path) -> Audiocoach:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text("", encoding="utf-8")
    return partial(call, cwd=tmp_path, cache=cache, AUDIOCOACH_CONFIG=str(config))


def good(done: CompletedProcess[str]) -> CompletedProcess[str]:
    assert done.returncode == 0, done.stderr
    return done


def test_from_an_article_to_a_session(audiocoach: Audiocoach, tmp_path: Path) -> None:
    done = good(audiocoach("draft", "article.txt", "-o", "mine.yaml"))
    assert done.stdout == ""
    assert "drafted mine.yaml: 2 exercises; figures: " in done.stderr
    assert "audiocoach build ./mine.yaml" in done.stderr
    raise_, sit = load(tmp_path / "mine.yaml").all_exercises()
    assert (raise_.reps, raise_.set_count, str(raise_.hold)) == (10, 5, "5s")
    assert (sit.reps, str(sit.hold)) == (3, "20s")
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert "reps: Repeat 10 times" in text
    assert '# check: hold: "Hold for up to 20 seconds": a limit or a start' in text
    assert "# - Call 555-0134." in text
    good(audiocoach("check", "mine.yaml"))
    good(audiocoach("build", "mine.yaml", "--voice", "espeak", "-o", "mine.mp3", "-q"))
    assert "mine.mp3" in files(tmp_path)


def test_without_output_the_file_goes_to_stdout(audiocoach: Audiocoach) -> None:
    done = good(audiocoach("draft", "article.txt", "--quiet"))
    assert loads(done.stdout).title == "Two moves for the knees"
    assert done.stderr == ""


def test_json_has_the_words_of_each_figure(audiocoach: Audiocoach) -> None:
    found = json.loads(good(audiocoach("draft", "article.txt", "--json")).stdout)
    assert found["schedule"] == {"times": 3, "per": "day"}
    assert found["duration_s"] == 600
    raise_, sit = found["exercises"]
    assert raise_["sets"] == 5
    assert raise_["evidence"]["hold_s"] == ["hold for 5 seconds"]
    assert any(each.startswith("hold_s: ") for each in sit["ambiguous"])
    assert all(
        words in ARTICLE for x in (raise_, sit) for e in x["evidence"].values() for words in e
    )


def test_json_goes_to_the_file_that_is_named(audiocoach: Audiocoach, tmp_path: Path) -> None:
    done = good(audiocoach("draft", "article.txt", "--json", "-o", "labels.json"))
    assert done.stdout == ""
    found = json.loads((tmp_path / "labels.json").read_text(encoding="utf-8"))
    assert found["duration_s"] == 600


def test_a_saved_page_is_read_without_its_menus(audiocoach: Audiocoach, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(HTML, encoding="utf-8")
    found = json.loads(good(audiocoach("draft", "page.html", "--json")).stdout)
    assert [(x["name"], x["reps"], x["hold_s"]) for x in found["exercises"]] == [
        ("Heel raise", 10, 5),
        ("Bridge", 12, None),
    ]
    assert "99" not in json.dumps(found)
    assert "Menu" not in json.dumps(found)


def test_a_file_that_exists_is_not_overwritten(audiocoach: Audiocoach, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("mine", encoding="utf-8")
    for typed in (("draft", "article.txt", "-o", "mine.yaml"), ("new", "mine.yaml")):
        done = audiocoach(*typed)
        assert done.returncode == 6
        assert "mine.yaml exists already" in done.stderr
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("data", "code", "problem"),
    [
        (
            b"A text about nothing at all, and the weather of the day with the rain.",
            3,
            "no exercise",
        ),
        (b"\0\1\2\3" * 100, 3, "binary file"),
        ("スクワット 10 回".encode(), 3, "the language can't be detected"),
    ],
)
def test_what_can_not_be_drafted_is_a_clear_error(
    audiocoach: Audiocoach, tmp_path: Path, data: bytes, code: int, problem: str
) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    done = audiocoach("draft", "a.txt")
    assert done.returncode == code
    assert problem in done.stderr
    assert "a.txt" in done.stderr


def test_a_missing_article_and_an_unknown_language_are_errors(audiocoach: Audiocoach) -> None:
    assert "nothing.txt: cannot be read" in audiocoach("draft", "nothing.txt").stderr
    done = audiocoach("draft", "article.txt", "--language", "fi")
    assert done.returncode == 2
    assert "texts are read in en, de, es, fr" in done.stderr


# a writer of the user's own

TRUE: dict[str, Any] = {
    "title": "Knees",
    "exercises": [
        {
            "name": "Heel raise",
            "sets": 5,
            "reps": 10,
            "hold_s": 5,
            "evidence": {
                "sets": "repeat four more times",
                "reps": "Repeat 10 times",
                "hold_s": "hold for 5 seconds",
            },
        }
    ],
}


def writer(folder: Path, answer: str) -> str:
    """A program that reads its input and gives that answer."""
    script = folder / "writer.py"
    code = (
        f"import sys\nasked = sys.stdin.read()\nassert 'Heel raise' in asked\nprint({answer!r})\n"
    )
    script.write_text(code, encoding="utf-8")
    return f"'{sys.executable}' '{script}'"


def answered(audiocoach: Audiocoach, folder: Path, answer: object, *more: str) -> dict[str, Any]:
    command = writer(folder, answer if isinstance(answer, str) else json.dumps(answer))
    done = good(audiocoach("draft", "article.txt", "--json", "--with", command, *more))
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_a_true_answer_is_taken(audiocoach: Audiocoach, tmp_path: Path) -> None:
    chatter = f"Sure! Here it is:\n```json\n{json.dumps(TRUE)}\n```\nHope that helps {{x}}"
    (found,) = answered(audiocoach, tmp_path, chatter)["exercises"]
    assert (found["sets"], found["reps"], found["hold_s"]) == (5, 10, 5)
    assert found["ambiguous"] == []


LIES = [
    ("sets", 3, "three times a day"),  # a schedule
    ("sets", 4, "repeat four more times"),  # five in all
    ("reps", 12, "Repeat 10 times"),  # another number
    ("reps", 10, "Repeat 10 times!!"),  # words that are not in the text
    ("hold_s", 90, "to no more than 90 degrees"),  # an angle
    ("hold_s", 65, "People over 65"),  # an age
    ("reps", 555, "Call 555-0134"),  # a telephone number
    ("reps", [10, 90], "Repeat 10 times"),  # one end made up
    ("rest_s", 60, "Rest for 30 seconds"),
    ("hold_s", 5, ""),  # no words
    ("work_s", "long", "hold for 5 seconds"),  # no figure
    ("work_s", True, "hold for 5 seconds"),
    ("sides", "left", "Stand tall"),
    ("position", "kneeling", "Stand tall"),
    ("phases_s", [5, 7], "hold for 5 seconds"),
    ("tempo", "3-0-3-0", "Repeat 10 times"),
    ("schedule", {"times": 5, "per": "day"}, "three times a day"),
    ("schedule", {"times": 3, "per": "week"}, "three times a day"),
    ("schedule", {"every": "3 days"}, "three times a day"),
    ("schedule", "daily", "three times a day"),
    ("phases_s", [5, 5], "hold for 5 seconds"),
    ("hold_s", [5], "hold for 5 seconds"),
    ("reps", {"expert": 10}, "Repeat 10 times"),
]


@pytest.mark.parametrize(("field", "value", "words"), LIES)
def test_a_figure_that_its_words_do_not_say_becomes_a_question(
    audiocoach: Audiocoach, tmp_path: Path, field: str, value: object, words: str
) -> None:
    lie = {"name": "Heel raise", field: value, "evidence": {field: words}}
    true = TRUE["exercises"][0]
    told = true | lie | {"evidence": true["evidence"] | {field: words}}
    (found,) = answered(audiocoach, tmp_path, {"title": "x", "exercises": [told]})["exercises"]
    assert found[field] is None
    assert any(each.startswith(f"{field}: the writer says ") for each in found["ambiguous"])


def test_what_the_words_leave_open_stays_a_question(audiocoach: Audiocoach, tmp_path: Path) -> None:
    words = {"hold_s": "Hold for up to 20 seconds", "reps": "Do 3"}
    told = {"name": "Wall sit", "hold_s": 20, "reps": 3, "evidence": words}
    (found,) = answered(audiocoach, tmp_path, {"title": "x", "exercises": [told]})["exercises"]
    assert found["hold_s"] == 20
    assert any(each.startswith("hold_s: ") for each in found["ambiguous"])


def test_exercises_that_are_forbidden_or_made_up_are_seen(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    made_up = {"name": "Lunge", "reps": 10, "evidence": {"reps": "Repeat 10 times"}}
    sit_ups = {"name": "Sit-ups", "sets": 3, "evidence": {"sets": "3 x 20"}}
    answer = {"title": "x", "exercises": [sit_ups, made_up, "nonsense", {"name": 7}]}
    (found,) = answered(audiocoach, tmp_path, answer)["exercises"]
    assert found["name"] == "Lunge"
    assert any(each.startswith("name: ") for each in found["ambiguous"])


ODD: dict[str, Any] = {
    "title": 3,
    "equipment": 4,
    "groups": 3,
    "evidence": 3,
    "exercises": [
        *[None, 3, [], {"name": None}],
        {"name": "Heel raise", "reps": 10, "ambiguous": 3, "equipment": "x", "evidence": [1]},
    ],
}


def test_an_answer_of_odd_shapes_is_still_read(audiocoach: Audiocoach, tmp_path: Path) -> None:
    (found,) = answered(audiocoach, tmp_path, ODD)["exercises"]
    assert found["reps"] is None
    assert found["ambiguous"] == ["reps: the writer says 10, and its words are not in the text"]


def test_what_the_writer_leaves_out_is_listed(audiocoach: Audiocoach, tmp_path: Path) -> None:
    told = {"name": "Heel raise", "reps": 10, "evidence": {"reps": "Repeat 10 times"}}
    unread = answered(audiocoach, tmp_path, {"title": "x", "exercises": [told]})["unread"]
    assert {"hold for 5 seconds", "three times a day", "Do 3"} <= set(unread)
    assert "Repeat 10 times" not in unread


@pytest.mark.parametrize(
    "answer", ["", "I can't help with that.", "[1, 2]", '{"exercises": 3}', "{" * 5000]
)
def test_an_answer_without_a_draft_is_a_clear_error(
    audiocoach: Audiocoach, tmp_path: Path, answer: str
) -> None:
    done = audiocoach("draft", "article.txt", "--with", writer(tmp_path, answer))
    assert done.returncode == 2
    assert "its answer holds no JSON object with exercises" in done.stderr


def test_a_writer_that_fails_or_is_missing_is_a_clear_error(audiocoach: Audiocoach) -> None:
    failing = f"'{sys.executable}' -c 'import sys; sys.exit(\"no model\")'"
    done = audiocoach("draft", "article.txt", "--with", failing)
    assert done.returncode == 2
    assert "ended with exit code 1 (no model)" in done.stderr
    done = audiocoach("draft", "article.txt", "--with", "no-such-program-here run")
    assert "there is no program 'no-such-program-here'" in done.stderr


def test_the_command_is_no_shell_string(audiocoach: Audiocoach, tmp_path: Path) -> None:
    command = f"{writer(tmp_path, json.dumps(TRUE))} ; touch {tmp_path}/pwned"
    good(audiocoach("draft", "article.txt", "--json", "--with", command))
    assert "pwned" not in files(tmp_path)


def test_offline_takes_only_writers_that_the_config_calls_so(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    command = writer(tmp_path, json.dumps(TRUE))
    done = audiocoach("draft", "article.txt", "--offline", "--with", command)
    assert done.returncode == 2
    assert "may send the text away" in done.stderr
    script = json.dumps([sys.executable, str(tmp_path / "writer.py")])
    config = (
        f"[writers.home]\ncommand = {script}\nonline = false\n[writers.far]\ncommand = {script}\n"
    )
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    good(audiocoach("draft", "article.txt", "--offline", "--json", "--with", "home"))
    assert audiocoach("draft", "article.txt", "--offline", "--with", "far").returncode == 2
    good(audiocoach("draft", "article.txt", "--json", "--with", "far"))


ASKING = "import sys, time, pathlib\nsys.stdin.read()\n{}time.sleep(600)\n"
"""A writer that never answers."""


def test_a_writer_that_takes_too_long_is_ended(audiocoach: Audiocoach, tmp_path: Path) -> None:
    code = ASKING.format("print('{\"exercises\": [', flush=True)\n")
    command = json.dumps([sys.executable, "-c", code])
    config = f"[writers.slow]\ncommand = {command}\ntimeout = 1\n"
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    before = files(tmp_path)
    done = audiocoach("draft", "article.txt", "-o", "mine.yaml", "--with", "slow")
    assert done.returncode == 2
    assert "took longer than 1 s and was ended" in done.stderr
    assert "timeout" in done.stderr
    assert files(tmp_path) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is a signal elsewhere")
def test_ctrl_c_ends_the_writer_and_leaves_no_file(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    pid = tmp_path / "pid"
    begun = f"import os\npathlib.Path({str(pid)!r}).write_text(str(os.getpid()))\n"
    code = ASKING.format(begun)
    asked = command(
        *("draft", "article.txt", "-o", "new/mine.yaml"),
        *("--with", shlex.join([sys.executable, "-c", code])),
    )
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    config = str(tmp_path / "config.toml")
    drafting = subprocess.Popen(
        asked,
        cwd=tmp_path,
        env=environment(cache, AUDIOCOACH_CONFIG=config),
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + PATIENCE
    while not (pid.exists() and pid.read_text()) and drafting.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.05)
    drafting.send_signal(signal.SIGINT)
    _, told = drafting.communicate(timeout=PATIENCE)
    assert drafting.returncode == 130, told
    assert told.splitlines()[-1] == "audiocoach: stopped"
    assert "Traceback" not in told
    assert not (tmp_path / "new").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_folder_that_is_made_for_a_draft_is_told(audiocoach: Audiocoach, tmp_path: Path) -> None:
    done = good(audiocoach("draft", "article.txt", "-o", "new/mine.yaml"))
    assert "made the folder new" in done.stderr
    assert "made the folder" not in good(audiocoach("draft", "article.txt", "-o", "a.yaml")).stderr


def test_build_says_which_questions_are_still_open(audiocoach: Audiocoach, tmp_path: Path) -> None:
    good(audiocoach("draft", "article.txt", "-o", "mine.yaml"))
    flags = ("--voice", "espeak", "--offline")
    checked = [x for x in good(audiocoach("check", "mine.yaml")).stderr.split("\n") if "open" in x]
    told = good(audiocoach("build", "mine.yaml", *flags)).stderr
    assert len(checked) == 1
    assert told.count("still open") == 1
    assert checked[0] in told
    assert "still open" not in good(audiocoach("build", "mine.yaml", "-q", *flags)).stderr
    several = good(audiocoach("build", "mine.yaml", "box-breathing", *flags)).stderr
    assert "note: mine.yaml: " in several


def test_a_load_stands_beside_its_words(audiocoach: Audiocoach, tmp_path: Path) -> None:
    text = "My page\n\nCurl\n3 sets of 10 with 5 kg.\n\nRow\n3 sets of 8 with 7.5 kg.\n"
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    first, last = loads(good(audiocoach("draft", "article.txt")).stdout).all_exercises()
    assert "5 kg" in first.quotes["load"]
    assert "7.5 kg" in last.quotes["load"]


# new


def test_new_from_a_routine_names_the_command_for_the_language(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    done = good(audiocoach("new", "mine.yaml", "--from", "foot-relief", "-l", "fr"))
    assert "audiocoach build ./mine.yaml -l fr" in done.stderr
    done = good(audiocoach("new", "own.yaml", "--from", "desk-break", "-l", "en"))
    assert done.stderr.strip().endswith("audiocoach build ./own.yaml")


def test_new_from_a_routine_that_does_not_speak_the_language_is_an_error(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    done = audiocoach("new", "mine.yaml", "--from", "desk-break", "-l", "fr")
    assert done.returncode == 2
    assert "desk-break is in en only" in done.stderr
    assert "audiocoach routines list --language fr" in done.stderr
    assert "mine.yaml" not in files(tmp_path)


def test_new_from_a_bundled_routine(audiocoach: Audiocoach, tmp_path: Path) -> None:
    done = good(audiocoach("new", "mine.yaml", "--from", "desk-break"))
    assert "audiocoach build ./mine.yaml" in done.stderr
    assert load(tmp_path / "mine.yaml").title == load("desk-break").title


def test_new_without_a_terminal_says_what_to_do(audiocoach: Audiocoach, tmp_path: Path) -> None:
    done = audiocoach("new", "mine.yaml")
    assert done.returncode == 2
    assert "--from desk-break" in done.stderr
    assert "mine.yaml" not in files(tmp_path)


def test_new_asks_until_an_answer_can_be_used() -> None:
    answers = iter(
        [
            "Evening: easy",
            "heel raise", "standing", "Rise, and lower.", "reps", "many", "12", "alternating", "1",
            "plank", "hands", "on hands", "", "hold", "1", "30", "30s", "both", "3", "20s",
            "",
        ]
    )  # fmt: skip
    told: list[str] = []
    text, whole = _asked("en", lambda question, default: next(answers), told.append)
    routine = loads(text)
    assert whole
    raise_, plank = routine.all_exercises()
    assert routine.title == "Evening: easy"
    assert (raise_.reps, str(raise_.sides)) == (12, "alternating")
    assert (str(plank.hold), plank.set_count, str(plank.rest)) == ("30s", 3, "20s")
    assert any("has no unit" in each for each in told)
    assert next(answers, None) is None


HEEL = ["heel raise", "standing", "", "reps", "12", "both", "1"]


def test_new_asks_an_exercise_again_that_the_format_refuses_as_a_whole() -> None:
    long = ["a" * 200, "standing", "", "reps", "3", "both", "1"]
    answers = iter(["Mine", *long, *HEEL, ""])
    told: list[str] = []
    text, whole = _asked("en", lambda question, default: next(answers), told.append)
    assert whole
    assert [each.name for each in loads(text).all_exercises()] == ["heel raise"]
    assert sum("Once more" in each for each in told) == 1


@pytest.mark.parametrize("answered", [len(HEEL) + 1, len(HEEL) + 3])
def test_who_stops_new_keeps_the_exercises_that_are_whole(answered: int) -> None:
    answers = iter(["Mine", *HEEL, "plank", "standing"][:answered])

    def ask(_question: str, _default: str) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise typer.Abort from None

    text, whole = _asked("en", ask, lambda _: None)
    assert not whole
    assert [each.name for each in loads(text).all_exercises()] == ["heel raise"]
    with pytest.raises(typer.Abort):
        _asked("en", ask, lambda _: None)
