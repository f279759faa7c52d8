"""`indivisible key-players`: whose absence from a contest would save most of the fighting, and whose embargo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers, listed, settings_of
from indivisible.errors import QuestionError

if TYPE_CHECKING:
    from pathlib import Path

    from indivisible.apps.desk import Desk
    from indivisible.assess.key_players import KeyPlayers
    from indivisible.record.record import Record

ON = "The states of that day, allied by pledge and enemies by --hostility."
GROUPS = "Instead of states: groups from a CSV (group, name, beta, gamma, shifter, cost)."
ADJACENCY = "With --groups: their ties from a CSV (group_a, group_b, allied, enemy)."
SETTING = "contest.beta, contest.gamma or contest.eu_42_7."
HOSTILITY = "With --on: conflicts (the record's), rivalries or disputes where imported, or none."
EMBARGO = "How many times as dear an embargo makes effort."
LINEAR = "Solve the linear formula even where it is no equilibrium, as the published counterfactuals do."
TOGETHER = "Take these away, or embargo them, at once (repeatable)."


@click.command("key-players")
@click.option("--on", metavar="DAY", help=ON)
@click.option("--groups", metavar="CSV", help=GROUPS)
@click.option("--adjacency", metavar="CSV", help=ADJACENCY)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help=SETTING)
@click.option("--hostility", default="conflicts", show_default=True, help=HOSTILITY)
@click.option("--embargo", "factor", default=10.0, show_default=True, metavar="FACTOR", help=EMBARGO)
@click.option("--linear", is_flag=True, help=LINEAR)
@click.option("--together", multiple=True, metavar="A,B", help=TOGETHER)
@click.option("--sort", default="name", show_default=True, metavar="BY", help="name, removed or embargoed.")
@click.option("--csv", "csv_path", metavar="FILE", help="Write the rows to FILE as CSV.")
@answers
def key_players(
    desk: Desk,
    on: str | None,
    groups: str | None,
    adjacency: str | None,
    settings: Sequence[str],
    hostility: str,
    factor: float,
    linear: bool,
    together: Sequence[str],
    sort: str,
    csv_path: str | None,
) -> Any:
    """In the contest of König and others (2017): by how much the sum of all efforts would change without each state or
    group, and with an embargo on it; where that leaves no interior equilibrium, it says so and why."""
    found = desk.models.key_players(
        on=on, groups=groups, adjacency=adjacency, settings=settings_of(settings), hostility=hostility, factor=factor,
        linear=linear, together=[listed(one) or [] for one in together], sort=sort,
    )  # fmt: skip
    if csv_path is not None:
        from indivisible.report.files import write

        click.echo(f"Written to {write(found.answer, csv_path)}.", err=True)
    return found


def ask(
    record: Record,
    *,
    on: str | None = None,
    groups: str | Path | None = None,
    adjacency: str | Path | None = None,
    settings: Mapping[str, Any] | None = None,
    hostility: str = "conflicts",
    factor: float = 10.0,
    linear: bool = False,
    together: Sequence[Sequence[str]] = (),
    sort: str = "name",
) -> KeyPlayers:
    """Key players among the states of a day, or among the groups of two files."""
    from pathlib import Path

    from indivisible.assess.key_players import How, key_players_of, key_players_on

    how = How(factor=factor, linear=linear, together=tuple(map(tuple, together)), sort=sort)
    if on is not None and groups is None and adjacency is None:
        from indivisible.apps.importing import imported
        from indivisible.values import day_of

        outside, _ = imported(record, day_of(on), power="beckley_2018", hostility=hostility, models=["contest"])
        return key_players_on(record, on=on, settings=settings, hostility=hostility, outside=outside, how=how)
    if on is None and groups is not None and adjacency is not None:
        if hostility != "conflicts":
            raise QuestionError("the files say who is whose enemy", do="leave --hostility out")
        return key_players_of(Path(groups), Path(adjacency), settings=settings, how=how)
    raise QuestionError("whose key players?", do="give --on DAY for states, or both --groups CSV and --adjacency CSV")
