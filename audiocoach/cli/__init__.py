"""The command line. Only options, messages and exit codes: the work is in `pipeline.py`.

Messages go to stderr, data (cue sheets, YAML, JSON) to stdout, in UTF-8 unless it
is a terminal.

Exit codes: 0 done · 1 a defect of audiocoach (or nobody reads stdout any more) · 2 wrong usage · 3
the routine · 4 the length · 5 the voice · 6 the file · 7 a finished file is not what was built · 8
something is missing here · 130 stopped with Ctrl-C.
"""

import gc
import os

# A command ends within seconds. Looking for garbage while thousands of objects are made
# that all stay, and reading the metadata of every package for pydantic plug-ins nobody
# has, would be a sixth of a rebuild.
gc.set_threshold(300_000, 50, 100)
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from audiocoach.cli.app import app, main  # noqa: E402 - after the settings above

__all__ = ["app", "main"]
