"""Who does the work: this process, several processes, or a Ray cluster; the answer does not depend on it.

A task is a function of the module's own with one argument, and so are its answers plain data; answers come back in the
order of the tasks, whoever is done first.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Protocol, TypeVar

from indivisible.errors import MissingData, QuestionError

Task = TypeVar("Task")
Answer = TypeVar("Answer")
ENGINES = ("processes", "ray")


class Executor(Protocol):
    """Applies a function to tasks; `prepare(given)` is called once in every place where work is done."""

    def map(
        self, function: Callable[[Any, Task], Answer], tasks: Iterable[Task], prepare: Callable[[Any], Any], given: Any
    ) -> Iterator[Answer]: ...


class Here:
    """This process alone."""

    def map(
        self, function: Callable[[Any, Task], Answer], tasks: Iterable[Task], prepare: Callable[[Any], Any], given: Any
    ) -> Iterator[Answer]:
        """One task after another."""
        ready = prepare(given)
        for task in tasks:
            yield function(ready, task)


class Processes:
    """Several processes of this machine."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(
        self, function: Callable[[Any, Task], Answer], tasks: Iterable[Task], prepare: Callable[[Any], Any], given: Any
    ) -> Iterator[Answer]:
        """Tasks side by side, answers in their order; at most a few tasks per worker are under way."""
        with ProcessPoolExecutor(self.workers, initializer=_prepare, initargs=(prepare, given, function)) as pool:
            waiting = []
            try:
                for task in tasks:
                    waiting.append(pool.submit(_work, task))
                    if len(waiting) > 2 * self.workers:
                        yield waiting.pop(0).result()
                while waiting:
                    yield waiting.pop(0).result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


class Ray:
    """A Ray cluster: the one that RAY_ADDRESS names, or one of this machine's own."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(
        self, function: Callable[[Any, Task], Answer], tasks: Iterable[Task], prepare: Callable[[Any], Any], given: Any
    ) -> Iterator[Answer]:
        """Tasks on the cluster, answers in their order."""
        try:
            import ray  # type: ignore[import-not-found,unused-ignore]
        except ImportError:
            raise MissingData("Ray is not installed", do="pip install 'indivisible[ray]'") from None
        if not ray.is_initialized():
            ray.init(num_cpus=self.workers, include_dashboard=False, log_to_driver=False)
        worker = ray.remote(_RayWorker)
        crew = [worker.remote(prepare, given, function) for _ in range(self.workers)]
        waiting: list[Any] = []
        for n, task in enumerate(tasks):
            waiting.append(crew[n % self.workers].work.remote(task))
            if len(waiting) > 2 * self.workers:
                yield ray.get(waiting.pop(0))
        while waiting:
            yield ray.get(waiting.pop(0))


def executor(engine: str, workers: int) -> Executor:
    """An executor by name. Raises QuestionError for another name and for fewer than one worker."""
    if workers < 1:
        raise QuestionError(f"{workers} workers", do="ask for 1 or more")
    if engine == "ray":
        return Ray(workers)
    if engine == "processes":
        return Here() if workers == 1 else Processes(workers)
    raise QuestionError(f"no engine is called {engine!r}", do=f"use {' or '.join(ENGINES)}")


_ready: list[Any] = []


def _prepare(prepare: Callable[[Any], Any], given: Any, function: Callable[[Any, Any], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the process that hands out the work
    _ready[:] = [prepare(given), function]


def _work(task: Any) -> Any:
    ready, function = _ready
    return function(ready, task)


class _RayWorker:
    def __init__(self, prepare: Callable[[Any], Any], given: Any, function: Callable[[Any, Any], Any]) -> None:
        self.ready, self.function = prepare(given), function

    def work(self, task: Any) -> Any:
        return self.function(self.ready, task)
