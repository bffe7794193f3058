"""The podcast feed: each session an episode, with the exact length of its file, chapters and text.

RSS 2.0 with the tags of iTunes and of Podcasting 2.0. It lists only sessions that have been
made: the length of any other is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Final
from uuid import UUID, uuid5
from xml.etree import ElementTree as Tree

from audiocoach.delivery.id3 import ARTIST, YEAR
from audiocoach.server.address import Address
from audiocoach.server.recording import CHAPTERS, COVER, PLAYER, SOUND
from audiocoach.timeline.script import SAMPLE_RATE

MEDIA_TYPE: Final = "application/rss+xml"
_ITUNES: Final = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST: Final = "https://podcastindex.org/namespace/1.0"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_DEEP_LINK: Final = "http://podlove.org/deep-link"
_PODCAST_IDS: Final = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Of which the identity of a feed is made (podcastindex.org, "guid")."""
_FIRST: Final = datetime(int(YEAR), 1, 1, tzinfo=UTC)
"""Episodes need a date, by which they are sorted; a session has none. So each is a minute older
than the one before it, from the beginning of the year of this version on."""


@dataclass(frozen=True, slots=True)
class Episode:
    """A session that was made."""

    address: Address
    title: str
    about: str
    language: str
    total: int
    """Its length in samples."""
    size: int
    """Of its MP3, in bytes."""


@dataclass(frozen=True, slots=True)
class Channel:
    """The feed as a whole."""

    title: str
    about: str
    language: str
    root: str
    """What every path begins with, with scheme and host."""
    path: str
    """Of the feed itself, behind the root."""


def feed(channel: Channel, episodes: Iterable[Episode]) -> bytes:
    """The feed as XML."""
    for prefix, name in (("itunes", _ITUNES), ("podcast", _PODCAST), ("atom", _ATOM)):
        Tree.register_namespace(prefix, name)
    rss = Tree.Element("rss", version="2.0")
    top = Tree.SubElement(rss, "channel")
    own = channel.root + channel.path
    _say(top, "title", channel.title)
    _say(top, "link", f"{channel.root}/")
    _say(top, "description", channel.about)
    _say(top, "language", channel.language)
    _say(top, f"{{{_ITUNES}}}author", ARTIST)
    _say(top, f"{{{_ITUNES}}}explicit", "false")
    _say(top, f"{{{_ITUNES}}}block", "Yes")  # no directory is to list what is at home
    Tree.SubElement(top, f"{{{_ITUNES}}}category", text="Health & Fitness")
    Tree.SubElement(top, f"{{{_ATOM}}}link", rel="self", type=MEDIA_TYPE, href=own)
    _say(top, f"{{{_PODCAST}}}guid", str(uuid5(_PODCAST_IDS, own.partition("://")[2])))
    _say(top, f"{{{_PODCAST}}}locked", "yes")
    _say(top, f"{{{_PODCAST}}}medium", "podcast")
    listed = list(episodes)
    if listed:
        image = channel.root + listed[0].address.but(COVER).path
        Tree.SubElement(top, f"{{{_ITUNES}}}image", href=image)
    for number, episode in enumerate(listed):
        _episode(top, channel.root, episode, _FIRST - timedelta(minutes=number))
    return bytes(Tree.tostring(rss, encoding="utf-8", xml_declaration=True))


def _episode(top: Tree.Element, root: str, episode: Episode, at: datetime) -> None:
    item = Tree.SubElement(top, "item")

    def there(ending: str) -> str:
        return root + episode.address.but(ending).path

    _say(item, "title", episode.title)
    _say(item, "link", there(PLAYER))
    _say(item, "description", episode.about or episode.title)
    guid = _say(item, "guid", f"audiocoach:{episode.address.path}")
    guid.set("isPermaLink", "false")
    _say(item, "pubDate", format_datetime(at))
    sound = {"url": there(SOUND), "length": str(episode.size), "type": "audio/mpeg"}
    Tree.SubElement(item, "enclosure", sound)
    _say(item, f"{{{_ITUNES}}}duration", str(round(episode.total / SAMPLE_RATE)))
    Tree.SubElement(item, f"{{{_ITUNES}}}image", href=there(COVER))
    chapters = {"url": there(CHAPTERS), "type": "application/json+chapters"}
    Tree.SubElement(item, f"{{{_PODCAST}}}chapters", chapters)
    for ending, kind in ((".vtt", "text/vtt"), (".srt", "application/x-subrip")):
        text = {"url": there(ending), "type": kind, "language": episode.language}
        Tree.SubElement(item, f"{{{_PODCAST}}}transcript", text)
    Tree.SubElement(item, f"{{{_ATOM}}}link", rel=_DEEP_LINK, href=there(PLAYER))


def _say(parent: Tree.Element, name: str, text: str) -> Tree.Element:
    element = Tree.SubElement(parent, name)
    element.text = text
    return element
