"""`indivisible backtest`: does a low reading precede becoming the target of a dispute?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import give, listed, settings_of

if TYPE_CHECKING:
    from indivisible.record.record import Record
    from indivisible.report.backtest_text import BacktestAnswer


@click.command()
@click.option("--model", "models", default="all", show_default=True, metavar="A,B|all", help="Which models.")
@click.option(
    "--unit",
    default="state-year",
    show_default=True,
    help="state-year, dyad-year (the first begins it with the second), or undirected-dyad-year (baselines only).",
)
@click.option(
    "--from",
    "first",
    type=click.IntRange(1816, 2100),
    metavar="YEAR",
    help="Year of the first world (1950; undirected-dyad-year 1900).",
)
@click.option("--split", type=click.IntRange(1816, 2100), default=1989, show_default=True, help="Last year to fit on.")
@click.option("--disputes", default="gml", show_default=True, help="Whose list of disputes: gml or cow.")
@click.option(
    "--hostility", default="rivalries", show_default=True, help="rivalries, rivalries-td, disputes, conflicts or none."
)
@click.option("--set", "settings", multiple=True, metavar="MODEL.PARAMETER=VALUE", help="Set a constant.")
@click.option("--boost", is_flag=True, help="Gradient boosting too (undirected-dyad-year; needs scikit-learn).")
@click.option("--out", metavar="FILE", help="Write to FILE: .csv, .parquet, .dta, .json or .html.")
@click.option("--cite", "as_cite", is_flag=True, help="Print BibTeX of the data used.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def backtest(
    models: str,
    unit: str,
    first: int | None,
    split: int,
    disputes: str,
    hostility: str,
    settings: Sequence[str],
    boost: bool,
    out: str | None,
    as_cite: bool,
    as_json: bool,
) -> None:
    """Does a low reading precede becoming a target? Every model against what happened, beside simple baselines.

    Fitted on the years to 1989, tested on the later ones, from imported data. Models that fail are listed too. Ctrl-C
    stops it and prints what is done.
    """
    from indivisible.apps.assess_command import tell
    from indivisible.apps.desk import load

    desk = load()
    answer = desk.models.backtest(
        models=listed(models), unit=unit, first=first, split=split, disputes=disputes, hostility=hostility,
        settings=settings_of(settings), boost=boost, progress=tell,
    ).answer  # fmt: skip
    if as_cite:
        from indivisible.readers.reference import bibtex

        click.echo(bibtex(answer.sources()))
    else:
        give(desk, answer, as_json=as_json, out=out, as_cite=False)
    if code := getattr(answer, "exit_code", 0):
        raise click.exceptions.Exit(code)


def ask(
    record: Record,
    *,
    models: Sequence[str] | str | None = None,
    unit: str = "state-year",
    first: int | None = None,
    split: int = 1989,
    disputes: str = "gml",
    hostility: str = "rivalries",
    settings: Mapping[str, Any] | None = None,
    boost: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> BacktestAnswer:
    """The back-test of models (all, where none is named), from imported data."""
    from indivisible.assess.backtest import backtest
    from indivisible.report.backtest_text import BacktestAnswer

    return BacktestAnswer(
        backtest(
            listed(models) if isinstance(models, str) else models, unit=unit, first=first, split=split,
            disputes=disputes, hostility=hostility, settings=settings, boost=boost, record=record, progress=progress,
        )
    )  # fmt: skip
