"""A `start` that turns one over, or brings one up, gets the time which that takes."""

from __future__ import annotations

import pytest
from catalogues import said_as
from heard_in import beats, text, timeline

from audiocoach.coaching.entering import LONGEST_HELD
from audiocoach.coaching.hurried import hurried_starts
from audiocoach.coaching.moving import move
from audiocoach.coaching.pacing import speaking_ms
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.coaching.turning import asks_to_move, with_turns
from audiocoach.routine.load import loads
from audiocoach.routine.model import Position
from audiocoach.routine.told import Instruction
from audiocoach.timeline.script import SAMPLE_RATE, IntervalKind

TURNED = {
    "en": [
        "Turn onto your right side.",
        "Roll over onto your front.",
        "Turn over.",
        "Now roll slowly to your left side, knees bent.",
        "Lie on the other side.",
    ],
    "de": [
        "Dreh dich auf die rechte Seite.",
        "Roll dich auf den Bauch.",
        "Dreh dich um.",
        "Leg dich auf die andere Seite.",
        "Drehen Sie sich langsam auf den Rücken.",
    ],
    "es": [
        "Gírate sobre el lado derecho.",
        "Date la vuelta.",
        "Ponte boca abajo.",
        "Gírate de lado.",
        "Túmbate boca arriba.",
    ],
    "fr": [
        "Tournez-vous sur le côté droit.",
        "Retournez-vous.",
        "Mettez-vous sur le ventre.",
        "Roulez doucement sur le dos.",
        "Allongez-vous sur l'autre côté.",
    ],
}
UP = {
    "en": ["Push up onto your hands and knees.", "Come up onto all fours.", "Kneel up."],
    "de": ["Komm in den Vierfüßlerstand.", "Drück dich hoch auf Hände und Knie.", "Knie dich hin."],
    "es": [
        "Ponte a cuatro patas.",
        "Pasa a cuatro patas.",
        "Arrodíllate.",
    ],
    "fr": ["Mettez-vous à quatre pattes.", "Passez à quatre pattes.", "Agenouillez-vous."],
}
STAND = {"en": "Stand up.", "de": "Steh auf.", "es": "Ponte de pie.", "fr": "Levez-vous."}
STAYS = {
    "en": [
        "Turn your head to the left side.",
        "Turn your palms over.",
        "Push up into a plank.",
        "Stand up on your toes.",
        "Stay on your hands and knees, and lift one arm.",
        "Roll the ball to the right side.",
        "Lift your hips.",
    ],
    "de": [
        "Dreh den Kopf auf die linke Seite.",
        "Dreh die Handflächen um.",
        "Heb die Hüfte.",
        "Roll den Ball zur rechten Seite.",
        "Steh auf einem Bein.",
    ],
    "es": [
        "Gira la cabeza hacia el lado izquierdo.",
        "Levanta la cadera.",
        "Quédate a cuatro patas y levanta un brazo.",
    ],
    "fr": [
        "Tournez la tête sur le côté gauche.",
        "Levez le bassin.",
        "Restez à quatre pattes et levez un bras.",
    ],
}
LIFT = {"en": "Lift up.", "de": "Heb ab.", "es": "Sube.", "fr": "Montez."}


def told(text: str, position: Position, language: str) -> list[Instruction]:
    return [*with_turns([Instruction.model_validate({"say": text})], position, language)]


@pytest.mark.parametrize("language", languages())
def test_what_turns_one_over_takes_its_time(language: str) -> None:
    least, natural, most = move(Position.LYING_ON_BACK, Position.LYING_ON_SIDE)
    for each in TURNED[language]:
        *_, last = told(each, Position.LYING_ON_FRONT, language)
        assert last.time, each
        assert (last.time.minimum, last.time.natural, last.time.maximum) == (least, natural, most)
    for each in UP[language]:
        assert told(each, Position.LYING_ON_FRONT, language)[0].time, each
    (up,) = told(STAND[language], Position.SITTING_ON_FLOOR, language)
    assert up.time
    assert up.time.minimum == move(Position.SITTING_ON_FLOOR, Position.STANDING)[0]


@pytest.mark.parametrize("language", languages())
def test_what_moves_but_a_part_takes_none(language: str) -> None:
    for each in STAYS[language]:
        assert not asks_to_move(each, language), each
        assert not told(each, Position.LYING_ON_BACK, language)[0].time
    assert not told(STAND[language], Position.STANDING, language)[0].time


