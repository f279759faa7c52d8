"""Whoever does the work, the answer has the same bytes: one, two or eight processes, a Ray cluster, after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import design_worlds as lands
import pytest

from indivisible.errors import QuestionError
from indivisible.explore import packages
from indivisible.explore.design import design
from indivisible.explore.design_answer import Design
from indivisible.explore.design_case import DesignCase
from indivisible.explore.executor import Executor, Here, Processes, Ray, executor
from indivisible.explore.search import IMPOSSIBLE
from indivisible.record.record import Record
from indivisible.report.json_text import to_json

PAIRS = list(combinations(lands.LANDS, 2))
LEVERS = [f"id: p{n}, steps: [{lands.step('defence', *pair)}]" for n, pair in enumerate(PAIRS)]
MORE = "harm: {models: [deterrence, distance], draws: {count: 2, seed: 7, most: 0.5}}\nlimits: {in_full: 8}\n"
CASES = {
    "harmless": (LEVERS[:6], MORE.replace("distance", "commitment")),
    "blocked": (LEVERS[:8], "harm: {models: [deterrence, distance]}\nmust: [p3]\naims: {gain: [EEE]}\n"),
    "not proven": (LEVERS[:8], "harm: {models: [deterrence]}\nmust: [p3]\nlimits: {evaluations: 100}\n"),
}


@pytest.fixture(scope="module", autouse=True)
def small_blocks() -> Iterator[None]:
    """Several blocks of few packages."""
    before, packages.BLOCK = packages.BLOCK, 32
    yield
    packages.BLOCK = before


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return lands.world(tmp_path_factory.mktemp("five"), (2, 3, 4, 5, 6), ())


def told(record: Record, case: DesignCase, by: Executor, checkpoint: Path | None = None) -> str:
    answer = Design(record, design(record, case, executor=by, checkpoint=checkpoint))
    return to_json(answer.to_dict()) + answer.sentence()


@pytest.fixture(scope="module")
def expected(five: Record) -> dict[str, str]:
    return {name: told(five, lands.case(levers, more=more), Here()) for name, (levers, more) in CASES.items()}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("workers", [2, 8])
def test_the_number_of_workers_changes_nothing(five: Record, expected: dict[str, str], name: str, workers: int) -> None:
    levers, more = CASES[name]
    assert told(five, lands.case(levers, more=more), Processes(workers)) == expected[name]


def test_a_ray_cluster_changes_nothing(five: Record, expected: dict[str, str]) -> None:
    ray = pytest.importorskip("ray", reason="Ray is not installed")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1")
    try:
        for name in ("harmless", "blocked"):
            levers, more = CASES[name]
            assert told(five, lands.case(levers, more=more), Ray(2)) == expected[name]
    finally:
        ray.shutdown()


def test_there_is_no_such_engine() -> None:
    with pytest.raises(QuestionError, match="no engine is called 'mpi'"):
        executor("mpi", 2)
    with pytest.raises(QuestionError, match="0 workers"):
        executor("processes", 0)
    assert isinstance(executor("processes", 1), Here)


class Interrupted(Exception):
    pass


@pytest.mark.parametrize("at", [1, 3, 5])
def test_an_interrupt_gives_the_frontier_so_far(five: Record, at: int) -> None:
    levers, more = CASES["harmless"]
    calls = 0

    def stop(what: str, done: int, of: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise KeyboardInterrupt

    found = design(five, lands.case(levers, more=more), progress=stop)
    assert not found.proven
    answer = Design(five, found)
    assert "interrupted" in answer.sentence()
    assert answer.to_dict()["packages"]["why_not_proven"]
    whole = design(five, lands.case(levers, more=more))
    assert set(found.worths) <= {package for package, failed in whole.looked.failures.items() if failed != IMPOSSIBLE}


def test_the_time_may_be_over(five: Record) -> None:
    found = design(five, lands.case(LEVERS, more="harm: {models: [deterrence]}\nlimits: {seconds: 0.000001}\n"))
    assert not found.proven
    assert found.looked.why_not == "the time of 1e-06 s was over"
    assert found.looked.complete_to >= 1


SCRIPT = """
import sys
sys.path[:0] = [{tests!r}]
import design_worlds as lands
from test_engines import LEVERS, told
from indivisible.explore import packages
from indivisible.explore.executor import Here
from indivisible.record.load import load
from pathlib import Path
packages.BLOCK = 32
record = load(facts=Path({facts!r}))
case = lands.case(LEVERS[:8], more="harm: {{models: [deterrence, distance]}}\\nmust: [p3]\\n")
print(told(record, case, Here(), Path({checkpoint!r})), end="")
"""


@pytest.mark.parametrize("blocks", [1, 4])
def test_killed_and_begun_again_it_ends_with_the_same_bytes(five: Record, tmp_path: Path, blocks: int) -> None:
    facts = tmp_path / "facts"
    lands.world(facts, (2, 3, 4, 5, 6), ())
    checkpoint = tmp_path / "checkpoint"
    script = SCRIPT.format(tests=str(Path(__file__).parent), facts=str(facts), checkpoint=str(checkpoint))
    running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (checkpoint.exists() and checkpoint.read_bytes().count(b"\n") > blocks):
        assert time.monotonic() < deadline
        if running.poll() is not None:
            break
        time.sleep(0.001)
    if running.poll() is None:
        os.kill(running.pid, signal.SIGKILL)
    running.wait()
    left = checkpoint.read_bytes()
    case = lands.case(LEVERS[:8], more="harm: {models: [deterrence, distance]}\nmust: [p3]\n")
    again = told(five, case, Here(), checkpoint)
    assert checkpoint.read_bytes().startswith(left[: left.rfind(b"\n") + 1])
    assert again == told(five, case, Here())
