"""`indivisible measure`: the field's measures for a year or a span, printed, written or drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from indivisible.apps.panel_command import Years
from indivisible.errors import QuestionError


@click.command()
@click.argument("name")
@click.option("--years", type=Years(), help="First and last year, both included: 1816-2016; or one year.")
@click.option("--weights", default="none", show_default=True, help="For pairs of states: none or cinc.")
@click.option(
    "--states", "states_only", metavar="USA,GBR", help="Only these states (keys, names or COW codes), or pairs of them."
)
@click.option("--carry-system", is_flag=True, help="Repeat the last known members of the system in later years.")
@click.option("--among", metavar="ORG", help="With rice, agreement-index, attina: whose members' votes.")
@click.option("--members-on", metavar="DATE", help="Members of that day, not of the day of each vote.")
@click.option("--between", metavar="A,B", help="With vote-agreement: the two states.")
@click.option("--windows", metavar="CSV", help="With frustration: your own signed ties (from, to, sign, period).")
@click.option("--csv", "csv_path", metavar="FILE", help="Write the rows to FILE (the same as --out FILE.csv).")
@click.option("--out", metavar="FILE", help=".csv, .parquet, .dta, .json; .svg and .html draw the series.")
@click.option("--cite", is_flag=True, help="Print BibTeX of the data used.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def measure(
    name: str,
    years: tuple[int, int] | None,
    weights: str,
    states_only: str | None,
    carry_system: bool,
    among: str | None,
    members_on: str | None,
    between: str | None,
    windows: str | None,
    csv_path: str | None,
    out: str | None,
    cite: bool,
    as_json: bool,
) -> None:
    """Capability, similarity, balance, concentration, inequality, votes: `indivisible measure list` names them all.

    A year that the data do not cover is missing, never zero.
    """
    if name == "list":
        _list()
        return
    from indivisible.panels.roll_calls import LISTED

    votes = {"--among": among, "--between": between, "--members-on": members_on}
    states = {"--weights": None if weights == "none" else weights, "--windows": windows, "--states": states_only}
    if name in LISTED:
        _refuse(name, states | {"--carry-system": carry_system or None})
        answer = _of_votes(name, years, among, between, members_on)
    else:
        _refuse(name, votes)
        answer = _answer(name, years, weights, windows, carry_system, states_only)
    for path in (csv_path, out):
        if path is not None:
            write_or_draw(answer, Path(path))
    if as_json:
        from indivisible.report.json_text import to_json

        click.echo(to_json(answer.to_dict()), nl=False)
    elif cite:
        from indivisible.readers.reference import bibtex

        click.echo(bibtex(answer.sources()))
    elif csv_path is None and out is None:
        from indivisible.report.terminal import show

        show(answer)
    else:
        click.echo(answer.sentence())


def _list() -> None:
    from indivisible.panels.measured import MEASURES
    from indivisible.panels.roll_calls import LISTED

    rows = [(one.name, one.unit, one.about) for one in MEASURES.values()]
    rows += [(name, "session", about) for name, about in LISTED.items()]
    click.echo("\n".join(f"{name:<18}{unit:<9}{about}" for name, unit, about in rows))


def _refuse(name: str, given: Mapping[str, Any]) -> None:
    """Raise QuestionError for an option that says nothing to this measure."""
    for option, value in given.items():
        if value is not None:
            raise QuestionError(
                f"{name} takes no {option}", do="leave it out; `indivisible measure --help` says whose it is"
            )


def _spanned(years: tuple[int, int] | None) -> tuple[int, int]:
    if years is None:
        raise QuestionError("no years are given", do="add --years 1816-2016")
    return years


def _of_votes(
    name: str, years: tuple[int, int] | None, among: str | None, between: str | None, members_on: str | None
) -> Any:
    from indivisible.panels.roll_calls import VOTE_AGREEMENT, cohesion_among, vote_agreement
    from indivisible.values import day_of

    first, last = _spanned(years)
    if name == VOTE_AGREEMENT:
        _refuse(name, {"--among": among, "--members-on": members_on})
        pair = [state.strip() for state in (between or "").split(",")]
        if len(pair) != 2:
            raise QuestionError(f"{name} is of two states", do="add --between FRA,DEU")
        return vote_agreement(pair[0], pair[1], first=first, last=last)
    _refuse(name, {"--between": between})
    if among is None:
        raise QuestionError(f"{name} is of the members of an organisation", do="add --among EU")
    day = None if members_on is None else day_of(members_on)
    return cohesion_among(name, among, first=first, last=last, members_on=day)


def _answer(
    name: str, years: tuple[int, int] | None, weights: str, windows: str | None, carry: bool, states: str | None
) -> Any:
    if windows is not None:
        if name != "frustration":
            raise QuestionError("--windows goes with the measure frustration", do="indivisible measure frustration ...")
        from indivisible.panels.balance_windows import frustration_of_windows

        return frustration_of_windows(Path(windows), report=lambda line: click.echo(line, err=True))
    first, last = _spanned(years)
    from indivisible.panels.measured import measured

    named = [word.strip() for word in (states or "").split(",") if word.strip()]
    if states is not None and not named:
        raise QuestionError("--states names no state", do="write --states USA,GBR or --states 2,200")
    return measured(name, first=first, last=last, weights=weights, carry_system=carry, states=named)


def write_or_draw(answer: Any, path: Path) -> None:
    """Write an answer to a file; .svg and .html draw its series."""
    if path.suffix in (".svg", ".html"):
        from indivisible.report.series import write_drawing

        write_drawing(answer, path)
    else:
        from indivisible.report.files import write

        write(answer, path)


def give_series(answer: Any, show: Callable[[Any], None], *, out: str | None, as_json: bool, cite: bool) -> None:
    """Write, draw, print or cite one answer, in the form asked for; `show` prints it where none is."""
    if out is not None:
        write_or_draw(answer, Path(out))
        click.echo(f"Written to {out}.", err=True)
    if as_json:
        from indivisible.report.json_text import to_json

        click.echo(to_json(answer.to_dict()), nl=False)
    elif cite:
        click.echo(answer.cite())
    elif out is None:
        show(answer)
    else:
        click.echo(answer.sentence())
