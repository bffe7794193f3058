"""Make the demo in docs/demo anew: scripts/demo page|terminal."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

ROOT: Final = Path(__file__).resolve().parents[1]
DEMO: Final = ROOT / "docs" / "demo"
PAGE: Final = DEMO / "heel-raises.html"
ROUTINE: Final = PAGE.with_suffix(".yaml")
TERMINAL: Final = DEMO / "terminal.svg"
COLUMNS: Final = 80
SESSION: Final = (
    ("check", "calves.yaml"),
    ("build", "calves.yaml", "--duration", "5:00"),
    ("preview", "calves.yaml", "--duration", "5:00"),
)
"""What is typed, with the routine of the README as `calves.yaml`."""
_INSTALLED: Final = (
    "import sys; sys.argv[0] = 'audiocoach'; from audiocoach.cli import main; main()"
)
"""The program as it runs once installed, so that what it tells to type names no folder of ours."""
LINES: Final = 28
"""How many lines of an answer are shown; what is longer is cut off with an ellipsis."""


def main(arguments: list[str]) -> int:
    """Make one of the two."""
    if arguments == ["page"]:
        make_page()
    elif arguments == ["terminal"]:
        with tempfile.TemporaryDirectory() as folder:
            TERMINAL.write_text(terminal(Path(folder), os.environ), encoding="utf-8")
    else:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    return 0


def make_page() -> None:
    """The player page of `heel-raises.yaml`, at a bit rate at which it stays under 500 kB."""
    words = ("--voice", "kokoro:af_heart", "--duration", "0:55", "--bitrate", "48")
    build = ("build", str(ROUTINE), *words, "--output", str(PAGE))
    program = [sys.executable, "-P", "-m", "audiocoach", *build]
    subprocess.run(program, check=True)


def terminal(folder: Path, environment: os._Environ[str] | dict[str, str]) -> str:
    """The picture of a terminal of 80 columns in which `SESSION` was typed, as SVG."""
    (folder / "calves.yaml").write_text(_example(), encoding="utf-8")
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for words in SESSION:
        console.print(Text.assemble("$ ", (f"audiocoach {' '.join(words)}", "bold")))
        console.print(Text.from_ansi(_answer(words, folder, dict(environment))))
        console.print()
    # Rich's own frame asks a host for a font, which nobody needs to see text.
    frame = re.sub(r"\n *@font-face \{\{.*?\}\}(?=\n)", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    picture = console.export_svg(title="audiocoach", code_format=frame, unique_id="terminal")
    return re.sub(r"[ \t]+$", "", picture, flags=re.MULTILINE)


def _example() -> str:
    page = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    if not found:
        raise LookupError("README.md shows no routine")
    return found[1]


def _answer(words: tuple[str, ...], folder: Path, environment: dict[str, str]) -> str:
    """What the program writes on a terminal; its messages come first, as they can't be coloured."""
    environment |= {"AUDIOCOACH_VOICE": "espeak", "COLUMNS": str(COLUMNS), "PYTHONPATH": str(ROOT)}
    environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    ours, theirs = pty.openpty()
    program = [sys.executable, "-P", "-c", _INSTALLED, *words]
    with subprocess.Popen(
        program, cwd=folder, env=environment, stdout=theirs, stderr=subprocess.PIPE, text=True
    ) as running:
        os.close(theirs)
        printed = _all(ours)
        told = running.communicate()[1]
    if running.returncode:
        raise RuntimeError(told)
    lines = [line.rstrip() for line in (told + printed).splitlines()]
    return "\n".join(lines if len(lines) <= LINES else [*lines[:LINES], "…"])


def _all(terminal: int) -> str:
    """What is written to a terminal until nobody has it open any more."""
    read = b""
    try:
        while more := os.read(terminal, 65536):
            read += more
    except OSError:  # Linux's way to say so
        pass
    finally:
        os.close(terminal)
    return read.decode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
