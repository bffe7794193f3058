"""The command play: a session here and now, with keys for those who can reach them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Final

import typer

from audiocoach.cli import completing
from audiocoach.cli.options import QuietOption, with_settings
from audiocoach.cli.output import screen
from audiocoach.delivery.formats import MP3, by_ending
from audiocoach.errors import LackError, UsageError
from audiocoach.settings.resolve import Options

if TYPE_CHECKING:
    from audiocoach.timeline import Timeline

EXAMPLES: Final = """\
audiocoach play
audiocoach play foot-care --pace slow
audiocoach play output/foot-relief.mp3"""


@with_settings
def play(
    what: Annotated[
        str,
        typer.Argument(
            metavar="ROUTINE|FILE",
            autocompletion=completing.routines,
            help="A bundled routine, the path of a YAML file, or a session that was made.",
        ),
    ] = "foot-relief",
    quiet: QuietOption = False,
    *,
    options: Options,
) -> None:
    """Play a session here: what is said, what is next, how long is left, and keys.

    By mpv if it is installed, else by the extra audiocoach[play].
    """
    from audiocoach.cli.watching import watch  # and with it all that words things
    from audiocoach.deck import open_deck

    with _session(what, options, quiet=quiet) as (path, timeline):
        deck = open_deck(path)
        try:
            heard = watch(deck, timeline, quiet=quiet)
        finally:
            deck.close()
    if not heard:
        raise LackError("the player ended at once: no sound came out; is there a sound device?")


@contextmanager
def _session(what: str, options: Options, *, quiet: bool) -> Iterator[tuple[Path, Timeline]]:
    """The file to play and its timeline; of a routine both are made, and the file goes again."""
    from audiocoach.pipeline import build

    found = by_ending(Path(what))
    if found and found.is_sound:
        if options != Options():
            raise UsageError("these flags are for making a session, and this one was made")
        from audiocoach.verify.reading import read_chapters

        yield Path(what), read_chapters(Path(what))
        return
    with TemporaryDirectory(prefix="audiocoach-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, f"session{MP3.endings[0]}")
        with screen(quiet=quiet) as listener:
            session = build(what, path, options, listener=listener)
        yield path, session.timeline
