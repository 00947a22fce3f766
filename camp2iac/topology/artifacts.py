"""Artifacts as components (they run on a service) and jobs (they are loaded into one)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, cast

from camp2iac.camp.model import Artifact, Requirement
from camp2iac.camp.nodes import Mapping, Scalar, Sequence
from camp2iac.catalogue import Catalogue, Product
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.diagnostics.suggest import nearest
from camp2iac.record import Record, field
from camp2iac.topology import requirements, values
from camp2iac.topology.duplicates import Once
from camp2iac.topology.model import Component, Exposure, Job, Link, Process, Statement, TextValue, Variable
from camp2iac.topology.profile import REQUIREMENTS, known, sound
from camp2iac.topology.requirements import PROFILE, RequirementKind
from camp2iac.topology.usage import ArtifactDraft, Use


class ArtifactNeeds(Record):
    """What an artifact's requirements of the profile say."""

    variables: list[Variable] = field(default_factory=list)
    exposures: list[Exposure] = field(default_factory=list)
    processes: list[Process] = field(default_factory=list)
    other: list[Statement[str]] = field(default_factory=list)

    def statements(self) -> list[Statement[Any]]:
        """All that was said."""
        found: list[Statement[Any]] = [
            *{id(v.statement): v.statement for v in self.variables}.values(),
            *(p.statement for p in self.processes),
        ]
        for exposure in self.exposures:
            parts = (exposure.port, exposure.outside, exposure.public, exposure.silent, exposure.hosts, exposure.tls)
            found += [statement for statement in parts if statement is not None]
        return [*found, *self.other]


def needs(part: ArtifactDraft, catalogue: Catalogue, diagnostics: Diagnostics) -> ArtifactNeeds:
    """Read Env, Expose and Process; requirement types that nobody knows are warned of (CAMP303)."""
    found, once = ArtifactNeeds(), Once(part.name, diagnostics)
    for requirement in part.artifact.requirements:
        type_ = requirement.requirement_type
        kind = requirements.kind(type_.value, catalogue)
        if type_.value.startswith(PROFILE) and kind in (
            None,
            RequirementKind.ENV,
            RequirementKind.EXPOSE,
            RequirementKind.PROCESS,
        ):
            name = known(type_.value, type_.span, REQUIREMENTS, "requirement", diagnostics)
            if name is not None and sound(name, requirement.extensions, part.name, diagnostics, type_.span):
                _READERS[name](found, requirement, part, once)
        elif kind is RequirementKind.ENV:
            if sound("Env", requirement.extensions, part.name, diagnostics, type_.span):
                _env(found, requirement, part, once)
        elif kind is None:
            best = nearest(type_.value, requirements.known(catalogue))
            diagnostics.add(
                Diagnostic(
                    "CAMP303",
                    f"{part.name} requires what nobody here knows: {type_.value}",
                    type_.span,
                    label="unknown requirement type",
                    help=f"write  requirement_type: {best}" if best else "what it asks for will not be there",
                )
            )
            found.other.append(Statement(type_.value, part.name, type_.value, type_.span))
    return found


def _env(found: ArtifactNeeds, requirement: Requirement, part: ArtifactDraft, once: Once) -> None:
    given = requirement.extensions
    names = tuple(sorted(given.entries))
    for name, entry in given.entries.items():
        once.first(f"the variable {name}", entry.key.span)
    statement = Statement(names, part.name, f"Env: {', '.join(names)}", requirement.requirement_type.span)
    found.variables += [
        Variable(name, values.text(entry.value), statement) for name, entry in sorted(given.entries.items())
    ]


def _expose(found: ArtifactNeeds, requirement: Requirement, part: ArtifactDraft, once: Once) -> None:
    given = requirement.extensions

    def say(key: str, value: Any, words: str) -> Statement[Any]:
        return Statement(value, part.name, f"Expose: {words}", given[key].span)

    def scalar(key: str) -> Any:
        value = given.get(key)
        return value.value if isinstance(value, Scalar) else None

    hosts = given.get("hosts")
    listed = hosts if isinstance(hosts, Sequence) else ()
    names = tuple(sorted(item.text for item in listed if isinstance(item, Scalar)))
    port, outside, public, tls = (scalar(key) for key in ("port", "as", "public", "tls"))
    end = f"port {port}" if port is not None else "its own port"
    end += f" as {outside}" if outside not in (None, port) else ""
    end += " of UDP" if scalar("protocol") == "udp" else ""
    help_ = "write one Expose with all of the keys; it takes several  hosts:"
    once.first(f"Expose for {end}", requirement.requirement_type.span, help_)
    found.exposures.append(
        Exposure(
            say("port", port, f"port {port}") if port is not None else None,
            say("as", outside, f"as {outside}") if outside is not None else None,
            say("public", public, "public" if public else "not public") if public is not None else None,
            say("hosts", names, f"hosts {', '.join(names)}") if names else None,
            say("tls", tls, "TLS" if tls else "no TLS") if tls is not None else None,
            cast(Literal["http", "tcp", "udp"], scalar("protocol") or "http"),
            requirement.requirement_type.span,
            Statement(False, part.name, "Expose: not public, by default", requirement.requirement_type.span)
            if public is None
            else None,
        )
    )


