"""Record the tables: ``python -m camp2iac.synth.providers.record --date 2026-11-22 [--annotations FILE]... [NAME]...``.

Runs ``terraform init`` and ``terraform providers schema -json`` in an empty folder, with the providers that the
Terraform on the PATH finds. What a schema does not tell (``force_new``, ``conflicts_with``, ``one_of``) can be merged
from files of the form ``{"annotations": {"resources": {TYPE: {"arguments": {NAME: {...}}}}, "data_sources": ...}}``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SOURCES = {
    "heroku": "heroku/heroku",
    "openstack": "terraform-provider-openstack/openstack",
    "random": "hashicorp/random",
    "tls": "hashicorp/tls",
}
_FLAGS = {"required": "r", "optional": "o", "computed": "c", "sensitive": "s", "deprecated": "d", "write_only": "w"}


def compact(block: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """A block of a schema as the tables have it; ``facts``: argument to what is known of it beyond the schema."""
    arguments: dict[str, Any] = {}
    for name, schema in sorted(block.get("attributes", {}).items()):
        flags = "".join(flag for key, flag in _FLAGS.items() if schema.get(key))
        known = _facts(facts.get(name, {}))
        arguments[name] = [flags, _type(schema), known] if known else [flags, _type(schema)]
    blocks = {
        name: [
            schema["nesting_mode"],
            schema.get("min_items", 0),
            1 if schema["nesting_mode"] == "single" else schema.get("max_items", 0),
            compact(schema["block"], facts.get(name, {}).get("arguments", {})),
        ]
        for name, schema in sorted(block.get("block_types", {}).items())
    }
    return {key: found for key, found in (("arguments", arguments), ("blocks", blocks)) if found}


def _type(schema: Mapping[str, Any]) -> Any:
    if "type" in schema:
        return schema["type"]
    nested = schema["nested_type"]
    inner = ["object", {name: _type(item) for name, item in nested["attributes"].items()}]
    return inner if nested["nesting_mode"] == "single" else [nested["nesting_mode"], inner]


def _facts(annotation: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if annotation.get("force_new"):
        facts["force_new"] = True
    if annotation.get("conflicts_with"):
        facts["conflicts_with"] = sorted(annotation["conflicts_with"])
    if annotation.get("valid", {}).get("one_of"):
        facts["one_of"] = annotation["valid"]["one_of"]
    return facts


def table(source: str, version: str, date: str, schema: Mapping[str, Any], notes: Mapping[str, Any]) -> str:
    """A provider's table, a type a line. ``schema``: its part of ``terraform providers schema -json``."""
    lines = [f'  "provider": {json.dumps(source)},', f'  "version": {json.dumps(version)},', f'  "recorded": "{date}",']
    lines.append(f'  "configuration": {_text(compact(schema["provider"]["block"], {}))},')
    for key, part in (("resources", "resource_schemas"), ("data_sources", "data_source_schemas")):
        known = {name: note.get("arguments", {}) for name, note in notes.get(key, {}).items()}
        types = [
            f"    {json.dumps(name)}: {_text(compact(found['block'], known.get(name, {})))}"
            for name, found in sorted(schema.get(part, {}).items())
        ]
        lines.append(f'  "{key}": {{\n' + ",\n".join(types) + ("\n  }" if types else "  }"))
        lines[-1] += "," if key == "resources" else ""
    return "{\n" + "\n".join(lines) + "\n}\n"


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def terraform(folder: str, *arguments: str) -> Any:
    """Run Terraform in a folder; its JSON, None for a command without."""
    command = ["terraform", f"-chdir={folder}", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603 - nobody else's words
    return json.loads(done.stdout) if "-json" in arguments else None


def main(arguments: list[str] | None = None) -> None:
    """Write the tables of the providers named, or of all, beside this file."""
    parser = argparse.ArgumentParser(prog="python -m camp2iac.synth.providers.record")
    parser.add_argument("--date", required=True, help="today, as YYYY-MM-DD")
    parser.add_argument("--annotations", action="append", default=[], type=Path)
    parser.add_argument("--output", default=Path(__file__).parent, type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SOURCES)}; default: all")
    options = parser.parse_args(arguments)
    names = options.names or list(SOURCES)
    notes: dict[str, dict[str, Any]] = {"resources": {}, "data_sources": {}}
    for path in options.annotations:
        for key, types in json.loads(path.read_bytes())["annotations"].items():
            if key in notes:
                notes[key].update(types)
    with tempfile.TemporaryDirectory() as folder:
        required = {"required_providers": {name: {"source": SOURCES[name]} for name in names}}
        Path(folder, "main.tf.json").write_text(json.dumps({"terraform": required}), encoding="utf-8")
        terraform(folder, "init", "-input=false", "-no-color")
        versions = terraform(folder, "version", "-json")["provider_selections"]
        schemas = terraform(folder, "providers", "schema", "-json")["provider_schemas"]
    for name in names:
        address = next(found for found in schemas if found.endswith(f"/{SOURCES[name]}"))
        text = table(SOURCES[name], versions[address], options.date, schemas[address], notes)
        (options.output / f"{name}.json").write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name} {versions[address]}: {len(text)} bytes\n")


if __name__ == "__main__":
    main()
