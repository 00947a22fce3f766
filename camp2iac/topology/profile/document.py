"""Generate ``docs/profile.md``, the reference of the profile, from its schemas."""

from __future__ import annotations

from typing import Any

from camp2iac.topology.profile import CHARACTERISTICS, PLAN_KEYS, REQUIREMENTS, schema
from camp2iac.topology.requirements import PROFILE

_HEAD = """\
# The profile

CAMP leaves open what services, requirements and characteristics mean. The profile defines types for what an application
needs from a platform: scale, compute, networks, volumes, ports, secrets. Their names begin with `org.camp2iac:`. A plan
that uses them is still a valid CAMP plan on other platforms.

This page is generated from the JSON Schemas that camp2iac checks plans against. `camp2iac schema plan` prints them for
your editor.

**Values.** The value of a variable or an attribute is one of these:

| value | meaning |
|---|---|
| `TEXT` | a string, which can contain the references below |
| `{ parameter: NAME }` | the value of a [parameter](#orgcamp2iacparameters) |
| `{ secret: NAME }` | the value of a [secret](#orgcamp2iacsecrets) |
| `{ value: TEXT }` | a string in which `IP(web)` and similar are plain text |

| reference in a string | meaning |
|---|---|
| `IP(TIER)` | the first address of a tier |
| `IP(TIER, NETWORK)` | its first address on one network |
| `IPALL(TIER)` | all addresses of a tier, separated by commas |
| `PORT(NAME)` | the port of a service or an artifact |
| `PASSWORD(SERVICE)` | the password of a service |

**Parameters in other places.** `{ parameter: NAME }` can replace every other single value below, such as a size, a
count, a port, a host name or a version, and the `href` of a service. camp2iac needs these values when it compiles the
plan: they come from the environment file, `--set` or the parameter's `default`, and Terraform has no variable for
them. See [environments](environments.md).

**Amounts** have a unit: MB, GB, TB, or MiB, GiB, TiB.
"""


def document() -> str:
    """The page, as Markdown."""
    parts = [_HEAD]
    for title, key, names in (
        ("Characteristics of a service", "characteristic_type", CHARACTERISTICS),
        ("Requirements of an artifact", "requirement_type", REQUIREMENTS),
        ("Keys of the plan", "", PLAN_KEYS),
    ):
        parts.append(f"## {title}\n")
        parts += [_type(name, key) for name in names]
    return "\n".join(parts)


def _type(name: str, key: str) -> str:
    form = schema(name)
    rows: dict[str, Any] = form.get("properties", {})
    entry = form.get("additionalProperties")
    lines = [f"### {PROFILE}{name}\n", f"{form['description']}\n"]
    if not rows and isinstance(entry, dict) and "properties" in entry:
        rows = entry["properties"]
        short = f"{entry['x-what']}, or a mapping with" if "x-what" in entry else ""
        lines.append(f"The value of each name is {short} these keys:\n" if short else "It maps names to these keys:\n")
    if rows:
        required = form.get("required", [])
        lines += ["| key | value | meaning |", "|---|---|---|"]
        lines += [
            f"| `{k}`{' (required)' if k in required else ''} | {_kind(v)} | {v.get('description', '')} |"
            for k, v in rows.items()
        ]
        lines.append("")
    lines += ["```yaml", _example(name, key, rows), "```\n"]
    return "\n".join(lines)


def _kind(form: dict[str, Any]) -> str:
    if "enum" in form:
        return " or ".join(f"`{str(value).lower()}`" for value in form["enum"])
    if "x-what" in form:
        return str(form["x-what"])
    types = form.get("type", "value")
    words = {
        "integer": "whole number",
        "string": "string",
        "boolean": "true or false",
        "array": "list",
        "number": "number",
    }
    return " or ".join(words.get(t, t) for t in ([types] if isinstance(types, str) else types))


_FREE = {
    "Attributes": "  database: shop\n  hosts: IPALL(stock)",
    "Env": "  TITLE: Welcome\n  GREETING: { parameter: greeting }\n  TOKEN: { secret: token }",
    "Process": "  web: gunicorn shop:app\n"
    "  worker: { command: python worker.py, tier: background, scale: { min: 1, initial: 2, max: 4 } }",
    "Parameters": "  greeting: { description: The first words on the page, default: Hello }",
    "Secrets": "  token: { description: Token for the mail service }\n  seal: { generate: 32 }",
    "Networks": "  front: { cidr: 10.20.1.0/24 }\n  back: { cidr: 10.20.2.0/24, dns: [9.9.9.9] }",
}


def _example(name: str, key: str, rows: dict[str, Any]) -> str:
    if name in _FREE:
        body = _FREE[name]
    else:
        body = "\n".join(f"  {k}: {_value(v)}" for k, v in rows.items() if "x-example" in v or "enum" in v)
    return f"- {key}: {PROFILE}{name}\n{body}" if key else f"{PROFILE}{name}:\n{body}"


def _value(form: dict[str, Any]) -> str:
    value = form["x-example"] if "x-example" in form else form["enum"][0]
    return str(value).lower() if isinstance(value, bool) else str(value)
