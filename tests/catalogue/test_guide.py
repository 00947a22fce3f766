"""docs/writing-a-product.md lists the keys of product.yaml and what templates may name."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from camp2iac.catalogue.forms import ELSEWHERE, FORMS
from camp2iac.catalogue.loader import SCHEMA
from camp2iac.record import Record
from camp2iac.targets.openstack.machine.template_context import (
    DeployedComponent,
    InstallContext,
    InstalledComponent,
    LoadJob,
    TemplateContext,
)

PAGE = Path(__file__).parents[2] / "docs" / "writing-a-product.md"
_ATTRIBUTE = re.compile(r"(?m)^ {4}(\w+): (.*)$")


def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SCHEMA.read_text())
    return found


def resolved(form: dict[str, Any]) -> dict[str, Any]:
    reference = form.get("$ref", "").rpartition("/")[2]
    return {**schema()["$defs"][reference], **form} if reference else form


def kind(form: dict[str, Any]) -> str:
    """What belongs there: ``text``, ``list``."""
    form = resolved(form)
    if "enum" in form:
        return " or ".join(f"`{each}`" for each in form["enum"])
    if "anyOf" in form:
        return " or ".join(dict.fromkeys(kind(each) for each in form["anyOf"]))
    words = {"string": "text", "boolean": "true or false", "array": "list", "object": "mapping", "integer": "number"}
    types = [form["type"]] if isinstance(form["type"], str) else form["type"]
    return " or ".join(words[each] for each in types)


def rows(properties: dict[str, Any], required: list[str], head: str = "") -> Iterator[str]:
    for name, form in properties.items():
        form = resolved(form)
        default = json.dumps(form["default"]) if form.get("default") else ""
        more = f" Default: `{default}`." if default else " Required." if name in required and not head else ""
        yield f"| `{head}{name}` | {kind(form)} | {form.get('description', '')}{more} |\n"
        if name == "machine" or head.count(".") > 1:
            continue
        inner, dots = (form, ".") if form.get("properties") else (resolved(form.get("items", {})), "[].")
        if not inner.get("properties") and isinstance(form.get("additionalProperties"), dict):
            inner, dots = resolved(form["additionalProperties"]), ".NAME."
        if inner.get("properties") and name not in ("families", "component_files"):
            yield from rows(inner["properties"], inner.get("required", []), f"{head}{name}{dots}")


def table(form: dict[str, Any]) -> str:
    return "| key | is | says |\n|---|---|---|\n" + "".join(rows(form["properties"], form.get("required", [])))


def attributes(record: type[Record]) -> dict[str, str]:
    text = inspect.getdoc(record) or ""
    return dict(_ATTRIBUTE.findall(text.partition("Attributes:")[2]))


def named(record: type[Record], install: type[Record] | None) -> str:
    """``install``: the record of the same in the install half; None: it is only in the other."""
    both = attributes(install) if install else {}
    return "| name | is | half |\n|---|---|---|\n" + "".join(
        f"| `{name}` | {words} | {'both' if name in both else 'configure'} |\n"
        for name, words in attributes(record).items()
    )


def templates() -> str:
    component = named(DeployedComponent, InstalledComponent)
    parts = {"A component (of `components`):": component, "A job (of `jobs`):": named(LoadJob, None)}
    tables = "".join(f"\n{head}\n\n{table}" for head, table in parts.items())
    return named(TemplateContext, InstallContext) + tables


def forms() -> str:
    """Each name once; forms with the same names share a row."""
    places: dict[tuple[tuple[str, str], ...], list[str]] = {}
    more = ("", f"attributes, but for secrets and {', '.join(f'`{name}`' for name in ELSEWHERE)}")
    for key, form in FORMS.items():
        places.setdefault((*form.names.items(), *([more] if form.attributes else [])), []).append(f"`{key}`")
    rows = (
        f"| {', '.join(keys)} | {'; '.join(f'`{{{name}}}` {words}' if name else words for name, words in names)} |\n"
        for names, keys in places.items()
    )
    return "| form | names |\n|---|---|\n" + "".join(rows)


def test_every_field_is_documented() -> None:
    for record in (TemplateContext, InstallContext, LoadJob, DeployedComponent, InstalledComponent):
        assert set(record.__struct_fields__) | properties(record) == set(attributes(record)), record.__name__


def properties(record: type[Record]) -> set[str]:
    return {name for name, value in vars(record).items() if isinstance(value, property)}


def test_the_guide(golden: Callable[[Path, str], None]) -> None:
    text = PAGE.read_text()
    parts = {
        "product.yaml": table(schema()),
        "machine": table(schema()["$defs"]["recipe"]),
        "forms": forms(),
        "templates": templates(),
    }
    for name, written in parts.items():
        begin = f"<!-- {name}: written by `pytest tests/catalogue --regen` -->\n"
        before, _, rest = text.partition(begin)
        after = rest.partition(f"<!-- end of {name} -->\n")[2]
        text = f"{before}{begin}{written}<!-- end of {name} -->\n{after}"
    golden(PAGE, text)
