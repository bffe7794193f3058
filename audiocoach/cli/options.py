"""The options of the command line, each defined once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from audiocoach.coaching.options import Pace

if TYPE_CHECKING:
    from audiocoach.pipeline import Options

RoutineArgument = Annotated[
    str,
    typer.Argument(help="A bundled routine (see 'routines list') or the path of a YAML file."),
]
DurationOption = Annotated[
    str | None,
    typer.Option(
        "--duration",
        "-d",
        metavar="TIME",
        help="Length of the session: 20:00, 18min, or 'natural' for no stretching. "
        "[default: the routine's own]",
    ),
]
VoiceOption = Annotated[
    str | None,
    typer.Option(
        metavar="VOICE",
        help="Who speaks: engine[:voice[+variant]], such as espeak:en-us+f3. "
        "[default: the best there is; see 'audiocoach voices']",
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language",
        "-l",
        metavar="CODE",
        help="The language it is spoken in, such as de, if the routine is translated to it. "
        "[default: the routine's own]",
    ),
]
OfflineOption = Annotated[
    bool | None,
    typer.Option(
        "--offline/--no-offline",
        help="Let no text leave this computer. [default: as in your config, else no]",
        show_default=False,
    ),
]
FallbackOption = Annotated[
    bool | None,
    typer.Option(
        "--fallback/--no-fallback",
        help="If the voice fails, have the whole session spoken by the next one. "
        "[default: as in your config, else stop]",
        show_default=False,
    ),
]
RateOption = Annotated[
    float, typer.Option(help="Speed of the voice, 0.5 to 2.0; the counts stay on their beats.")
]
PaceOption = Annotated[
    Pace, typer.Option(help="Length of pauses and of free movements; never of what is prescribed.")
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Only this exercise, by name or number; may be repeated."),
]
SkipOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Leave this exercise out; may be repeated."),
]
RoundsOption = Annotated[
    int | None, typer.Option(min=1, max=100, help="Do the whole routine this many times.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No messages but errors.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]


def options(
    duration: str | None,
    voice: str | None,
    rate: float,
    pace: Pace,
    offline: bool | None,
    fallback: bool | None,
    only: list[str] | None,
    skip: list[str] | None,
    rounds: int | None,
    language: str | None,
) -> Options:
    from audiocoach.pipeline import Options

    return Options(
        duration=_duration(duration),
        voice=voice,
        rate=rate,
        pace=pace,
        offline=offline,
        fallback=fallback,
        only=tuple(only or ()),
        skip=tuple(skip or ()),
        rounds=rounds,
        language=language,
    )


def _duration(text: str | None) -> int | Literal["natural"] | None:
    from audiocoach.pipeline import NATURAL
    from audiocoach.routine.times import parse_ms

    if text is None or text == NATURAL:
        return cast(Literal["natural"] | None, text)
    try:
        length = parse_ms(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error} (or 'natural')", param_hint="--duration") from None
    if length == 0:
        raise typer.BadParameter("a session can't be empty", param_hint="--duration")
    return length
