"""Completion as shells ask for it: Typer's, with a few corrections."""

from __future__ import annotations

import os
from collections.abc import Iterable, MutableMapping, Sequence
from typing import Any, Final

from typer import _completion_classes as typers
from typer._click.shell_completion import split_arg_string
from typer._completion_shared import Shells

from audiocoach.cli.program import ABOUT_COMPLETION, COMPLETING
from audiocoach.errors import UsageError
from audiocoach.wording import label

_BREAKS: Final = (":", "=")
"""Bash begins a new word before and after each of these, unless COMP_WORDBREAKS lacks it."""


def prepare(arguments: Sequence[str], environ: MutableMapping[str, str]) -> None:
    """Prepare to answer a shell, or the flags for completion.

    Raises UsageError where the variables are set, but not as a shell sets them.
    """
    if len(arguments) > 1 and arguments[0] in ABOUT_COMPLETION:
        # Typer takes no name of a shell where it can find out which one it is.
        environ["_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION"] = "1"
    asked = environ.get(COMPLETING)
    if asked is None:
        return
    action, _, shell = asked.partition("_")
    is_known = action in {"complete", "source"} and shell in list(Shells)
    lacks_a_line = asked == "complete_bash" and not (
        "COMP_WORDS" in environ and environ.get("COMP_CWORD", "").isdecimal()
    )
    if not is_known or lacks_a_line:
        raise UsageError(
            f"{COMPLETING}={label(asked)} is for shells to set; see: audiocoach --show-completion",
            place=COMPLETING,
        )
    typers.BashComplete = Bash  # type: ignore[misc] # Typer registers what has this name


class Bash(typers.BashComplete):
    """Bash, which splits `espeak:en-gb` into three words, and wants the last one completed."""

    _begun = ""
    """What bash leaves as it is, of the word that is completed."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor's, and the cursor's own, put together again."""
        until = int(os.environ["COMP_CWORD"]) + 1
        words = split_arg_string(os.environ["COMP_WORDS"])[:until]
        words += [""] * (until - len(words))
        *before, incomplete = _joined(words)
        if ":" in words[-2:]:
            flag, _, value = incomplete.rpartition("=")
            self._begun = (value if flag else incomplete).rpartition(":")[0] + ":"
        return before[1:], incomplete

    def format_completion(self, item: Any) -> str:
        """What bash should put in place of the last word."""
        return super().format_completion(item).removeprefix(self._begun)


def _joined(words: Iterable[str]) -> list[str]:
    """Words, of which those around a colon or an equals sign are one again."""
    found: list[str] = []
    after = False
    for word in words:
        is_break = word in _BREAKS
        if found and (is_break or after):
            found[-1] += word
        else:
            found.append(word)
        after = is_break
    return found