@pytest.mark.parametrize("language", languages())
def test_only_the_sentence_that_turns_has_a_time_and_an_own_one_is_kept(language: str) -> None:
    both = f"{TURNED[language][0]} {LIFT[language]}"
    turned, lifted = told(both, Position.LYING_ON_FRONT, language)
    assert (bool(turned.time), lifted.time, lifted.say) == (True, None, LIFT[language])
    own = Instruction.model_validate({"say": both, "time": "~3s"})
    assert [*with_turns([own], Position.LYING_ON_FRONT, language)] == [own]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("lifted", [True, False])
def test_without_a_clock_one_is_there_before_it_goes_on(lifted: bool, language: str) -> None:
    """And only what follows is waited in: so three seconds are counted."""
    turn, lift = TURNED[language][0], LIFT[language]
    start = f"{turn} {lift}" if lifted else turn
    step = f'- {{name: X, position: lying on front, work: 10s, start: "{start}", finish: Abc.}}'
    cues = timeline(step, language).cues
    lines = [text(cue.sound) for cue in cues]
    place = lines.index(turn)
    after = lines[place + 1 :]
    assert cues[place + 1].start - cues[place].start >= 6 * SAMPLE_RATE
    assert (after[0] == lift) is lifted
    three = phrases_for(language).number(3)
    assert after[lifted].casefold() == f"{three}."
    begins = next(
        cue for cue in cues[place:] if text(cue.sound) == f"{phrases_for(language)('cue.go')}."
    )
    assert not lifted or (begins.start - cues[place + 1].start) * 1000 <= LONGEST_HELD * SAMPLE_RATE


@pytest.mark.parametrize("language", languages())
def test_in_a_rest_it_has_the_time_there_is(language: str) -> None:
    """It is told before all that is only useful, and the seconds are counted as one moves."""
    turn = UP[language][0]
    step = f"""
    - {{name: X, position: lying on front, work: 10s, sets: 2, rest: 11s, start: "{turn}",
       finish: Abc.}}
    """
    ((span, cues),) = beats(timeline(step, language), IntervalKind.REST)
    rest = [text(cue.sound) for cue in cues]
    assert rest[0] == "Abc."
    assert rest[2] == turn
    numbers = [f"{phrases_for(language).number(value)}." for value in (3, 2, 1)]
    assert [line.casefold() for line in rest[-3:]] == numbers
    told = (span.end - cues[2].start) * 1000 // SAMPLE_RATE - speaking_ms(turn, 1)
    assert told >= move(Position.LYING_ON_FRONT, Position.HANDS_AND_KNEES)[0] - 600


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("rest", "noted"), [("5s", True), ("20s", False)])
def test_a_rest_too_short_for_it_is_noted(rest: str, noted: bool, language: str) -> None:
    turn = TURNED[language][0]
    lying = f'position: lying on front, work: 10s, start: "{turn}", finish: Abc.'
    sets = f"- {{name: X, sets: 2, rest: {rest}, {lying}}}"
    sides = f"- {{name: X, sides: right-then-left, side_rest: {rest}, {lying}}}"
    group = (
        f"- {{rest_between: {rest}, exercises: [{{name: Y, position: lying on front, work: 20s}}, "
        f"{{name: X, {lying}}}]}}"
    )
    for steps in (sets, sides, group):
        routine = loads(f"title: T\nlanguage: {language}\nexercises:\n{steps}\n")
        found = [str(each) for each in hurried_starts(routine)]
        assert [f"X': start: there are {rest} to do what" in each for each in found] == [
            True
        ] * noted
        assert not noted or turn.rstrip(".") in found[0]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("entered", [True, False])
def test_who_is_led_into_the_other_side_later_rests_first(entered: bool, language: str) -> None:
    """The name of a leg alone would have it lifted seconds before `start` says so."""
    limb = {"en": "leg", "de": "Bein", "es": "pierna", "fr": "jambe"}[language]
    start = f", start: {LIFT[language]}, finish: Abc." if entered else ""
    step = f"- {{name: X, sides: right-then-left, limb: {limb}, work: 10s{start}}}"
    told = " ".join(text(cue.sound) for cue in timeline(step, language).cues)
    phrases = phrases_for(language)
    left = phrases.inline("side-name", side="left", limb=limb)
    rest = phrases("cue.switch-rest", side=left)
    changes = [each for each in said_as(language, "cue.switch", side=left) if each in told]
    assert (told.count(rest), len(changes)) == (int(entered), int(not entered))
    assert not entered or LIFT[language] in told.partition(rest)[2]
