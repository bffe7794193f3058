"""Faults put into the workers: crashes, hangs, nonsense, and who is left afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from audiocoach.errors import VoiceError
from audiocoach.store import Cache
from audiocoach.voice.espeak import worker as espeak_worker
from audiocoach.voice.espeak.engine import ENGINE
from audiocoach.voice.espeak.pool import Launch, speak_all

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are put in by fork")

# The real worker, with a library that does what the text says. Each process (and
# each child) leaves its id in a file, to look for the ones that are left over.
FAULTY = """
import ctypes, importlib.util, os, pathlib, sys, time
place = pathlib.Path(sys.argv.pop(1))
spec = importlib.util.spec_from_file_location("espeak_worker", sys.argv.pop(1))
worker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(worker)
worker.CHILD_SECONDS = 1

def leave_id():
    (place / str(os.getpid())).touch()

class Faulty(worker.Espeak):
    def speak(self, text):
        leave_id()
        if b"segfault" in text: ctypes.string_at(0)
        if b"abort" in text: os.abort()
        if b"raise" in text: raise RuntimeError("in the child")
        if b"exit" in text: os._exit(0)
        if b"loop" in text:
            while True: pass
        if b"unlucky" in text and not (place / "once").exists():
            (place / "once").touch()
            os.abort()
        return super().speak(text)

leave_id()
worker.Espeak = Faulty
worker.main(*sys.argv[1:])
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder for the ids of processes; none of them may be left when the test ends."""
    folder = tmp_path / "ids"
    folder.mkdir()
    yield folder
    left = [int(path.name) for path in folder.iterdir() if path.name.isdigit()]
    assert left, "no worker has run"
    assert not [each for each in left if alive(each)]


def alive(process: int) -> bool:
    """Whether it still runs. A killed grandchild may be a zombie until init waits for it."""
    limit = time.monotonic() + 5
    while time.monotonic() < limit:
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat")
            if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except (ProcessLookupError, FileNotFoundError):
            return False
        time.sleep(0.01)
    return True


def faulty(place: Path, *, once: bool = False) -> Launch:
    launch = ENGINE.open("", language="en", rate=1.0, cache=Cache(Path("nowhere"))).launch(
        once=once
    )
    python, flags, worker = launch.command[0], launch.command[1:3], launch.command[3]
    command = [python, *flags, "-c", FAULTY, str(place), worker, *launch.command[4:]]
    return replace(launch, command=command)


def scripted(place: Path, script: str) -> Launch:
    """A worker that is nothing but `script`."""
    start = f"import os, sys, time; open({str(place)!r} + f'/{{os.getpid()}}', 'w').close()\n"
    return Launch([sys.executable, "-I", "-S", "-c", start + script], place, once=False)


@pytest.mark.parametrize("once", [False, True])
@pytest.mark.parametrize("fault", ["segfault", "abort", "raise"])
def test_a_crash_costs_one_utterance_and_names_it(
    place: Path,
    fault: str,
    once: bool,
) -> None:
    spoken = speak_all(["One.", f"now {fault} here", "Two."], faulty(place, once=once), workers=2)
    assert len(next(spoken)) > 1000
    with pytest.raises(VoiceError, match=f'crashed twice at "now {fault} here"'):
        next(spoken)


@pytest.mark.parametrize("once", [False, True])
def test_a_crash_that_does_not_repeat_is_mended(place: Path, once: bool) -> None:
    expected = list(speak_all(["a", "unlucky", "b"], faulty(place, once=once), workers=2))
    assert (place / "once").exists()
    again = list(speak_all(["a", "unlucky", "b"], faulty(place, once=once), workers=2))
    assert again == expected
    assert all(len(samples) > 1000 for samples in expected)


def test_a_child_in_a_loop_is_ended_by_its_own_alarm(place: Path) -> None:
    with pytest.raises(VoiceError, match=r'"loop" .*-14'):
        list(speak_all(["loop"], faulty(place), workers=1))


def test_a_worker_that_never_answers_is_given_up(place: Path) -> None:
    silent = scripted(place, "time.sleep(60)")
    with pytest.raises(VoiceError, match=r'did not answer for 1 s at "One\."'):
        list(speak_all(["One.", "Two."], silent, workers=2, patience=1))


def test_a_loop_without_a_fork_is_given_up(place: Path) -> None:
    with pytest.raises(VoiceError, match='did not answer for 1 s at "loop"'):
        list(speak_all(["loop"], faulty(place, once=True), workers=1, patience=1))


def test_given_up_with_a_child_the_child_goes_too(place: Path) -> None:
    script = """
