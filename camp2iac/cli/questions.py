"""The questions of ``camp2iac init`` and the plan that their answers make."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from camp2iac.catalogue import Catalogue, Product, load
from camp2iac.diagnostics.suggest import nearest

NONE, BOTH, HERE = "none", "all", "."
_PACKAGE = "pdp:!"  # the folder of the plan itself
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ._/-]*")
_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")  # YAML's, not texts


def ask() -> dict[str, str]:
    """Ask for what a plan needs; gives its files, path to text."""
    from camp2iac.targets import registry

    catalogue = load()
    runtimes = [product.name for product in catalogue if product.role == "runtime"]
    services = [product.name for product in catalogue if product.role == "service"]
    targets = registry.names()
    name = _ask("Name of the application", Path.cwd().name or "application")
    click.echo(f"\nIt can run on: {', '.join(_named(catalogue[each]) for each in runtimes)}", err=True)
    runtime = catalogue[_one("Runs on", runtimes, "python" if "python" in runtimes else runtimes[0])]
    options = [(runtime.options[name][0], _ask(*question)) for name, question in runtime.questions.items()]
    content = _ask(f"Its files: a folder or file, or {HERE} for this folder", HERE)
    click.echo(f"\nIt can use: {', '.join(services)}", err=True)
    wanted = _several("Uses, with commas between", services, NONE)
    click.echo(f"\nPlatforms: {', '.join(targets)}", err=True)
    platforms = _several("Deployed to, with commas between", targets, BOTH)
    return {
        "camp.yaml": plan(name, runtime, _PACKAGE if content == HERE else content, catalogue, wanted, options),
        **{f"environments/{each}.yaml": environment(each) for each in platforms},
    }


def plan(
    name: str,
    runtime: Product,
    content: str,
    catalogue: Catalogue,
    services: Sequence[str],
    options: Sequence[tuple[str, str]],
) -> str:
    """The text of a plan."""
    lines = ["camp_version: CAMP 1.1", f"name: {_text(name)}", "", "artifacts:", "  - name: web"]
    lines += [f"    artifact_type: {next(iter(runtime.artifacts))}", f"    content: {{ href: {_text(content)} }}"]
    lines += ["    requirements:", f"      - requirement_type: {next(iter(runtime.requirements))}"]
    lines += [f"        {key}: {_text(answer)}" for key, answer in options]
    lines += ["        fulfillment: id:web"]
    for service in services:
        lines += ["      - requirement_type: ConnectTo", f"        fulfillment: id:{service}"]
    lines += ["      - requirement_type: org.camp2iac:Expose"]
    lines += [f"        port: {runtime.port}"] if runtime.port else []
    lines += ["        public: true", "", "services:"]
    for id_, product in [("web", runtime), *((service, catalogue[service]) for service in services)]:
        lines += [f"  - id: {id_}", "    characteristics:"]
        lines += [f"      - characteristic_type: {next(iter(product.characteristics))}"]
    return "\n".join(lines) + "\n"


def content(plan: str) -> str | None:
    """The folder below the plan's own that a plan of :func:`plan` takes its application from, if it names one."""
    from camp2iac.camp.yaml import parse
    from camp2iac.diagnostics import Diagnostics

    node: Any = parse(plan, "camp.yaml", Diagnostics())
    href = str(node.plain["artifacts"][0]["content"]["href"]) if node is not None else ""
    inside = href.endswith("/") and ":" not in href and ".." not in Path(href).parts and not Path(href).is_absolute()
    return href if inside else None


def environment(target: str) -> str:
    """The text of an environment file: its target, and as comments examples of what else it may say."""
    from camp2iac.targets import registry

    found = registry.find(target)
    properties: dict[str, Any] = dict(found.environment_schema).get("properties", {}) if found else {}
    examples = {key: about["x-example"] for key, about in properties.items() if "x-example" in about}
    lines = [f"target: {target}", ""]
    if examples:
        lines += ["# What is not decided here becomes a variable, or has a default. For example:"]
        lines += [f"# {key}: {example}" for key, example in examples.items()]
    return "\n".join([*lines, f"# All of it: camp2iac schema environment --target {target}"]) + "\n"


def _ask(question: str, default: str) -> str:
    answer: str = click.prompt(question, default=default, err=True)
    return answer.strip()


def _one(question: str, names: Sequence[str], default: str) -> str:
    answer: str = click.prompt(question, default=default, value_proc=lambda text: _known(text.strip(), names), err=True)
    return answer


def _several(question: str, names: Sequence[str], default: str) -> list[str]:
    """Those of the names that the answer lists, each once; ``none`` and ``all`` are answers, too."""

    def read(text: str) -> list[str]:
        words = [word.strip() for word in text.split(",") if word.strip()]
        if words in ([], [NONE]):
            return []
        return list(names) if words == [BOTH] else list(dict.fromkeys(_known(word, names) for word in words))

    answer: list[str] = click.prompt(question, default=default, value_proc=read, err=True)
    return answer


def _known(text: str, names: Sequence[str]) -> str:
    if text not in names:
        begun = [name for name in names if text and name.startswith(text)]
        near = begun[0] if len(begun) == 1 else nearest(text, names)
        raise click.BadParameter(f"there is no {text!r}; " + (f"did you mean {near}?" if near else "see above"))
    return text


def _named(product: Product) -> str:
    """A product's name, and its title where that says more: ``static (nginx)``."""
    alike = product.title.replace(".", "").lower() == product.name
    return product.name if alike else f"{product.name} ({product.title})"


def _text(value: str) -> str:
    """A YAML scalar that is this text, whatever it holds."""
    plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS and not value.endswith(" ")
    return value if plain else json.dumps(value, ensure_ascii=False)
