"""How far a group votes as one: Rice, Attina, Lijphart and the agreement index, and what mere chance would give.

Arguments are counts of votes, scalars or arrays of one shape (one element a roll call), and results have that shape;
NaN where nobody voted in a way that counts. Small groups score high by luck: compare with the null expectation.

    Rice, Quantitative Methods in Politics (1928); Attina, European Journal of Political Research 18 (1990);
    Hix, Noury and Roland, British Journal of Political Science 35 (2005), for the agreement index; Lijphart, American
    Political Science Review 57 (1963), whose index for a pair of states is here the mean over all pairs of a group.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]


def rice(yes: ArrayLike, no: ArrayLike) -> Floats:
    """|Y - N| / (Y + N), in [0, 1]; abstentions do not count."""
    in_favour, against = np.asarray(yes, dtype=np.float64), np.asarray(no, dtype=np.float64)
    return _share(np.abs(in_favour - against), in_favour + against)


def agreement_index(yes: ArrayLike, no: ArrayLike, abstain: ArrayLike) -> Floats:
    """(max - (T - max) / 2) / T of yes, no and abstain, T their sum: in [0, 1], 0 if split in three equal parts."""
    largest, total = _largest(yes, no, abstain)
    return _share(largest - 0.5 * (total - largest), total)


def attina(yes: ArrayLike, no: ArrayLike, abstain: ArrayLike) -> Floats:
    """(2 max - T) / T, in [-1/3, 1]: below 0 where the largest camp is no majority."""
    largest, total = _largest(yes, no, abstain)
    return _share(2.0 * largest - total, total)


def lijphart(yes: ArrayLike, no: ArrayLike, abstain: ArrayLike) -> Floats:
    """The mean over all pairs of 1 - d, with d 1 for yes against no, 1/2 for either against abstention: in [0, 1].

    NaN where fewer than two voted.
    """
    in_favour, against, aside = (np.asarray(votes, dtype=np.float64) for votes in (yes, no, abstain))
    total = in_favour + against + aside
    pairs = np.asarray(0.5 * total * (total - 1.0))
    apart = in_favour * against + 0.5 * aside * (in_favour + against)
    return _share(pairs - apart, pairs)


def tally(votes: Floats, *, yes: float, no: float, abstain: float) -> tuple[Floats, Floats, Floats]:
    """Counts of yes, no and abstain of each column of votes [members, roll calls]; NaN is no vote.

    Raises QuestionError for any other number.
    """
    table = np.asarray(votes, dtype=np.float64)
    if not np.isin(table[~np.isnan(table)], (yes, no, abstain)).all():
        raise QuestionError("a vote is neither yes, no nor abstain", do="write a vote that was not cast as NaN")
    counts = [(table == word).sum(axis=0).astype(np.float64) for word in (yes, no, abstain)]
    return counts[0], counts[1], counts[2]


def expected_rice(members: int, *, chance: float = 0.5) -> float:
    """Rice of n members who each vote yes by chance, no otherwise, independently: the mean over all outcomes.

    By coin flips about sqrt(2 / (pi n)): .5 for two, .25 for ten. NaN for nobody.
    """
    if members < 1:
        return math.nan
    in_favour = np.arange(members + 1)
    log_chance = _log_choose(members, in_favour) + _log_power(chance, in_favour)
    log_chance = log_chance + _log_power(1.0 - chance, members - in_favour)
    return float(np.exp(log_chance) @ rice(in_favour, members - in_favour))


def expected_agreement_index(members: int, *, chances: tuple[float, float, float] = (1 / 3, 1 / 3, 1 / 3)) -> float:
    """Agreement index of n members who vote yes, no or abstain with these chances, independently; NaN for nobody.

    The mean over all (n + 1)(n + 2) / 2 outcomes. Raises QuestionError if the chances do not sum to 1.
    """
    if abs(sum(chances) - 1.0) > 1e-9 or min(chances) < 0.0:
        raise QuestionError(f"chances {chances} do not sum to 1", do="give three chances: yes, no, abstain")
    if members < 1:
        return math.nan
    yes, no = np.divmod(np.arange((members + 1) ** 2), members + 1)
    yes, no = yes[yes + no <= members], no[yes + no <= members]
    abstain = members - yes - no
    log_chance = _log_choose(members, yes) + _log_choose(members - yes, no)
    for votes, chance in zip((yes, no, abstain), chances, strict=True):
        log_chance = log_chance + _log_power(chance, votes)
    return float(np.exp(log_chance) @ agreement_index(yes, no, abstain))


def expected_attina(members: int) -> float:
    """Attina's index of n members who vote yes, no or abstain with like chances, independently; NaN for nobody.

    Attina = (4 AI - 1) / 3 for every outcome, so the same holds of the means.
    """
    return (4.0 * expected_agreement_index(members) - 1.0) / 3.0


def expected_lijphart(members: int) -> float:
    """Lijphart's index of n members who vote yes, no or abstain with like chances, independently: 5/9 from two on.

    For two voters the distance is 0, 1/2 and 1 with chances 3/9, 4/9 and 2/9; a mean over pairs has the same mean.
    """
    return 5.0 / 9.0 if members >= 2 else math.nan


def _largest(*camps: ArrayLike) -> tuple[Floats, Floats]:
    counts = np.stack(np.broadcast_arrays(*(np.asarray(camp, dtype=np.float64) for camp in camps)))
    return counts.max(axis=0), counts.sum(axis=0)


def _share(part: Floats, whole: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(part / np.where(whole > 0.0, whole, np.nan))


def _log_choose(total: int | NDArray[np.int64], chosen: NDArray[np.int64]) -> Floats:
    of, out = np.broadcast_arrays(np.asarray(total), chosen)
    factorial = np.array([math.lgamma(k + 1.0) for k in range(int(of.max(initial=0)) + 1)])
    logarithm: Floats = factorial[of] - factorial[out] - factorial[of - out]
    return logarithm


def _log_power(chance: float, times: NDArray[np.int64]) -> Floats:
    """times * ln(chance), with nothing to the power of nothing being 1."""
    logarithm = math.log(chance) if chance > 0.0 else -math.inf
    with np.errstate(invalid="ignore"):
        return np.where(times == 0, 0.0, times * logarithm)
