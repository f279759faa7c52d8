"""Where states stand by their votes: dynamic ordinal ideal points, one for each state and session, with errors.

The model of Bailey, Strezhnev and Voeten (2017). State i in session t stands at x[t, i]. In roll call v it votes yes,
abstains or votes no as slope[v] * x[t, i] + noise lies below the lower cut of v, between its cuts, or above the upper
one; the noise is standard normal. Slopes have mean 0 and a given variance, cuts are flat between their limits, and a
state's place is a random walk: from a session with n1 of its votes to its next with n2 it has variance
smooth * n2 / (n1 + n2). Over all states and sessions the places have mean 0 and standard deviation 1.

Found here is the place of highest posterior density, by Newton's method on everything at once: the roll calls of a
session are eliminated, which leaves the places of one session tied to those of the next. The published numbers are
means over 20,000 draws of a sampler, in which a state's place is tied to the session before only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures import ideal_points_session as one_session
from indivisible.measures import ideal_points_walk as walk
from indivisible.measures.ideal_points_session import Reduced, Session

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Tell = Callable[[int, float], None]

ROUNDS = 8  # of places and roll calls in turn, before Newton's method
LONGEST = 1.0  # a move in those rounds
HALVINGS = 12
NEAR = 1e-7  # a place this near to its limit is at it
SLACK = 1e-9  # by how much of itself the log posterior may fall in a step, for rounding


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """How the search ended: `change` is the largest move of a place in the last step, `gradient` what still pulls."""

    converged: bool
    steps: int
    change: float
    gradient: float
    tolerance: float
    log_posterior: float


@dataclass(frozen=True, slots=True, eq=False)
class IdealPoints:
    """Places [n, t] of n states in t sessions, NaN where a state has none, and what they were found from.

    `errors`: standard errors from the curvature at the optimum, with the uncertainty of the roll calls in them; NaN
    for a place at the limit. `calls`: slope, lower and upper cut [3, m] of each roll call kept, by session; `kept` [m]:
    which of those given they are. `votes` [n, t] counts the votes used. `classified`: share of votes that the model
    calls right, `by_mode` the share that the commonest vote of each roll call would.
    """

    points: Floats
    errors: Floats
    at_limit: Bools
    votes: Ints
    kept: tuple[Bools, ...]
    calls: tuple[Floats, ...]
    classified: float
    by_mode: float
    mean_log_likelihood: float
    search: Search


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    sessions: tuple[Session, ...]
    votes: Ints  # [t, n]
    stiffness: Floats  # [t, n]
    on_way: Bools  # [t, n]
    variance: float
    limit: float
    cut_limit: float

    @property
    def seen(self) -> Bools:
        """[t, n]: whether the state has votes in the session."""
        return self.votes > 0


@dataclass(frozen=True, slots=True, eq=False)
class _At:
    places: Floats  # [t, n]
    calls: tuple[Floats, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    places: Floats
    calls: tuple[Floats, ...]
    gradient: float
    variances: Floats


def ideal_points(
    sessions: Sequence[Floats],
    anchors: Floats,
    *,
    smooth: float = 0.5,
    slope_variance: float = 1.0,
    limit: float = 5.0,
    cut_limit: float = 7.0,
    keep_unvarying: bool = False,
    tolerance: float = 1e-6,
    most_steps: int = 60,
    tell: Tell | None = None,
) -> IdealPoints:
    """Ideal points of n states over sessions in order of time; votes [n, m] are 1 yes, 2 abstain, 3 no, NaN none.

    `anchors` [n]: starting places of some states, NaN for the others. They also fix the sign: the places come out
    so that they agree with the anchors. Unanimous roll calls are left out, and so are the votes of a state that voted
    the same in all that remain of a session, unless `keep_unvarying`. The search ends when no place moves by more than
    `tolerance`; after `most_steps` it gives what it has, with `converged` False. `tell` hears of each step. Raises
    QuestionError for votes that are none, for shapes that do not fit and where nothing tells the states apart.
    """
    _check(sessions, anchors)
    told, kept = _contested(sessions, keep_unvarying)
    made = tuple(one_session.session_of(votes) for votes in told)
    counts = np.stack([(~np.isnan(votes)).sum(axis=1) for votes in told])
    stiffness, on_way = walk.ties(counts, smooth)
    problem = _Problem(made, counts, stiffness, on_way, slope_variance, limit, cut_limit)
    known = np.nan_to_num(anchors)
    turn = 1.0 if known[np.flatnonzero(known)[0]] > 0 else -1.0  # so that mirrored anchors take the mirrored way
    at = _started(problem, turn * known)
    at, search, last = _climbed(problem, at, tolerance, most_steps, tell)
    return _answer(problem, at, search, last, kept, known, tolerance)


def _check(sessions: Sequence[Floats], anchors: Floats) -> None:
    if not sessions or anchors.ndim != 1:
        raise QuestionError("votes are a list of arrays [states, roll calls], anchors one number a state")
    for votes in sessions:
        if votes.ndim != 2 or len(votes) != len(anchors):
            raise QuestionError(f"votes of shape {votes.shape} do not fit {len(anchors)} anchors")
        if not (np.isnan(votes) | np.isin(votes, (1.0, 2.0, 3.0))).all():
            raise QuestionError("a vote is 1 (yes), 2 (abstain), 3 (no) or NaN (none)")
    voted = np.any([(~np.isnan(votes)).any(axis=1) for votes in sessions], axis=0)
    if not np.nan_to_num(anchors)[voted].any():
        what = "no state with an anchor other than 0 has voted: nothing says which way the places run"
        raise QuestionError(what, do="give a starting place to states that voted")


def _contested(sessions: Sequence[Floats], keep_unvarying: bool) -> tuple[list[Floats], tuple[Bools, ...]]:
    """The votes that tell states apart, and which roll calls they are of; what is left out may empty another."""
    told, kept = [], []
    for votes in sessions:
        left = votes.copy()
        while True:
            spread = _varying(left, 0)
            left[:, ~spread] = np.nan
            same = ~_varying(left, 1) & (~np.isnan(left)).any(axis=1)
            if keep_unvarying or not same.any():
                break
            left[same] = np.nan
        told.append(left[:, spread])
        kept.append(spread)
    if not any(spread.any() for spread in kept):
        raise QuestionError("in no roll call do two states differ", do="give more sessions, or more roll calls")
    return told, tuple(kept)


def _varying(votes: Floats, axis: int) -> Bools:
    low = np.where(np.isnan(votes), np.inf, votes).min(axis=axis, initial=np.inf)
    high = np.where(np.isnan(votes), -np.inf, votes).max(axis=axis, initial=-np.inf)
    varies: Bools = high > low
    return varies


def _started(problem: _Problem, anchors: Floats) -> _At:
    """From the anchors, places and roll calls in turn: near enough for Newton's method."""
    calls = tuple(one_session.start(session, problem.cut_limit) for session in problem.sessions)
    at = _standard(problem, _At(np.where(problem.on_way, anchors, 0.0), calls))
    for _ in range(ROUNDS):
        at = _standard(problem, _places_moved(problem, _calls_moved(problem, at)))
    return _calls_moved(problem, at)


