"""Coverage and vacuum: which pairs of states have no duty to each other, in which domains; what would give them one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.change import PLEDGE_KINDS
from indivisible.architecture.duties import LAYERS, Owed, duties_on
from indivisible.architecture.members import members
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.standing import full_roll
from indivisible.architecture.treaty_text import treaty_text
from indivisible.architecture.treaty_tie import tie
from indivisible.assess.vacuum_answer import Unpledged, Vacuum
from indivisible.assess.vacuum_levels import CLOSING, Levels, chosen_domains, levels_of
from indivisible.assess.vacuum_links import links
from indivisible.assess.vacuum_pairs import Pairs, chosen_pairs
from indivisible.errors import QuestionError, UnknownName
from indivisible.record.record import Record
from indivisible.values import Truth, day_of, iso

Bools = NDArray[np.bool_]


def vacuum(
    record: Record,
    *,
    on: str,
    among: Sequence[str] | str | None = None,
    binding: str = "legal",
    with_universal: bool = False,
    domains: Sequence[str] | str | None = None,
    pairs: str = "all",
    layer: str = "participation",
    disputes: Sequence[str] | str = "conflicts",
    carry_sea: bool = False,
    top: int = 10,
    home: Path | None = None,
) -> Vacuum:
    """Pairs by domains on one day: none, political, legal or unknown, with the text and article that closes each cell.

    `among`: states, or organisations for their full members (default: every state of the day). `binding`: which duties
    close a cell (legal, political, any). `pairs`: all, or matter (a land border, at most 400 miles of sea, a recorded
    dispute); `disputes` and `carry_sea` as in `chosen_pairs`. `layer` as in `duties_on`. `top`: how many
    interconnections to name. Past the record's coverage every cell is unknown.
    Raises QuestionError, UnknownName, MissingData.
    """
    day = day_of(on)
    chosen = chosen_domains(domains)
    _refuse(binding, layer, top)
    known = day < record.known_to
    seen = min(day, record.known_to - 1)
    architecture = as_of(record, seen, also=_also(record, among, seen))
    states, unsure = states_among(record, architecture, among)
    listed = tuple(word.strip() for word in disputes.split(",")) if isinstance(disputes, str) else tuple(disputes)
    counted = chosen_pairs(record, architecture, states, pairs, disputes=listed, carry_sea=carry_sea, home=home)
    found = duties_on(record, architecture, layer=layer, with_universal=with_universal)
    rows = np.array([architecture.states.index(state) for state in states])
    levels, mask = levels_of(found, chosen), _mask(counted, states)
    owed = tuple(_among(one, rows) for one in found.owed if one.duty.domain in chosen) if known else ()
    owed = tuple(one for one in owed if ((one.perhaps | one.idle) & mask).any())
    ranked = None
    if known:
        open_cells = ~levels.closed(binding)[1] & _widened(mask, rows, len(architecture.states))[None]
        inside = np.isin(np.arange(len(architecture.states)), rows)
        ranked = links(
            record, architecture, open_cells, chosen, inside,
            binding=binding, layer=layer, with_universal=with_universal, top=top,
        )  # fmt: skip
    sources = _sources(record, architecture, owed, states)
    return Vacuum(
        on=iso(day), asked=None if among is None else tuple(_words(among)), states=states, unsure_members=unsure,
        whys=_whys(record, owed, architecture.day, set(states)), domains=chosen, binding=binding, layer=layer,
        with_universal=with_universal, pairs=counted, levels=_levels_among(levels, rows), owed=owed,
        left_out=found.left_out, not_complete=_not_complete(record, owed, architecture.day),
        unpledged=unpledged(architecture, states) if known else (), links=ranked, known=known,
        known_to=iso(record.known_to - 1), record=record.digest, source_keys=sources,
        recalled=record.recalled_among(sources), names={state: record.name_of(state) for state in states},
    )  # fmt: skip


def _refuse(binding: str, layer: str, top: int) -> None:
    if binding not in CLOSING:
        raise QuestionError(f"no binding is called {binding!r}", do=f"use {', '.join(CLOSING)}")
    if layer not in LAYERS:
        raise QuestionError(f"no layer is called {layer!r}", do=f"use {' or '.join(LAYERS)}")
    if top < 0:
        raise QuestionError(f"{top} interconnections cannot be named", do="give 0 or more")


def _words(among: Sequence[str] | str) -> list[str]:
    names = among.split(",") if isinstance(among, str) else list(among)
    return [name.strip() for name in names if name.strip()]


def _also(record: Record, among: Sequence[str] | str | None, day: int) -> set[str]:
    """States that are asked about and that no list of the system of states has: a Holy See in an organisation."""
    found: set[str] = set()
    for name in _words(among) if among is not None else ():
        kind, key = _state_or_organization(record, name)
        if kind == "state":
            spans = [claim.span for claim in record.claims(subject=key, field="kind")]
            if any(span.holds(day) is not Truth.NO for span in spans):
                found.add(key)
        else:
            answer = members(record, key, on=iso(day))
            found.update(answer.members, (state for state, _ in answer.unsure))
    return found


def states_among(
    record: Record, architecture: Architecture, among: Sequence[str] | str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The states of a table, alphabetical, and those of them whose membership in an organisation named is not known."""
    if among is None:
        if len(architecture.states) < 2:
            raise QuestionError(f"the record has no two states on {iso(architecture.day)}", do="choose a later day")
        return architecture.states, ()
    present = set(architecture.states)
    found: dict[str, Truth] = {}
    for name in _words(among):
        kind, key = _state_or_organization(record, name)
        if kind == "state":
            if key not in present:
                raise QuestionError(f"{key} was no state on {iso(architecture.day)}", do="leave it out of --among")
            found[key] = Truth.YES
        else:
            answer = members(record, key, on=iso(architecture.day))
            for state, truth in (
                *((s, Truth.YES) for s in answer.members),
                *((s, Truth.UNKNOWN) for s, _ in answer.unsure),
            ):
                found[state] = found.get(state, Truth.NO) | truth
    states = tuple(sorted(found.keys() & present))
    if len(states) < 2:
        raise QuestionError("a pair needs two states on that day", do="name more with --among")
    return states, tuple(state for state in states if found[state] is not Truth.YES)


