"""The names that a Python module defines at its top level. Nothing is executed."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import lru_cache

_UNKNOWN = ("globals", "exec", "vars", "locals", "setattr", "execfile")  # calls that can bind names
_HERE = (ast.If, ast.Try, ast.With, ast.AsyncWith, ast.For, ast.AsyncFor, ast.While, ast.Match, ast.ExceptHandler)


@lru_cache(maxsize=64)  # several components can have the same content
def top(source: bytes) -> frozenset[str] | None:
    """The names. None if they are not known: a star import, ``globals()``, or syntax that Python cannot parse."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            names |= set(node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _UNKNOWN:
            return None
    return frozenset(names) if _bound(tree.body, names) and "__getattr__" not in names else None


def _bound(body: Iterable[ast.AST], names: set[str]) -> bool:
    """Add the names that statements bind, also in conditions and loops. Return whether these are all names."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
            continue
        if isinstance(node, ast.ImportFrom | ast.Import):
            if any(alias.name == "*" for alias in node.names):
                return False
            names |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
            continue
        if isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
        if isinstance(node, _HERE) and not _bound(_inside(node), names):
            return False
        stored = (child for child in ast.walk(node) if isinstance(child, ast.Name))
        names |= {child.id for child in stored if isinstance(child.ctx, ast.Store)}
    return True


def _inside(node: ast.AST) -> list[ast.AST]:
    """The statements inside a condition, a try, a loop or a case."""
    found: list[ast.AST] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.ExceptHandler):
            found.append(child)
        elif isinstance(child, ast.match_case):
            found += child.body
    return found
