"""pydub's `AudioSegment`, imported without its noise.

On import pydub warns that ffmpeg is missing (nothing here needs it) and that
`audioop` is deprecated (on Python 3.13 `audioop-lts` takes its place); compiling it on
3.12+ warns of its regular expressions. Every import of pydub goes through this module.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Couldn't find ff(mpeg|probe)")
    warnings.filterwarnings("ignore", message="'audioop' is deprecated")
    warnings.filterwarnings("ignore", message=r"(?:\"\\.\" is an )?invalid escape sequence")
    from pydub import AudioSegment

__all__ = ["AudioSegment"]
