"""The skill for Alexa: requests as Amazon documents them, and the rules of interaction models."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples
from typer.testing import CliRunner

from audiocoach.assistant.alexa import handler
from audiocoach.assistant.alexa.model import LOCALES, intent_name, model, samples
from audiocoach.assistant.alexa.skill import data, paths
from audiocoach.assistant.answers import Recorded
from audiocoach.assistant.recording import recorded
from audiocoach.cli.app import app
from audiocoach.remote import Intent, Place
from audiocoach.routine.load import bundled
from audiocoach.sayings import WHOLE, languages, sayings_for
from audiocoach.sayings.words import plain, sayable
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.values import Pace
from audiocoach.timeline.script import SAMPLE_RATE

SESSION = "desk-break/en/normal"
SAMPLE = re.compile(r"(?:[^\W\d_]|\{[a-z]+\})(?:[^\W\d_]|['. -]|\{[a-z]+\})*")
"""Letters, spaces, apostrophes, full stops, hyphens and slots, as Amazon has it."""


@pytest.fixture(scope="module")
def sessions(cache: Path) -> dict[Pace, Recorded]:
    here = {"VOICE": "espeak", "OFFLINE": "on", "CACHE": str(cache)}
    around = Surroundings({f"AUDIOCOACH_{name}": value for name, value in here.items()})
    return recorded("desk-break", Options(), surroundings=around)


@pytest.fixture(scope="module")
def told(sessions: dict[Pace, Recorded]) -> dict[str, Any]:
    addresses = {"en": {pace: f"https://here/{pace}.mp3" for pace in sessions}}
    made = data("desk-break", {"en": sessions}, addresses, "amzn1.ask.skill.ours")
    content: dict[str, Any] = json.loads(json.dumps(made))
    return content


def request(kind: str, ms: Any = None, activity: str = "PLAYING", **more: Any) -> Any:
    """A request as Amazon documents it; `ms` is where the session is, if one is on."""
    player: dict[str, Any] = {"playerActivity": "IDLE"}
    if ms is not None:
        player = {"token": SESSION, "offsetInMilliseconds": ms, "playerActivity": activity}
    return {
        "version": "1.0",
        "context": {
            "System": {"application": {"applicationId": "amzn1.ask.skill.ours"}},
            "AudioPlayer": player,
        },
        "request": {"type": kind, "requestId": "r", "locale": "en-US", **more},
    }


def intent(name: str, ms: int | None = None, activity: str = "PLAYING", slots: Any = None) -> Any:
    about = {"name": name, "slots": slots or {}}
    return request("IntentRequest", ms, activity, intent=about)


def said(answer: Any) -> str:
    return str(answer["response"].get("outputSpeech", {}).get("text", ""))


def played(answer: Any) -> tuple[str, int] | None:
    for directive in answer["response"].get("directives", ()):
        if directive["type"] == "AudioPlayer.Play":
            stream = directive["audioItem"]["stream"]
            session, since = stream["token"].removesuffix(handler.AGAIN).split("@")
            assert int(since) == stream["offsetInMilliseconds"]
            return session, stream["offsetInMilliseconds"]
    return None


def slot(value: str, means: str | None) -> dict[str, Any]:
    found = [{"value": {"name": value, "id": means}}] if means else []
    return {
        "value": value,
        "resolutions": {"resolutionsPerAuthority": [{"values": found}]},
    }


def test_a_session_begins_as_it_is_wished(told: dict[str, Any]) -> None:
    launched = handler.respond(request("LaunchRequest"), told)
    assert played(launched) == (SESSION, 0)
    assert launched["response"]["shouldEndSession"] is True
    stream = launched["response"]["directives"][0]["audioItem"]["stream"]
    assert stream["url"] == "https://here/normal.mp3"
    slow = handler.respond(intent("BeginIntent", slots={"pace": slot("gentle", "slow")}), told)
    assert played(slow) == ("desk-break/en/slow", 0)
    refused = handler.respond(intent("BeginIntent", slots={"pace": slot("purple", None)}), told)
    assert played(refused) is None
    assert said(refused) == "That can't be made here."


def test_of_another_length_it_says_what_there_is(
    told: dict[str, Any], sessions: dict[Pace, Recorded]
) -> None:
    own = round(sessions[Pace.NORMAL].total / 60_000)
    for value in (f"PT{own}M", f"PT{own * 60}S", f"PT0H{own}M0S"):
        begun = handler.respond(intent("BeginIntent", slots={"length": {"value": value}}), told)
        assert played(begun) == (SESSION, 0)
    for wish in (
        {"exercise": slot("neck stretch", None)},
        {"length": {"value": f"PT{own + 1}M"}},
        {"length": {"value": "PT0M"}},
        {"length": {"value": "?"}},
        {"length": {"value": f"PT{'9' * 5_000}S"}},
    ):
        refused = handler.respond(intent("BeginIntent", slots=wish), told)
        assert played(refused) is None
        whole = "Here you can have the whole session, which takes five minutes."
        assert said(refused) == f"That can't be made here. {whole}"


QUESTIONS = (Intent.TIME_LEFT, Intent.WHICH, Intent.WHAT_NEXT, Intent.FEWER)
JUMPS = (Intent.NEXT, Intent.PREVIOUS, Intent.REPEAT, Intent.FROM_START)


@pytest.mark.parametrize("asked", QUESTIONS + JUMPS)
def test_answers_are_those_of_the_remote(
    told: dict[str, Any], sessions: dict[Pace, Recorded], asked: Intent
) -> None:
    session = sessions[Pace.NORMAL]
    for second in range(0, session.total // 1000, 11):
        place = Place(second * SAMPLE_RATE)
        reply = session.remote.answer(asked, place)
        answer = handler.respond(intent(intent_name(asked), second * 1000), told)
        assert said(answer) == reply.say
        stays = reply.place.at == place.at
        at = second * 1000 if stays else session.ms(reply.place.at)
        assert played(answer) == (SESSION, at), "what played goes on"
        if stays and reply.said:
            waits = handler.respond(intent(intent_name(asked), second * 1000, "STOPPED"), told)
            assert played(waits) is None, "a question changes neither place nor state"


def test_pause_and_stop_always_stop_and_resume_goes_on(told: dict[str, Any]) -> None:
    for name in ("Pause", "Stop", "Cancel", "NavigateHome"):
        for ms in (None, 90_000):
            stopped = handler.respond(intent(f"AMAZON.{name}Intent", ms), told)
            assert stopped["response"]["directives"] == [{"type": "AudioPlayer.Stop"}]
    on = handler.respond(intent("AMAZON.ResumeIntent", 90_000, "STOPPED"), told)
    assert played(on) == (SESSION, 90_000)
    nothing = handler.respond(intent("AMAZON.ResumeIntent"), told)
    assert said(nothing) == "No session is on."


def test_what_is_over_is_not_gone_on_with(told: dict[str, Any]) -> None:
    lasts = told["sessions"][SESSION]["lasts"]
    for ms, activity in ((lasts, "STOPPED"), (lasts + 5_000, "IDLE"), (lasts - 900, "FINISHED")):
        on = handler.respond(intent("AMAZON.ResumeIntent", ms, activity), told)
        assert (played(on), said(on)) == (None, told["words"]["en"]["over"])
        pressed = request("PlaybackController.PlayCommandIssued", ms, activity)
        assert handler.respond(pressed, told) == handler.QUIET
        assert played(handler.respond(request("LaunchRequest", ms, activity), told)) == (SESSION, 0)
    asked = handler.respond(intent("TimeLeftIntent", lasts, "PLAYING"), told)
    assert played(asked) is None


@pytest.mark.parametrize("activity", ["PAUSED", "STOPPED", "PLAYING"])
def test_opened_again_it_goes_on_where_it_was(told: dict[str, Any], activity: str) -> None:
    opened = handler.respond(request("LaunchRequest", 90_000, activity), told)
    assert played(opened) == (SESSION, 90_000)
    begun = handler.respond(intent("BeginIntent", 90_000, activity), told)
    assert played(begun) == (SESSION, 0)


def test_slower_goes_on_in_the_slow_session(
    told: dict[str, Any], sessions: dict[Pace, Recorded]
) -> None:
    answer = handler.respond(intent("SlowerIntent", 150_000), told)
    token, offset = played(answer) or ("", 0)
    assert token == "desk-break/en/slow"  # noqa: S105 - no password
    normal, slow = sessions[Pace.NORMAL].remote, sessions[Pace.SLOW].remote
    assert slow.part(offset * 48 + 1).title == normal.part(150 * SAMPLE_RATE).title
    assert said(answer) == "Slower from here on."


@pytest.mark.parametrize("asked", ["SlowerIntent", "FasterIntent"])
def test_at_another_pace_what_is_over_stays_over(told: dict[str, Any], asked: str) -> None:
    lasts = told["sessions"][SESSION]["lasts"]
    for ms, activity in ((lasts, "FINISHED"), (lasts + 5_000, "STOPPED")):
        answer = handler.respond(intent(asked, ms, activity), told)
        assert (said(answer), played(answer)) == (told["words"]["en"]["over"], None)


def test_buttons_are_answered_without_a_word(told: dict[str, Any]) -> None:
    pressed = handler.respond(request("PlaybackController.NextCommandIssued", 5_000), told)
    spoken = handler.respond(intent("AMAZON.NextIntent", 5_000), told)
    assert played(pressed) == played(spoken)
    assert "outputSpeech" not in pressed["response"]
    paused = handler.respond(request("PlaybackController.PauseCommandIssued", 5_000), told)
    assert paused["response"]["directives"] == [{"type": "AudioPlayer.Stop"}]


UNANSWERED = (
    "AudioPlayer.PlaybackStarted",
    "AudioPlayer.PlaybackFinished",
    "AudioPlayer.PlaybackStopped",
    "AudioPlayer.PlaybackNearlyFinished",
    "SessionEndedRequest",
    "System.ExceptionEncountered",
)


@pytest.mark.parametrize("kind", UNANSWERED)
def test_what_wants_no_answer_gets_an_empty_one(told: dict[str, Any], kind: str) -> None:
    assert handler.respond(request(kind, 5_000, token=SESSION), told) == handler.QUIET


def test_what_failed_is_tried_from_where_it_failed_but_not_for_ever(told: dict[str, Any]) -> None:
    def failed(token: str, ms: int) -> Any:
        state = {"token": token, "offsetInMilliseconds": ms, "playerActivity": "STOPPED"}
        asked = request("AudioPlayer.PlaybackFailed", token=token, currentPlaybackState=state)
        return handler.respond(asked, told)

    for ms in (0, 90_000):
        again = failed(SESSION, ms)
        stream = again["response"]["directives"][0]["audioItem"]["stream"]
        assert stream["offsetInMilliseconds"] == ms
        assert failed(stream["token"], ms) == handler.QUIET
        asked = intent("TimeLeftIntent", ms)
        plainly = handler.respond(asked, told)
        asked["context"]["AudioPlayer"]["token"] = stream["token"]
        assert handler.respond(asked, told) == plainly, "it is the same session"


def test_what_fails_at_once_is_tried_from_where_it_was_to_begin(told: dict[str, Any]) -> None:
    """Then Alexa tells of the stream before it, and its place is not ours."""
    slower = handler.respond(intent("SlowerIntent", 90_000), told)
    stream = slower["response"]["directives"][0]["audioItem"]["stream"]
    for before in (f"{SESSION}@0", "music", ""):
        state = {"token": before, "offsetInMilliseconds": 9_000, "playerActivity": "STOPPED"}
        asked = request(
            "AudioPlayer.PlaybackFailed", token=stream["token"], currentPlaybackState=state
        )
        assert played(handler.respond(asked, told)) == played(slower)


def test_what_fails_at_its_end_is_over(told: dict[str, Any]) -> None:
    token, lasts = f"{SESSION}@0", told["sessions"][SESSION]["lasts"]
    for ms in (lasts, lasts + 1):
        state = {"token": token, "offsetInMilliseconds": ms, "playerActivity": "STOPPED"}
        asked = request("AudioPlayer.PlaybackFailed", token=token, currentPlaybackState=state)
        assert handler.respond(asked, told) == handler.QUIET


@pytest.mark.parametrize("name", ["Help", "Fallback", "LoopOn", "ShuffleOff"])
def test_the_rest_gets_help_and_goes_on(told: dict[str, Any], name: str) -> None:
    answer = handler.respond(intent(f"AMAZON.{name}Intent", 70_000), told)
    assert said(answer).startswith("You can say: next exercise")
    assert played(answer) == (SESSION, 70_000)


DOCUMENTED = (
    "LaunchRequest",
    "IntentRequest",
    "CanFulfillIntentRequest",
    *UNANSWERED,
    "AudioPlayer.PlaybackFailed",
    *(f"PlaybackController.{each}CommandIssued" for each in ("Next", "Previous", "Pause", "Play")),
    "Alexa.Presentation.APL.UserEvent",
    "AlexaSkillEvent.SkillEnabled",
    "Connections.Response",
)
ODD: tuple[Any, ...] = (None, 0, -1, 1.5, float("nan"), 10**30, "", "x", True, [1], {}, {"a": 1})


@st.composite
def requests(draw: st.DrawFn) -> Any:
    """A request of a documented kind, and whether it is whole: nothing lacks, nothing is odd."""
    kind = draw(st.sampled_from(DOCUMENTED))
    name = draw(st.sampled_from([*map(intent_name, Intent), "AMAZON.HelpIntent", "Unheard"]))
    more: dict[str, Any] = {"intent": {"name": name, "slots": {"pace": slot("slow", "slow")}}}
    state = {"token": SESSION, "offsetInMilliseconds": 9_000, "playerActivity": "STOPPED"}
    ms = draw(st.sampled_from([None, 0, 5_000, 10**9, "122"]))
    made = request(kind, ms, token=SESSION, currentPlaybackState=state, **more)
    faults = draw(st.integers(0, 2))
    for _ in range(faults):
        places = [*_places(made)]
        holder, key = places[draw(st.integers(0, len(places) - 1))]
        if draw(st.booleans()):
            holder[key] = deepcopy(draw(st.sampled_from(ODD)))  # or it could hold itself
        else:
            del holder[key]
    return json.loads(json.dumps(made)), not faults


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    for key in content if isinstance(content, dict) else range(len(content)):
        yield content, key
        if isinstance(content[key], dict | list):
            yield from _places(content[key])


@settings(max_examples=examples(2000))
@given(asked=requests())
def test_any_request_has_an_answer_that_alexa_takes_or_is_refused(
    told: dict[str, Any], asked: tuple[Any, bool]
) -> None:
    sent, whole = asked
    try:
        answer = handler.respond(sent, told)
    except ValueError:
        assert not whole, "what is documented is answered"
        return
    assert set(answer) == {"version", "response"}
    response = answer["response"]
    assert set(response) <= {"shouldEndSession", "outputSpeech", "directives"}
    directives = response.get("directives", [])
    kind = sent["request"]["type"]
    if kind not in ("LaunchRequest", "IntentRequest"):
        assert set(response) <= {"directives"}, "where nobody spoke there are no words"
    if kind in UNANSWERED:
        assert not response
    assert len(directives) <= 1
    for each in directives:
        assert each["type"] in ("AudioPlayer.Play", "AudioPlayer.Stop")
        if each["type"] == "AudioPlayer.Play":
            stream = each["audioItem"]["stream"]
            assert stream["url"].startswith("https://")
            assert stream["offsetInMilliseconds"] >= 0
            assert response.get("shouldEndSession", True), "or Alexa would wait for words"


def test_a_request_for_another_skill_is_refused(told: dict[str, Any]) -> None:
    other = request("LaunchRequest")
    other["context"]["System"]["application"]["applicationId"] = "amzn1.ask.skill.other"
    with pytest.raises(ValueError, match="for another skill"):
        handler.respond(other, told)


INVOKED = re.compile(r"[a-zäöüßáéíóúñàâçèêëîïôùûœ']+(?: [a-zäöüßáéíóúñàâçèêëîïôùûœ']+)+")
NOT_INVOKED = {
    *("alexa", "amazon", "echo", "computer", "skill", "app"),
    *("launch", "ask", "tell", "load", "begin", "enable", "open", "start", "play", "run"),
    *("to", "from", "in", "using", "with", "about", "for", "by", "and", "the", "a", "an", "of"),
}
NAMED = re.compile(r"[A-Za-z][A-Za-z_]*")


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
@pytest.mark.parametrize("language", languages())
def test_a_model_holds_the_phrases_and_obeys_the_rules(language: str, name: str) -> None:
    """The rules are those of Amazon's pages on invocation names, intents and slot types."""
    sayings = sayings_for(language)
    own = sayings.routines.get(name, ("Start: 3 × „Rücken“ & Co. (10 min) [v2] {x}",))
    names = [sayable(each, language) for each in own]
    exercises = ["toe walk", "x" * 140]
    whole = model(sayings, names, exercises)
    assert len(json.dumps(whole, ensure_ascii=False).encode()) < 1_500_000
    made = whole["interactionModel"]["languageModel"]
    assert INVOKED.fullmatch(made["invocationName"])
    assert 2 <= len(made["invocationName"]) <= 50
    assert not NOT_INVOKED & set(made["invocationName"].split())

    intents = {each["name"]: each for each in made["intents"]}
    assert set(LOCALES) == set(languages())
    assert all(tag[:2] == language for language, tags in LOCALES.items() for tag in tags)
    assert len(intents) == len(made["intents"]) <= 250
    for each in Intent:
        held = intents[intent_name(each)]["samples"]
        assert held
        assert held == samples(sayings, each, names)
        if each is not Intent.BEGIN:
            assert set(sayings.phrases(each, *WHOLE)) <= set(held)
    every = [sample.casefold() for each in made["intents"] for sample in each["samples"]]
    assert len(set(every)) == len(every), "a sample means one thing"
    assert all(map(SAMPLE.fullmatch, every))
    assert max(map(len, every)) <= 200
    owned = {plain(word) for word in sayings.owned}
    assert not [sample for sample in every if plain(sample).split()[0] in owned]

    slots = {each["name"]: each["type"] for each in intents["BeginIntent"]["slots"]}
    used = set(re.findall(r"\{(\w+)\}", " ".join(intents["BeginIntent"]["samples"])))
    assert set(slots) == used
    types = {each["name"]: each["values"] for each in made["types"]}
    assert set(slots.values()) <= set(types) | {"AMAZON.DURATION"}
    assert all(map(NAMED.fullmatch, [*slots, *types]))
    for values in types.values():
        words = [w for v in values for w in (v["name"]["value"], *v["name"].get("synonyms", ()))]
        assert len(set(words)) == len(words) <= 50_000
        assert all(0 < len(word) <= 140 for word in words)
    for each in made["intents"]:
        built_in = each["name"].startswith("AMAZON.")
        assert built_in or NAMED.fullmatch(each["name"])
        assert not (built_in and "{" in " ".join(each["samples"])), "those take no slots"
    for required in ("Cancel", "Help", "Stop", "Pause", "Resume", "Fallback", "NavigateHome"):
        assert f"AMAZON.{required}Intent" in intents
    for fixed in ("Fallback", "NavigateHome"):
        assert not intents[f"AMAZON.{fixed}Intent"]["samples"], "they can't be extended"


