"""The onnxruntime session that speaks everything for a voice, the same each time.

It takes the place of Piper's own session, and supplies what `graph` has made an input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from pathlib import Path
from threading import Lock, local
from typing import TYPE_CHECKING, Any, Final

from audiocoach.voice.piper.graph import NOISES, UNHEARD, with_noise

if TYPE_CHECKING:
    import onnxruntime

    from audiocoach.voice.piper.carrier import Samples

SEED: Final = 1
FIRST_NUMBERS: Final = 192 * 3000
"""35 s of speech: a voice of medium quality draws 192 numbers for each 256 samples."""
MOST_NUMBERS: Final = 16 * FIRST_NUMBERS


class _LeftOut(local):
    """What a thread does not want to hear."""

    count: Callable[[Sequence[int]], int] | None = None

    def __init__(self) -> None:
        self.counted: list[int] = []


class Network:
    """The model of a voice: loaded when it first speaks, which takes a second, and then kept."""

    def __init__(self, model: Path) -> None:
        import onnxruntime

        onnxruntime.set_seed(SEED)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # no two sentences are of one shape: 40 MB less
        options.log_severity_level = 4  # what matters comes as an exception
        given = {"sess_options": options, "providers": ["CPUExecutionProvider"]}
        self._opened = partial(onnxruntime.InferenceSession, **given)
        self._model = model
        self._opening = Lock()
        self.noise = Noise()

    def kept(self) -> onnxruntime.InferenceSession | None:
        """The session with the noise as an input, if the model is one that can have it."""
        with self._opening:
            return self._kept

    def fresh(self) -> onnxruntime.InferenceSession:
        """A session of the model as it is."""
        return self._opened(str(self._model))

    @cached_property
    def _kept(self) -> onnxruntime.InferenceSession | None:
        model = with_noise(self._model.read_bytes())
        session = self._opened(model) if model else None
        if session:
            session._model_bytes = b""  # else it keeps 63 MB that nothing reads again
        return session


class Sessions:
    """Stands for an onnxruntime session: one that is kept, else a fresh one for each run."""

    def __init__(self, network: Network) -> None:
        import onnxruntime

        self._network = network
        self._run = onnxruntime.RunOptions()
        self._run.log_severity_level = 4
        self._here = _LeftOut()

    @contextmanager
    def leaving_out(self, count: Callable[[Sequence[int]], int]) -> Iterator[list[int]]:
        """Within it, and in this thread, no sound is made of so many of the first phonemes.

        `count` is asked of the numbers of all; what is left out of each run is put into the list.
        """
        self._here.count, self._here.counted = count, []
        try:
            yield self._here.counted
        finally:
            self._here.count = None

    def run(self, outputs: list[str] | None, inputs: dict[str, Any]) -> Any:
        """As `InferenceSession.run`."""
        session = self._network.kept()
        if session is None:
            return self._network.fresh().run(outputs, inputs, self._run)
        given = inputs | self._unheard(session, inputs)
        return self._network.noise.tried(
            lambda noise: session.run(outputs, given | noise, self._run)
        )

    def _unheard(
        self, session: onnxruntime.InferenceSession, inputs: dict[str, Any]
    ) -> dict[str, Any]:
        """What tells the model of how many phonemes no sound is made, if it can be told."""
        import numpy as np

        if UNHEARD not in {each.name for each in session.get_inputs()}:
            return {}
        left_out = 0
        if self._here.count:
            left_out = self._here.count(inputs["input"][0].tolist())
            self._here.counted.append(left_out)
        return {UNHEARD: np.array([left_out], np.int64)}

    def stop(self) -> None:
        """End every run in progress, and let no other start."""
        self._run.terminate = True


class Noise:
    """What a voice draws, from the normal distribution: the same each time.

    `RandomState` gives the same stream in every version of numpy (NEP 19), and a longer row begins
    with a shorter one. A row that is too short is an error of the graph, never wrong sound.
    """

    def __init__(self) -> None:
        self._numbers = FIRST_NUMBERS

    def tried(self, run: Callable[[dict[str, Samples]], Any]) -> Any:
        """What `run` gives with enough of it. Raises what it raises with the most there is."""
        numbers = self._numbers
        while numbers < MOST_NUMBERS:
            try:
                return run(_rows(numbers))
            except failures() as reason:
                if "Reshape" not in str(reason):
                    raise
                numbers = self._numbers = 2 * numbers
        return run(_rows(numbers))


@lru_cache(2)
def _rows(numbers: int) -> dict[str, Samples]:
    import numpy as np

    rows = (np.random.RandomState(SEED + n).standard_normal(numbers) for n, _ in enumerate(NOISES))
    return {name: row.astype(np.float32) for name, row in zip(NOISES, rows, strict=True)}


def failures() -> tuple[type[Exception], ...]:
    """What Piper and onnxruntime raise; the latter's errors have no class in common."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    named = vars(state).values()
    own = [each for each in named if isinstance(each, type) and issubclass(each, Exception)]
    return (RuntimeError, ValueError, LookupError, TypeError, OSError, MemoryError, *own)
