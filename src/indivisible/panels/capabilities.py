"""What a state is: material capabilities, democracy and wealth, a state and year."""

from __future__ import annotations

from indivisible.panels.columns import ABSENT_IS_NULL, Ask, Column, of_state_years

NMC = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
DEMOCRACY = ("euds", "aeuds", "polity2", "v2x_polyarchy")
GDP = ("mrgdppc", "pwtrgdp", "pwtpop")


def _columns(ask: Ask, dataset: str, names: tuple[str, ...]) -> list[Column]:
    table = of_state_years(ask, dataset, names)
    return [Column(name, table[name], dataset, "as published", ABSENT_IS_NULL, "state") for name in names]


def nmc(ask: Ask) -> list[Column]:
    """Six components of power and CINC."""
    return _columns(ask, "nmc", NMC)


def democracy(ask: Ask) -> list[Column]:
    """Three measures of democracy, one of them in two forms."""
    return _columns(ask, "democracy", DEMOCRACY)


def gdp(ask: Ask) -> list[Column]:
    """Estimated GDP for each head, GDP and population."""
    return _columns(ask, "gdp", GDP)
