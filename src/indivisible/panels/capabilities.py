"""What a state is: material capabilities, democracy and wealth, a state and year."""

from __future__ import annotations

from collections.abc import Mapping

from indivisible.panels.columns import ABSENT_IS_NULL, Ask, Column, of_state_years

# column of the source -> what it is, in its unit
NMC = {
    "milex": "military expenditure, thousands (pounds until 1913, then current US dollars)",
    "milper": "military personnel, thousands",
    "irst": "iron and steel production, thousands of tons",
    "pec": "primary energy consumption, thousands of coal-ton equivalents",
    "tpop": "total population, thousands",
    "upop": "urban population, thousands",
    "cinc": "composite index of national capability, share of the world, as published",
}
DEMOCRACY = {
    "euds": "extended Unified Democracy Score, about -2 to 2",
    "aeuds": "extended Unified Democracy Score, zero being the cut between democracy and autocracy",
    "polity2": "Polity score, -10 to 10",
    "v2x_polyarchy": "V-Dem electoral democracy index, 0 to 1",
}
VDEM = {
    "v2x_polyarchy": "electoral democracy index",
    "v2x_libdem": "liberal democracy index",
    "v2x_partipdem": "participatory democracy index",
    "v2x_delibdem": "deliberative democracy index",
    "v2x_egaldem": "egalitarian democracy index",
}
BOUNDS = {"": "", "_codelow": ", lower bound of the estimate", "_codehigh": ", upper bound of the estimate"}
GDP = {
    "mrgdppc": "GDP for each head, 2011 international dollars",
    "pwtrgdp": "GDP, millions of 2017 international dollars",
    "pwtpop": "population, millions",
}


def _columns(ask: Ask, dataset: str, rules: Mapping[str, str]) -> list[Column]:
    table = of_state_years(ask, dataset, tuple(rules))
    return [Column(name, table[name], dataset, rule, ABSENT_IS_NULL, "state") for name, rule in rules.items()]


def nmc(ask: Ask) -> list[Column]:
    """Six components of power and CINC."""
    return _columns(ask, "nmc", NMC)


def democracy(ask: Ask) -> list[Column]:
    """Three measures of democracy, one of them in two forms."""
    return _columns(ask, "democracy", DEMOCRACY)


def vdem(ask: Ask) -> list[Column]:
    """Five indices of V-Dem with their bounds; `vdem_` before the name, as `democracy` has one of another version."""
    rules = {
        f"{name}{bound}": f"V-Dem {rule}, 0 to 1{of}" for name, rule in VDEM.items() for bound, of in BOUNDS.items()
    }
    table = of_state_years(ask, "vdem", tuple(rules))
    return [Column(f"vdem_{name}", table[name], "vdem", rule, ABSENT_IS_NULL, "state") for name, rule in rules.items()]


def gdp(ask: Ask) -> list[Column]:
    """Estimated GDP for each head, GDP and population."""
    return _columns(ask, "gdp", GDP)
