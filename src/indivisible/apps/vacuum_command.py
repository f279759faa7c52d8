"""`indivisible vacuum`: which pairs of states have no duty to each other, in which domains, and what would close it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from indivisible.apps.answering import answers, listed

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk


ON = "A day (YYYY-MM-DD)."
AMONG = "The members of an organisation, or these states; default all states."
BINDING = "Which duties close a cell: legal, political, any."
UNIVERSAL = "Count texts drawn up for every state too (UN, NPT, BTWC ...)."
DOMAIN = "Only these: defence, arms_control, incidents, terrorism, biological, economic."
PAIRS = "all, or matter: a land border, at most 400 miles of sea, or a dispute."
DISPUTES = "With --pairs matter: conflicts (the record's), rivalries, disputes (imported), or none."
SEA = "With --pairs matter: the last known distances over sea in later years."
LAYER = "participation (what is suspended closes nothing), or legal."


@click.command()
@click.option("--on", required=True, metavar="DAY", help=ON)
@click.option("--among", metavar="ORG|A,B", help=AMONG)
@click.option("--binding", default="legal", show_default=True, help=BINDING)
@click.option("--with-universal", is_flag=True, help=UNIVERSAL)
@click.option("--domain", "domains", metavar="A,B", help=DOMAIN)
@click.option("--pairs", default="all", show_default=True, help=PAIRS)
@click.option("--disputes", default="conflicts", show_default=True, metavar="A,B", help=DISPUTES)
@click.option("--carry-sea", is_flag=True, help=SEA)
@click.option("--layer", default="participation", show_default=True, help=LAYER)
@click.option("--top", default=10, show_default=True, metavar="N", help="How many interconnections to name.")
@answers
def vacuum(
    desk: Desk,
    on: str,
    among: str | None,
    binding: str,
    with_universal: bool,
    domains: str | None,
    pairs: str,
    disputes: str,
    carry_sea: bool,
    layer: str,
    top: int,
) -> Any:
    """Which pairs of states have no duty to each other on a day, by domain; which text closes the rest; which single
    membership, observer seat or agreement of two organisations would close most."""
    return desk.vacuum(
        on=on,
        among=listed(among),
        binding=binding,
        with_universal=with_universal,
        domains=listed(domains),
        pairs=pairs,
        disputes=listed(disputes) or (),
        carry_sea=carry_sea,
        layer=layer,
        top=top,
    )
