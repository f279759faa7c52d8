"""An arms race of many, after Richardson: does it settle, where, and who answers whose armament.

Each arms the faster the more the others have, and the slower the more it has already:

    dx_i/dt = sum over j of k_ij x_j - a_i x_i + g_i        or        dx/dt = (K - diag a) x + g

K [n, n] is reaction, k_ij that of i towards j, 0 or above and 0 on the diagonal; a [n] is fatigue, 0 or above; g [n] is
grievance, of any sign. All rates are per unit of time; x and g / a have the unit of the armaments. The race settles if
the largest real part of the eigenvalues of K - diag a is below 0, which is where the spectral radius of diag(a)^-1 K is
below 1 (for two: a1 a2 > k1 k2), at x* = (diag a - K)^-1 g. That inverse holds nothing below 0: in this model nobody
ever answers more arms with fewer.

    Richardson, Arms and Insecurity (1960); the equivalence is that of M-matrices (Berman and Plemmons, Nonnegative
    Matrices in the Mathematical Sciences, 1979, chapter 6). Neither was seen; both are tested.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]

_MARGIN = 1e-12  # of the largest coefficient: closer to the bound than this is not told from the bound


class Reason(Enum):
    """Why an arms race has no equilibrium that it comes to."""

    UNSTABLE = "armaments grow or drift without end"
    BELOW_NOTHING = "somebody's armament would be below nothing"


@dataclass(frozen=True)
class NoEquilibrium:
    """No equilibrium that the race comes to: why, and the positions of those by whom it fails (none if by all)."""

    reason: Reason
    who: tuple[int, ...] = ()


@dataclass(frozen=True)
class ArmsRace:
    """Reaction [n, n], fatigue [n] and grievance [n]. QuestionError if one is not known or of the wrong sign."""

    reaction: Floats
    fatigue: Floats
    grievance: Floats

    def __post_init__(self) -> None:
        n = len(self.fatigue)
        for name, shape in (("reaction", (n, n)), ("fatigue", (n,)), ("grievance", (n,))):
            given = np.array(getattr(self, name), dtype=np.float64)
            if given.shape != shape or not np.isfinite(given).all():
                raise QuestionError(f"not known numbers of shape {shape}", where=name, do="give one for each state")
            object.__setattr__(self, name, given)
        if (self.reaction < 0.0).any() or self.reaction.diagonal().any():
            raise QuestionError("a reaction below 0, or towards oneself", do="own armament belongs to fatigue")
        if (self.fatigue < 0.0).any():
            raise QuestionError("a fatigue below 0", do="give 0 or above")


def growth(race: ArmsRace) -> float:
    """The largest real part of the eigenvalues of K - diag a, per unit of time: below 0 the race settles.

    A real eigenvalue of its own, since nothing off the diagonal is below 0. -inf where nobody takes part.
    """
    return float(np.linalg.eigvals(_motion(race)).real.max(initial=-np.inf))


def reaction_ratio(race: ArmsRace) -> float:
    """The spectral radius of diag(a)^-1 K: below 1 the race settles. Infinite if somebody never tires."""
    if (race.fatigue == 0.0).any():
        return float(np.inf)
    return float(np.abs(np.linalg.eigvals(race.reaction / race.fatigue[:, None])).max(initial=0.0))


def settles(race: ArmsRace) -> bool:
    """Whether armaments come to an equilibrium from wherever they start. At the bound: no.

    Nothing off the diagonal of diag a - K is above 0, and such a matrix is stable where it maps some x above 0 to ones
    (an M-matrix): quicker told than its eigenvalues are found.
    """
    return _settled(race, np.empty((len(race.fatigue), 0))) is not None


def responses(race: ArmsRace, pushes: Floats) -> Floats | NoEquilibrium:
    """How much more each has in the end, [n, k], if grievances rise by the columns of `pushes` [n, k]."""
    found = _settled(race, pushes)
    return NoEquilibrium(Reason.UNSTABLE) if found is None else found


def equilibrium(race: ArmsRace, *, below_nothing: bool = False) -> Floats | NoEquilibrium:
    """Where armaments settle, x* [n], or why they do not.

    With a grievance below 0 (goodwill) somebody's x* may be below nothing. Richardson reads that as cooperation:
    `below_nothing` lets it pass; by default it is no equilibrium of armaments.
    """
    found = _settled(race, race.grievance[:, None])
    if found is None:
        return NoEquilibrium(Reason.UNSTABLE)
    settled: Floats = found[:, 0]
    if not below_nothing and (settled < 0.0).any():
        return NoEquilibrium(Reason.BELOW_NOTHING, tuple(int(i) for i in np.flatnonzero(settled < 0.0)))
    return settled


def to_grievance(race: ArmsRace) -> Floats | NoEquilibrium:
    """dx*_i / dg_j, [n, n]: how much more i has in the end if j's grievance rises by one. (diag a - K)^-1."""
    inverse = responses(race, np.eye(len(race.fatigue)))
    return inverse if isinstance(inverse, NoEquilibrium) else np.maximum(inverse, 0.0)  # what is below 0 is rounding


def _settled(race: ArmsRace, pushes: Floats) -> Floats | None:
    """(diag a - K)^-1 times the columns, or None where the race does not settle."""
    n = len(race.fatigue)
    motion = _motion(race)
    try:
        found = np.linalg.solve(-motion, np.column_stack([np.ones(n), pushes]))
    except np.linalg.LinAlgError:
        return None
    reached, largest = found[:, 0], float(np.abs(motion).max(initial=0.0))
    if not (reached > 0.0).all() or reached.max(initial=0.0) * largest * _MARGIN >= 1.0:
        return None
    return np.asarray(found[:, 1:], dtype=np.float64)


def answers(race: ArmsRace) -> Floats | NoEquilibrium:
    """How much more i has in the end for each unit that j has more and keeps, [n, n]; 1 on the diagonal.

    The others settle anew around it, through everybody: the inverse's [i, j] over its [j, j].
    """
    inverse = to_grievance(race)
    return inverse if isinstance(inverse, NoEquilibrium) else inverse / inverse.diagonal()[None, :]


def to_reaction(race: ArmsRace) -> Floats | NoEquilibrium:
    """dx*_h / dk_ij, [n, n, n] as [h, i, j]: how much more h has in the end as i reacts more strongly to j.

    The inverse's [h, i] times x*_j. The diagonal i = j is, with the sign changed, what more fatigue does.
    """
    inverse, settled = to_grievance(race), equilibrium(race, below_nothing=True)
    if isinstance(inverse, NoEquilibrium):
        return inverse
    if isinstance(settled, NoEquilibrium):
        return settled
    return inverse[:, :, None] * settled[None, None, :]


def _motion(race: ArmsRace) -> Floats:
    motion: Floats = race.reaction - np.diag(race.fatigue)
    return motion
