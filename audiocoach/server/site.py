"""The server's own pages: the library, the feed, and the player with its waiting page."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from audiocoach.coaching.phrases import phrases_for
from audiocoach.server.address import Address, of_query, with_query
from audiocoach.server.answer import Answer
from audiocoach.server.desk import Desk, Fact
from audiocoach.server.door import Door
from audiocoach.server.feed import MEDIA_TYPE, Channel, Episode, feed
from audiocoach.server.library import Listed, language_of, listed
from audiocoach.server.pages import (
    Entry,
    Library,
    failure_page,
    library_page,
    state_json,
    waiting_page,
)
from audiocoach.server.recording import COVER, SOUND, Frame, bytes_content, text_content
from audiocoach.server.refusals import BeingMadeError, Refusal
from audiocoach.settings.resolve import Options

FEED: Final = "/feed.xml"
PROGRESS: Final = ".progress"
"""Used instead of a format's ending to ask for the progress of a session."""
_AT_ONCE: Final = 0.7
"""Seconds in which a session has to be there, or a page shows how far it is."""
_FEED_PATIENCE: Final = 8.0
"""Seconds a feed waits for the sessions in it: many a reader gives up after ten."""
_HTML: Final = "text/html"


@dataclass(frozen=True, slots=True)
class Site:
    """The pages at a desk, behind a door."""

    desk: Desk
    door: Door

    async def library(self, query: str, asked: Mapping[str, str]) -> Answer:
        """Every routine, and a form. Raises a Refusal."""
        chosen = of_query(query)
        language = language_of(chosen, asked.get("accept-language", ""))
        sessions, broken = await self._listed(chosen, language)
        here = f"http://{self.door.outside or asked['host']}"  # as a phone would have to ask
        path = self.door.root + with_query(FEED, chosen.but(language=language))
        page = library_page(
            Library(
                language,
                chosen,
                await self.desk.voices(language),
                [*(each.entry for each in sessions), *broken],
                path,
                here + path,
                _code(here + self.door.root + with_query("/", chosen)) if self.door.outside else "",
            )
        )
        return Answer(text_content(_HTML, page))

    async def feed(self, query: str, asked: Mapping[str, str]) -> Answer:
        """The feed of the sessions that have been made by then. Raises a Refusal."""
        chosen = of_query(query)
        language = language_of(chosen, asked.get("accept-language", ""))
        sessions, _ = await self._listed(chosen, language)
        wanted = [(each.book, each.options) for each in sessions]
        await self.desk.make_known(wanted, _FEED_PATIENCE)
        phrases = phrases_for(language)
        root = f"http://{asked['host']}{self.door.root}"
        channel = Channel(
            f"audiocoach: {phrases.inline('library.title')}",
            phrases.inline("library.feed-about"),
            language,
            root,
            with_query(FEED, chosen),
        )
        made = [
            _episode(each, fact)
            for each in sessions
            if (fact := self.desk.fact(each.book, each.options))
        ]
        return Answer(bytes_content(MEDIA_TYPE, feed(channel, made)))

    async def player(self, address: Address) -> Answer:
        """The player of a session, or, while it is made for the first time, how far it is.

        Raises a Refusal where there is no such routine.
        """
        routine = await self.desk.routine(address)
        language = language_of(address.options, routine.language)
        home = f"{self.door.root}/"
        try:
            await self.desk.ready(address, _AT_ONCE)
        except BeingMadeError:
            path = self.door.root + address.but(PROGRESS).path
            page = waiting_page(language, routine.title, path, home)
            return Answer(text_content(_HTML, page), 202)
        except Refusal as refused:
            return self.failure(refused, language)
        sound = self.door.root + address.but(SOUND, address.start).path
        cover = self.door.root + address.but(COVER).path
        return Answer(await self.desk.content(address, Frame(sound, cover, home)))

    def failure(self, refused: Refusal, language: str) -> Answer:
        """The page that says why there is no player, and leads back."""
        page = failure_page(language, str(refused), f"{self.door.root}/")
        return Answer(text_content(_HTML, page), refused.status, refused.headers)

    async def progress(self, address: Address) -> Answer:
        """How far a session is, as JSON; starts nothing. Raises a Refusal."""
        return Answer(text_content("application/json", state_json(await self.desk.state(address))))

    async def _listed(self, chosen: Options, language: str) -> tuple[list[Listed], list[Entry]]:
        return await asyncio.to_thread(listed, self.desk, chosen, language, self.door.root)


def _episode(session: Listed, fact: Fact) -> Episode:
    address, entry = Address(session.book.name, session.options), session.entry
    return Episode(address, entry.title, entry.about, entry.language, fact.total, fact.size)


def _code(address: str) -> str:
    """An address as a QR code, for a picture in a page."""
    import segno

    return segno.make(address, micro=False).svg_data_uri(scale=4, border=2)
