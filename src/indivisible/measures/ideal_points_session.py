"""One session of an assembly: how likely its votes are for given places of the states, with exact derivatives.

Ordinal probit. A state at place x votes yes, abstains or votes no as slope * x + noise lies below the lower cut of the
roll call, between its cuts, or above the upper one; the noise is standard normal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

SLOPE, LOWER, UPPER = 0, 1, 2
FAR = 60.0  # further than any cut can be from any place: as good as infinite
_LEAST = 1e-300  # a probability that has underflowed
_FLAT = 1e-8  # least curvature of a roll call that is believed
_DENSITY = 1.0 / np.sqrt(2.0 * np.pi)


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """The votes of one session: k states that voted (their `rows` among all n) in m roll calls.

    `single`: nobody abstained, so that both cuts are one. `unused` [2, m]: nobody voted yes (the lower cut is at its
    limit), nobody voted no (the upper one is).
    """

    rows: Ints
    yes: Bools
    abstain: Bools
    no: Bools
    single: Bools
    unused: Bools

    @property
    def calls(self) -> int:
        """Number of roll calls."""
        return int(self.yes.shape[1])

    @property
    def voted(self) -> Bools:
        """[k, m]: whether the state took part."""
        return self.yes | self.abstain | self.no


class Derivatives(NamedTuple):
    """The log likelihood near a place: value, first and second derivatives by places [k] and roll calls [3, m]."""

    value: float
    places: Floats  # [k]
    bend: Floats  # [k], minus the second derivative by each place
    calls: Floats  # [3, m]
    call_bend: Floats  # [m, 3, 3], minus the second derivatives inside each roll call
    cross: Floats  # [3, k, m], second derivatives by place and roll call


class Reduced(NamedTuple):
    """What a session says about places once its roll calls have been brought to their best answer."""

    gradient: Floats  # [k]
    block: Floats  # [k, k], minus the second derivatives
    root: Floats  # [m, 3, 3], a root of the inverse of each roll call's bend
    rest: Floats  # [3 m], the roll calls' own gradient through the root
    through: Floats  # [k, 3 m], the cross derivatives through the root


def session_of(votes: Floats) -> Session:
    """The session of votes [n, m]: 1 yes, 2 abstain, 3 no, NaN for none."""
    rows = np.flatnonzero((~np.isnan(votes)).any(axis=1)) if votes.shape[1] else np.empty(0, dtype=np.int64)
    own = votes[rows]
    yes, abstain, no = own == 1.0, own == 2.0, own == 3.0
    unused = np.stack([~yes.any(axis=0), ~no.any(axis=0)])
    return Session(rows, yes, abstain, no, ~abstain.any(axis=0), unused)


def start(session: Session, limit: float) -> Floats:
    """Roll calls [3, m] that tell nobody apart: slope 0, and cuts at which the shares of votes come out."""
    from scipy.special import ndtri

    yes, abstain, voted = (votes.sum(axis=0) for votes in (session.yes, session.abstain, session.voted))
    cuts = ndtri(np.clip(np.stack([yes, yes + abstain]) / np.maximum(voted, 1), 0.003, 0.997))
    return _tidy(session, np.concatenate([np.zeros((1, session.calls)), cuts]), limit)


def _tidy(session: Session, calls: Floats, limit: float) -> Floats:
    """Cuts inside their limits; those that no vote speaks of are at them, and one cut where nobody abstained."""
    lower = np.where(session.unused[0], -limit, np.clip(calls[LOWER], -limit, limit))
    upper = np.where(session.unused[1], limit, np.clip(calls[UPPER], -limit, limit))
    return np.stack([calls[SLOPE], lower, np.where(session.single, lower, upper)])


def _cells(session: Session, places: Floats, calls: Floats) -> tuple[Floats, Floats, Floats]:
    """For each state and roll call the ends of the noise that gives its vote, and the probability between them."""
    from scipy.special import ndtr

    centre = places[:, None] * calls[SLOPE]
    high = np.where(session.yes, calls[LOWER] - centre, np.where(session.abstain, calls[UPPER] - centre, FAR))
    low = np.where(session.no, calls[UPPER] - centre, np.where(session.abstain, calls[LOWER] - centre, -FAR))
    mirrored = low > 0.0  # in the upper tail a difference of two numbers near 1 would lose all digits
    a, b = np.where(mirrored, -high, low), np.where(mirrored, -low, high)
    return low, high, np.maximum(ndtr(b) - ndtr(a), _LEAST)


def log_likelihood(session: Session, places: Floats, calls: Floats) -> float:
    """Of the votes of all states that took part, places [k]."""
    return float(np.log(_cells(session, places, calls)[2])[session.voted].sum())


def chances(session: Session, places: Floats, calls: Floats) -> Floats:
    """[3, k, m]: the chances of a yes, an abstention and a no."""
    from scipy.special import ndtr

    centre = places[:, None] * calls[SLOPE]
    below, under = ndtr(calls[LOWER] - centre), ndtr(calls[UPPER] - centre)
    return np.stack([below, under - below, 1.0 - under])


def derivatives(session: Session, places: Floats, calls: Floats, *, variance: float, limit: float) -> Derivatives:
    """The log likelihood with the prior of the slopes (mean 0, `variance`), and its derivatives at a place."""
    low, high, chance = _cells(session, places, calls)
    up, down = _DENSITY * np.exp(-0.5 * high * high) / chance, _DENSITY * np.exp(-0.5 * low * low) / chance
    upper_bend, lower_bend, both = -high * up - up * up, low * down - down * down, up * down
    yes, abstain, no = session.yes, session.abstain, session.no
    first = np.where(yes, up, np.where(abstain, -down, 0.0))
    second = np.where(no, -down, np.where(abstain, up, 0.0))
    bend_first = np.where(yes, upper_bend, np.where(abstain, lower_bend, 0.0))
    bend_second = np.where(no, lower_bend, np.where(abstain, upper_bend, 0.0))
    bend_both = np.where(abstain, both, 0.0)
    by_first, by_second = -(bend_first + bend_both), -(bend_second + bend_both)  # with the centre, which moves both
    by_centre, centre = -(by_first + by_second), -(first + second)
    slope, place = calls[SLOPE], places[:, None]
    value = float(np.log(chance)[session.voted].sum()) - 0.5 * float((slope * slope).sum()) / variance
    gradient = np.stack([(centre * place).sum(axis=0) - slope / variance, first.sum(axis=0), second.sum(axis=0)])
    bend = np.empty((session.calls, 3, 3))
    bend[:, 0, 0] = 1.0 / variance - (by_centre * place * place).sum(axis=0)
    bend[:, 0, 1] = bend[:, 1, 0] = -(by_first * place).sum(axis=0)
    bend[:, 0, 2] = bend[:, 2, 0] = -(by_second * place).sum(axis=0)
    bend[:, 1, 1], bend[:, 2, 2] = -bend_first.sum(axis=0), -bend_second.sum(axis=0)
    bend[:, 1, 2] = bend[:, 2, 1] = -bend_both.sum(axis=0)
    cross = np.stack([by_centre * place * slope + centre, by_first * slope, by_second * slope])
    own, own_bend = (centre * slope).sum(axis=1), -(by_centre * slope * slope).sum(axis=1)
    found = Derivatives(value, own, own_bend, gradient, bend, cross)
    return _held(session, calls, found, limit)


def _held(session: Session, calls: Floats, found: Derivatives, limit: float) -> Derivatives:
    """The derivatives with cuts that are one taken together, and those at their limit held where they press on it."""
    gradient, bend, cross, one = found.calls, found.call_bend, found.cross, session.single
    gradient[LOWER, one] += gradient[UPPER, one]
    cross[LOWER][:, one] += cross[UPPER][:, one]
    bend[one, 0, 1] += bend[one, 0, 2]
    bend[one, 1, 0] = bend[one, 0, 1]
    bend[one, 1, 1] += bend[one, 2, 2] + 2.0 * bend[one, 1, 2]
    for cut, unused in ((LOWER, session.unused[0]), (UPPER, session.unused[1] | one)):
        pressing = (np.abs(calls[cut]) >= limit) & (calls[cut] * gradient[cut] > 0.0)
        held = unused | pressing
        gradient[cut, held] = 0.0
        cross[cut][:, held] = 0.0
        bend[held, cut, :] = bend[held, :, cut] = 0.0
        bend[held, cut, cut] = 1.0
    return found


def reduced(found: Derivatives) -> Reduced:
    """The roll calls eliminated: how the places are pulled, and how stiffly, when the roll calls follow them."""
    values, vectors = np.linalg.eigh(found.call_bend)
    root = vectors / np.sqrt(np.maximum(values, _FLAT))[:, None, :]
    through = np.einsum("akm,mab->kmb", found.cross, root).reshape(len(found.places), -1)
    rest = np.einsum("am,mab->mb", found.calls, root).reshape(-1)
    block = -(through @ through.T)
    block[np.diag_indices_from(block)] += found.bend
    return Reduced(found.places + through @ rest, block, root, rest, through)


def call_step(found: Reduced, step: Floats) -> Floats:
    """[3, m]: how the roll calls move when the places move by `step` [k]."""
    own = (found.rest + found.through.T @ step).reshape(-1, 3)
    moves: Floats = np.einsum("mab,mb->am", found.root, own)
    return moves


def moved(session: Session, calls: Floats, step: Floats, share: float, limit: float) -> Floats:
    """The roll calls after a share of a step; one that would close the gap between two cuts goes part of the way."""
    gap, closing = calls[UPPER] - calls[LOWER], share * (step[LOWER] - step[UPPER])
    tight = ~session.single & (closing > 0.8 * gap)
    part = np.where(tight, 0.8 * gap / np.where(tight, closing, 1.0), 1.0)
    return _tidy(session, calls + share * part * step, limit)


def rescaled(session: Session, calls: Floats, mean: float, spread: float, limit: float) -> Floats:
    """The roll calls that say of places (x - mean) / spread what these say of x."""
    cuts = calls[[LOWER, UPPER]] - calls[SLOPE] * mean
    return _tidy(session, np.concatenate([calls[[SLOPE]] * spread, cuts]), limit)
