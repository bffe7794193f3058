"""audiocoach compiles an exercise routine into one guided audio session.

The same steps as on the command line; all but the last are pure functions:

    import audiocoach

    routine = audiocoach.load("foot-relief")          # or a path to a YAML file
    script = audiocoach.compile(routine)              # what is said, and the pauses
    session = audiocoach.build(routine, "foot.mp3")   # spoken, fitted, written

`audiocoach.fit(script, lengths, target)` gives the timeline when you have the
lengths of the clips yourself; `audiocoach.rehearse` speaks and fits without
writing. Every error that the user can fix is an `AudiocoachError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audiocoach.coaching.compiler import compile_script as compile  # noqa: A004 - as in re.compile
    from audiocoach.errors import AudiocoachError
    from audiocoach.listener import Listener
    from audiocoach.pipeline import Rehearsal, Session, build, rehearse
    from audiocoach.routine.load import load, loads
    from audiocoach.routine.model import Routine
    from audiocoach.settings.resolve import Options
    from audiocoach.settings.table import Settings as Coaching
    from audiocoach.settings.values import Pace
    from audiocoach.timeline import Script, Timeline, fit

__version__ = "0.1.0"

_HOMES = {
    "AudiocoachError": "errors:AudiocoachError",
    "Listener": "listener:Listener",
    "Coaching": "settings.table:Settings",
    "Options": "settings.resolve:Options",
    "Pace": "settings.values:Pace",
    "Rehearsal": "pipeline:Rehearsal",
    "Routine": "routine.model:Routine",
    "Script": "timeline:Script",
    "Session": "pipeline:Session",
    "Timeline": "timeline:Timeline",
    "build": "pipeline:build",
    "compile": "coaching.compiler:compile_script",
    "fit": "timeline:fit",
    "load": "routine.load:load",
    "loads": "routine.load:loads",
    "rehearse": "pipeline:rehearse",
}

__all__ = [
    "AudiocoachError",
    "Coaching",
    "Listener",
    "Options",
    "Pace",
    "Rehearsal",
    "Routine",
    "Script",
    "Session",
    "Timeline",
    "build",
    "compile",
    "fit",
    "load",
    "loads",
    "rehearse",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `--help` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'audiocoach' has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    return getattr(import_module(f"audiocoach.{module}"), attribute)