def test_the_handler_needs_nothing_but_python() -> None:
    tree = ast.parse(Path(handler.__file__).read_text("utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names | {"__future__"}


def test_the_command_writes_a_skill(tmp_path: Path, cache: Path) -> None:
    asked = ["assistant", "alexa", "desk-break", "--voice", "espeak", "--quiet"]
    where = ["--folder", str(tmp_path), "--url", "https://coach.example.org/secret"]
    ours = ["--application", "amzn1.ask.skill.1234-abc"]
    env = {"AUDIOCOACH_CACHE": str(cache)}
    made = CliRunner().invoke(app, [*asked, *where, *ours], env=env, catch_exceptions=False)
    assert made.exit_code == 0
    told = json.loads((tmp_path / "sessions.json").read_text("utf-8"))
    slow = "https://coach.example.org/secret/s/desk-break/duration=natural,pace=slow,"
    assert told["sessions"]["desk-break/en/slow"]["url"].startswith(slow)
    assert told["sessions"]["desk-break/en/slow"]["url"].endswith("voice=espeak,language=en.mp3")
    models = {each.name: each.read_text("utf-8") for each in (tmp_path / "models").iterdir()}
    assert set(models) == {f"en-{country}.json" for country in ("US", "GB", "AU", "CA", "IN")}
    assert len(set(models.values())) == 1
    source = (tmp_path / "lambda_function.py").read_text("utf-8")
    assert source == Path(handler.__file__).read_text("utf-8")
    assert told["application"] == "amzn1.ask.skill.1234-abc"

    assert {str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*.*")} == set(paths(["en"]))
    everything = [*asked, *where, *ours]
    assert CliRunner().invoke(app, everything, env=env).exit_code == 0  # these are all ours
    for own in paths(["en"]):
        (tmp_path / own).write_text('{"interactionModel": "of my own"}')
        refused = CliRunner().invoke(app, everything, env=env)
        assert f"{own} exists, and audiocoach did not make it; name another folder with" in str(
            refused.exception
        )
        assert CliRunner().invoke(app, [*everything, "--overwrite"], env=env).exit_code == 0
        assert "of my own" not in (tmp_path / own).read_text("utf-8")


@pytest.mark.parametrize(
    ("url", "application", "fault"),
    [
        ("http://here/x", "amzn1.ask.skill.1", "--url: Alexa plays only from https"),
        ("https://here:8443/x", "amzn1.ask.skill.1", "--url: Alexa only connects to port 443"),
        ("https://here:x/x", "amzn1.ask.skill.1", "--url: https://here:x/x has no valid port"),
        ("https://here:443", "amzn1.ask.skill.1", "--url: give the whole address"),
        ("https://here/x", "nonsense", "--application: write the ID of your skill"),
        ("https://here/x", "", "--application: write the ID of your skill"),
    ],
)
def test_what_alexa_would_refuse_is_told_first(
    url: str, application: str, fault: str, tmp_path: Path
) -> None:
    asked = ["assistant", "alexa", "--folder", str(tmp_path)]
    refused = CliRunner().invoke(app, [*asked, "--url", url, "--application", application])
    assert str(refused.exception).startswith(fault)
    assert not [*tmp_path.iterdir()]
