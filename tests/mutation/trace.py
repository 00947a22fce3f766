"""Records which test executes which line, below the folder ``TRACED``: a pytest plugin for a run without a fault.

coverage.py does the recording, with one context for each test. A context is the id of a test, or ``@`` and the
beginning of the ids of all tests that share what was executed: an import, a cached result, a fixture of a file or
session.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import coverage
import pytest

from mutation import TRACED

_ALL = "@"
#: Seconds of CPU after which a test is no longer recorded: it may execute any line.
_LIMIT = 4.0


class Trace:
    """The recording in one process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.context = _ALL
        self.costs: dict[str, float] = {}
        self.starts: set[str] = set()
        self.unfit: set[str] = set()
        source = str(Path.cwd() / "camp2iac")
        self.coverage = coverage.Coverage(
            data_file=str(folder / f"lines.{os.getpid()}"), config_file=False, source=[source], messages=False
        )
        self.coverage.start()
        self.coverage.switch_context(_ALL)
        self.recording = True
        signal.signal(signal.SIGVTALRM, self.give_up)

    @contextmanager
    def within(self, context: str) -> Iterator[None]:
        """What is executed meanwhile belongs to this context."""
        outer, self.context = self.context, context
        self._switch()
        try:
            yield
        finally:
            self.context = outer
            self._switch()

    def _switch(self) -> None:
        if self.recording:
            self.coverage.switch_context(self.context)

    @contextmanager
    def test(self, name: str) -> Iterator[None]:
        """Record a test, but not for longer than it is allowed to take."""
        began = sum(os.times()[:4])
        signal.setitimer(signal.ITIMER_VIRTUAL, _LIMIT)
        try:
            with self.within(name):
                yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            if not self.recording:
                self.starts.add(name)
                self.recording = True
                self.coverage.start()
                self._switch()
            self.costs[name] = round(sum(os.times()[:4]) - began, 3)

    def give_up(self, *_: object) -> None:
        """Stop recording until the test ends."""
        self.coverage.stop()
        self.recording = False

    def audited(self, event: str, arguments: tuple[Any, ...]) -> None:
        """A test that starts Python may execute any line, in a process that is not recorded."""
        if event == "subprocess.Popen" and any(word in str(arguments[:2]) for word in ("python", "camp2iac")):
            self.starts.add(self.context)

    def store(self) -> None:
        """Write what was recorded."""
        self.coverage.stop()
        self.coverage.save()
        costs = {name: cost for name, cost in self.costs.items() if name not in self.unfit}
        found = {"costs": costs, "starts": sorted(self.starts - self.unfit - {_ALL}), "unfit": sorted(self.unfit)}
        (self.folder / f"tests.{os.getpid()}.json").write_text(json.dumps(found))


TRACE = Trace(Path(os.environ[TRACED]))
sys.addaudithook(TRACE.audited)
_lru_cache = functools.lru_cache


def _recorded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The body of a cached function runs for the first caller, and serves them all."""
    if not function.__module__.startswith(("camp2iac", "tests", "test_", "support", "conftest")):
        return function
    code = Path(function.__code__.co_filename)
    of_a_test = code.name.startswith("test_") and Path.cwd() in code.parents
    context = f"@{code.relative_to(Path.cwd()).as_posix()}" if of_a_test else _ALL

    @functools.wraps(function)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        with TRACE.within(context):
            return function(*arguments, **named)

    return wrapped


def _cache(maxsize: Any = 128, typed: bool = False) -> Any:
    if callable(maxsize):
        return _lru_cache(_recorded(maxsize))
    return lambda function: _lru_cache(maxsize, typed)(_recorded(function))


functools.lru_cache = _cache  # functools.cache uses it


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    with TRACE.test(item.nodeid):
        yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome: Any = yield
    if outcome.get_result().outcome != "passed":
        TRACE.unfit.add(item.nodeid)


@pytest.hookimpl(hookwrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Iterator[None]:
    if fixturedef.scope == "function":
        yield
    else:
        with TRACE.within(f"@{fixturedef.baseid}"):
            yield


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    TRACE.store()
