"""`indivisible history`: year by year, from imported data, what a model says of the system of states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import give, settings_of

if TYPE_CHECKING:
    from indivisible.record.record import Record
    from indivisible.report.history_page import HistoryAnswer

YEAR = click.IntRange(1816, 2100)


@click.command()
@click.option("--model", required=True, metavar="MODEL", help="One model; `indivisible list models` lists them.")
@click.option("--from", "first", type=YEAR, required=True, metavar="YEAR", help="First year.")
@click.option("--to", "last", type=YEAR, required=True, metavar="YEAR", help="Last year, included.")
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="NAME",
    help="Only this (repeatable): indivisibility, pledges, spread, vulnerable, coverage, concentration, polarity or "
    "balance.",
)
@click.option("--set", "settings", multiple=True, metavar="MODEL.PARAMETER=VALUE", help="Set a constant.")
@click.option("--alliances", default="atop", show_default=True, help="Whose list of alliances: atop or cow.")
@click.option("--distance", default="capitals", show_default=True, help="Between capitals, or the shortest.")
@click.option(
    "--hostility", default="rivalries", show_default=True, help="rivalries, rivalries-td, disputes, conflicts or none."
)
@click.option("--csv", "csv_path", metavar="FILE", help="Write the rows to FILE (the same as --out FILE.csv).")
@click.option("--out", metavar="FILE", help=".csv, .parquet, .dta, .json; .svg and .html draw every measure.")
@click.option("--cite", "as_cite", is_flag=True, help="Print BibTeX of the data used.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--overlay", "overlays", metavar="DIR", multiple=True, help="Lay your own claims over the record.")
def history(
    model: str,
    first: int,
    last: int,
    measures: Sequence[str],
    settings: Sequence[str],
    alliances: str,
    distance: str,
    hostility: str,
    csv_path: str | None,
    out: str | None,
    as_cite: bool,
    as_json: bool,
    overlays: Sequence[str],
) -> None:
    """Year by year: indivisibility, spread, who is vulnerable, coverage, concentration, polarity, balance.

    From imported data alone; a year that a dataset does not cover is not known, never zero. Ctrl-C stops it and prints
    the years that are done.
    """
    from indivisible.apps.assess_command import tell
    from indivisible.apps.desk import load

    desk = load(overlays=overlays)
    answer: HistoryAnswer = desk.models.history(
        model=model, first=first, last=last, measures=list(measures), settings=settings_of(settings),
        alliances=alliances, distance=distance, hostility=hostility, progress=tell,
    ).answer  # type: ignore[assignment]  # fmt: skip
    _write(answer, csv_path, told=False)
    if out is not None and Path(out).suffix.lower() == ".svg":
        _write(answer, out, told=True)
    elif as_cite:
        click.echo(answer.cite())
    elif as_json or out is not None or csv_path is None:
        give(desk, answer, as_json=as_json, out=out, as_cite=False)
    else:
        click.echo(answer.sentence())
    if answer.exit_code:
        raise click.exceptions.Exit(answer.exit_code)


def _write(answer: HistoryAnswer, path: str | None, *, told: bool) -> None:
    if path is None:
        return
    from indivisible.report.files import write
    from indivisible.report.history_page import write_svg

    written = write_svg(answer, path) if Path(path).suffix.lower() == ".svg" else write(answer, path)
    if told:
        click.echo(f"{answer.sentence()}\nWritten to {written}.")


def ask(
    record: Record,
    *,
    model: str,
    first: int,
    last: int,
    measures: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    alliances: str = "atop",
    distance: str = "capitals",
    hostility: str = "rivalries",
    progress: Callable[[str, int, int], None] | None = None,
) -> HistoryAnswer:
    """The history of a model over years, from imported data."""
    from indivisible.assess.history import history
    from indivisible.panels.year_worlds import Choices
    from indivisible.report.history_page import HistoryAnswer

    choices = Choices(alliances=alliances, distance=distance, hostility=hostility)
    return HistoryAnswer(
        history(
            model=model, first=first, last=last, measures=measures, settings=settings, choices=choices, record=record,
            progress=progress,
        )
    )  # fmt: skip
