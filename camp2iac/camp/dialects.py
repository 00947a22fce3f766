"""Recognise other formats, so that a Compose file gets one error that says what it is, not many about CAMP's grammar.

Used only for documents without ``camp_version``. Each format has one function that returns the key that identifies it.
"""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.camp.nodes import Mapping, Node, Scalar, Sequence
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.record import Record


class Dialect(Record, frozen=True):
    """A format: its code, its name, the key that identifies it, and how its user gets to a plan."""

    code: str
    name: str
    find: Callable[[Mapping], Span | None]
    note: str
    help: str
    importer: str = ""


def recognise(node: Mapping) -> Diagnostic | None:
    """The diagnostic for a document in another format (CAMP111 to CAMP119); None for other documents."""
    if "camp_version" in node:
        return None
    for dialect in _DIALECTS:
        span = dialect.find(node)
        if span is not None:
            return Diagnostic(
                dialect.code,
                f"this is {dialect.name}, not a CAMP {'1.1 ' if dialect.code == 'CAMP115' else ''}plan",
                span=span,
                label=f"not CAMP{' 1.1' if dialect.code == 'CAMP115' else ''}",
                notes=(dialect.note,),
                help=_import(dialect, node) + dialect.help,
            )
    return None


def _import(dialect: Dialect, node: Mapping) -> str:
    """The command that makes a plan of it, if there is an importer."""
    return f"write a plan with  camp2iac import {dialect.importer} {node.span.file};  or " if dialect.importer else ""


def _key(node: Mapping, *names: str) -> Span | None:
    return next((node.key(name).span for name in names if name in node), None)


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _items(node: Node | None) -> tuple[Mapping, ...]:
    return tuple(item for item in node if isinstance(item, Mapping)) if isinstance(node, Sequence) else ()


def _first(items: tuple[Mapping, ...], *names: str) -> Span | None:
    return next((span for item in items if (span := _key(item, *names))), None)


def _parts(node: Node | None) -> tuple[Mapping, ...]:
    """The mappings in a mapping: ``services: { web: {...} }``."""
    if not isinstance(node, Mapping):
        return ()
    return tuple(entry.value for entry in node.entries.values() if isinstance(entry.value, Mapping))


def _brooklyn(node: Mapping) -> Span | None:
    for key in node.entries:
        if key.startswith("brooklyn."):
            return node.key(key).span
    services = _items(node.get("services"))
    return _first(services, "type", "serviceType", "service_type")


def _solum(node: Mapping) -> Span | None:
    if _text(node.get("version")) == "1" and ("artifacts" in node or "languagepack" in node):
        return node.key("version").span
    appfile = _key(node, "languagepack", "workflow_config", "trigger_actions")
    artifacts = _items(node.get("artifacts"))
    return appfile or _first(artifacts, "language_pack", "unittest_cmd", "run_cmd")


def _compose(node: Mapping) -> Span | None:
    services = node.get("services")
    known = _first(_parts(services), "image", "build", "ports", "depends_on", "environment", "container_name")
    return node.key("services").span if known else None


def _score(node: Mapping) -> Span | None:
    return node.key("apiVersion").span if _text(node.get("apiVersion")).startswith("score.dev/") else None


def _kubernetes(node: Mapping) -> Span | None:
    return node.key("kind").span if "apiVersion" in node and "kind" in node else None


def _tosca(node: Mapping) -> Span | None:
    return _key(node, "tosca_definitions_version")


def _heroku(node: Mapping) -> Span | None:
    keys = ("buildpacks", "addons", "formation", "stack", "success_url", "environments")
    if sum(key in node for key in keys) >= 2 or ("buildpacks" in node and "name" in node):
        return _key(node, *keys)
    build = node.get("build")
    return _key(node, "build") if isinstance(build, Mapping) and ("docker" in build or "run" in node) else None


def _sketch(node: Mapping) -> Span | None:
    if isinstance(node.get("components"), Mapping):
        return node.key("components").span
    artifacts = _items(node.get("artifacts"))
    return _first(artifacts, "type", "artifactType", "requires")


def _cloud_foundry(node: Mapping) -> Span | None:
    return node.key("applications").span if _items(node.get("applications")) else None


def _other(node: Mapping) -> Span | None:
    return _key(node, "heat_template_version", "AWSTemplateFormatVersion")


_WRITE = "create a plan with  camp2iac init;  "
_DIALECTS = (
    Dialect(
        "CAMP116",
        "a TOSCA template",
        _tosca,
        "TOSCA has node templates and relationships, CAMP has artifacts, requirements and services",
        _WRITE + "write your software as artifacts, and the servers that it needs as services",
    ),
    Dialect(
        "CAMP114",
        "a Score workload",
        _score,
        "Score has containers and resources, CAMP has artifacts, requirements and services",
        _WRITE + "write containers as artifacts and resources as services",
        "score",
    ),
    Dialect(
        "CAMP118",
        "a Kubernetes manifest",
        _kubernetes,
        "Kubernetes describes how containers run, CAMP describes what an application consists of and requires",
        _WRITE + "write the program of a Deployment as an artifact, and its replicas as org.camp2iac:Scale",
    ),
    Dialect(
        "CAMP113",
        "a Docker Compose file",
        _compose,
        "in a plan, the application is in artifacts; services is a list of what the application requires",
        _WRITE + "write what you build as artifacts, and ready-made images such as postgres as services",
        "compose",
    ),
    Dialect(
        "CAMP112",
        "a Solum plan",
        _solum,
        "Solum plans are based on CAMP, but have version: 1 instead of camp_version, and keys of their own",
        "write  camp_version: CAMP 1.1  instead of version, and requirements instead of language_pack and ports",
    ),
    Dialect(
        "CAMP111",
        "an Apache Brooklyn blueprint",
        _brooklyn,
        "Brooklyn's services have a type, CAMP's services have characteristics; brooklyn.* keys are not CAMP",
        "write  camp_version: CAMP 1.1,  your programs as artifacts, and each service with characteristics",
        "brooklyn",
    ),
    Dialect(
        "CAMP115",
        "a plan in a draft syntax of 2013",
        _sketch,
        "CAMP 1.1 has artifact_type, requirement_type and characteristic_type instead of type",
        "write  camp_version: CAMP 1.1,  artifact_type instead of type, and requirements as a list",
    ),
    Dialect(
        "CAMP117",
        "a Heroku app description",
        _heroku,
        "app.json and heroku.yml describe an app on Heroku, CAMP describes an application on any platform",
        _WRITE + "write the app as an artifact, and its add-ons as services",
    ),
    Dialect(
        "CAMP119",
        "a manifest of Cloud Foundry",
        _cloud_foundry,
        "CAMP has artifacts, requirements and services",
        _WRITE + "write your programs as artifacts, and what they need as services",
        "cloudfoundry",
    ),
    Dialect(
        "CAMP119",
        "a file of another deployment tool (Heat or CloudFormation)",
        _other,
        "CAMP has artifacts, requirements and services",
        _WRITE + "write your programs as artifacts, and what they need as services",
    ),
)
