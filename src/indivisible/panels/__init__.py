"""State-year and dyad-year tables from the publishers' data: with coverage in place of silent zeros, in seconds.

panels.dyad_years(years=(1816, 2010), directed=True, system="cow").with_("contiguity", "nmc", "gml-mids").frame()
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indivisible.panels.panel import Panel

UNITS = ("state-years", "dyad-years")


def dyad_years(
    *,
    years: tuple[int, int],
    directed: bool = True,
    system: str = "cow",
    relevant: str | None = None,
    carry_system: bool = False,
    crosswalk: str | None = None,
    gaps: str = "bridge",
    powers: int = 3,
    home: Path | None = None,
) -> Panel:
    """Pairs of states and years, both ends included.

    `directed`: each pair in both directions. `system`: cow or gw. `relevant`: None for all pairs, or
    `contiguous-or-major`, `land-or-major`. `carry_system`: repeat the last known members of the system for the
    years after. `crosswalk`: `isard`, to join data coded in one system to a table of the other. `gaps`: how years of
    peace treat years in which a state was no member, `bridge` or `restart`. `powers`: 1, 2 or 3, up to which power
    years of peace are given. Raises QuestionError for what there is not.
    """
    return build(
        "dyad-years",
        years=years,
        directed=directed,
        system=system,
        relevant=relevant,
        carry_system=carry_system,
        crosswalk=crosswalk,
        gaps=gaps,
        powers=powers,
        home=home,
    )


def state_years(
    *,
    years: tuple[int, int],
    system: str = "cow",
    carry_system: bool = False,
    crosswalk: str | None = None,
    gaps: str = "bridge",
    powers: int = 3,
    home: Path | None = None,
) -> Panel:
    """States and years, both ends included; the arguments are those of `dyad_years`."""
    return build(
        "state-years",
        years=years,
        system=system,
        carry_system=carry_system,
        crosswalk=crosswalk,
        gaps=gaps,
        powers=powers,
        home=home,
    )


def build(
    unit: str,
    *,
    years: tuple[int, int],
    joined: Sequence[str] = (),
    keys: Sequence[str] = (),
    directed: bool = True,
    system: str = "cow",
    relevant: str | None = None,
    carry_system: bool = False,
    crosswalk: str | None = None,
    gaps: str = "bridge",
    powers: int = 3,
    home: Path | None = None,
) -> Panel:
    """A panel from plain arguments, as the command line has them: `unit` is state-years or dyad-years.

    `joined`: names of what is joined; `keys`: iso3c, state. Raises QuestionError for what there is not.
    """
    from indivisible.panels.asking import planned
    from indivisible.panels.panel import Panel

    plan = planned(
        unit, years, directed=directed, system=system, relevant=relevant, carry=carry_system, crosswalk=crosswalk,
        gaps=gaps, powers=powers, home=home,
    )  # fmt: skip
    return Panel(plan).with_(*joined).keyed(*keys)
