"""The command line. Only options, messages and exit codes: the work is in `pipeline.py`.

Messages go to stderr, data (cue sheets, YAML, JSON) to stdout, in UTF-8 unless it
is a terminal.

Exit codes: 0 done · 1 a defect of audiocoach (or nobody reads stdout any more) ·
2 wrong usage · 3 the routine · 4 the length · 5 the voice · 6 the file ·
130 stopped with Ctrl-C.
"""

from audiocoach.cli.app import app, main

__all__ = ["app", "main"]
