"""The package for Home Assistant: its sentences by hassil, its answers by the remote."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hassil import Intents, recognize
from typer.testing import CliRunner
from utterances import STRANGERS, naming, utterances

from audiocoach.assistant.answers import WRITTEN, Recorded
from audiocoach.assistant.homeassistant.package import Package
from audiocoach.assistant.homeassistant.sentences import begun, commands
from audiocoach.assistant.recording import recorded
from audiocoach.cli.app import app
from audiocoach.errors import DeliveryError
from audiocoach.remote import Intent, Place
from audiocoach.sayings import WHOLE, Manner, languages, sayings_for
from audiocoach.sayings.words import sayable
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.values import Pace

ROUTINES = ("foot-relief", "foot-care", "desk-break")
"""A package is for one routine; these are the ones that the utterances name."""


def by_intent(language: str) -> dict[Intent, list[str]]:
    sayings = sayings_for(language)
    names = [name for each in ROUTINES for name in sayings.routines.get(each, ())]
    said = begun(sayings, names)
    begins = [*said.plain, *(each for all_ in said.paced.values() for each in all_), *said.others]
    return {
        intent: begins if intent is Intent.BEGIN else commands(sayings, intent, names)
        for intent in Intent
    }


@cache
def intents(language: str) -> Intents:
    data = {
        intent.value: {"data": [{"sentences": sentences}]}
        for intent, sentences in by_intent(language).items()
    }
    lists = {name: {"wildcard": True} for name in ("exercise", "length", "pace")}
    return Intents.from_dict({"language": language, "intents": data, "lists": lists})


def heard(language: str, text: str) -> Intent | None:
    found = recognize(text, intents(language))
    return Intent(found.intent.name) if found else None


@pytest.mark.parametrize("language", languages())
def test_hassil_knows_every_phrase_of_the_table_but_bare_words(language: str) -> None:
    sayings = sayings_for(language)
    for intent in Intent:
        for phrase in sayings.phrases(intent, *WHOLE):
            (name, *_) = sayings.routines["foot-relief"]
            fills = {"exercise": "that", "length": "ten minutes", "routine": name}
            pace = sayings.table["words"]["pace"]["slow"][0]
            assert heard(language, phrase.format(**fills, pace=pace)) is intent, phrase
        for phrase in sayings.phrases(intent, Manner.BARE):
            assert heard(language, phrase) is None, phrase


@pytest.mark.parametrize("language", languages())
def test_what_people_say_by_hassil(language: str) -> None:
    sayings = sayings_for(language)
    bare = {phrase for intent in Intent for phrase in sayings.phrases(intent, Manner.BARE)}
    for text, meant in utterances(language):
        assert heard(language, text) is (None if text in bare else meant), text


@pytest.mark.parametrize("language", languages())
def test_nothing_that_a_stranger_says_is_mistaken(language: str) -> None:
    said = utterances(language, STRANGERS)
    understood = {text: got for text, _ in said if (got := heard(language, text))}
    assert understood == {text: meant for text, meant in said if text in understood}


@pytest.mark.parametrize("language", languages())
def test_no_stranger_who_names_the_session_stops_it_in_vain(language: str) -> None:
    """Single words are left to Home Assistant; all else that stops or pauses is heard."""
    named = naming(language, utterances(language, STRANGERS))
    assert {Intent.STOP, Intent.PAUSE} <= set(named.values())
    assert {text: heard(language, text) for text in named} == named


@pytest.mark.parametrize(
    "text",
    [
        "begin my foot workout without the toe walk",
        "begin my foot workout for ten minutes",
        "begin foot relief at a slow pace",
        "begin the foot workout slowly",
        "please stop the exercise",
    ],
)
def test_articles_and_the_like_do_not_matter(text: str) -> None:
    assert heard("en", text) is (Intent.STOP if "stop" in text else Intent.BEGIN)


@pytest.mark.parametrize(
    ("language", "stops", "pauses"),
    [
        (
            "en",
            "stop my workout; stop workout; please stop this workout; end the workout;"
            "stop the foot workout; stop the session right now; cancel foot relief",
            "pause my workout; pause workout; pause this session please; pause the foot workout",
        ),
        (
            "de",
            "stopp mein training; stopp training; beende dieses training; bitte beende die übungen;"
            "stoppe das fußtraining sofort; hör mit meinen fußübungen auf",
            "pausiere mein training; training anhalten; halte bitte das fußtraining an",
        ),
        (
            "es",
            "para mi entrenamiento; termina entrenamiento; para este entrenamiento;"
            "detén la sesión ahora mismo; para los ejercicios de pies",
            "pausa mi entrenamiento; pausa entrenamiento; pausa los ejercicios de pies por favor",
        ),
        (
            "fr",
            "arrête ma séance; arrête séance; arrête cette séance; termine mon entraînement;"
            "arrête tout de suite les exercices de pieds; stoppe l'entraînement",
            "mets ma séance en pause; mets séance en pause; mets mes exercices de pieds en pause",
        ),
    ],
)
def test_a_session_is_stopped_by_any_of_its_names(language: str, stops: str, pauses: str) -> None:
    for texts, intent in ((stops, Intent.STOP), (pauses, Intent.PAUSE)):
        for text in map(str.strip, texts.split(";")):
            assert heard(language, text) is intent, text


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Start: Rücken & Co. (10 min) [v2] {x}", "start rücken co ten min v two x"),
        ("Next exercise", "next exercise"),
        ("L’après-midi <5>", "l'après-midi five"),
    ],
)
def test_any_title_can_be_asked_for_and_takes_no_other_word(title: str, said: str) -> None:
    sayings = sayings_for("en")
    assert sayable(title, "en") == said
    begins = begun(sayings, [said])
    sentences = [*begins.plain, *begins.others]
    data = {"begin": {"data": [{"sentences": sentences}]}}
    lists = {name: {"wildcard": True} for name in ("exercise", "length", "pace")}
    parsed = Intents.from_dict({"language": "en", "intents": data, "lists": lists})
    assert recognize(f"begin my {said} please", parsed)
    for phrase in (f"start {said}", "next exercise", "start"):
        assert not recognize(phrase, parsed)


@pytest.mark.parametrize("title", ["The", "workout", "My session"])
def test_a_title_that_says_nothing_is_asked_for_by_a_verb(title: str) -> None:
    said = begun(sayings_for("en"), [sayable(title, "en")])
    data = {"begin": {"data": [{"sentences": [*said.plain, *said.others]}]}}
    lists = {name: {"wildcard": True} for name in ("exercise", "length", "pace")}
    parsed = Intents.from_dict({"language": "en", "intents": data, "lists": lists})
    assert recognize(f"begin {title}", parsed)
    for taken in (title, f"please {title}", f"{title} for my mother"):
        assert not recognize(taken, parsed), "it would take this from the rest of the house"


def test_a_name_is_no_template(tmp_path: Path, cache: Path) -> None:
    """Who writes a routine has no say in the home of who plays it."""
    text = "title: X\nlanguage: en\nexercises: [{name: '{{ states.x }} {% y %}', work: 20s}]\n"
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    asked = ["assistant", "homeassistant", str(tmp_path / "x.yaml"), "--voice", "espeak", "-q"]
    where = ["--folder", str(tmp_path), "--player", "media_player.x", "--url", "http://here/y"]
    env = {"AUDIOCOACH_CACHE": str(cache)}
    assert CliRunner().invoke(app, [*asked, *where], env=env).exit_code == 0
    content = yaml.safe_load((tmp_path / "packages" / "audiocoach.yaml").read_text("utf-8"))
    said = [row[1] for row in rows(content, Intent.WHICH)["normal"]]
    assert "Exercise one of one: { { states.x }} { % y %}." in said
    assert not [text for text in said if "{{" in text or "{%" in text]


@pytest.mark.parametrize("url", ["ftp://here", "here:8765", "http://", "http://a b", "http://h/?x"])
def test_only_an_address_of_serve_is_taken(url: str, tmp_path: Path) -> None:
    asked = ["assistant", "homeassistant", "--folder", str(tmp_path), "--player", "media_player.x"]
    refused = CliRunner().invoke(app, [*asked, "--url", url])
    assert str(refused.exception).startswith("--url: write the address that 'audiocoach serve'")


@pytest.mark.parametrize("url", ["http://here:8765", "http://here:8765/", "https://here//"])
def test_the_address_of_serve_has_a_path(url: str, tmp_path: Path) -> None:
    asked = ["assistant", "homeassistant", "--folder", str(tmp_path), "--player", "media_player.x"]
    refused = CliRunner().invoke(app, [*asked, "--url", url])
    assert str(refused.exception).startswith("--url: give the whole address that 'audiocoach serve")


@pytest.mark.parametrize(
    "player",
    [
        "kitchen",
        "media_player.",
        "media_player.küche x",
        "media_player.X",
        "media_player._x",
        "l.x",
    ],
)
def test_only_a_player_that_home_assistant_can_have_is_taken(player: str, tmp_path: Path) -> None:
    asked = ["assistant", "homeassistant", "--folder", str(tmp_path), "--media"]
    refused = CliRunner().invoke(app, [*asked, "--player", player])
    assert str(refused.exception).startswith("--player: write a media player")


def test_a_routine_may_have_any_name(tmp_path: Path, cache: Path) -> None:
    """MS is multiple sclerosis, and once stood for the place."""
    text = "title: X\nlanguage: en\nexercises: [{name: squat, work: 20s}]\n"
    routine = tmp_path / "MS {{ 1 }}.yaml"
    routine.write_text(text, "utf-8")
    asked = ["assistant", "homeassistant", str(routine), "--voice", "espeak", "-q", "--media"]
    where = ["--folder", str(tmp_path), "--player", "media_player.x"]
    env = {"AUDIOCOACH_CACHE": str(cache)}
    assert CliRunner().invoke(app, [*asked, *where], env=env).exit_code == 0
    content = yaml.safe_load((tmp_path / "packages" / "audiocoach.yaml").read_text("utf-8"))
    script = content["script"]["audiocoach_go"]
    (folder,) = script["variables"]["addresses"].values()
    assert folder == "media-source://media_source/local/audiocoach/MS-1-"
    assert (tmp_path / "media" / "audiocoach" / "MS-1-" / "0.mp3").exists()
    (play,) = (each["data"] for each in script["sequence"] if "media_content_id" in str(each))
    assert play["media_content_id"] == "{{ addresses[pace] }}/{{ ms }}.mp3"


def test_a_wish_that_can_not_be_met_is_told_what_can(sessions: dict[Pace, Recorded]) -> None:
    content = package(sessions).content()
    (wishes,) = (each for each in content["automation"] if each["id"] == "audiocoach_wishes")
    assert wishes["actions"] == [{"set_conversation_response": sessions[Pace.NORMAL].instead}]
    assert "which takes five minutes" in sessions[Pace.NORMAL].instead


def test_a_folder_that_can_not_be_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    where = ["--folder", str(tmp_path / "file" / "x"), "--player", "media_player.x", "--media"]
    refused = CliRunner().invoke(app, ["assistant", "homeassistant", *where])
    assert isinstance(refused.exception, DeliveryError)


def test_a_title_without_words_can_not(tmp_path: Path, cache: Path) -> None:
    text = "title: '123456'\nlanguage: en\nexercises: [{name: squat, reps: 2, hold: 3s}]\n"
    (tmp_path / "plus.yaml").write_text(text, "utf-8")
    asked = ["assistant", "homeassistant", str(tmp_path / "plus.yaml"), "--voice", "espeak"]
    where = ["--folder", str(tmp_path), "--player", "media_player.x", "--media", "--quiet"]
    env = {"AUDIOCOACH_CACHE": str(cache)}
    refused = CliRunner().invoke(app, [*asked, *where], env=env)
    assert (
        str(refused.exception) == "nobody could ask for '123456' by voice: give it a title in words"
    )
    assert not (tmp_path / "packages").exists()


@pytest.fixture(scope="module")
def sessions(cache: Path) -> dict[Pace, Recorded]:
    here = {"VOICE": "espeak", "OFFLINE": "on", "CACHE": str(cache)}
    around = Surroundings({f"AUDIOCOACH_{name}": value for name, value in here.items()})
    return recorded("desk-break", Options(), surroundings=around)


def package(sessions: dict[Pace, Recorded], **more: Any) -> Package:
    addresses = {pace: f"http://here/{pace}" for pace in sessions}
    return Package("desk-break", sessions, addresses, "media_player.x", ("desk break",), **more)


def rows(content: dict[str, Any], intent: Intent) -> dict[str, list[list[Any]]]:
    name = f"audiocoach_{intent}".replace("-", "_")
    (found,) = (each for each in content["automation"] if each["id"] == name)
    tables: dict[str, list[list[Any]]] = found["actions"][0]["variables"]["rows"]
    return tables


@pytest.mark.parametrize("intent", WRITTEN)
def test_the_tables_answer_as_the_remote_does(
    sessions: dict[Pace, Recorded], intent: Intent
) -> None:
    content = yaml.safe_load(package(sessions).text())
    for pace, session in sessions.items():
        table = rows(content, intent)[pace]
        for moment in (*range(0, session.total, 479), session.total):
            place = Place(moment * 48)
            reply = session.remote.answer(intent, place)
            _, say, to = [row for row in table if row[0] <= moment][-1]
            assert say == reply.say, moment
            if reply.place.at == place.at:
                assert to in (None, moment)
            else:
                assert to == session.ms(reply.place.at)
                assert 0 <= reply.place.at / 48 - to < 60_000


def test_repeat_is_heard_at_the_very_mark(sessions: dict[Pace, Recorded]) -> None:
    session = sessions[Pace.NORMAL]
    for _, start, _ in session.remote._entered[1:]:
        for intent in (Intent.REPEAT, Intent.SAY_AGAIN, Intent.PREVIOUS):
            row = [row for row in session.rows(intent) if row.since <= session.ms(start)][-1]
            assert row.to is not None
            assert row.to <= session.ms(start)


def test_the_pace_that_is_asked_for_is_the_one_that_begins(cache: Path) -> None:
    around = Surroundings({"AUDIOCOACH_VOICE": "espeak", "AUDIOCOACH_CACHE": str(cache)})
    made = recorded("desk-break", Options(pace="slow"), surroundings=around)
    assert next(iter(made)) is Pace.SLOW
    content = package(made).content()
    (begin,) = (each for each in content["automation"] if each["id"] == "audiocoach_begin")
    assert begin["actions"] == [
        {"action": "script.audiocoach_go", "data": {"pace": "slow", "ms": "0"}}
    ]
    assert rows(content, Intent.SLOWER)["slow"][0][1] == "It can't be told more slowly than this."
    assert rows(content, Intent.FASTER)["slow"][0][1] == "Faster from here on."
    assert [each.pace for each in made.values()] == list(made)
    assert set(made) == set(Pace)


def test_another_pace_goes_on_in_the_same_exercise(sessions: dict[Pace, Recorded]) -> None:
    content = package(sessions).content()
    normal, slow = sessions[Pace.NORMAL], sessions[Pace.SLOW]
    for ms, say, to in rows(content, Intent.SLOWER)["normal"]:
        if ms < normal.total:
            assert say == "Slower from here on."
            before = normal.remote.part(ms * 48).address.exercise
            assert slow.remote.part(to * 48 + 1).address.exercise == before
    assert rows(content, Intent.SLOWER)["slow"] == [
        [0, "It can't be told more slowly than this.", None]
    ]


def sentences_of(content: dict[str, Any]) -> set[str]:
    return {
        command
        for each in content["automation"]
        for trigger in each["triggers"]
        for command in trigger.get("command", ())
    }


def test_a_package_holds_every_sentence_once(sessions: dict[Pace, Recorded]) -> None:
    content = package(sessions).content()
    sayings, names = sayings_for("en"), ["desk break"]
    commanded = (commands(sayings, each, names) for each in Intent if each is not Intent.BEGIN)
    every = [sentence for sentences in commanded for sentence in sentences]
    said = begun(sayings, names)
    every += [*said.plain, *said.others, *(each for all_ in said.paced.values() for each in all_)]
    assert sentences_of(content) == set(every)
    ids = [each["id"] for each in content["automation"]]
    assert len(set(ids)) == len(ids)


def test_the_command_writes_a_package_and_its_sound(tmp_path: Path, cache: Path) -> None:
    asked = ["assistant", "homeassistant", "desk-break", "--voice", "espeak", "--quiet"]
    where = ["--folder", str(tmp_path), "--player", "media_player.kitchen"]
    env = {"AUDIOCOACH_CACHE": str(cache)}
    made = CliRunner().invoke(app, [*asked, *where, "--media"], env=env, catch_exceptions=False)
    assert made.exit_code == 0
    content = yaml.safe_load((tmp_path / "packages" / "audiocoach.yaml").read_text("utf-8"))
    sounds = {each.stem for each in (tmp_path / "media").rglob("*.mp3")}
    places = {
        to for i in WRITTEN for row in rows(content, i)["normal"] if (to := row[2]) is not None
    }
    assert {str(place) for place in places | {0}} == sounds

    own = tmp_path / "media" / "audiocoach" / "desk-break" / "0.mp3"
    for foreign in (own, tmp_path / "packages" / "audiocoach.yaml"):
        foreign.write_text("# My own package, beside audiocoach")
        refused = CliRunner().invoke(app, [*asked, *where, "--media"], env=env)
        assert f"{foreign.name} exists, and audiocoach did not make it; name another folder" in str(
            refused.exception
        )
        assert foreign.read_text("utf-8").startswith("# My own")
        allowed = [*asked, *where, "--media", "--overwrite"]
        assert CliRunner().invoke(app, allowed, env=env).exit_code == 0
    url = ["--url", "http://here:8765/secret/"]
    assert CliRunner().invoke(app, [*asked, *where, *url], env=env).exit_code == 0
    text = (tmp_path / "packages" / "audiocoach.yaml").read_text("utf-8")
    slow = "http://here:8765/secret/s/desk-break/duration=natural,pace=slow,voice=espeak/from"
    assert slow in text


@pytest.mark.parametrize("flags", [[], ["--media", "--url", "http://here/y"]])
def test_from_where_it_plays_has_to_be_said_once(flags: list[str], tmp_path: Path) -> None:
    asked = ["assistant", "homeassistant", "--folder", str(tmp_path), "--player", "media_player.x"]
    refused = CliRunner().invoke(app, [*asked, *flags])
    assert (
        str(refused.exception) == "give either --url or --media, to say where the sound comes from"
    )
