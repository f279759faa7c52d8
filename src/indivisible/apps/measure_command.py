"""`indivisible measure`: the field's measures for a year or a span, printed, written or drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from indivisible.apps.panel_command import Years
from indivisible.errors import QuestionError


@click.command()
@click.argument("name")
@click.option("--years", type=Years(), help="First and last year, both included: 1816-2016; or one year.")
@click.option("--weights", default="none", show_default=True, help="For pairs of states: none or cinc.")
@click.option("--windows", metavar="CSV", help="With frustration: your own signed ties (from, to, sign, period).")
@click.option("--csv", "csv_path", metavar="FILE", help="Write the rows to FILE (the same as --out FILE.csv).")
@click.option("--out", metavar="FILE", help=".csv, .parquet, .dta, .json; .svg and .html draw the series.")
@click.option("--cite", is_flag=True, help="Print BibTeX of the data used.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def measure(
    name: str,
    years: tuple[int, int] | None,
    weights: str,
    windows: str | None,
    csv_path: str | None,
    out: str | None,
    cite: bool,
    as_json: bool,
) -> None:
    """Capability, similarity, balance, concentration, inequality: `indivisible measure list` names them all.

    A year that the data do not cover is missing, never zero.
    """
    if name == "list":
        from indivisible.panels.measured import MEASURES

        click.echo("\n".join(f"{one.name:<18}{one.unit:<8}{one.about}" for one in MEASURES.values()))
        return
    answer = _answer(name, years, weights, windows)
    for path in (csv_path, out):
        if path is not None:
            _write(answer, Path(path))
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


def _answer(name: str, years: tuple[int, int] | None, weights: str, windows: str | None) -> Any:
    if windows is not None:
        if name != "frustration":
            raise QuestionError("--windows goes with the measure frustration", do="indivisible measure frustration ...")
        from indivisible.panels.balance_windows import frustration_of_windows

        return frustration_of_windows(Path(windows), report=lambda line: click.echo(line, err=True))
    if years is None:
        raise QuestionError("no years are given", do="add --years 1816-2016")
    from indivisible.panels.measured import measured

    return measured(name, first=years[0], last=years[1], weights=weights)


def _write(answer: Any, path: Path) -> None:
    if path.suffix in (".svg", ".html"):
        from indivisible.report.series import write_drawing

        write_drawing(answer, path)
    else:
        from indivisible.report.files import write

        write(answer, path)
