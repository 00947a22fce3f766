"""Prepares built-in templates and YAML for a wheel (camp2iac/prepared.py)."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    import jinja2

ROOT = Path(__file__).parent
#: What the code of templates imports, instead of Jinja.
_RUNTIME = """\
from camp2iac.targets.kit.quick_templates import (
    LoopContext, TemplateReference, Undefined, internalcode, missing, str_join
)
"""
PACKAGE = ROOT / "camp2iac"


class PrepareHook(BuildHookInterface[Any]):
    """Adds ``camp2iac/_prepared`` to a wheel."""

    folder: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files to a temporary folder. An editable installation reads the sources."""
        if version == "editable":
            return
        self.folder = Path(tempfile.mkdtemp())
        prepare(self.folder)
        build_data["force_include"][str(self.folder)] = "camp2iac/_prepared"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if self.folder is not None:
            shutil.rmtree(self.folder)


def prepare(folder: Path) -> None:
    """Write what `camp2iac.prepared` can read."""
    sys.path.insert(0, str(ROOT))
    (folder / "__init__.py").write_text('"""Written when the wheel was built: see camp2iac/prepared.py."""\n')
    _prepare_yaml(folder)
    _prepare_templates(folder)


def _prepare_yaml(folder: Path) -> None:
    from camp2iac import prepared

    for file in sorted(each for each in PACKAGE.rglob("*.yaml") if "sample" not in each.parts):
        text = file.read_text(encoding="utf-8")
        content = prepared.parse_yaml(text)
        try:
            as_json = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        except TypeError:  # a date: JSON has none
            continue
        if json.loads(as_json) == content:
            (folder / f"{prepared.digest(text)}.json").write_text(as_json, encoding="utf-8")


def _prepare_templates(folder: Path) -> None:
    from jinja2 import TemplateAssertionError

    from camp2iac import prepared

    for kind, environment, names in _environments():
        for name in names:
            source = _source(environment, name)
            bucket = prepared.bytecode_cache(kind).get_bucket(environment, name, None, source)
            file = folder / f"{prepared.template_name(kind, bucket)}.py"
            if file.exists():  # most products include the same ones
                continue
            with suppress(TemplateAssertionError):  # filters of the other kind, whose templates are in the same folder
                code = environment.compile(source, name, None, raw=True)
                file.write_text(code, encoding="utf-8")
                quick = folder / f"{prepared.quick_name(kind, name, source)}.py"
                quick.write_text(_RUNTIME + code.partition("\n")[2], encoding="utf-8")


def _environments() -> Iterator[tuple[str, jinja2.Environment, list[str]]]:
    """Each kind of environment, for each folder with templates, and the names that it reads."""
    from camp2iac.targets.containers.images.render import SHARED, environment
    from camp2iac.targets.openstack.machine.render import SCRIPTS
    from camp2iac.targets.openstack.machine.render import environment as machine_environment

    for product in sorted(PACKAGE.glob("catalogue/*/*")):
        templates = product / "templates"
        for family in ("debian", "rhel"):
            made = machine_environment(templates, family)
            yield "machine", made, _names(made, [templates, SCRIPTS])
        made = environment(templates)
        yield "docker", made, _names(made, [templates, SHARED])


def _names(environment: jinja2.Environment, folders: list[Path]) -> list[str]:
    """The names of templates in these folders, and those that they extend, include or import."""
    from jinja2 import TemplateNotFound

    asked = sorted({file.name for folder in folders for file in folder.rglob("*.j2")})
    found: list[str] = []
    while asked:
        name = asked.pop()
        try:
            source = _source(environment, name)
        except TemplateNotFound:  # of another family of operating systems
            continue
        found.append(name)
        asked += [each for each in _used(source) if each not in found]
    return sorted(set(found))


@cache
def _used(source: str) -> tuple[str, ...]:
    """The names of the templates that a template extends, includes or imports."""
    from jinja2 import Environment, meta

    parsed = Environment(autoescape=False).parse(source)  # noqa: S701 - it is not rendered
    return tuple(name for name in meta.find_referenced_templates(parsed) if name is not None)


def _source(environment: jinja2.Environment, name: str) -> str:
    if environment.loader is None:
        raise ValueError("the environment reads no templates")
    return environment.loader.get_source(environment, name)[0]
