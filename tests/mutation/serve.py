"""Tries many mutants in one process that has collected the tests: a pytest plugin, ``-p mutation.serve``.

Each mutant gets a fork of the process. There, the code of the function that contains the fault takes the place of the
original, and the chosen tests run until one fails. Faults outside of functions need a new process: `trial.attempt`.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import select
import signal
import time
import types
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from mutation import SERVED
from mutation.mutants import Mutant

#: instead of a test's id: the fault cannot be put into a running process
IMPOSSIBLE = "?"


def codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """A code object, and those of the functions and classes in it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, types.CodeType):
            yield from codes(each)


def _outermost(module: types.CodeType) -> Iterator[types.CodeType]:
    """The functions of a module and the methods of its classes, not the functions in them."""
    for each in module.co_consts:
        if isinstance(each, types.CodeType):
            is_function = bool(each.co_flags & 0x2)  # CO_NEWLOCALS: a class body has no fast locals
            if is_function and each.co_flags & 0x1:
                yield each
            else:
                yield from _outermost(each)


def replacement(path: Path, mutant: Mutant) -> tuple[types.CodeType, types.CodeType] | None:
    """The code of the function with the fault, before and after. None if the fault is outside of functions."""
    source = path.read_bytes()
    before = list(_outermost(compile(source, str(path), "exec")))
    after = list(_outermost(compile(mutant.apply(source), str(path), "exec")))
    if len(before) != len(after):
        return None
    changed = [(old, new) for old, new in zip(before, after, strict=True) if not _same(old, new)]
    return changed[0] if len(changed) == 1 else None


def _same(one: types.CodeType, other: types.CodeType) -> bool:
    return one.replace(co_consts=()) == other.replace(co_consts=()) and _consts(one) == _consts(other)


def _consts(code: types.CodeType) -> list[object]:
    return [
        (each.replace(co_consts=()), _consts(each)) if isinstance(each, types.CodeType) else (type(each), repr(each))
        for each in code.co_consts
    ]


def put(path: Path, mutant: Mutant) -> bool:
    """Replace the code of the function, wherever it is referred to. False if that cannot be done."""
    found = replacement(path, mutant)
    if found is None:
        return False
    importlib.import_module(mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    old, new = found
    gc.unfreeze()  # objects that the tests have frozen are not listed
    functions = [
        each
        for each in gc.get_objects()
        if isinstance(each, types.FunctionType)
        and (each.__code__.co_filename, each.__code__.co_firstlineno, each.__code__.co_name)
        == (old.co_filename, old.co_firstlineno, old.co_name)
    ]
    if not functions or any(each.__code__.co_freevars != new.co_freevars for each in functions):
        return False
    for function in functions:
        function.__code__ = new
    return True


class _First:
    """Remembers the first test that fails."""

    def __init__(self) -> None:
        self.by = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Of each phase of a test."""
        if report.failed and not self.by:
            self.by = report.nodeid


def _child(session: pytest.Session, mutant: Mutant, items: Sequence[pytest.Item], limit: int, out: int) -> None:
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    reporter._tw._file = Path(os.devnull).open("w")  # noqa: SIM115 - until the process ends
    by = IMPOSSIBLE
    if put(Path.cwd() / mutant.file, mutant):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        first = _First()
        session.config.pluginmanager.register(first)
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if first.by:
                break
        by = first.by
    os.write(out, by.encode())


def _tried(session: pytest.Session, mutant: Mutant, items: Sequence[pytest.Item], seconds: float) -> str:
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(out)
            os.setpgid(0, 0)
            _child(session, mutant, items, int(20 + 5 * seconds), into)
        except BaseException as problem:
            os.write(into, f"the test run fails: {type(problem).__name__}".encode())
        finally:
            os._exit(0)
    os.close(into)
    ready, _, _ = select.select([out], [], [], 1200 + 60 * seconds)
    by = os.read(out, 10_000).decode() if ready else None
    if by is None:
        os.killpg(child, signal.SIGKILL)
    os.close(out)
    _, status = os.waitpid(child, 0)
    return "it does not end" if by is None or os.WIFSIGNALED(status) else by


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try the mutants of `asked.json` in the folder ``SERVED`` instead of running the tests once."""
    folder = Path(os.environ[SERVED])
    known = {item.nodeid: item for item in session.items}
    asked = json.loads((folder / "asked.json").read_text())
    mutants: Sequence[Mapping[str, Any]] = asked["mutants"]
    for each in mutants:
        if time.time() > asked["until"]:
            break
        began = time.monotonic()
        items = [known[name] for name in each["tests"] if name in known]
        by = _tried(session, Mutant(**each["mutant"]), items, each["seconds"])
        found = {"id": each["id"], "by": by, "tests": len(items), "seconds": round(time.monotonic() - began, 1)}
        with (folder / "results.jsonl").open("a") as out:
            out.write(json.dumps(found) + "\n")
        print(f"{found['by'] or 'no test fails'}: {each['mutant']['file']}:{each['mutant']['line']}", flush=True)
    return True
