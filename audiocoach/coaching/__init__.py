"""HOW a routine is told: the compiler, its options, and the phrases of each language."""

from audiocoach.coaching.compiler import change_lines, compile_script
from audiocoach.coaching.options import Coaching, Pace

__all__ = ["Coaching", "Pace", "change_lines", "compile_script"]
