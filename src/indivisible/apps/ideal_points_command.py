"""`indivisible ideal-points`: where states stand by their votes in the UN General Assembly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from indivisible.panels.ideal_points import PlacesByVotes

DECIMALS = 3


@click.command("ideal-points")
@click.option("--from", "first", type=int, default=1946, show_default=True, help="Year the first session opens in.")
@click.option("--to", "last", type=int, default=2023, show_default=True, help="Year the last session opens in.")
@click.option("--state", "states", metavar="X", multiple=True, help="Show only this state (repeatable).")
@click.option("--session", type=int, help="Show only this session, as placed within all years asked for.")
@click.option("--issue", metavar="CODE", help="Only roll calls about it: me, nu, di, hr, co or ec, if the file tells.")
@click.option(
    "--anchor", "anchors", metavar="STATE=PLACE", multiple=True, help="Your own starting places (repeatable)."
)
@click.option("--smooth", type=float, default=0.5, show_default=True, help="Variance of the walk between sessions.")
@click.option("--keep-unvarying", is_flag=True, help="Place a state also where it voted the same all session.")
@click.option("--tolerance", type=float, default=1e-6, show_default=True, help="Stop when no place moves by more.")
@click.option("--out", metavar="FILE", help=".csv, .parquet, .dta, .json; .svg and .html draw the states shown.")
@click.option("--cite", is_flag=True, help="Print BibTeX of the votes and the method.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def ideal_points(
    first: int,
    last: int,
    states: Sequence[str],
    session: int | None,
    issue: str | None,
    anchors: Sequence[str],
    smooth: float,
    keep_unvarying: bool,
    tolerance: float,
    out: str | None,
    cite: bool,
    as_json: bool,
) -> None:
    """Where states stand by their recorded votes, session by session: dynamic ordinal ideal points.

    All years asked for are placed together (some seconds); --state and --session choose what is shown of them. Without
    either, the last session is shown. The points place votes, not intentions.
    """
    from indivisible.panels.ideal_points import places_by_votes

    found = places_by_votes(
        first=first,
        last=last,
        states=states,
        session=session,
        issue=issue,
        anchors=_places(anchors),
        smooth=smooth,
        keep_unvarying=keep_unvarying,
        tolerance=tolerance,
        tell=_tell,
    )
    from indivisible.apps.measure_command import give_series

    give_series(found, _show, out=out, as_json=as_json, cite=cite)


def _tell(step: int, change: float) -> None:
    click.echo(f"step {step} moved places by up to {change:.2g}", err=True)


def _places(anchors: Sequence[str]) -> dict[str, float] | None:
    found = {}
    for anchor in anchors:
        state, equals, place = anchor.rpartition("=")
        try:
            found[state.strip()] = float(place)
        except ValueError:
            equals = ""
        if not equals or not state.strip():
            raise QuestionError(f"{anchor!r} is no starting place", do="write --anchor USA=3 --anchor RUS=-2")
    return found or None


def _show(found: PlacesByVotes) -> None:
    from indivisible.report.terminal import print_table

    rows, note = found.rows(), ""
    if not found.asked["states"] and found.asked["session"] is None:
        shown = rows[-1]["session"]
        rows = [row for row in rows if row["session"] == shown]
        note = f"Shown: session {shown}. For more: --session N, --state X, or --out FILE for everything."
    click.echo(found.sentence())
    print_table([_short(row) for row in rows])
    if any(row["ideal_point"] is None for row in rows):
        click.echo("A dot: the state has no place, as it voted the same in all contested roll calls of the session.")
    if note:
        click.echo(note)


def _short(row: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, DECIMALS) if isinstance(value, float) else value for name, value in row.items()}
