"""Who had pledged what to whom: the five obligations of ATOP, from state 1 towards state 2."""

from __future__ import annotations

from indivisible.panels.columns import ABSENT_IS_ZERO, Ask, Column, flags

DATASET = "atop_directed"
OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")


def pairs(ask: Ask) -> list[Column]:
    """1 where state 1 is pledged towards state 2; of an undirected pair, where either is towards the other."""
    if ask.dyads is None:
        raise AssertionError("alliances are of pairs")
    table = ask.table(DATASET)
    rows, lines = ask.pair_rows(table)
    covered = ask.covered(DATASET)
    way = "state 1 is pledged to state 2" if ask.dyads.directed else "either state is pledged to the other"
    made = []
    for name in OBLIGATIONS:
        pledged = rows[table[name].to_numpy()[lines]]
        made.append(Column(f"atop_{name}", flags(ask, pledged, 1, covered), DATASET, way, ABSENT_IS_ZERO))
    return made
