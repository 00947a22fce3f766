"""What the real providers plan for an edit: a base is taken as applied, without a cloud.

The state of the base is its own plan, with values invented where only a cloud knows them. Data sources, checks and
outputs are left out: each attribute of a data source is a text that depends on the data source's arguments.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import camp2iac
from camp2iac.compilation import Compilation
from camp2iac.record import replace
from camp2iac.synth.hcl import write
from camp2iac.synth.module import Attribute, Block, Call, Commented, Expr, Module, Ref, Template, Value
from support.terraform import Terraform

_LEFT_OUT = ("data", "check", "output")
_ACTIONS = {
    ("no-op",): "move",
    ("update",): "update",
    ("create",): "create",
    ("delete",): "destroy",
    ("delete", "create"): "replace",
    ("create", "delete"): "replace",
}

Planned = Mapping[str, tuple[str, str]]
"""Address to the action and the previous address."""


class Base:
    """A version whose output is taken as applied. ``folder``: the package; ``place``: its output."""

    def __init__(self, package: Path, environment: str, folder: Path, terraform: Terraform) -> None:
        self.folder, self.environment, self.terraform = folder / "package", environment, terraform
        shutil.copytree(package, self.folder, ignore=shutil.ignore_patterns("infra", ".terraform*"))
        self.place = self.folder / "infra" / environment
        self.compiled = self.compile()
        self._schemas: Mapping[str, Any] = {}
        self._applied()

    def compile(self) -> Compilation:
        """What stands in the folder now."""
        made = camp2iac.read(self.folder / "camp.yaml").compile(
            environment=self.folder / "environments" / f"{self.environment}.yaml"
        )
        assert made.ok, [each.message for each in made.diagnostics]
        return made

    def planned(self, made: Compilation) -> Planned:
        """What Terraform plans when a version is applied after the base."""
        return self.read(self._plan(made))

    def read(self, plan: Mapping[str, Any]) -> Planned:
        """What a plan does."""
        found = {}
        for each in plan["resource_changes"]:
            action = _ACTIONS[tuple(each["change"]["actions"])]
            previous = each.get("previous_address", "")
            if _differs(each["change"]) or previous:
                action = action if _differs(each["change"]) else "move"
                found[each["address"]] = (action, previous)
        return found

    def _plan(self, made: Compilation) -> dict[str, Any]:
        for old in self.place.glob("*") if self.place.is_dir() else ():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        files = made.files()
        module = _reduced(made.compiled.result.lowered.module)  # type: ignore[union-attr]
        for name, data in files.items():
            if not name.endswith(".tf"):
                (self.place / name).parent.mkdir(parents=True, exist_ok=True)
                (self.place / name).write_bytes(data)
        for name, text in write(module).items():
            (self.place / name).write_text(text)
        if hasattr(self, "_state"):
            (self.place / "terraform.tfstate").write_text(json.dumps(self._state))
        if not (self.place / ".terraform").is_dir():
            self.terraform.init(self.place)
        missing = [b.labels[0] for b in module.blocks() if b.type == "variable" and b.get("default") is None]
        return self.terraform.plan(self.place, *(f"-var={name}=m1.{name}" for name in missing))

    def _applied(self) -> dict[str, Any]:
        """The state: planned again until what is planned is what the state has."""
        plan = self._plan(self.compiled)
        said = json.loads(self.terraform.run(self.place, "providers", "schema", "-json"))["provider_schemas"]
        schemas = {name: each for one in said.values() for name, each in one.get("resource_schemas", {}).items()}
        known: dict[str, Any] = {}
        for _ in range(12):
            resources: dict[tuple[str, str], dict[str, Any]] = {}
            for change in plan["resource_changes"]:
                type_, name, address = change["type"], change["name"], change["address"]
                schema = schemas[type_]
                values = change["change"]["after"]
                if _differs(change["change"]):
                    values = _filled(values, change["change"]["after_unknown"], address, schema["block"])
                    values = _kept(values, known.get(address), change["change"]["after_unknown"])
                known[address] = values
                if type_ == "terraform_data":
                    values = {
                        k: _dynamic(v) if k in ("input", "output", "triggers_replace") else v for k, v in values.items()
                    }
                head = {"mode": "managed", "type": type_, "name": name}
                provider = f'provider["{change["provider_name"]}"]'
                resource = resources.setdefault((type_, name), {**head, "provider": provider, "instances": []})
                secret = [name for name, each in (change["change"]["after_sensitive"] or {}).items() if each is True]
                instance = {
                    "schema_version": schema["version"],
                    "attributes": values,
                    "sensitive_attributes": [[{"type": "get_attr", "value": each}] for each in secret],
                }
                if "index" in change:
                    instance["index_key"] = change["index"]
                resource["instances"].append(instance)
            self._state = {
                "version": 4,
                "terraform_version": "1.5.0",
                "serial": 1,
                "lineage": str(uuid.UUID(int=1)),
                "resources": list(resources.values()),
            }
            plan = self._plan(self.compiled)
            if not any(_differs(each["change"]) for each in plan["resource_changes"]):
                return self._state
        raise AssertionError(
            [(each["address"], each["change"]) for each in plan["resource_changes"] if _differs(each["change"])]
        )


def _differs(change: Mapping[str, Any]) -> bool:
    """Whether a plan changes a value. Terraform also updates what it only marks as sensitive."""
    if change["actions"] == ["update"]:
        return bool(change["before"] != change["after"] or "true" in json.dumps(change["after_unknown"]))
    return change["actions"] != ["no-op"]


def _dynamic(value: Any) -> Any:
    """A value of any type in a state."""
    if value is None:
        return None
    if isinstance(value, list):
        return {"value": value, "type": ["tuple", ["string"] * len(value)]}
    return {"value": value, "type": "string"}


def _kept(value: Any, before: Any, unknown: Any) -> Any:
    """Where a value is unknown, the one before, if there was one."""
    if before is None:
        return value
    if unknown is True:
        return before
    if isinstance(value, Mapping) and isinstance(unknown, Mapping) and isinstance(before, Mapping):
        return {key: _kept(each, before.get(key), unknown.get(key)) for key, each in value.items()}
    if isinstance(value, list) and isinstance(unknown, list) and isinstance(before, list) and len(value) == len(before):
        pairs = zip(value, before, [*unknown, *[False] * (len(value) - len(unknown))], strict=True)
        return [_kept(*each) for each in pairs]
    return value


def _filled(value: Any, unknown: Any, path: str, schema: Any) -> Any:
    """A planned value, with inventions where it is unknown."""
    if unknown is True:
        return _invented(path, schema)
    if isinstance(value, Mapping) or isinstance(unknown, Mapping):
        held = dict(value or {})
        for key, each in (unknown or {}).items():
            held[key] = _filled(held.get(key), each, f"{path}.{key}", _inner(schema, key))
        return held
    if isinstance(value, list) and isinstance(unknown, list):
        pairs = zip(value, [*unknown, *[False] * (len(value) - len(unknown))], strict=True)
        return [_filled(one, other, f"{path}[{n}]", schema) for n, (one, other) in enumerate(pairs)]
    return value


def _inner(schema: Any, key: str) -> Any:
    if not isinstance(schema, Mapping):
        return None
    if key in schema.get("attributes", {}):
        return schema["attributes"][key].get("type")
    return schema.get("block_types", {}).get(key, {}).get("block")


def _invented(path: str, kind: Any) -> Any:
    if path.endswith(".region"):
        return "RegionOne"
    if path.endswith(("url", "URL")):
        return f"https://objects.example.com/v1/{hashlib.sha256(path.encode()).hexdigest()[:8]}"
    number = int(hashlib.sha256(path.encode()).hexdigest()[:8], 16)
    match kind:
        case "number":
            return number % 100
        case "bool":
            return False
        case ["list" | "set", "string"]:
            return [f"10.{number % 250}.{number // 250 % 250}.7"]
        case ["list" | "set", ["object", Mapping() as held]]:
            return [{key: _invented(f"{path}.{key}", each) for key, each in held.items()}]
        case ["list" | "set", *_]:
            return []
        case ["map", *_]:
            return {}
        case ["object", *_]:
            return None
        case Mapping():
            return []
    return str(uuid.UUID(int=number)) if kind else None


def _reduced(module: Module) -> Module:
    blocks = {block.address: block for block in module.blocks()}
    files = {
        name: [_block(block, blocks) for block in found if block.type not in _LEFT_OUT]
        for name, found in module.files.items()
    }
    return Module({name: found for name, found in files.items() if found and "quota" not in name}, module.headers)


def _block(block: Block, blocks: Mapping[str | None, Block]) -> Block:
    body = []
    for item in block.body:
        if isinstance(item, Block):
            body.append(_block(item, blocks))
        elif item.name == "depends_on" and isinstance(item.value, tuple):
            kept = tuple(
                each for each in item.value if not (isinstance(each, Ref) and each.address.startswith("data."))
            )
            body += [replace(item, value=kept)] if kept else []
        else:
            body.append(replace(item, value=_value(item.value, blocks)))
    return replace(block, body=tuple(body))


def _value(value: Value, blocks: Mapping[str | None, Block]) -> Value:
    match value:
        case Ref() if value.address.startswith("data."):
            block = blocks.get(value.address)
            own = repr([(each.name, each.value) for each in block.body if isinstance(each, Attribute)]) if block else ""
            text = f"{value.address}{value.path} {own}"
            return Template((str(uuid.uuid5(uuid.NAMESPACE_URL, text)),))
        case Template():
            return Template(tuple(_value(each, blocks) for each in value.parts))
        case Expr():
            return Expr(tuple(each if isinstance(each, str) else _value(each, blocks) for each in value.parts))
        case Call():
            return Call(value.function, tuple(_value(each, blocks) for each in value.args))
        case Commented():
            return replace(value, value=_value(value.value, blocks))
        case Mapping():
            return {key: _value(each, blocks) for key, each in value.items()}
        case tuple():
            return tuple(_value(each, blocks) for each in value)
    return value
