"""WHEN: the script, how it is fitted to a length, and the timeline."""

from audiocoach.timeline.fit import UnspokenError, fit
from audiocoach.timeline.script import Script, Sound, Utterance
from audiocoach.timeline.timeline import Timeline

__all__ = ["Script", "Sound", "Timeline", "UnspokenError", "Utterance", "fit"]