def _calls_moved(problem: _Problem, at: _At) -> _At:
    calls = []
    for session, places, own in zip(problem.sessions, at.places, at.calls, strict=True):
        moving, still = own, np.zeros(len(session.rows))
        for _ in range(2):
            found = one_session.reduced(_derivatives(problem, session, places, moving))
            step = one_session.call_step(found, still)
            step = step * np.minimum(1.0, LONGEST / np.maximum(np.abs(step).max(axis=0), LONGEST))
            moving = one_session.moved(session, moving, step, 1.0, problem.cut_limit)
        calls.append(moving)
    return replace(at, calls=tuple(calls))


def _places_moved(problem: _Problem, at: _At) -> _At:
    right, diagonal = walk.pull(problem.stiffness, at.places), walk.hold(problem.stiffness)
    for t, (session, calls) in enumerate(zip(problem.sessions, at.calls, strict=True)):
        found = _derivatives(problem, session, at.places[t], calls)
        right[t, session.rows] += found.places
        diagonal[t, session.rows] += np.maximum(found.bend, 1e-3)
    diagonal[~problem.on_way] = 1.0
    step = walk.solve_states(problem.stiffness, diagonal, np.where(problem.on_way, right, 0.0))
    return replace(at, places=at.places + np.clip(step, -LONGEST, LONGEST))


def _derivatives(problem: _Problem, session: Session, places: Floats, calls: Floats) -> one_session.Derivatives:
    own = places[session.rows]
    return one_session.derivatives(session, own, calls, variance=problem.variance, limit=problem.cut_limit)


