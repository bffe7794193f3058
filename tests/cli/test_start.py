"""What a command loads before it does anything: each of them waits for that, `--help` too."""

from __future__ import annotations

import subprocess
import sys

import pytest

from audiocoach.settings.table import SETTINGS

HEAVY = (
    *("fluent", "numpy", "yaml", "requests", "resvg_py", "rich", "mutagen", "sentencex"),
    *("pydantic", "soundfile", "uvicorn", "asyncio", "av", "miniaudio", "segno"),
)


def test_the_command_line_by_itself_loads_nothing_heavy() -> None:
    ask = f"import sys, audiocoach.cli; print(*(name for name in {HEAVY} if name in sys.modules))"
    ran = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []


def told(program: str) -> str:
    """What a program prints that has the command line at hand as `main` and `app`."""
    source = f"import atexit, gc, sys; from audiocoach.cli import app, main; {program}"
    ran = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    return ran.stdout


def test_python_looks_for_no_garbage_as_it_ends() -> None:
    program = (
        "sys.argv = ['audiocoach', '--version']; "
        "atexit.register(lambda: print(gc.get_freeze_count() > 1000)); main()"
    )
    assert told(program).splitlines()[-1] == "True"


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_the_help_of_the_program_is_the_same_without_the_flags_of_all_commands(flag: str) -> None:
    with_all = told(f"app([{flag!r}], prog_name='audiocoach')")
    assert told(f"sys.argv = ['audiocoach', {flag!r}]; main()") == with_all
    assert "preview" in with_all


def test_of_fifty_flags_typer_looks_at_those_that_are_given() -> None:
    program = (
        "from typer import core; seen = []; look = core.TyperOption.process_value; "
        "core.TyperOption.process_value = lambda self, ctx, value: "
        "(seen.append(self.name), look(self, ctx, value))[1]; "
        "sys.argv = ['audiocoach', 'config', '--pace', 'slow', '--json']; "
        "atexit.register(lambda: print(*seen)); main()"
    )
    seen = told(program).splitlines()[-1].split()
    assert [name for name in seen if name in SETTINGS] == ["pace"]
