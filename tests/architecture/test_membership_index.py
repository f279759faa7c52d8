"""The index answers exactly what the slow rule answers, on every day around every turn."""

from __future__ import annotations

from indivisible.architecture.members import is_member
from indivisible.architecture.membership_index import MembershipIndex
from indivisible.record.record import Record


def test_the_index_equals_the_rule(world: Record) -> None:
    for layer in ("legal", "participation"):
        index = MembershipIndex(world, layer=layer)
        edges = {day for days in world.columns.days.T.tolist() for day in days if 700000 < day < 760000}
        for state in world.entities("state"):
            for day in sorted({edge + step for edge in edges for step in (-1, 0, 1)}):
                slow = is_member(world, state, "LEAGUE", day, layer=layer).truth
                assert index.truth(state, "LEAGUE", day) is slow, (state, day, layer)
