"""Four hundred sessions by every crew: the same bytes, each text said once, and nothing done twice.

`.venv/bin/python tests/four_hundred.py [--whole] [--kills N]` builds a library of 18 routines in
their languages, paces, levels and tellings (of each routine the first exercise, or the whole of it:
hours, and 10 GB) by this process, by two processes and by a Dask cluster of two workers over TCP,
and compares the hashes of all files. Then again by each, which must touch no file; then with one
routine changed, which must build its sessions alone.
With kills: once more on the cluster, while a worker is killed at so many random moments, and at
last all of it, the scheduler too; if a build is over before that many, another one is begun. What
was lost may be said again, and no more. Minutes; `scripts/test` tries a few sessions of the same.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
import wave
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
from clusters import Processes, cluster
from running import command, environment

from audiocoach.batch.crew import MOST
from audiocoach.routine.load import bundled

LIBRARY: Final = """\
routines = ["*.yaml"]
output = "{output}"
name = "{{routine}}-{{language}}-{{pace}}-{{coaching}}-{{level}}-{{seed}}"
[settings]
voice = "command:hum"
only = "1"
duration = "natural"
bitrate = 48
language = ["en", "de", "es", "fr"]
pace = ["slow", "normal", "brisk"]
coaching = ["full", "brief", "minimal", "fade"]
level = "beginner"
seed = 0
[[except]]
when = {{routine = {english}, language = ["de", "es", "fr"]}}
leave_out = true
[[except]]
when = {{routine = ["balance", "emom", "pelvic-floor", "sun-salutation"]}}
set = {{level = ["beginner", "intermediate", "advanced"]}}
[[except]]
when = {{routine = "foot-*", language = "en"}}
set = {{seed = [0, 1]}}
"""
TRANSLATED: Final = ("foot-care", "foot-relief")
HUM: Final = """#!/bin/sh
PATH=/bin:/usr/bin
cd '{folder}'
read -r text
echo "$1 $text" >> said.log
exec cat hum.wav
"""


class Trial:
    """A folder with the routines, the voice and the library."""

    def __init__(self, folder: Path, *, whole: bool) -> None:
        self.folder, self.whole = folder, whole
        for name, text in bundled():
            (folder / f"{name}.yaml").write_text(text.read_text(encoding="utf-8"), encoding="utf-8")
        self.names = [name for name, _ in bundled()]
        with wave.open(str(folder / "hum.wav"), "wb") as out:
            out.setparams((1, 2, 16_000, 0, "NONE", ""))
            hum = 9000 * np.sin(2 * np.pi * 140 * np.arange(8000) / 16_000)
            out.writeframes(np.asarray(hum, "<i2").tobytes())
        (folder / "hum").write_text(HUM.format(folder=folder))
        (folder / "hum").chmod(0o755)
        (folder / "config.toml").write_text(
            f'[voices.hum]\ncommand = ["{folder / "hum"}", "{{language}}"]\nonline = false\n',
            encoding="utf-8",
        )

    def library(self, output: str) -> Path:
        english = [name for name in self.names if name not in TRANSLATED]
        path = self.folder / f"{output}.toml"
        text = LIBRARY.format(output=output, english=english)
        text = text.replace('only = "1"\n', "") if self.whole else text
        path.write_text(text, encoding="utf-8")
        return path

    def build(self, output: str, cache: str, *more: str) -> str:
        """What a build says at its end."""
        began = time.monotonic()
        done = subprocess.run(
            command("build", "--library", self.library(output), *more),
            cwd=self.folder,
            env=self.environment(cache),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        last = [line for line in done.stderr.splitlines() if " built, " in line]
        told = f"{output}: exit code {done.returncode}, {' '.join(last) or done.stderr}"
        say(f"{told} ({time.monotonic() - began:.0f} s)")
        return told

    def environment(self, cache: str) -> dict[str, str]:
        config = {"AUDIOCOACH_CONFIG": str(self.folder / "config.toml")}
        return environment(self.folder / cache, **config)

    def said(self) -> Counter[str]:
        """How often each text was said, by language, since this was asked last."""
        log = self.folder / "said.log"
        found = Counter(log.read_text().splitlines() if log.exists() else [])
        log.unlink(missing_ok=True)
        return found

    def hashes(self, output: str) -> dict[str, str]:
        found = (self.folder / output).glob("*.mp3")
        return {path.name: sha256(path.read_bytes()).hexdigest() for path in found}

    def times(self, output: str) -> dict[str, int]:
        """When each file was written, the manifest too."""
        return {path.name: path.stat().st_mtime_ns for path in (self.folder / output).iterdir()}


Check = Callable[[bool, str], None]
CHANGED: Final = "tabata"


class Harm(threading.Thread):
    """Kills a worker at so many random moments while a build runs, and then all of it."""

    def __init__(self, workers: Processes, kills: int, chance: random.Random) -> None:
        super().__init__()
        self._workers, self._chance = workers, chance
        self._over = threading.Event()
        self.left = kills
        self.all_killed = False

    def run(self) -> None:
        """Until all is done, or the build is over."""
        while not (self.all_killed or self._over.wait(self._chance.uniform(0.5, 6))):
            if self.left:
                self._workers.kill(self._chance.randrange(len(self._workers.workers)))
                self.left -= 1
            else:
                self._workers.restart()
                self.all_killed = True

    def stop(self) -> None:
        """The build is over."""
        self._over.set()
        self.join()


def crews(trial: Trial, check: Check) -> tuple[dict[str, str], Counter[str]]:
    """The hashes of the files, and the texts, which must be the same by whomever."""
    told = trial.build("here", "cache-here")
    whole, texts = trial.hashes("here"), trial.said()
    say(f"{len(whole)} sessions, {len(texts)} texts")
    check("exit code 0" in told and len(whole) >= 400, "not all were built")
    check(set(texts.values()) == {1}, "a text is said twice in a language")
    again(trial, "here", check)
    two = ("--processes", "2")
    trial.build("processes", "cache-processes", *two)
    check(trial.hashes("processes") == whole, "processes make other bytes")
    check(trial.said() == texts, "processes say other texts, or another number of times")
    again(trial, "processes", check, *two)
    with cluster(trial.folder, trial.folder / "cache-cluster") as workers:
        there = ("--cluster", workers.address)
        trial.build("cluster", "cache-cluster", *there)
        check(trial.hashes("cluster") == whole, "a cluster makes other bytes")
        check(trial.said() == texts, "a cluster says other texts, or another number of times")
        again(trial, "cluster", check, *there)
        changed(trial, "cluster", check, *there)
    return whole, texts


def again(trial: Trial, output: str, check: Check, *more: str) -> None:
    """A second run."""
    hashes, times = trial.hashes(output), trial.times(output)
    told = trial.build(output, f"cache-{output}", *more)
    check("exit code 0" in told and " 0 sessions built" in told, "a second run builds something")
    same = trial.hashes(output) == hashes and trial.times(output) == times
    check(same, "a second run touches a file")
    check(not trial.said(), "a second run says something")


def changed(trial: Trial, output: str, check: Check, *more: str) -> None:
    """One routine is changed, and then as it was."""
    hashes, times = trial.hashes(output), trial.times(output)
    own = {name for name in hashes if name.startswith(f"{CHANGED}-")}
    one = trial.folder / f"{CHANGED}.yaml"
    text = one.read_text(encoding="utf-8")
    one.write_text(text.replace("title: ", "title: My ", 1), encoding="utf-8")
    told = trial.build(output, f"cache-{output}", *more)
    one.write_text(text, encoding="utf-8")
    new = {name for name, at in trial.times(output).items() if times[name] != at}
    others = len(new - own - {f"{output}.manifest.jsonl"})
    say(f"of {CHANGED}: {len(own)}; written: {len(new & own)} of these, {others} others")
    check(f" {len(own)} sessions built" in told, "another number is built than the changed ones")
    check(new == {*own, f"{output}.manifest.jsonl"}, "not just those of what changed are written")
    after = trial.hashes(output)
    check({name for name in hashes if after[name] != hashes[name]} == own, "others have changed")
    trial.said()


def killed(
    trial: Trial, kills: int, whole: dict[str, str], texts: Counter[str], check: Check
) -> None:
    """Builds on a cluster until so many kills have happened, and one of all of it."""
    chance, left, all_killed, number = random.Random(0), kills, False, 0  # noqa: S311 - no secret
    while not all_killed:
        number += 1
        output = f"killed-{number}"
        with cluster(trial.folder, trial.folder / f"cache-{output}") as workers:
            harm = Harm(workers, left, chance)
            harm.start()
            told = trial.build(output, f"cache-{output}", "--cluster", workers.address)
            harm.stop()
            lost = left - harm.left + len(workers.workers) * harm.all_killed
        say(f"{output}: {left - harm.left} workers killed" + ", then all" * harm.all_killed)
        check("exit code 0" in told, "kills make sessions fail")
        check(trial.hashes(output) == whole, "kills make other bytes")
        said = trial.said()
        twice = said.total() - len(said)
        say(f"said once more than needed: {twice} of {len(said)}; at most {MOST * lost} may be")
        check(set(said) == set(texts), "kills make other texts")
        check(twice <= MOST * lost, "more is said again than was lost")
        harmed = harm.all_killed or harm.left < left
        check(harmed, f"only {kills - left} of {kills} kills: a build was over before any")
        if not harmed:
            return
        left, all_killed = harm.left, harm.all_killed


def run(trial: Trial, kills: int) -> int:
    """1 if anything went wrong."""
    wrong: list[str] = []

    def check(good: bool, what: str) -> None:
        if not good:
            wrong.append(what)
            say(f"WRONG: {what}")

    whole, texts = crews(trial, check)
    if kills:
        killed(trial, kills, whole, texts, check)
    say(f"{len(wrong)} went wrong")
    return int(bool(wrong))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--whole", action="store_true", help="sessions, not one exercise of each")
    parser.add_argument("--kills", type=int, default=0, help="of a worker, on the cluster")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        return run(Trial(Path(name), whole=asked.whole), asked.kills)


if __name__ == "__main__":
    sys.exit(main())
