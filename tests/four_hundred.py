"""Four hundred sessions by every crew: the same bytes, each text said once, and nothing done twice.

`.venv/bin/python tests/four_hundred.py [--whole] [--kills N]` builds a library of 18 routines in
their languages, paces, levels and tellings (of each routine the first exercise, or the whole of it:
hours, and 10 GB) by this process, by two processes and by a Dask cluster of two workers over TCP,
and compares the hashes of all files. Then again, which must build nothing; then with one routine
changed, which must build its sessions alone.
With kills: once more on the cluster, while a worker is killed at so many random moments, and at
last all of it, the scheduler too. Minutes; `scripts/test` tries a few sessions of the same.
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
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
from clusters import Processes, cluster
from running import command, environment

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
        found = Counter(log.read_text().splitlines())
        log.unlink()
        return found

    def hashes(self, output: str) -> dict[str, str]:
        found = (self.folder / output).glob("*.mp3")
        return {path.name: sha256(path.read_bytes()).hexdigest() for path in found}


def harmed(workers: Processes, kills: int, chance: random.Random, over: threading.Event) -> None:
    """Kill a worker at so many moments, and at last all of it."""
    for number in range(kills):
        if over.wait(chance.uniform(0.5, 6)):
            say(f"over after {number} kills")
            return
        workers.kill(chance.randrange(len(workers.workers)))
    if not over.wait(chance.uniform(0.5, 6)):
        workers.restart()
        say(f"{kills} workers were killed, then all of it")


def run(trial: Trial, kills: int) -> int:
    """1 if anything went wrong."""
    wrong: list[str] = []

    def check(good: bool, what: str) -> None:
        if not good:
            wrong.append(what)
            say(f"WRONG: {what}")

    told = trial.build("here", "cache-here")
    whole, said = trial.hashes("here"), trial.said()
    say(f"{len(whole)} sessions, {len(said)} texts")
    check("exit code 0" in told and len(whole) >= 400, "not all were built")
    check(set(said.values()) == {1}, "a text is said twice in a language")
    texts = said
    trial.build("processes", "cache-processes", "--processes", "2")
    check(trial.hashes("processes") == whole, "processes make other bytes")
    check(trial.said() == texts, "processes say other texts, or another number of times")
    told = trial.build("processes", "cache-processes", "--processes", "2")
    check(" 0 sessions built" in told, "a second run does something")
    with cluster(trial.folder, trial.folder / "cache-cluster") as workers:
        trial.build("cluster", "cache-cluster", "--cluster", workers.address)
        check(trial.hashes("cluster") == whole, "a cluster makes other bytes")
        check(trial.said() == texts, "a cluster says other texts, or another number of times")
        one = trial.folder / "tabata.yaml"
        one.write_text(one.read_text().replace("title: ", "title: My ", 1))
        told = trial.build("cluster", "cache-cluster", "--cluster", workers.address)
        check(" 12 sessions built" in told, "of one routine that changed not 12 sessions are built")
        trial.said()
        one.write_text(one.read_text().replace("title: My ", "title: ", 1))
    if kills:
        with cluster(trial.folder, trial.folder / "cache-killed") as workers:
            over = threading.Event()
            chance = random.Random(0)  # noqa: S311 - no secret
            thread = threading.Thread(target=harmed, args=(workers, kills, chance, over))
            thread.start()
            told = trial.build("killed", "cache-killed", "--cluster", workers.address)
            over.set()
            thread.join()
            check("exit code 0" in told, "kills make sessions fail")
            check(trial.hashes("killed") == whole, "kills make other bytes")
            said = trial.said()
            check(set(said) == set(texts), "kills make other texts")
            say(f"said more than once after kills: {sum(said.values()) - len(said)} of {len(said)}")
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
