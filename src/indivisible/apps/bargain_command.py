"""`indivisible bargain`: where bargaining among actors with positions ends, turn by turn, and what the rule leaves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from indivisible.apps.answering import give
from indivisible.errors import QuestionError

EXAMPLE = """\
schema: bargain-case/1
name: What the mission may do
dimensions: [mandate, length]        # one, two or more questions
scale: [0, 100]                      # or for each: {mandate: [0, 10], length: [0, 36]}
actors:                              # a figure is a number, [low, high] or {low: 0, best: 10, high: 30}
  - {actor: Aland, position: [[70, 90], 30], salience: [60, 20], capability: 100}
  - {actor: Bland, position: [20, 80], salience: [50, 45], capability: 80}
  - {actor: Cland, position: [50, 60], salience: [30, 30], capability: 40}
  - {actor: Dland, position: [85, 90], salience: [20, 60], capability: 30}
  - {actor: Eland, position: [40, {low: 0, best: 10, high: 30}], salience: [40, 40], capability: [20, 40]}
rule: {at_least: 4, veto: [Bland]}   # or majority, unanimity; with body: and on: the body's own rule of that day
status_quo: [0, 0]                   # may be left out
"""


@click.command()
@click.argument("case", required=False)
@click.option("--draws", type=int, help="Run this many times with figures drawn from their intervals.")
@click.option("--seed", type=int, help="Repeats draws; 0 where none is given.")
@click.option("--example", is_flag=True, help="Print a case file to begin with, and stop.")
@click.option("--out", metavar="FILE", help=".svg, .png draw the turns, .html is a page; .csv, .parquet, .dta, .json.")
@click.option("--cite", "as_cite", is_flag=True, help="Print BibTeX of what memberships and positions rest on.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--overlay", "overlays", metavar="DIR", multiple=True, help="Lay your own claims over the record.")
def bargain(
    case: str | None,
    draws: int | None,
    seed: int | None,
    example: bool,
    out: str | None,
    as_cite: bool,
    as_json: bool,
    overlays: Sequence[str],
) -> None:
    """Where would bargaining end? CASE is a YAML file: who stands where, how much it cares, and how much it can do.

    The spatial model of politics: every turn each actor challenges whom it gains most from, offers a bargain, and takes
    the best one it is offered. All turns are shown. For one or two dimensions also the core, the uncovered set and what
    holders of a veto accept, under the body's own rule. Nothing is random unless you ask for draws.
    """
    if example:
        click.echo(EXAMPLE, nl=False)
        return
    if case is None:
        raise QuestionError("no case is given", do="indivisible bargain case.yaml; --example prints one to begin with")
    from indivisible.apps.desk import load

    desk = load(overlays=overlays)
    answer = desk.councils.bargain(case, draws=draws, seed=seed).answer
    if out is not None and Path(out).suffix.lower() in (".svg", ".png"):
        from indivisible.report.bargain_text import write_bargain

        written = write_bargain(answer, out)  # type: ignore[arg-type]
        click.echo(f"{answer.sentence()}\nWritten to {written}.", err=as_json)
        out = None
        if not (as_json or as_cite):
            return
    give(desk, answer, as_json=as_json, out=out, as_cite=as_cite)
