"""Compile small plans for Heroku and inspect the output."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from support import phases

from camp2iac.synth import hcl
from camp2iac.targets.base import LedgerEntry

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"

MAIN = "def app(environ, start):\n    start('200 OK', [])\n    return [b'ok']\n"
WEB = """\
  - name: {name}
    artifact_type: org.python:src
    content: {{ href: {name}/ }}
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: main/app
        fulfillment: id:{name}-host
"""


@dataclass(frozen=True)
class Output:
    """The output for a plan."""

    compiled: phases.Compiled | None
    files: dict[str, str]
    copies: dict[str, bytes]
    programs: frozenset[str] = frozenset()

    @classmethod
    def nothing(cls) -> Output:
        """An empty output."""
        return cls(None, {}, {})

    def report(self) -> list[LedgerEntry]:
        return list(self.compiled.result.statements)

    def row(self, says: str) -> LedgerEntry:
        return next(entry for entry in self.report() if entry.statement.words.startswith(says))

    @property
    def codes(self) -> list[str]:
        return [each.code for each in self.compiled.diagnostics]

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        for name, data in self.copies.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
            (folder / name).chmod(0o755 if name in self.programs else 0o644)
        return folder


def compile_plan(plan: Path, environment: Path | None = None, catalogue: tuple[Path, ...] = ()) -> Output:
    loaded = phases.load(plan, leave_out=[plan.parent / "environments", plan.parent / "infra"])
    compiled = phases.compile(loaded, environment=environment, target="heroku", catalogue=catalogue)
    if compiled.result is None:
        return Output(compiled, {}, {})
    copies = {document.path: document.data for document in compiled.result.lowered.documents}
    programs = frozenset(document.path for document in compiled.result.lowered.documents if document.executable)
    return Output(compiled, hcl.write(compiled.result.lowered.module), copies, programs)


def example(name: str) -> Output:
    folder = EXAMPLES / name
    return compile_plan(folder / "camp.yaml", folder / "environments" / "heroku.yaml")


def components(*names: str) -> str:
    """A plan's artifacts: WSGI applications with these names. More requirements can follow the last one."""
    return "camp_version: CAMP 1.1\nname: shop\nartifacts:\n" + "".join(WEB.format(name=name) for name in names)


def hosts(*names: str) -> str:
    return "services:\n" + "".join(
        f"  - id: {name}-host\n    characteristics: [{{ characteristic_type: org.python:version }}]\n" for name in names
    )


def built(folder: Path, plan: str, environment: str = "", files: dict[str, str] | None = None) -> Output:
    """Compile a plan in its own folder, with a ``main.py`` for each component without files."""
    (folder / "camp.yaml").write_text(dedent(plan))
    for line in plan.splitlines():
        if line.strip().startswith("content: { href: ") and line.endswith("/ }"):
            name = line.split("href: ")[1].removesuffix("/ }")
            (folder / name).mkdir(exist_ok=True)
            (folder / name / "main.py").write_text(MAIN)
    for path, text in (files or {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    where = None
    if environment:
        where = folder / "heroku.yaml"
        where.write_text("target: heroku\n" + dedent(environment))
    return compile_plan(folder / "camp.yaml", where)


def connect(service: str, type_: str = "ConnectTo") -> str:
    return f"      - requirement_type: {type_}\n        fulfillment: id:{service}\n"


def service(id_: str, characteristic: str) -> str:
    return f"  - id: {id_}\n    characteristics: [{{ characteristic_type: {characteristic} }}]\n"
