"""Who does the work: this process, several processes, or a Ray cluster; the answer does not depend on it.

A task is a function of a module with what is given to all and one argument, and so are its answers plain data; answers
come back in the order of the tasks, whoever is done first.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeVar

from indivisible.errors import MissingData, QuestionError

Task = TypeVar("Task")
Answer = TypeVar("Answer")
ENGINES = ("processes", "ray")
MOST_WORKERS = 1024


class Crew(Protocol):
    """Those who work on what was given to them."""

    def map(self, function: Callable[[Any, Task], Answer], tasks: Iterable[Task]) -> Iterator[Answer]:
        """The answers to `function(given, task)`, in the order of the tasks."""


class Executor(Protocol):
    """Gets a crew together, and lets it go at the end."""

    def crew(self, given: Any) -> AbstractContextManager[Crew]: ...


class _Alone:
    def __init__(self, given: Any) -> None:
        self.given = given

    def map(self, function: Callable[[Any, Task], Answer], tasks: Iterable[Task]) -> Iterator[Answer]:
        for task in tasks:
            yield _within(function, self.given, task)


class Here:
    """This process alone."""

    @contextmanager
    def crew(self, given: Any) -> Iterator[Crew]:
        """One worker: this process."""
        yield _Alone(given)


class _Pool:
    def __init__(self, pool: ProcessPoolExecutor, workers: int) -> None:
        self.pool, self.workers = pool, workers

    def map(self, function: Callable[[Any, Task], Answer], tasks: Iterable[Task]) -> Iterator[Answer]:
        yield from _in_order(
            tasks, 2 * self.workers, lambda task, n: self.pool.submit(_work, function, task), lambda one: one.result()
        )


class Processes:
    """Several processes of this machine."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    @contextmanager
    def crew(self, given: Any) -> Iterator[Crew]:
        """So many processes."""
        pool = ProcessPoolExecutor(self.workers, initializer=_prepare, initargs=(given,))
        try:
            yield _Pool(pool, self.workers)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class _Cluster:
    def __init__(self, ray: Any, crew: list[Any]) -> None:
        self.ray, self.crew = ray, crew

    def map(self, function: Callable[[Any, Task], Answer], tasks: Iterable[Task]) -> Iterator[Answer]:
        crew = self.crew
        yield from _in_order(
            tasks, 2 * len(crew), lambda task, n: crew[n % len(crew)].work.remote(function, task), self.ray.get
        )


class Ray:
    """A Ray cluster: the one that RAY_ADDRESS names, or one of this machine's own, which is let go at the end."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    @contextmanager
    def crew(self, given: Any) -> Iterator[Crew]:
        """So many actors, each with what is given. Raises MissingData where Ray is not installed."""
        try:
            import ray  # type: ignore[import-not-found,unused-ignore]
        except ImportError:
            raise MissingData("Ray is not installed", do="pip install 'indivisible[ray]'") from None
        own = not ray.is_initialized()
        if own:
            ray.init(num_cpus=self.workers, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR,
                     _node_ip_address="127.0.0.1")  # fmt: skip
        crew: list[Any] = []
        try:
            shared, worker = ray.put(given), ray.remote(_RayWorker)
            crew += [worker.remote(shared) for _ in range(self.workers)]
            yield _Cluster(ray, crew)
        finally:
            for one in crew:
                ray.kill(one)
            if own:
                ray.shutdown()


def executor(engine: str, workers: int) -> Executor:
    """An executor by name. Raises QuestionError for another name and for fewer than one worker."""
    if not 1 <= workers <= MOST_WORKERS:
        raise QuestionError(f"{workers} workers", do=f"ask for 1 to {MOST_WORKERS:,}")
    if engine == "ray":
        return Ray(workers)
    if engine == "processes":
        return Here() if workers == 1 else Processes(workers)
    raise QuestionError(f"no engine is called {engine!r}", do=f"use {' or '.join(ENGINES)}")


def _in_order(
    tasks: Iterable[Any], ahead: int, begin: Callable[[Any, int], Any], result: Callable[[Any], Any]
) -> Iterator[Any]:
    """Begin tasks, some ahead of the answer that is waited for."""
    waiting: deque[Any] = deque()
    for n, task in enumerate(tasks):
        waiting.append(begin(task, n))
        if len(waiting) > ahead:
            yield result(waiting.popleft())
    while waiting:
        yield result(waiting.popleft())


def _within(function: Callable[[Any, Task], Answer], given: Any, task: Task) -> Answer:
    """One thread for linear algebra, so that sums are added in one order wherever it runs."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return function(given, task)


_given: list[Any] = []


def _prepare(given: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the process that hands out the work
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _given[:] = [given]


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(function: Callable[[Any, Any], Any], task: Any) -> Any:
    return _within(function, _given[0], task)


class _RayWorker:
    def __init__(self, given: Any) -> None:
        self.given = given

    def work(self, function: Callable[[Any, Any], Any], task: Any) -> Any:
        return _within(function, self.given, task)
