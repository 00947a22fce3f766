"""The questions of ``camp2iac init`` and the plan that their answers make."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import click

from camp2iac.catalogue import Product, load

NONE = "none"
_OPTIONS = {"com.python:wsgi": ("com.python.wsgi.application", "The WSGI application (module/variable)", "app/app")}
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ._/-]*")


def ask() -> dict[str, str]:
    """Ask for what a plan needs; gives its files, path to text."""
    catalogue = load()
    runtimes = [product.name for product in catalogue if product.role == "runtime"]
    services = [product.name for product in catalogue if product.role == "service"]
    name = click.prompt("The application's name", default=Path.cwd().name or "application", err=True)
    runtime = catalogue[click.prompt("What it is written for", type=click.Choice(runtimes), default="python", err=True)]
    content = click.prompt("Its files (a folder or file here)", default="pdp:!", err=True)
    wanted = click.prompt(
        f"What it talks to, with commas between ({', '.join(services)})",
        default=NONE,
        value_proc=lambda text: _several(text, services),
        err=True,
    )
    targets = click.prompt(
        "Where it is to run", type=click.Choice(["openstack", "heroku", "both"]), default="both", err=True
    )
    requirement = runtime.requirements[0]
    option = None
    if requirement in _OPTIONS:
        key, question, default = _OPTIONS[requirement]
        option = (key, click.prompt(question, default=default, err=True))
    platforms = ["openstack", "heroku"] if targets == "both" else [targets]
    return {
        "camp.yaml": plan(name, runtime, content, [catalogue[each] for each in wanted], option),
        **{f"environments/{each}.yaml": environment(each) for each in platforms},
    }


def plan(name: str, runtime: Product, content: str, services: Sequence[Product], option: tuple[str, str] | None) -> str:
    """The text of a plan."""
    lines = ["camp_version: CAMP 1.1", f"name: {_text(name)}", "", "artifacts:", "  - name: web"]
    lines += [f"    artifact_type: {next(iter(runtime.artifacts))}", f"    content: {{ href: {_text(content)} }}"]
    lines += ["    requirements:", f"      - requirement_type: {runtime.requirements[0]}"]
    lines += [f"        {option[0]}: {_text(option[1])}"] if option else []
    lines += ["        fulfillment: id:web"]
    for service in services:
        lines += ["      - requirement_type: ConnectTo", f"        fulfillment: id:{service.name}"]
    lines += [
        "      - requirement_type: org.camp2iac:Expose",
        "        port: 8080",
        "        as: 80",
        "        public: true",
    ]
    lines += ["", "services:"]
    for id_, product in [("web", runtime), *((service.name, service) for service in services)]:
        lines += [f"  - id: {id_}", "    characteristics:"]
        lines += [f"      - characteristic_type: {next(iter(product.characteristics))}"]
    return "\n".join(lines) + "\n"


def environment(target: str) -> str:
    """The text of an environment file."""
    return f"target: {target}\n# What else it may say: camp2iac schema environment --target {target}\n"


def _several(text: str, names: Sequence[str]) -> list[str]:
    if text.strip() in ("", NONE):
        return []
    found = [name.strip() for name in text.split(",") if name.strip()]
    for name in found:
        if name not in names:
            raise click.BadParameter(f"{name!r} is none of {', '.join(names)}")
    return list(dict.fromkeys(found))


def _text(value: str) -> str:
    """A YAML scalar that is this text, whatever it holds."""
    plain = _PLAIN.fullmatch(value) and value.lower() not in (
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "null",
        "y",
        "n",
    )
    return value if plain and not value.endswith(" ") else json.dumps(value, ensure_ascii=False)
