"""Everything that can be joined to a panel, by name, in the order in which its columns come."""

from __future__ import annotations

from collections.abc import Iterable

from indivisible.errors import QuestionError
from indivisible.panels import alliances, capabilities, contiguity, disputes, majors, relations, spells
from indivisible.panels.columns import Join

JOINS = (
    Join("contiguity", "direct contiguity", ("cow_contiguity_years",), contiguity.pairs, contiguity.states),
    Join("majors", "major powers", ("cow_majors",), majors.states, majors.states),
    Join("nmc", "material capabilities and CINC", ("nmc",), capabilities.nmc, capabilities.nmc),
    Join("democracy", "measures of democracy", ("democracy",), capabilities.democracy, capabilities.democracy),
    Join("vdem", "V-Dem's indices of democracy", ("vdem",), capabilities.vdem, capabilities.vdem),
    Join("gdp", "estimated GDP and population", ("gdp",), capabilities.gdp, capabilities.gdp),
    Join("atop", "alliance obligations, from state 1 to state 2", ("atop_directed",), alliances.pairs, None),
    Join("distance", "shortest distance", ("cow_mindist",), relations.distance, None),
    Join("trade", "bilateral trade", ("cow_trade",), relations.trade, None),
    Join(
        "igos",
        "common intergovernmental organisations",
        ("cow_igo_years",),
        relations.organizations,
        relations.organizations_of_states,
    ),
    Join("rivalries", "strategic rivalries, Thompson-Sakuwa-Suhas", ("rivalries_tss",), relations.rivalries, None),
    Join("rivalries-td", "strategic rivalries, Thompson-Dreyer", ("rivalries_td",), relations.rivalries_td, None),
    Join("gml-mids", "Gibler-Miller-Little disputes", ("gml_disputes",), disputes.gml_pairs, disputes.gml_states),
    Join("mids", "COW militarized disputes", ("mid_disputes",), disputes.cow_pairs, disputes.cow_states),
    Join("peace-years", "years of peace, from the disputes that are joined", (), spells.peace, spells.peace),
)


def join(name: str) -> Join:
    """The join of that name; QuestionError with near names if there is none."""
    from difflib import get_close_matches

    for one in JOINS:
        if one.name == name:
            return one
    names = [one.name for one in JOINS]
    near = get_close_matches(name, names, n=2) or names
    raise QuestionError(f"nothing called {name!r} can be joined to a panel", do=f"use: {', '.join(near)}")


def ordered(names: Iterable[str], *, pairs: bool) -> tuple[str, ...]:
    """The names, each once, in the order of JOINS. Raises QuestionError for one that has no such unit."""
    chosen = set(names)
    for name in sorted(chosen):
        found = join(name)
        if not pairs and found.of_states is None:
            raise QuestionError(f"{name} describes pairs of states", do="join it to dyad-years")
    return tuple(one.name for one in JOINS if one.name in chosen)
