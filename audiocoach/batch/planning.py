"""What a session of a batch needs: its routine, its voice, and what the cache lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache as remembering
from functools import partial
from typing import TypeAlias

from audiocoach.batch.graph import Speaker
from audiocoach.batch.inputs import Inputs
from audiocoach.batch.variants import Variant
from audiocoach.casting import Casting, Role
from audiocoach.coaching.compiler import compile_script
from audiocoach.pipeline import Prepared, adapted, check_output
from audiocoach.routine.load import load
from audiocoach.routine.model import Routine
from audiocoach.settings.resolve import Resolved
from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.studio import Studio
from audiocoach.speaking import needs_nobody
from audiocoach.store import Cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.choice import Choice, fallback_order, probe_online

_Wanted: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A session whose routine, settings and voice are known; it is not compiled yet."""

    variant: Variant
    routine: Routine
    role: Role
    casting: Casting
    failed: tuple[str, ...] = ()
    """Voices that failed to speak it, the first choice first."""

    @property
    def chosen(self) -> Resolved:
        """The settings that apply."""
        return self.role.chosen

    @property
    def speaker(self) -> Speaker:
        """Who speaks, as the graph knows it."""
        voice, language = self.casting.voice, self.routine.language
        return Speaker(
            voice.name,
            language,
            self.chosen.settings.rate,
            voice.fingerprint,
            voice.name.partition(":")[0] if voice.online else "",
            self.role.wish.stays_here,
        )

    def prepared(self) -> Prepared:
        """Compiled. Raises RoutineError."""
        return Prepared.of(
            self.routine, compile_script(self.routine, self.chosen.settings), self.role
        )


class Planner:
    """Plans one session after the other, and looks up nothing twice: no file, service or clip."""

    def __init__(
        self, variants: Iterable[Variant], cache: Cache, surroundings: Surroundings
    ) -> None:
        self._inputs = Inputs(variants, surroundings)
        self._cache = cache
        self._surroundings = surroundings
        self._load = remembering(load)
        self._probe = remembering(partial(probe_online, surroundings=surroundings))
        self._castings: dict[_Wanted, Casting] = {}
        self._there: defaultdict[Speaker, set[Utterance]] = defaultdict(set)

    def order(self, variant: Variant) -> Order:
        """What to build for a variant. Raises whatever its build would raise."""
        check_output(variant.source, variant.output, variant.beside)
        variant.beside.row(variant.output)
        self._inputs.refuse(variant)
        loaded = self._load(variant.source)
        routine, chosen = adapted(loaded, variant.options, self._surroundings)
        role = Role(routine.language, chosen, self._cache, self._surroundings)
        return Order(variant, routine, role, self._casting(routine, role))

    def otherwise(self, order: Order) -> Order | None:
        """The same, spoken by the next voice, if that is allowed and there is one."""
        if not order.chosen.settings.fallback:
            return None
        failed = (*order.failed, order.casting.choice.spec)
        for spec in fallback_order(order.routine.language, failed[0], self._surroundings):
            if spec not in failed:
                choice = Choice(spec, f"{failed[0]} failed", "--no-fallback stops instead")
                casting = Casting(choice, order.role.open(spec))
                return replace(order, casting=casting, failed=failed)
        return None

    def missing(self, order: Order, prepared: Prepared) -> list[Utterance]:
        """What its voice still has to speak; what is known to be in the cache is not looked up
        again."""
        there = self._there[order.speaker]
        studio = Studio(order.casting.voice, order.routine.language, self._cache)
        spoken = [each for each in prepared.script.sounds() if isinstance(each, Utterance)]
        missing = studio.missing(each for each in spoken if each not in there)
        script, length = prepared.script, order.chosen.settings.duration
        only_choices = missing and set(missing).isdisjoint(script.certain())
        if only_choices and needs_nobody(studio, script, length):
            return []
        there.update(set(spoken) - set(missing))
        return missing

    def _casting(self, routine: Routine, role: Role) -> Casting:
        """Who speaks; asked once for all sessions that want the same."""
        chosen = role.chosen
        wanted = (routine.language, *(chosen[name] for name in ("voice", "rate", "offline")))
        if wanted in self._castings:
            return self._castings[wanted]
        asked = False

        def cached(spec: str) -> bool:
            nonlocal asked
            asked = True
            script = compile_script(routine, chosen.settings)
            return Prepared.of(routine, script, role).all_cached(spec)

        casting = role.cast(cached=cached, probe=self._probe)
        if not asked:  # else the next session, of which the cache lacks something, may get another
            self._castings[wanted] = casting
        return casting
