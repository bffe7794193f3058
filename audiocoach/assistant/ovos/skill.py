"""The skill passes what OpenVoiceOS hears to the coach, and what the coach does to the player.

It plays one file, without seeking or queueing: the players of OpenVoiceOS do neither reliably.
After every play comes a resume, because the player is paused while the listener speaks, and mpv
stays paused across a new file. Requests for a session with a wish are read by us, as a fallback of
the first rank: after what other skills know for sure, before what they guess. Bare words ("next")
are handled by `converse` during a session: otherwise common play would end it at "next", because it
knows no other track.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from secrets import choice
from threading import Event
from typing import Any, Final

from ovos_bus_client.apis.ocp import OCPInterface
from ovos_bus_client.message import Message
from ovos_utils.log import LOG
from ovos_utils.ocp import MediaEntry, MediaState, MediaType, PlaybackType, PlayerState
from ovos_workshop.decorators import fallback_handler
from ovos_workshop.decorators.ocp import ocp_play, ocp_search
from ovos_workshop.skills.common_play import OVOSCommonPlaybackSkill
from ovos_workshop.skills.converse import ConversationalSkill
from ovos_workshop.skills.fallback import FallbackSkill

from audiocoach.assistant.coach import Coach
from audiocoach.assistant.memory import Kept
from audiocoach.assistant.ovos.forms import LET_BE, TAGS, dialog, intent_file
from audiocoach.remote import Intent, Said

_SILENT_WITHIN: Final = 2.0
"""Seconds that a player may take to fall silent."""
_NEAR_THE_END: Final = 3.0
"""Seconds before its end from which on a file may be over; earlier, another one took its turn."""
_SURE: Final = 95


class Player:
    """The player of OpenVoiceOS, in the form that the coach needs."""

    def __init__(self, skill: AudiocoachSkill) -> None:
        self._skill = skill
        self._ocp = OCPInterface(skill.bus)
        self._silent = Event()
        self._since: float | None = None
        self._before = 0.0

    def say(self, said: Said) -> None:
        """Speak, in one of the wordings of the dialog of that sentence."""
        words = self._skill.load_lang(lang=TAGS[said.language])
        wordings = words.load_dialog_file(dialog(said.key), dict(said.values))
        self._skill.speak(choice(wordings) if wordings else said.text)

    def notice(self, text: str) -> None:
        """Write to the log."""
        LOG.warning(text)

    def play(self, path: Path, title: str) -> None:
        """Play a file, and resume: it may have been paused for the listener to speak."""
        track = MediaEntry(
            uri=path.as_uri(),
            title=title,
            media_type=MediaType.AUDIO,
            playback=PlaybackType.AUDIO,
            skill_id=self._skill.skill_id,
            match_confidence=_SURE,
        )
        self._ocp.play([track])
        self._before, self._since = 0.0, time.monotonic()
        self._ocp.resume()

    def pause(self) -> bool:
        """Pause; returns whether the player confirmed it."""
        self._silent.clear()
        self._ocp.pause()
        return self._silent.wait(_SILENT_WITHIN)

    def resume(self) -> None:
        """Sound again."""
        self._ocp.resume()
        self._since = self._since or time.monotonic()

    def stop(self) -> None:
        """Play no more."""
        self._ocp.stop()

    def position(self) -> float:
        """The position in the file (s), by the player or else by the clock."""
        told = self._ocp.get_track_position()
        return max(told / 1000, 0.0) if told else self.clock()

    def clock(self) -> float:
        """How many seconds the file has been heard, by the clock."""
        return self._before + (time.monotonic() - self._since if self._since else 0.0)

    def told(self, state: PlayerState) -> None:
        """What the player reports about itself."""
        if state == PlayerState.PAUSED:
            self._before, self._since = self.clock(), None
            self._silent.set()


class AudiocoachSkill(ConversationalSkill, FallbackSkill, OVOSCommonPlaybackSkill):  # type: ignore[misc]
    """Guided exercise sessions that one can talk to."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, supported_media=[MediaType.GENERIC, MediaType.AUDIO], **more)

    def initialize(self) -> None:
        """Called when the skill is loaded."""
        self._acting = ThreadPoolExecutor(1)
        self._spared = False
        self.player = Player(self)
        folder = Path(self.file_system.path)
        self.coach = Coach(
            self.player, folder, Kept.read(self.settings.get("kept")), keep=self._keep
        )
        for intent in Intent:
            self.register_intent_file(intent_file(intent), self._handler(intent))
        self.add_event("ovos.utterance.handled", self._handled)
        self.add_event("ovos.common_play.player.state", self._player_state)
        self.add_event("ovos.common_play.media.state", self._media_state)

    def _handler(self, intent: Intent) -> Callable[[Message], None]:
        def hear(message: Message) -> None:
            if intent is Intent.BEGIN:
                self._act(message, self.coach.begin, str(message.data["utterance"]))
            else:
                self._act(message, self.coach.hear, intent)

        hear.__name__ = f"handle_{intent.name.lower()}"
        return hear

    def _act(self, message: Message, act: Callable[[Any, str], None], what: Any) -> None:
        """Have the coach do something, one after the other: a handler is ended after seconds."""

        def acting(message: Message) -> None:  # noqa: ARG001 - found there, and answered
            act(what, self.lang)
            if self.coach.is_on:
                self.activate(duration_minutes=-1)

        self._acting.submit(acting, message).add_done_callback(_noticed)

    # -- what begins a session --------------------------------------------------------

    def can_answer(self, message: Message) -> bool:
        """Whether this begins a session."""
        return any(map(self._begins, message.data["utterances"]))

    @fallback_handler(priority=1)  # type: ignore[untyped-decorator]
    def handle_begin(self, message: Message) -> bool:
        """Begin the session that was asked for."""
        begun = next(filter(self._begins, message.data["utterances"]), None)
        if begun:
            self._act(message, self.coach.begin, begun)
        return begun is not None

    def _begins(self, text: str) -> bool:
        return self.coach.begins(text, self.lang)

    # -- what is said while a session is on ---------------------------------------------

    def can_converse(self, message: Message) -> bool:
        """Whether this is for the current session. Everything that is said comes here first."""
        self._spared = any(
            self.coach.spares(text, self.lang) for text in message.data["utterances"]
        )
        return self._lets_be(message) or self._meant(message) is not None

    def converse(self, message: Message) -> bool:
        """Answer what is for the current session."""
        if self._lets_be(message):  # else "don't stop" stops: it holds a word of OpenVoiceOS
            self._act(message, lambda *_: self.coach.let_be(), None)
            return True
        intent = self._meant(message)
        if intent:
            self._act(message, self.coach.hear, intent)
        return intent is not None

    def _lets_be(self, message: Message) -> bool:
        return any(
            self.coach.lets_be(text, self.lang) or self._is_on_and_in(text, LET_BE)
            for text in message.data["utterances"]
        )

    def _meant(self, message: Message) -> Intent | None:
        """By our reading, else by the vocabulary, which may be the user's own."""
        said = message.data["utterances"]
        heard = (self.coach.hears(text, self.lang) for text in said)
        named = (each for each in Intent for text in said if self._is_on_and_in(text, each))
        return next((intent for intent in (*heard, *named) if intent), None)

    def _is_on_and_in(self, text: str, vocabulary: str) -> bool:
        return self.coach.is_on and bool(self.voc_match(text, vocabulary, exact=True))

    def can_stop(self, message: Message) -> bool:  # noqa: ARG002 - as it is called
        """Whether there is a session to stop, and it is meant."""
        return self.coach.is_on and not self._spared

    def stop(self) -> bool:
        """Leave the current session, and remember where.

        OpenVoiceOS asks for it wherever its word is: at "stop the timer", even of who can't stop.
        """
        spared, self._spared = self._spared, False
        if spared or not self.coach.is_on:
            return False
        self.coach.leave()
        return True

    def _handled(self, _message: Message) -> None:
        """Whatever stops from now on was not said: it is a button."""
        self._spared = False

    # -- common play: "play foot relief" --------------------------------------------------

    @ocp_search()  # type: ignore[untyped-decorator]
    def search(self, phrase: str) -> list[dict[str, Any]]:
        """The session that a phrase names, if it names one."""
        if not self._begins(phrase):
            return []
        return [
            {
                "uri": f"audiocoach:{phrase}",
                "title": phrase,
                "media_type": MediaType.AUDIO,
                "playback": PlaybackType.SKILL,
                "skill_id": self.skill_id,
                "match_confidence": _SURE,
            }
        ]

    @ocp_play()  # type: ignore[untyped-decorator]
    def play_found(self, message: Message) -> None:
        """Begin what common play chose."""
        self._act(message, self.coach.begin, str(message.data.get("title", "")))

    # -- what the player says ---------------------------------------------------------------

    def _player_state(self, message: Message) -> None:
        self.player.told(PlayerState(message.data["state"]))

    def _media_state(self, message: Message) -> None:
        """A file that is replaced ends too: only one that was played to its end is over."""
        over = message.data.get("state") == MediaState.END_OF_MEDIA
        if over and self.coach.left(self.player.clock()) < _NEAR_THE_END:
            self.coach.ended()

    def _keep(self, kept: Kept) -> None:
        self.settings["kept"] = kept.stored()
        self.settings.store()


def _noticed(done: Future[None]) -> None:
    if error := done.exception():
        LOG.error("a session could not go on", exc_info=error)