if os.fork() == 0:
    open(f"{os.getpid()}", "w").close()
time.sleep(60)
"""
    with pytest.raises(VoiceError, match="did not answer"):
        list(speak_all(["One."], scripted(place, script), workers=1, patience=1))


@pytest.mark.parametrize(
    "script",
    [
        "sys.exit(3)",
        "os.abort()",
        "sys.stdout.write('x')",
        "print('Traceback: this is not the protocol')",
        "sys.stdout.buffer.write(b'\\x00\\xff\\xff\\xff\\xff')",
        "sys.stdout.buffer.write(b'\\x00\\x10\\x00\\x00\\x00half')",
        "sys.stdout.buffer.write(b'\\x09\\x00\\x00\\x00\\x00')",
        "sys.stdin.buffer.read(4); os.close(1)",
        "os.close(0); time.sleep(0.2)",
    ],
)
def test_nonsense_from_a_worker_is_a_crash(place: Path, script: str) -> None:
    with pytest.raises(VoiceError, match=r'crashed twice at "One\."'):
        list(speak_all(["One.", "Two."], scripted(place, script), workers=2))


def test_stopping_early_ends_the_workers(place: Path) -> None:
    spoken = speak_all(["One.", "loop", "loop"], faulty(place), workers=2)
    next(spoken)
    spoken.close()


def test_only_a_few_texts_are_spoken_ahead(place: Path) -> None:
    """What nobody has taken yet lies in memory: 2 for each worker, however many there are."""
    spoken = speak_all([f"text {n}" for n in range(40)], counting(place), workers=2)
    for taken in range(1, 4):
        next(spoken)
        time.sleep(0.3)
        assert 4 <= len((place / "answers").read_bytes()) <= taken + 4
    assert len(list(spoken)) == 37
    assert len((place / "answers").read_bytes()) == 40


def counting(place: Path) -> Launch:
    """Workers that answer at once, and leave a byte in a file for each answer."""
    script = f"""
import struct
while size := sys.stdin.buffer.read(4):
    sys.stdin.buffer.read(struct.unpack("<I", size)[0])
    with open({str(place / "answers")!r}, "ab") as answers:
        answers.write(b".")
    sys.stdout.buffer.write(struct.pack("<BI2s", 0, 2, b"ab"))
    sys.stdout.buffer.flush()
"""
    return scripted(place, script)


def test_no_more_workers_than_texts(place: Path) -> None:
    list(
        speak_all(
            ["One."],
            scripted(
                place,
                "import struct; sys.stdin.buffer.read(8);"
                "sys.stdout.buffer.write(struct.pack('<BI2s', 0, 2, b'ab'))",
            ),
            workers=4,
        )
    )
    assert len(list(place.iterdir())) == 1


def test_ctrl_c_leaves_no_process_and_no_noise(place: Path) -> None:
    launch = faulty(place)
    script = f"""
from pathlib import Path
from audiocoach.voice.espeak.pool import Launch, speak_all
launch = Launch({list(launch.command)!r}, Path({str(launch.folder)!r}), once=False)
try:
    for samples in speak_all(["One.", "loop", "loop", "loop"], launch, workers=2):
        print("spoken", flush=True)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""
    run = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == b"spoken\n"
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the whole group
    rest, noise = run.communicate(timeout=20)
    assert (rest, noise, run.returncode) == (b"interrupted\n", b"", 0)


def test_killing_the_main_program_ends_the_workers(place: Path) -> None:
    launch = faulty(place)
    script = f"""
from pathlib import Path
from audiocoach.voice.espeak.pool import Launch, speak_all
launch = Launch({list(launch.command)!r}, Path({str(launch.folder)!r}), once=False)
for samples in speak_all(["One.", "loop", "loop"], launch, workers=2):
    print("spoken", flush=True)
"""
    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    with run:
        assert run.stdout is not None
        run.stdout.readline()
        run.kill()


def test_the_cap_on_length_is_counted_in_samples() -> None:
    assert espeak_worker.MOST_BYTES == 60 * 22_050 * 2
