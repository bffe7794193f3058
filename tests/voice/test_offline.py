"""Offline means that no socket is so much as made; a guard inside Python sees each one.

The guard is an audit hook, so it sees sockets whoever makes them. eSpeak's worker, a
process without `site`, runs outside it; that one imports nothing that could connect.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import environment, tiny

GUARD = """
import os, sys

def guard(event, arguments):
    if event.startswith("socket."):
        open(os.environ["GUARD_LOG"], "a").write(event + "\\n")
        raise RuntimeError("a socket was used: " + event)

sys.addaudithook(guard)
"""
BUILD = """
import sys
from pathlib import Path
from audiocoach.pipeline import build
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import open_cache
from audiocoach.voice.choice import Choosing, Wish

here = Surroundings.here()
cache = open_cache(here.place("CACHE"))
chosen = Choosing("en", Wish(here.config, offline=True), cache, here).choice()
build(sys.argv[1], sys.argv[2], Options(duration="natural", voice=chosen.spec), cache=cache)
print(chosen.spec)
"""


def guarded(
    folder: Path, code: str, *arguments: str | Path
) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Run Python code where any use of a socket is noted and fails."""
    site = folder / "guard"
    site.mkdir()
    (site / "sitecustomize.py").write_text(GUARD)
    log = folder / "sockets"
    variables = environment(
        folder / "cache",
        GUARD_LOG=str(log),
        AUDIOCOACH_CONFIG="none.toml",
        HOME=str(folder),  # no voice that was added here
        XDG_DATA_HOME=str(folder),
    )
    variables["PYTHONPATH"] = f"{site}{os.pathsep}{variables['PYTHONPATH']}"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    ran = subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    return ran, log


def test_an_offline_build_makes_no_socket(tmp_path: Path) -> None:
    ran, log = guarded(tmp_path, BUILD, tiny(tmp_path), tmp_path / "tiny.mp3")
    assert (ran.returncode, ran.stdout) == (0, "espeak\n"), ran.stderr
    assert (tmp_path / "tiny.mp3").stat().st_size > 10_000
    assert not log.exists()


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request as r; r.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_the_guard_sees_a_socket(tmp_path: Path, code: str) -> None:
    ran, log = guarded(tmp_path, code)
    assert ran.returncode != 0
    assert log.read_text().startswith("socket.")
