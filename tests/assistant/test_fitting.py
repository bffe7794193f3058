"""What is offered where a length can't be: only what would fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from audiocoach.assistant.fitting import what_fits
from audiocoach.coaching.phrases import languages
from audiocoach.errors import FitError
from audiocoach.sayings.wishes import Wish

SHORT = FitError(asked=120_000, shortest=280_000, natural=300_000, longest=400_000)


def offered(fits: Any, settings: Mapping[str, Any], language: str = "en") -> list[str]:
    wish = Wish("foot-care", settings)
    return [said.text for said in what_fits(wish, language, SHORT, fits)]


@pytest.mark.parametrize("language", languages())
def test_nothing_is_offered_that_does_not_fit(language: str) -> None:
    (told,) = offered(lambda _: False, {}, language)
    assert told


def test_an_exercise_to_leave_out_is_named() -> None:
    def fits(settings: Mapping[str, Any]) -> bool:
        return settings.get("skip") == ("toe press", "ankle circles")

    assert offered(fits, {}) == ["Foot care takes five minutes or more."]
    told = offered(fits, {"skip": ("toe press",)})
    assert told[1:] == ["It would fit without: Ankle circles."]


def test_an_exercise_that_fits_alone_is_one_of_those_wished() -> None:
    told = offered(lambda settings: "only" in settings, {"only": ("ankle circles", "toe press")})
    assert told[1:] == ["On its own, this would fit: Ankle circles."]


def test_a_length_that_is_too_long_is_told_so() -> None:
    error = FitError(asked=900_000, shortest=280_000, natural=300_000, longest=400_000)
    (told,) = what_fits(Wish("foot-care"), "en", error, lambda _: True)
    assert told.text == "Foot care takes six minutes at most."
