"""Answers Alexa's requests: for AWS Lambda, with nothing but Python, and `sessions.json` beside it.

A request is a dict, and so is its answer. Every request says where the session is
(`context.AudioPlayer`), so nothing is remembered here. The answers are in tables: rows of a moment
(ms), the words, and the place (ms) where the session continues, or null.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from pathlib import Path
from typing import Any

Json = dict[str, Any]
PLAYING = ("PLAYING", "BUFFER_UNDERRUN")
AGAIN = "/again"
"""The ending of the token of a session that is played again because it failed."""
TOKEN = re.compile(rf"(?P<session>.*?)(?:@(?P<since>\d{{1,12}}))?(?P<again>{AGAIN})?", re.DOTALL)
"""A session, and the place from which it was to play, which a failure doesn't always report."""
DURATION = re.compile(r"PT(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?")
QUIET = {"version": "1.0", "response": {}}
"""The answer to requests that need none: words are not allowed there."""
ANSWERED = {
    "AMAZON.NextIntent": "next",
    "AMAZON.PreviousIntent": "previous",
    "AMAZON.RepeatIntent": "repeat",
    "AMAZON.StartOverIntent": "from-start",
    "SayAgainIntent": "say-again",
    "SkipRestIntent": "skip-rest",
    "TimeLeftIntent": "time-left",
    "WhatNextIntent": "what-next",
    "WhichIntent": "which",
    "HowManyIntent": "how-many",
    "FewerIntent": "fewer",
    "SlowerIntent": "slower",
    "FasterIntent": "faster",
    "PlaybackController.NextCommandIssued": "next",
    "PlaybackController.PreviousCommandIssued": "previous",
}
SPOKEN = ("LaunchRequest", "IntentRequest")
STOPPED = (
    "AMAZON.PauseIntent",
    "AMAZON.StopIntent",
    "AMAZON.CancelIntent",
    "AMAZON.NavigateHomeIntent",
    "PlaybackController.PauseCommandIssued",
)
RESUMED = ("AMAZON.ResumeIntent", "PlaybackController.PlayCommandIssued")


def lambda_handler(event: Json, _context: object = None) -> Json:
    """What AWS Lambda calls."""
    return respond(event, json.loads(Path(__file__).with_name("sessions.json").read_text("utf-8")))


def respond(event: Json, data: Json) -> Json:
    """The answer to a request; `data` is the content of `sessions.json`.

    Raises ValueError for a request for another skill, and for anything that is not a request.
    """
    try:
        ours = is_for_us(event, data)
        answer = _respond(event, data)
        spoken = event["request"]["type"] in SPOKEN
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValueError("this is not written as Alexa writes a request") from error
    if not ours:
        raise ValueError("this request is for another skill")
    return answer if spoken else _wordless(answer)


def _wordless(answer: Json) -> Json:
    """The directives of an answer: where nobody spoke, Alexa takes neither words nor a session."""
    directives = answer["response"].get("directives")
    return {"version": "1.0", "response": {"directives": directives} if directives else {}}


def _respond(event: Json, data: Json) -> Json:
    request = event["request"]
    kind = request["type"]
    name = request["intent"]["name"] if kind == "IntentRequest" else kind
    player = event.get("context", {}).get("AudioPlayer", {})
    player = {**player, "token": _token(player)["session"]}
    if name == "LaunchRequest" and _is_left(player, data):
        return _play(data, player["token"], _offset(player))
    if name in ("LaunchRequest", "BeginIntent"):
        return _begin(request, data, _words(request, data))
    if name == "AudioPlayer.PlaybackFailed":
        return _again(request, data)
    if name in STOPPED:
        return _answer(directives=[{"type": "AudioPlayer.Stop"}])
    if kind == "IntentRequest" or kind.startswith("PlaybackController."):
        return _asked(name, player, data, _words(request, data))
    return QUIET


def _asked(name: str, player: Json, data: Json, words: Json) -> Json:
    """The answer to what is about the session that is on, or help."""
    on = player["token"] in data["sessions"]
    if name in RESUMED and on:
        if _is_over(player, data):
            return _answer(words["over"])
        return _play(data, player["token"], _offset(player))
    if name in ANSWERED and on:
        return _answered(ANSWERED[name], player, data)
    if name in ANSWERED or name in RESUMED:
        return _answer(words["nothing"])
    if not (on and _is_playing(player, data)):
        return _answer(words["help"])
    return _answer(words["help"], [_play_directive(data, player["token"], _offset(player))])


def _is_over(player: Json, data: Json) -> bool:
    """Whether a session of ours has been heard to its end."""
    ended: bool = _offset(player) >= data["sessions"][player["token"]]["lasts"]
    return ended or player.get("playerActivity") == "FINISHED"


