"""The faults that can be put into a module, found in its syntax tree."""

from __future__ import annotations

import ast
import copy
import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
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
    """One fault: the bytes ``start`` to ``end`` of a file become ``after``.

    ``file`` is relative to the project's folder. The statement has the lines ``first`` to ``last``. ``source`` is the
    text of ``line``.
    """

    file: str
    line: int
    first: int
    last: int
    kind: str
    start: int
    end: int
    before: str
    after: str
    source: str

    @property
    def id(self) -> str:
        """The same for the same fault in the same place."""
        text = f"{self.file}:{self.start}:{self.before}:{self.after}"
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def apply(self, source: bytes) -> bytes:
        """The module with the fault in it."""
        assert source[self.start : self.end].decode() == self.before
        return source[: self.start] + self.after.encode() + source[self.end :]


def modules(root: Path) -> list[Path]:
    """The modules of the core packages; what catalogue entries deploy is no code of the project."""
    found = (path for name in CORE for path in (root / "camp2iac" / name).rglob("*.py"))
    return sorted(path for path in found if "sample" not in path.parts)


def every(root: Path) -> list[Mutant]:
    """Every fault of the core packages."""
    return [one for path in modules(root) for one in mutants(path.read_bytes(), path.relative_to(root).as_posix())]


def sampled(mutants: Iterable[Mutant], count: int, seed: int, left_out: Container[str] = ()) -> list[Mutant]:
    """Choose ``count`` faults, each kind as likely as another. The same seed and source give the same faults.

    Faults whose id is in ``left_out`` are in the result, but do not count.
    """
    kinds: dict[str, dict[str, Mutant]] = defaultdict(dict)
    for mutant in mutants:
        kinds[mutant.kind][mutant.id] = mutant
    left = {kind: list(kinds[kind].values()) for kind in sorted(kinds)}
    dice = random.Random(seed)
    found: list[Mutant] = []
    counted = 0
    while counted < count and any(left.values()):
        of_kind = left[dice.choice([kind for kind, each in left.items() if each])]
        found.append(of_kind.pop(dice.randrange(len(of_kind))))
        counted += found[-1].id not in left_out
    return found


def mutants(source: bytes, file: str) -> Iterator[Mutant]:
    """Every fault that a module can have."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    module = ast.parse(source)
    statements = dict(_statements(module, (1, 1)))
    for node in _code(module):
        for changed_node, kind, changed in (change for each in _KINDS for change in each(node)):
            start = starts[changed_node.lineno - 1] + changed_node.col_offset
            end = starts[(changed_node.end_lineno or 0) - 1] + (changed_node.end_col_offset or 0)
            before = source[start:end].decode()
            after = changed if isinstance(changed, str) else f"({ast.unparse(changed)})"
            if before != after:
                first, last = statements[changed_node]
                line = changed_node.lineno
                text = lines[line - 1].decode().strip()
                yield Mutant(file, line, first, last, kind, start, end, before, after, text)


Change = tuple[ast.expr | ast.stmt, str, ast.expr | str]


def _statements(node: ast.AST, outer: tuple[int, int]) -> Iterator[tuple[ast.AST, tuple[int, int]]]:
    """Of each node, the lines of its statement; of a statement with a body, those before the body."""
    lines = outer
    if isinstance(node, ast.stmt | ast.ExceptHandler):
        body = getattr(node, "body", None)
        last = max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or node.lineno
        lines = node.lineno, last
    elif isinstance(node, ast.match_case):
        lines = node.pattern.lineno, max(node.pattern.lineno, node.body[0].lineno - 1)
    yield node, lines
    for child in ast.iter_child_nodes(node):
        yield from _statements(child, lines)


_NEVER_RUN = ("TYPE_CHECKING", "__name__ == '__main__'", "sys.platform == 'win32'")
_FOR_TYPES = ("cast", "TypeVar", "NewType", "ParamSpec", "overload")


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """What is executed and can go wrong.

    Docstrings, annotations, decorators, options of classes, code for type checkers or for other systems, and
    ``strict`` of `zip`, which asserts what always holds, have no effect that a test could notice here.
    """
    if isinstance(node, ast.If) and ast.unparse(node.test) in _NEVER_RUN:
        for each in node.orelse:
            yield from _code(each)
        return
    if isinstance(node, ast.Call) and (name := ast.unparse(node.func)) in (*_FOR_TYPES, "zip"):
        for argument in node.args if name == "zip" else node.args[1:]:
            yield from _code(argument)
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
