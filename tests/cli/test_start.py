"""What a command loads before it does anything: each of them waits for that, `--help` too."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    *("fluent", "babel", "numpy", "yaml", "requests", "PIL", "rich", "mutagen", "sentencex"),
    *("pydantic", "soundfile", "uvicorn", "asyncio", "av", "miniaudio", "segno"),
)


def test_the_command_line_by_itself_loads_nothing_heavy() -> None:
    ask = f"import sys, audiocoach.cli; print(*(name for name in {HEAVY} if name in sys.modules))"
    ran = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
