"""What every command has in common: the options of an answer, and how it is printed or written."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk
    from indivisible.report.answer import Answer

Command = TypeVar("Command", bound=Callable[..., Any])
on_day = click.option("--on", required=True, metavar="DATE", help="A day (YYYY-MM-DD), a month or a year.")


def answers(command: Command) -> Command:
    """Give a command the options that every answer has, and print what it returns."""

    @click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
    @click.option("--out", metavar="FILE", help="Write the answer to FILE: .csv, .parquet, .dta, .json or .html.")
    @click.option("--cite", "as_cite", is_flag=True, help="Print BibTeX of what the answer rests on.")
    @click.option(
        "--overlay", "overlays", metavar="DIR", multiple=True, help="Lay your own claims over the record (repeatable)."
    )
    @functools.wraps(command)
    def wrapped(
        *args: Any, as_json: bool, out: str | None, as_cite: bool, overlays: Sequence[str], **chosen: Any
    ) -> None:
        from indivisible.apps.desk import load

        desk = load(overlays=overlays, faulty_overlays=command.__name__ == "record_check")
        answer = command(desk, *args, **chosen)
        give(desk, answer, as_json=as_json, out=out, as_cite=as_cite)
        if code := getattr(answer, "exit_code", 0):
            raise click.exceptions.Exit(code)

    return wrapped  # type: ignore[return-value]


def give(desk: Desk, answer: Any, *, as_json: bool, out: str | None, as_cite: bool) -> None:
    """Print or write one answer in the form asked for."""
    plain: Answer = getattr(answer, "answer", answer)
    if out is not None:
        from indivisible.report.files import write

        path = write(plain, out)
        click.echo(f"{plain.sentence()}\nWritten to {path}.", err=as_json)
    if as_json:
        from indivisible.report.json_text import to_json

        click.echo(to_json(plain.to_dict()), nl=False)
    elif as_cite:
        from indivisible.apps.question import Question

        click.echo(Question(plain, desk.record).cite())
    elif out is None:
        from indivisible.report.terminal import show

        show(plain)
        if desk.record.overlays:
            click.echo(f"With your claims from {', '.join(desk.record.overlays)}: record {desk.record.digest}")


def settings_of(pairs: Sequence[str]) -> dict[str, str]:
    """Constants given as `model.parameter=value`."""
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or "." not in name:
            raise QuestionError(f"{pair!r} is not a setting", do="write model.parameter=value")
        found[name] = value
    return found


def listed(text: str | None) -> list[str] | None:
    """Words between commas; None stays None."""
    return None if text is None else [word.strip() for word in text.split(",") if word.strip()]
