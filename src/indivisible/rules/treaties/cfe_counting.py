"""How the conventional forces texts count: categories, zones, and what a state or a group holds on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indivisible.rules.base import Case
from indivisible.rules.facts import CHOICE, DAY, NAME, NUMBER, TABLE, Fact, Facts
from indivisible.rules.finding import NOT_APPLICABLE, UNKNOWN, Finding, ceiling
from indivisible.rules.holdings import (
    DECLARED,
    ESTIMATED,
    HOLDINGS,
    NOTHING_KNOWN,
    STATUSES,
    Holdings,
    Scheme,
    plus,
)
from indivisible.rules.treaties.cfe_tables import Limit, groups_on, zones_on
from indivisible.values import Estimate, iso

TANKS, ACVS, ARTILLERY, AIRCRAFT, HELICOPTERS, BRIDGES = (
    "battle_tanks", "armoured_combat_vehicles", "artillery", "combat_aircraft", "attack_helicopters",
    "armoured_vehicle_launched_bridges",
)  # fmt: skip
GROUND = (TANKS, ACVS, ARTILLERY)
FIVE = (*GROUND, AIRCRAFT, HELICOPTERS)
CATEGORIES = {
    TANKS: "", ACVS: "", "apc": ACVS, "aifv_and_hacv": ACVS, "aifv": "aifv_and_hacv", "hacv": "aifv_and_hacv",
    ARTILLERY: "", AIRCRAFT: "", HELICOPTERS: "", BRIDGES: "",
}  # fmt: skip
ZONES = (
    "area", "flank", "flank_1996", "flank_removed", "pskov_oblast", "volgograd_oblast", "astrakhan_oblast",
    "rostov_east", "odessa_oblast", "flank_removed_rest", "zone_iv_2", "zone_iv_2_outer", "zone_iv_3",
    "zone_iv_3_outer", "kiev_md", "zone_iv_4", "odessa_md", "leningrad_md_south",
)  # fmt: skip
GROUPS = ("eastern", "western")
SAID = {
    TANKS: "battle tanks", ACVS: "armoured combat vehicles", "apc": "armoured personnel carriers",
    "aifv_and_hacv": "infantry fighting and heavy armament combat vehicles", "aifv": "infantry fighting vehicles",
    "hacv": "heavy armament combat vehicles", ARTILLERY: "pieces of artillery", AIRCRAFT: "combat aircraft",
    HELICOPTERS: "attack helicopters", BRIDGES: "armoured vehicle launched bridges", "troops": "troops",
}  # fmt: skip
IN = {
    "area": "the area", "flank": "the flank zone of 1990", "flank_1996": "the flank zone of 1996",
    "zone_iv_2": "the area of IV(2)", "zone_iv_3": "the area of IV(3)", "zone_iv_4": "the central area",
    "kiev_md": "the former Kiev district", "odessa_md": "the former Odessa district",
    "leningrad_md_south": "the south of the Leningrad district", "pskov_oblast": "Pskov",
    "volgograd_oblast": "Volgograd", "astrakhan_oblast": "Astrakhan", "rostov_east": "the east of Rostov",
    "odessa_oblast": "the Odessa region",
}  # fmt: skip
STATUS_SAID = {"total": "", "active": " in active units", "stored": " in storage"}
HOLDINGS_FACT = Scheme(dict.fromkeys(ZONES, ""), CATEGORIES).fact()
GROUP_HOLDINGS = "group_holdings"
GROUP_FACT = Fact(
    GROUP_HOLDINGS, TABLE, "Sums of a whole group of States Parties, where they are known without its members'.",
    of=(
        Fact("group", CHOICE, "Which group.", choices=GROUPS),
        *(one for one in HOLDINGS_FACT.of if one.name != "state"),
    ),
)  # fmt: skip


def table_of(name: str, meaning: str, *who: str, categories: Sequence[str] = GROUND) -> Fact:
    """A table of counts by category, and by whom or where."""
    return Fact(
        name, TABLE, meaning,
        of=(
            *(Fact(one, NAME, "Key of the state.") for one in who),
            Fact("category", CHOICE, "Category of the treaty.", choices=tuple(categories)),
            Fact("count", NUMBER, "How many, or low..high."),
            Fact("date", DAY, "The day of which the figure is."),
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """The holdings of a case, of states and of groups, ready to be asked."""

    states: Holdings
    groups: Holdings
    members: dict[str, tuple[str, ...]]

    def bases(self) -> tuple[str, ...]:
        """Declared, estimated or both."""
        found = {basis for held in (self.states, self.groups) if held.dates for basis in held.bases()}
        return tuple(one for one in (DECLARED, ESTIMATED) if one in found) or (DECLARED,)

    def of_group(self, group: str, basis: str, limit: Limit) -> Estimate:
        """What a group holds: its own sum and that of its members, whichever is narrower."""
        named = {"zone": limit.zone, "category": limit.category, "status": limit.status}
        own = self.groups.count(group, basis, **named)
        summed = self.states.sum(self.members.get(group, ()), basis, **named)
        low, high = max(own.low, summed.low), min(own.high, summed.high)
        return Estimate(low, low if low == high else None, high)


def counted(case: Case, *, drawn: int | None = None) -> Counted:
    """The holdings of a case. `drawn`: the day whose map of the zones is meant, if not that of the case."""
    known = case.facts.known
    scheme = Scheme(zones_on(case.day if drawn is None else drawn), CATEGORIES, STATUSES)
    rows = (case.facts.table(HOLDINGS) if HOLDINGS in known else None) or ()
    sums = (case.facts.table(GROUP_HOLDINGS) if GROUP_HOLDINGS in known else None) or ()
    groups = Holdings(_dated(sums), scheme, case.day, of="group")
    return Counted(Holdings(rows, scheme, case.day), groups, dict(groups_on(case.day)))


def _dated(rows: Sequence[Facts]) -> tuple[Facts, ...]:
    """The rows that tell of what they are the sum; a figure without a date or a basis is of nothing."""
    needed = ("group", "zone", "category", "status", "basis", "date")
    return tuple(row for row in rows if all(name in row.values for name in needed))


def groups_asked(case: Case) -> tuple[str, ...]:
    """The group of the state that is asked of, or both groups."""
    return tuple(g for g, states in groups_on(case.day).items() if not case.state or case.state in states)


def states_asked(case: Case, held: Holdings) -> tuple[str, ...]:
    """The state that is asked of, or all with a figure."""
    return (case.state,) if case.state else held.states()


def group_ceilings(case: Case, found: Sequence[Limit]) -> Iterator[Finding]:
    """For each group and each figure, one finding for declared and one for estimated holdings."""
    held = counted(case)
    for limit in found:
        for group in groups_asked(case):
            for basis in held.bases():
                start = _start(limit, group=group, basis=basis)
                if not limit.due(case.day) and not case.hypothetical:
                    yield not_due(start, limit)
                    continue
                yield ceiling(
                    start, held.of_group(group, basis, limit), limit.limit, what=_what(limit, f"the {group} group")
                )


def state_ceilings(case: Case, found: Sequence[Limit], *, drawn: int | None = None) -> Iterator[Finding]:
    """For each state and each figure, one finding for declared and one for estimated holdings.

    A figure that names a state is asked of it alone.
    """
    held = counted(case, drawn=drawn)
    for limit in found:
        whose = (limit.state,) if limit.state else states_asked(case, held.states)
        for state in whose:
            if case.state and state != case.state:
                continue
            for basis in held.bases():
                start = _start(limit, state=state, basis=basis)
                if not limit.due(case.day) and not case.hypothetical:
                    yield not_due(start, limit)
                    continue
                count = held.states.count(state, basis, zone=limit.zone, category=limit.category, status=limit.status)
                yield ceiling(start, count, limit.limit, what=_what(limit, case.record.name_of(state)))
        if not whose:
            yield replace(_start(limit), verdict=UNKNOWN, because="No holdings are given.", limit=limit.limit)


def _start(limit: Limit, *, group: str = "", state: str = "", basis: str = "") -> Finding:
    return Finding(
        limit.article, UNKNOWN, "", unit=f"{SAID[limit.category]}{STATUS_SAID.get(limit.status, '')}", zone=limit.zone,
        group=group, state=state, basis=basis, confidence=limit.confidence,
    )  # fmt: skip


def _what(limit: Limit, whose: str) -> str:
    return f"{SAID[limit.category].capitalize()}{STATUS_SAID[limit.status]} of {whose} in {IN[limit.zone]}"


def not_due(start: Finding, limit: Limit) -> Finding:
    """A figure that does not apply yet, or no longer."""
    begin = "" if limit.begin is None else f" from {iso(limit.begin)} on"
    end = "" if limit.end is None else f" until {iso(limit.end)}, that day left out"
    what = f"{SAID[limit.category].capitalize()}{STATUS_SAID.get(limit.status, '')} in {IN[limit.zone]}"
    return replace(
        start, verdict=NOT_APPLICABLE, because=f"{what}: the figure applies{begin}{end}.", limit=limit.limit
    )  # fmt: skip


def table_sum(rows: Sequence[Facts] | None, category: str, where: Mapping[str, str]) -> Estimate:
    """The sum of a table's counts for one category; a row that does not tell its category or place may be any.

    `where`: columns and the value wanted. Nothing given is not known.
    """
    if rows is None:
        return NOTHING_KNOWN
    found = []
    for row in rows:
        told = [(row.text(name), value) for name, value in (*where.items(), ("category", category))]
        if any(said is not None and said != value for said, value in told):
            continue
        count = row.number("count") or NOTHING_KNOWN
        sure = all(said is not None for said, _ in told)
        found.append(count if sure else Estimate(0, None, count.high))
    return plus(found)


def the_row(rows: Sequence[Facts] | None, state: str, category: str) -> Facts | None:
    """The row of a state and category; none unless exactly one row is it, and no other may be."""
    found = [
        row for row in rows or ()
        if row.text("state") in (None, state) and row.text("category") in (None, category)
    ]  # fmt: skip
    sure = len(found) == 1 and found[0].text("state") == state and found[0].text("category") == category
    return found[0] if sure else None


def states_told(case: Case, *tables: Sequence[Facts] | None) -> tuple[str, ...]:
    """The state that is asked of, or all that a table names; an empty one stands for nobody."""
    named = {row.text("state") for rows in tables for row in rows or ()} - {None}
    return (case.state,) if case.state else tuple(sorted(str(one) for one in named)) or ("",)