def _state_or_organization(record: Record, name: str) -> tuple[str, str]:
    try:
        return "state", record.resolve(name, "state")
    except UnknownName as problem:
        try:
            return "organization", record.resolve(name, "organization")
        except UnknownName as other:
            raise UnknownName(name, "state or organization", [*problem.near, *other.near]) from None


def _mask(pairs: Pairs, states: tuple[str, ...]) -> Bools:
    at = {state: row for row, state in enumerate(states)}
    mask = np.zeros((len(states), len(states)), dtype=bool)
    for one, other in pairs.pairs:
        mask[at[one], at[other]] = mask[at[other], at[one]] = True
    return mask


def _widened(mask: Bools, rows: NDArray[np.int_], n: int) -> Bools:
    whole = np.zeros((n, n), dtype=bool)
    whole[np.ix_(rows, rows)] = mask
    return whole


def _among(one: Owed, rows: NDArray[np.int_]) -> Owed:
    cells = np.ix_(rows, rows)
    return Owed(one.duty, one.sure[cells], one.perhaps[cells], one.idle[cells], one.unsure)


def _levels_among(levels: Levels, rows: NDArray[np.int_]) -> Levels:
    def cut(array: Bools) -> Bools:
        return array[:, rows[:, None], rows[None, :]]

    return Levels(
        levels.domains, cut(levels.legal), cut(levels.legal_may), cut(levels.political), cut(levels.political_may)
    )


def unpledged(architecture: Architecture, states: Iterable[str]) -> tuple[Unpledged, ...]:
    """For every kind of pledge the states that nobody has pledged it to, and those to whom somebody only may have."""
    asked = set(states)
    made = []
    for kind in PLEDGE_KINDS:
        sure = {p.receiver for p in architecture.pledges if p.kind == kind and p.certain}
        perhaps = {p.receiver for p in architecture.pledges if p.kind == kind} - sure
        made.append(Unpledged(kind, tuple(sorted(asked - sure - perhaps)), tuple(sorted(asked & perhaps))))
    return tuple(made)


def _not_complete(record: Record, owed: Iterable[Owed], day: int) -> tuple[str, ...]:
    """Treaties among those that count whose list of parties is not declared complete: a State may be missing."""
    found = set()
    for text in {one.duty.text for one in owed if one.duty.kind == "treaty"}:
        about = treaty_text(record, text)
        if not about.about["parties_follow"] and about.is_complete("parties", day) is not Truth.YES:
            found.add(text)
    return tuple(sorted(found))


def _whys(record: Record, owed: Iterable[Owed], day: int, states: set[str]) -> dict[str, dict[str, str]]:
    """By text, of each of these states whose part in it is not known, why."""
    found: dict[str, dict[str, str]] = {}
    for one in owed:
        text = one.duty.text
        for state in states.intersection(one.unsure) if text not in found else ():
            why = None
            if one.duty.kind == "organization":
                why = full_roll(record, text, day, day, layer="legal").on(state, day).why
            elif one.duty.kind == "treaty":
                why = tie(treaty_text(record, text), state, day).why
            found.setdefault(text, {})[state] = why or "undated"
    return found


def _sources(
    record: Record, architecture: Architecture, owed: Iterable[Owed], states: Iterable[str]
) -> tuple[str, ...]:
    """Sources of the duties that count, and of the memberships and acts by which these states have them."""
    asked = set(states)
    addresses: set[str] = set()
    sources: set[str] = set()
    texts = set()
    for one in owed:
        addresses.update(one.duty.claims)
        texts.add((one.duty.kind, one.duty.text))
    for kind, text in texts:
        if kind == "organization":
            held = (m for m in architecture.memberships if m.organization == text and m.state in asked)
            addresses.update(address for m in held for address in m.claims)
        elif kind == "treaty":
            about = treaty_text(record, text)
            acting = asked.intersection(about.states())
            sources.update(key for state in acting for claim in about.acts_of(state) for key in claim.sources)
    addresses = {address for address in addresses if not address.startswith("changes/")}
    sources.update(key for address in addresses for key in record.at(address).sources)
    return tuple(sorted(sources))