def _standard(problem: _Problem, at: _At, held: Bools | None = None) -> _At:
    """The same with places of mean 0 and deviation 1 inside the limit, and roll calls that say the same of them.

    Places `held` at the limit stay there, and the others alone make good for mean and deviation.
    """
    seen = problem.seen
    if held is not None and held.any():
        return replace(at, places=_inside(problem, at.places))
    mean, spread = float(at.places[seen].mean()), float(at.places[seen].std())
    if spread == 0.0:
        raise QuestionError("nothing tells the states apart", do="give anchors that differ, or more sessions")
    calls = tuple(
        one_session.rescaled(session, own, mean, spread, problem.cut_limit)
        for session, own in zip(problem.sessions, at.calls, strict=True)
    )
    return _At(_inside(problem, np.where(problem.on_way, (at.places - mean) / spread, 0.0)), calls)


def _inside(problem: _Problem, places: Floats) -> Floats:
    """Places beyond the limit put at it, and the others so that mean and deviation of all are still 0 and 1."""
    seen, limit = problem.seen, problem.limit
    for _ in range(ROUNDS):
        beyond = np.abs(places) > limit - NEAR
        places = np.where(beyond, np.sign(places) * limit, places)
        held, free = seen & beyond, seen & ~beyond
        left, count = float(seen.sum() - (places[held] ** 2).sum()), int(free.sum())
        if not held.any() or count < 2 or left <= 0.0:
            break
        middle = -float(places[held].sum()) / count
        wide = left / count - middle * middle
        own = places[free]
        if wide <= 0.0 or own.std() == 0.0:
            break
        moved = middle + (places - own.mean()) * np.sqrt(wide) / own.std()
        places = np.where(problem.on_way & ~beyond, moved, places)
    return np.clip(places, -limit, limit)


def _log_posterior(problem: _Problem, at: _At) -> float:
    total = walk.log_prior(problem.stiffness, at.places)
    for session, places, calls in zip(problem.sessions, at.places, at.calls, strict=True):
        total += one_session.log_likelihood(session, places[session.rows], calls)
        total -= 0.5 * float((calls[one_session.SLOPE] ** 2).sum()) / problem.variance
    return total


def _climbed(
    problem: _Problem, at: _At, tolerance: float, most_steps: int, tell: Tell | None
) -> tuple[_At, Search, _Step | None]:
    """Newton's method: a step is halved until the posterior does not fall, and damped where it would not rise."""
    value, damping, change, step = _log_posterior(problem, at), 1e-3, np.inf, None
    for number in range(1, most_steps + 1):
        step = _newton(problem, at, damping)
        taken = None if step is None else _taken(problem, at, step, value)
        if taken is None:
            damping *= 10.0
            continue
        share, new, value = taken
        change, at = float(np.abs(new.places - at.places)[problem.seen].max()), new
        damping = max(damping / 3.0, 1e-4) if share == 1.0 else damping * 2.0
        if tell is not None:
            tell(number, change)
        if share == 1.0 and change <= tolerance:
            break
    last = _newton(problem, at, 1e-4, variances=True)
    gradient = np.inf if last is None else last.gradient
    converged = change <= tolerance and last is not None
    return at, Search(converged, number, change, gradient, tolerance, value), last


def _taken(problem: _Problem, at: _At, step: _Step, value: float) -> tuple[float, _At, float] | None:
    share, held = 1.0, (np.abs(at.places) >= problem.limit) & (step.places == 0.0)
    for _ in range(HALVINGS):
        calls = tuple(
            one_session.moved(session, own, by, share, problem.cut_limit)
            for session, own, by in zip(problem.sessions, at.calls, step.calls, strict=True)
        )
        new = _standard(problem, _At(at.places + share * step.places, calls), held)
        reached = _log_posterior(problem, new)
        if reached >= value - SLACK * abs(value):
            return share, new, reached
        share /= 2.0
    return None


def _newton(problem: _Problem, at: _At, damping: float, *, variances: bool = False) -> _Step | None:
    """The step of all places and roll calls together that keeps mean and deviation; None where it is no ascent."""
    gradient, found = walk.pull(problem.stiffness, at.places), []
    blocks = np.zeros((*gradient.shape, gradient.shape[1]))
    for t, (session, calls) in enumerate(zip(problem.sessions, at.calls, strict=True)):
        own = one_session.reduced(_derivatives(problem, session, at.places[t], calls))
        found.append(own)
        blocks[t][np.ix_(session.rows, session.rows)] = own.block
        gradient[t, session.rows] += own.gradient
    free, keeps, multipliers = _free(problem, at.places, gradient)
    gradient = np.where(free, gradient, 0.0)
    diagonal = walk.hold(problem.stiffness) + damping + np.where(problem.seen, multipliers[1], 0.0)
    stiffness = problem.stiffness.copy()
    stiffness[1:] *= free[1:] & free[:-1]
    blocks *= free[:, :, None] & free[:, None, :]
    states = np.arange(gradient.shape[1])
    blocks[:, states, states] = np.where(free, blocks[:, states, states] + diagonal, 1.0)
    right = np.concatenate([gradient[..., None], keeps], axis=-1)
    return _constrained(
        problem, gradient, keeps, found, walk.solve_blocks(blocks, stiffness, right, variances=variances)
    )


