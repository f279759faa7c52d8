"""`indivisible cohesion`: how far the members of a body vote as one, beside what coin flips would give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.panel_command import Years
from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from indivisible.panels.cohesion_of import Cohesion


CHANCE = "Rice if each voted yes or no by a coin, the others if yes, no and abstention were equally likely."


class Sessions(Years):
    """Two sessions, both included, as in 46-78; or one."""

    name = "sessions"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """(first, last)."""
        try:
            first, last = super().convert(value, param, ctx)
        except QuestionError:
            raise QuestionError(f"{value!r} is not a span of sessions", do="write --sessions 46-78") from None
        return first, last


@click.command()
@click.argument("body")
@click.option("--data", default="un-votes", show_default=True, help="Which votes: un-votes, of the General Assembly.")
@click.option("--session", type=int, help="One session; 74 opened in 2019. Without it: the last one in the file.")
@click.option("--sessions", type=Sessions(), help="First and last session, both included: 46-78.")
@click.option(
    "--issue", "issues", metavar="X", multiple=True, help="Only about it: me, nu, di, hr, co, ec (repeatable)."
)
@click.option("--by-issue", is_flag=True, help="Each of the six issues beside the whole.")
@click.option("--members-on", metavar="DATE", help="Members of that day, not of the day of each vote.")
@click.option("--out", metavar="FILE", help=".csv, .parquet, .dta, .json; .svg and .html draw the series.")
@click.option("--cite", is_flag=True, help="Print BibTeX of the data used.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def cohesion(
    body: str,
    data: str,
    session: int | None,
    sessions: tuple[int, int] | None,
    issues: Sequence[str],
    by_issue: bool,
    members_on: str | None,
    out: str | None,
    cite: bool,
    as_json: bool,
) -> None:
    """How far the members of BODY vote as one: Rice, agreement index, Attina, Lijphart, each beside coin flips.

    A small group scores high by luck: look at how far a number is above chance.
    """
    from indivisible.panels.cohesion_of import cohesion_of

    found = cohesion_of(
        body, session=session, sessions_of=sessions, issues=issues, by_issue=by_issue, members_on=members_on, data=data
    )
    from indivisible.apps.measure_command import give_series

    give_series(found, _show, out=out, as_json=as_json, cite=cite)


def _show(found: Cohesion) -> None:
    from indivisible.panels.cohesion_of import INDICES
    from indivisible.report.terminal import print_table

    click.echo(found.sentence())
    rows = found.rows()
    if len(rows) == 1 and not rows[0]["roll_calls"]:
        click.echo("Nothing to average: no member voted in a contested roll call.")
        return
    for note in found.extra["notes"]:
        click.echo(f"Note: {note}.")
    if len(rows) == 1:
        print_table([_index(rows[0], name, INDICES[name][0]) for name in INDICES])
        click.echo(f"By chance: {CHANCE}")
        return
    print_table([_short(row, INDICES) for row in rows])
    click.echo(f"In brackets: by chance, {CHANCE}")
    if any(row["unsure"] for row in rows):
        click.echo("Unsure: so many states are not counted, as the record does not know whether they were members.")


def _index(row: dict[str, Any], name: str, title: str) -> dict[str, Any]:
    value, chance = row[name], row[f"{name}_by_chance"]
    above = None if value is None else round(value - chance, 3)
    return {"index": title, "mean": _round(value), "by_chance": _round(chance), "above_chance": above}


def _short(row: dict[str, Any], indices: Any) -> dict[str, Any]:
    kept: dict[str, Any] = {
        name: row[name] for name in ("session", "year", "issue", "roll_calls", "members_voting") if name in row
    }
    kept |= {"unsure": row["unsure"] or None}
    for name, (title, *_) in indices.items():
        value, chance = row[name], row[f"{name}_by_chance"]
        kept[title] = None if value is None else f"{value:.3f} ({chance:.3f})"
    return kept


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