def _process(found: ArtifactNeeds, requirement: Requirement, part: ArtifactDraft, once: Once) -> None:
    for name, entry in sorted(requirement.extensions.entries.items()):
        once.first(f"the process {name}", entry.key.span, "keep one of them, or give it a name of its own")
        text = entry.value.text if isinstance(entry.value, Scalar) else ""
        statement = Statement(name, part.name, f"Process: {name}, {text}", entry.key.span)
        found.processes.append(Process(name, text, statement))


_READERS = {"Env": _env, "Expose": _expose, "Process": _process}


def options(
    use: Use, product: Product, of: str, diagnostics: Diagnostics
) -> tuple[dict[str, Statement[TextValue]], list[Statement[Any]]]:
    """The parameters of a requirement, by the names that the product gives them; and those that it does not know."""
    found: dict[str, Statement[TextValue]] = {}
    other: list[Statement[Any]] = []
    spellings = {key: option for option, keys in product.options.items() for key in keys}
    given = use.requirement.extensions if use.requirement else Mapping({}, use.span)
    once = Once(of, diagnostics)
    for key, entry in given.entries.items():
        option = spellings.get(key) or (key if key in product.options else None)
        value = values.text(entry.value)
        if option is not None and isinstance(entry.value, Scalar):
            once.first(f"the {option}", entry.key.span)
            label = product.labels.get(option, f"{option} {{}}")
            found[option] = Statement(value, of, label.replace("{}", values.words(value)), entry.key.span)
            continue
        best = nearest(key, spellings)
        diagnostics.add(
            Diagnostic(
                "CAMP307",
                f"{product.title} takes nothing of this name: {key}",
                entry.key.span,
                label="it has no effect",
                context=(use.span,),
                help=f"write  {best}:" if best else "",
            )
        )
        other.append(Statement(key, of, f"{key}: {values.words(value)}", entry.key.span))
    return found, other


def content_words(artifact: Artifact) -> str:
    """``web/``, ``db/schema.sql``, ``the package``, ``12 bytes of data``."""
    content = artifact.content
    if content.data is not None:
        return f"{len(content.data)} bytes of data"
    if content.path == "":
        return "the package"
    return content.href.value if content.href else ""


def artifact_said(artifact: Artifact, name: str) -> Statement[str]:
    """``org.python:src, web/``."""
    type_ = artifact.artifact_type
    return Statement(type_.value, name, f"{type_.value}, {content_words(artifact)}", type_.span)


def job(
    use: Use, service: str, product: Product, of: str, diagnostics: Diagnostics
) -> tuple[Job, list[Statement[Any]]]:
    """What is loaded into a service, and the statements about it."""
    artifact = use.part.artifact
    kind = product.artifacts.get(artifact.artifact_type.value, "")
    found, other = options(use, product, use.part.name, diagnostics)
    statement = Statement(
        artifact.artifact_type.value, use.part.name, f"{use.local_type} {of}, {content_words(artifact)}", use.span
    )
    several = len({other.draft.id for other in use.part.of(RequirementKind.LOAD) if other.draft}) > 1
    made = Job(use.part.id, kind, artifact.content, service, found, statement, artifact.span, several)
    return made, [statement, *found.values(), *other]


def component(
    part: ArtifactDraft,
    host: str,
    tier: str,
    product: Product,
    links: Iterable[Link],
    found: ArtifactNeeds,
    taken: dict[str, Statement[TextValue]],
) -> Component:
    """The component that an artifact becomes."""
    artifact = part.artifact
    return Component(
        id=part.id,
        name=part.name,
        kind=product.artifacts.get(artifact.artifact_type.value, product.name),
        content=artifact.content,
        host=host,
        tier=tier,
        options=taken,
        processes=tuple(sorted(found.processes, key=lambda process: process.type)),
        variables=tuple(sorted(found.variables, key=lambda variable: variable.name)),
        exposures=tuple(sorted(found.exposures, key=lambda e: (e.port.value if e.port else 0, e.protocol))),
        links=tuple(sorted(links, key=lambda link: (link.service, link.span))),
        statement=artifact_said(artifact, part.name),
        span=_span(artifact),
    )


def _span(artifact: Artifact) -> Span:
    return artifact.labels.name.span if artifact.labels.name else artifact.span
