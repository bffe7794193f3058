"""scripts/bench.py: what it feeds the baselines, how it runs a job, what it says when one fails.

The measurement itself takes minutes and is made by hand.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from running import script

BENCH = Path(__file__).resolve().parents[2] / "scripts" / "bench.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    return script("bench")


def test_the_document_holds_the_words_and_the_gaps(bench: ModuleType) -> None:
    cues = [
        {"start": 0, "duration": 1, "chime": "start"},
        {"start": 2, "duration": 0.5, "say": "Push & hold."},
        {"start": 3, "duration": 0.5, "say": "One."},
    ]
    document = ElementTree.fromstring(bench.ssml({"cues": cues, "duration": 4.0}))  # noqa: S314 - ours
    breaks = [(element.get("time"), (element.tail or "").strip()) for element in document]
    assert breaks == [("2000ms", "Push & hold."), ("500ms", "One."), ("500ms", "")]


MEASURED = """
import json, runpy, sys
bench = runpy.run_path(sys.argv[1])
held = "import sys, time; sys.stdin.read(); held = bytes(b'x' * 60_000_000); time.sleep(0.2)"
speak = [sys.executable, "-c", "print('one')"]
job = bench["Job"]("job", "a job", [speak, [sys.executable, "-c", held]])
print(json.dumps(bench["measure"](job, bench["Path"](sys.argv[2]), memory=True)))
"""


def test_a_job_is_run_as_a_pipe_and_measured(tmp_path: Path) -> None:
    # In a small process: Linux counts what the parent held when it forked.
    command = [sys.executable, "-c", MEASURED, str(BENCH), str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, largest, tree = json.loads(ran.stdout)
    assert seconds > 0.2
    if sys.platform == "linux":
        assert tree > 60e6
        assert 60e6 < largest < 200e6


def test_a_job_that_fails_is_told_with_its_last_words(bench: ModuleType, tmp_path: Path) -> None:
    job = bench.Job("job", "a job", [[sys.executable, "-c", "raise SystemExit('no voice')"]])
    with pytest.raises(bench.BenchError, match="a job failed:\nno voice\nrun scripts/test"):
        bench.measure(job, tmp_path, memory=False)


def test_the_compiler_is_measured_by_itself(bench: ModuleType) -> None:
    session = bench.compilation("the session", 1, 1)
    long = bench.compilation("three hours", bench.ROUNDS_OF_THREE_HOURS, 1)
    assert 15 * 60 < session.session < 30 * 60
    assert 3 * 3600 <= long.session < 4 * 3600
    assert 0 < session.compile < session.both < long.both
    rows = [line.split() for line in bench._compiler_table([session, long])]
    assert rows[1][-2] == "1.0"
    assert float(rows[2][-2]) > 1


def test_what_can_not_be_compiled_is_told(bench: ModuleType) -> None:
    with pytest.raises(
        bench.BenchError, match=r"compiling nothing failed:\n(.*\n)*run scripts/test"
    ):
        bench.compilation("nothing", 0, 0)


def test_a_goal_is_passed_missed_or_not_measured(bench: ModuleType) -> None:
    passed = [bench.Goal("", value, 2.0, "x").passed for value in (2.0, 2.1, None)]
    assert passed == [True, False, None]


# -- a million sessions, simulated ---------------------------------------------------


@pytest.fixture(scope="module")
def batches() -> ModuleType:
    return script("bench_batch")


@pytest.mark.parametrize("utterances", [0, 10, 40])
def test_one_worker_takes_the_sum_of_all_work(batches: ModuleType, utterances: int) -> None:
    costs = batches.Costs(0, 0, 0, link=2, speak=0.5, speech=0, utterances=utterances, size=0)
    run = batches.simulate(costs, 1, 1000)
    assert run.seconds == pytest.approx(1000 * (2 + 0.5 * utterances))
    assert run.busy == pytest.approx(1)


def test_many_workers_end_where_the_one_computer_or_its_network_does(batches: ModuleType) -> None:
    costs = batches.Costs(0.02, 0.03, 0.005, link=1, speak=0, speech=0, utterances=0, size=10)
    few, many = (batches.simulate(costs, workers, 1000, 1e9) for workers in (2, 500))
    assert few.seconds == pytest.approx(500, rel=0.02)
    assert many.seconds == pytest.approx(1000 * (0.02 + 0.005 + 0.03), rel=0.05)
    assert many.desk == pytest.approx(1, abs=0.05)
    narrow = batches.simulate(costs, 500, 1000, 100)
    assert narrow.seconds == pytest.approx(1000 * 10 / 100, rel=0.05)
    assert narrow.wire == pytest.approx(1, abs=0.05)
