"""The same exercise in another way, with a count of its own in the same sentence."""

from __future__ import annotations

import pytest
from drafts import drafted_text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "Open the top knee, fifteen times. Then do the same with the top leg straight, "
            "only this time ten is enough.",
        ),
        (
            "de",
            "Öffnen Sie das Knie, 15-mal. Dann dasselbe mit gestrecktem Bein, nur genügen "
            "diesmal zehn.",
        ),
        (
            "es",
            "Abra la rodilla, 15 veces. Después lo mismo con la pierna estirada, pero esta vez "
            "bastan diez.",
        ),
        (
            "fr",
            "Ouvrez le genou, 15 fois. Puis la même chose jambe tendue, mais cette fois dix "
            "suffisent.",
        ),
    ],
)
def test_each_of_two_that_are_alike_has_its_own_count(language: str, words: str) -> None:
    draft = drafted_text(f"Plan\n\nClam\n{words}\n", language=language)
    assert [each.value("reps") for each in draft.exercises] == [15, 10]
    assert not any(each.figures["reps"].doubt == "several" for each in draft.exercises)