def _is_playing(player: Json, data: Json) -> bool:
    return player.get("playerActivity") in PLAYING and not _is_over(player, data)


def _is_left(player: Json, data: Json) -> bool:
    """Whether a session of ours is somewhere between its start and its end."""
    on = player["token"] in data["sessions"]
    return on and _offset(player) > 0 and not _is_over(player, data)


def is_for_us(event: Json, data: Json) -> bool:
    """Whether it names our skill; any skill, if `sessions.json` names none."""
    system = event.get("context", {}).get("System", {})
    application = system.get("application") or event.get("session", {}).get("application", {})
    return data.get("application") in (None, "", application.get("applicationId"))


def _words(request: Json, data: Json) -> Json:
    language = str(request.get("locale", ""))[:2]
    words: Json = data["words"].get(language) or next(iter(data["words"].values()))
    return words


def _begin(request: Json, data: Json, words: Json) -> Json:
    """The session of that language, at the pace that is wished; of a length, only its own."""
    given = (request.get("intent") or {}).get("slots") or {}
    filled = {name: slot for name, slot in given.items() if slot.get("value")}
    pace = _pace(filled.pop("pace")) if "pace" in filled else words["pace"]
    token = words["sessions"].get(pace)
    if token is None:
        return _answer(words["failed"])
    length = filled.pop("length", None)
    if filled or not (length is None or _is_that_long(length, data["sessions"][token])):
        return _answer(words["whole"])
    return _play(data, token, 0)


def _is_that_long(slot: Json, session: Json) -> bool:
    """Whether a session lasts as long as is wished, to the minute."""
    found = DURATION.fullmatch(slot["value"])
    hours, minutes, seconds = (int(each or 0) for each in found.groups()) if found else (0, 0, 0)
    wished = hours * 3600 + minutes * 60 + seconds
    return bool(abs(wished * 1000 - session["lasts"]) <= 30_000)


def _pace(slot: Json) -> str | None:
    """The pace that a slot means; None where it means none."""
    for found in slot.get("resolutions", {}).get("resolutionsPerAuthority", ()):
        for value in found.get("values", ()):
            return str(value["value"]["id"])
    return None


def _answered(intent: str, player: Json, data: Json) -> Json:
    """An answer of the table; what was playing goes on, as Alexa pauses it to listen."""
    token, offset = player["token"], _offset(player)
    session = data["sessions"][token]
    rows = session["answers"][intent]
    _, say, to = rows[bisect_right([row[0] for row in rows], offset) - 1]
    directives = []
    if to is not None:
        directives = [_play_directive(data, session["to"].get(intent, token), to)]
    elif _is_playing(player, data):
        directives = [_play_directive(data, token, offset)]
    return _answer(say, directives)


def _again(request: Json, data: Json) -> Json:
    """What failed is tried once more, from where it failed. Its token tells that it was.

    Where another stream is told of, it failed at once: from where it was to be played.
    """
    failed, state = _token(request), request.get("currentPlaybackState") or {}
    token = failed["session"]
    if token not in data["sessions"] or failed["again"]:
        return QUIET
    is_it = state.get("token") == request.get("token")
    offset = _offset(state) if is_it else int(failed["since"] or 0)
    if offset >= data["sessions"][token]["lasts"]:
        return QUIET
    again = _play_directive(data, token, offset)
    again["audioItem"]["stream"]["token"] += AGAIN
    return _answer(directives=[again])


def _token(holder: Json) -> Json:
    """The parts of a token; where it is none of ours, its session is none."""
    found = TOKEN.fullmatch(str(holder.get("token", "")))
    return found.groupdict() if found else {"session": ""}


def _offset(state: Json) -> int:
    return max(int(state.get("offsetInMilliseconds") or 0), 0)


def _play(data: Json, token: str, offset: int) -> Json:
    return _answer(directives=[_play_directive(data, token, offset)])


def _play_directive(data: Json, token: str, offset: int) -> Json:
    stream = {
        "url": data["sessions"][token]["url"],
        "token": f"{token}@{offset}",
        "offsetInMilliseconds": offset,
    }
    item = {"stream": stream, "metadata": {"title": data["sessions"][token]["title"]}}
    return {"type": "AudioPlayer.Play", "playBehavior": "REPLACE_ALL", "audioItem": item}


def _answer(say: str = "", directives: list[Json] | None = None) -> Json:
    response: Json = {"shouldEndSession": True}
    if say:
        response["outputSpeech"] = {"type": "PlainText", "text": say}
    if directives:
        response["directives"] = directives
    return {"version": "1.0", "response": response}
