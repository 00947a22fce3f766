"""The faults that can be put into a module, found in its syntax tree."""

from __future__ import annotations

import ast
import copy
import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: The packages whose rules the tests have to hold.
CORE = ("camp", "topology", "targets", "synth", "review", "diagnostics", "catalogue")
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
}


@dataclass(frozen=True)
class Mutant:
    """One fault: the bytes ``start`` to ``end`` of a file are ``after``. ``file``: below the project's folder."""

    file: str
    line: int
    kind: str
    start: int
    end: int
    before: str
    after: str

    @property
    def id(self) -> str:
        """The same for the same fault in the same place."""
        said = f"{self.file}:{self.start}:{self.before}:{self.after}"
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    def apply(self, source: bytes) -> bytes:
        """The module with the fault in it."""
        assert source[self.start : self.end].decode() == self.before
        return source[: self.start] + self.after.encode() + source[self.end :]


def modules(root: Path) -> list[Path]:
    """The modules of the core packages; what catalogue entries deploy is no code of the project."""
    found = (path for name in CORE for path in (root / "camp2iac" / name).rglob("*.py"))
    return sorted(path for path in found if "sample" not in path.parts)


def chosen(root: Path, count: int, seed: int) -> list[Mutant]:
    """As many faults as asked for, each kind as likely as another; the same for the same seed and source."""
    kinds: dict[str, list[Mutant]] = defaultdict(list)
    for path in modules(root):
        for mutant in mutants(path.read_bytes(), path.relative_to(root).as_posix()):
            kinds[mutant.kind].append(mutant)
    dice = random.Random(seed)
    found: dict[str, Mutant] = {}
    while len(found) < count and (left := sorted(kind for kind, each in kinds.items() if each)):
        of_kind = kinds[dice.choice(left)]
        mutant = of_kind.pop(dice.randrange(len(of_kind)))
        found[mutant.id] = mutant
    return list(found.values())


def mutants(source: bytes, file: str) -> Iterator[Mutant]:
    """Every fault that a module can have."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node, kind, changed in _changes(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        before = source[start:end].decode()
        after = changed if isinstance(changed, str) else f"({ast.unparse(changed)})"
        if before != after:
            yield Mutant(file, node.lineno, kind, start, end, before, after)


Change = tuple[ast.expr | ast.stmt, str, ast.expr | str]


def _changes(module: ast.Module) -> Iterator[Change]:
    for node in _code(module):
        for kind in _KINDS:
            yield from kind(node)


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """What is executed and can go wrong: no docstrings, annotations, decorators, imports for types alone."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases", "format_spec", "keywords") and not (
            name == "keywords" and isinstance(node, ast.Call)
        ):
            continue
        children: Sequence[object] = value if isinstance(value, list) else [value]
        for position, child in enumerate(children):
            if name == "body" and position == 0 and _is_text(child):
                continue  # a docstring
            if isinstance(child, ast.AST) and not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
                yield from _code(child)


def _is_text(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _comparison(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        new = copy.deepcopy(node)
        new.ops = [_COMPARED[type(node.ops[0])]()]
        yield node, "comparison", new


def _condition(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.BoolOp):
        yield node, "condition", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield node.test, "condition", ast.UnaryOp(ast.Not(), node.test)
    if isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield test, "condition", ast.Constant(True)


def _number(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        yield node, "number", ast.Constant(node.value + 1)
    if isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED and not isinstance(node.left, ast.JoinedStr):
        yield node, "number", ast.BinOp(node.left, _COMPUTED[type(node.op)](), node.right)


def _truth(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield node, "truth", ast.Constant(not node.value)


def _text(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Call):
        for each in [*node.args, *(keyword.value for keyword in node.keywords)]:
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value:
                yield each, "text", ast.Constant(f"{each.value}XX")
            if isinstance(each, ast.JoinedStr):
                yield each, "text", ast.Constant("XX")


def _statement(node: ast.AST) -> Iterator[Change]:
    if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)) or isinstance(node, ast.AugAssign):
        yield node, "statement", "pass"
    if isinstance(node, ast.Continue):
        yield node, "statement", "break"


def _result(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield node.value, "result", ast.Constant(None)


_KINDS: tuple[Callable[[ast.AST], Iterator[Change]], ...] = (
    _comparison,
    _condition,
    _number,
    _truth,
    _text,
    _statement,
    _result,
)