def _free(problem: _Problem, places: Floats, gradient: Floats) -> tuple[Bools, Floats, Floats]:
    """Which places may move (not those that press on the limit), what mean and deviation are to them, and how both
    hold them back: [t, n], [t, n, 2], [2]."""
    both = np.stack([np.ones_like(places), places], axis=-1)
    free = problem.on_way & (np.abs(places) < problem.limit)
    for _ in range(2):
        keeps = np.where((problem.seen & free)[..., None], both, 0.0)
        pulled = np.where(free, gradient, 0.0).reshape(-1)
        multipliers = np.linalg.lstsq(keeps.reshape(-1, 2), pulled, rcond=None)[0]
        pressing = (np.abs(places) >= problem.limit) & (places * (gradient - both @ multipliers) > 0.0)
        free = problem.on_way & ~pressing
    return free, np.where((problem.seen & free)[..., None], both, 0.0), multipliers


def _constrained(
    problem: _Problem, gradient: Floats, keeps: Floats, found: Sequence[Reduced], solved: walk.Solved
) -> _Step | None:
    """The part of the solution along which neither mean nor deviation changes, and the variances that are left.

    None unless the posterior bends down in every such direction: the negative directions of the matrix and the
    positive ones of the two constraints are then two in all.
    """
    free, held = solved.solution[..., 0], solved.solution[..., 1:]
    inner = np.einsum("tnk,tnl->kl", keeps, held)
    if solved.negative + int((np.linalg.eigvalsh(inner) > 0.0).sum()) != 2:
        return None
    by = np.linalg.lstsq(inner, np.einsum("tnk,tn->k", keeps, free), rcond=None)[0]
    places = free - held @ by
    calls = tuple(
        one_session.call_step(own, places[t, session.rows])
        for t, (session, own) in enumerate(zip(problem.sessions, found, strict=True))
    )
    variances = solved.variances - np.einsum("tnk,kl,tnl->tn", held, np.linalg.pinv(inner), held)
    flat = keeps.reshape(-1, 2)
    left = gradient.reshape(-1) - flat @ np.linalg.lstsq(flat, gradient.reshape(-1), rcond=None)[0]
    return _Step(places, calls, float(np.abs(left).max(initial=0.0)), variances)


def _answer(
    problem: _Problem,
    at: _At,
    search: Search,
    last: _Step | None,
    kept: tuple[Bools, ...],
    anchors: Floats,
    tolerance: float,
) -> IdealPoints:
    seen = problem.seen
    at_limit = seen & (np.abs(at.places) >= problem.limit)
    weights = np.where(seen, anchors - anchors[anchors != 0.0].mean() * (np.ptp(anchors[anchors != 0.0]) > 0), 0.0)
    weights[:, anchors == 0.0] = 0.0
    sign = -1.0 if (weights * at.places).sum() < 0.0 else 1.0
    variances = np.full(seen.shape, np.nan) if last is None else last.variances
    known = seen & ~at_limit & (variances > 0.0)
    errors = np.sqrt(np.where(known, variances, np.nan))
    calls = tuple(np.stack([sign * own[0], own[1], own[2]]) for own in at.calls)
    right, modal, fit, total = 0, 0, 0.0, int(problem.votes.sum())
    for session, places, own in zip(problem.sessions, at.places, at.calls, strict=True):
        chosen = one_session.chances(session, places[session.rows], own).argmax(axis=0)
        cast = np.stack([session.yes, session.abstain, session.no])
        right += int(np.take_along_axis(cast, chosen[None], axis=0).sum())
        modal += int(cast.sum(axis=1).max(axis=0).sum())
        fit += one_session.log_likelihood(session, places[session.rows], own)
    points = np.where(seen, sign * at.places, np.nan)
    return IdealPoints(
        points.T, errors.T, at_limit.T, problem.votes.T, kept, calls, right / total, modal / total, fit / total, search
    )
