"""The questions of ``camp2iac init`` and the plan that their answers make."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from camp2iac.catalogue import Catalogue, Product, load
from camp2iac.cli.console import write
from camp2iac.cli.prompts import ALL, NONE, Prompts
from camp2iac.detect.modelines import environment_modeline, plan_modeline
from camp2iac.detect.plan import PACKAGE, scalar

HERE = "."
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,31}")  # and -staging


def ask(prompts: Prompts, examples: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Ask for everything, because the folder has no code. Returns the files of the plan, path to text.

    ``examples``: more examples for the environment file of a target.
    """
    from camp2iac.targets import registry

    catalogue = load()
    runtimes = [product.name for product in catalogue if product.role == "runtime"]
    services = [product.name for product in catalogue if product.role == "service"]
    targets = registry.names()
    name = prompts.ask("Name of the application", Path.cwd().name or "application")
    write(sys.stderr, f"\nIt can run on: {', '.join(_named(catalogue[each]) for each in runtimes)}\n")
    runtime = catalogue[prompts.one("Runs on", runtimes, "python" if "python" in runtimes else runtimes[0])]
    options = [(runtime.options[name][0], prompts.ask(*question)) for name, question in runtime.questions.items()]
    content = prompts.ask(f"Its files: a folder or file, or {HERE} for this folder", HERE)
    write(sys.stderr, f"\nIt can use: {', '.join(services)}\n")
    wanted = prompts.several("Uses, with commas between", services, NONE)
    write(sys.stderr, f"\nPlatforms: {', '.join(targets)}\n")
    platforms = prompts.several("Deployed to, with commas between", targets, ALL)
    return {
        "camp.yaml": plan(name, runtime, PACKAGE if content == HERE else content, catalogue, wanted, options),
        **{
            f"environments/{each}.yaml": environment(each, more={**example_names(name), **examples.get(each, {})})
            for each in platforms
        },
    }


def example_names(application: str) -> dict[str, str]:
    """The examples of names in environment files, for this application; none if they would not be valid."""
    if not _NAME.fullmatch(application):
        return {}
    return {"name": scalar(f"{application}-staging"), "application": scalar(application)}


def plan(
    name: str,
    runtime: Product,
    content: str,
    catalogue: Catalogue,
    services: Sequence[str],
    options: Sequence[tuple[str, str]],
) -> str:
    """The text of a plan."""
    lines = [plan_modeline()]
    lines += ["# Written by  camp2iac init  without an application. Each line with a comment is a proposal: change it."]
    lines += ["camp_version: CAMP 1.1", f"name: {scalar(name)}", "", "artifacts:", "  - name: web"]
    where = "this folder" if content == PACKAGE else "the files of the application"
    lines += [f"    artifact_type: {next(iter(runtime.artifacts))}  # what the files are"]
    lines += [f"    content: {{ href: {scalar(content)} }}  # {where}"]
    lines += ["    requirements:", f"      - requirement_type: {next(iter(runtime.requirements))}"]
    lines += [f"        {key}: {scalar(answer)}  # what runs: it must be in the content" for key, answer in options]
    lines += ["        fulfillment: id:web"]
    for service in services:
        lines += ["      - requirement_type: ConnectTo", f"        fulfillment: id:{service}"]
    lines += ["      - requirement_type: org.camp2iac:Expose"]
    lines += [f"        port: {runtime.port}  # where it listens"] if runtime.port else []
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


def environment(
    target: str,
    settings: Mapping[str, str] | None = None,
    about: str = "",
    decided: Sequence[str] = (),
    more: Mapping[str, str] | None = None,
) -> str:
    """The text of an environment file: its target, settings with a comment about them, and examples as comments.

    ``decided``: lines with other settings. ``more``: examples for this application, of settings of the target.
    """
    from camp2iac.targets import registry

    found = registry.find(target)
    properties: dict[str, Any] = dict(found.environment_schema).get("properties", {}) if found else {}
    examples = {key: about["x-example"] for key, about in properties.items() if "x-example" in about}
    lines = [environment_modeline(target), f"target: {target}", ""]
    if settings:
        lines += [*about.splitlines(), *_settings(settings), ""]
        examples = {key: example for key, example in examples.items() if key not in settings}
    if decided:
        lines += [*decided, ""]
    examples |= {key: each for key, each in (more or {}).items() if key in properties}
    if examples:
        lines += ["# Settings that are not in this file have a default or become variables. Examples:"]
        lines += [
            f"# {key}: {example if isinstance(example, str) else json.dumps(example)}"
            for key, example in examples.items()
        ]
    return "\n".join([*lines, f"# All settings: camp2iac schema environment --target {target}"]) + "\n"


def _settings(settings: Mapping[str, str]) -> list[str]:
    """Settings as lines: ``image: debian-13``, and those of tiers (``tiers.web.image``) below their key."""
    plain = [f"{key}: {value}" for key, value in settings.items() if "." not in key]
    tiers = [key.split(".") for key in settings if "." in key]
    below = [f"  {name}: {{ {key}: {settings[f'{top}.{name}.{key}']} }}" for top, name, key in tiers]
    return [*plain, *(["tiers:"] if below else []), *below]


def _named(product: Product) -> str:
    """A product's name, and its title where that says more: ``static (nginx)``."""
    alike = product.title.replace(".", "").lower() == product.name
    return product.name if alike else f"{product.name} ({product.title})"
