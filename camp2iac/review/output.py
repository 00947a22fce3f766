"""The files of a compilation: the module, the documents beside it, a README, the source map."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from camp2iac.compiler import Result
from camp2iac.diagnostics import Span
from camp2iac.review.committed import GITATTRIBUTES, GITIGNORE, gitattributes, gitignore
from camp2iac.review.readme import README, readme
from camp2iac.synth import sourcemap
from camp2iac.synth.folder import Output
from camp2iac.synth.graph import graph
from camp2iac.synth.module import Document, Module
from camp2iac.synth.namespacing import moved
from camp2iac.synth.stream import FileData
from camp2iac.synth.writers import Writer
from camp2iac.targets import module_tests
from camp2iac.targets.module_tests import ModuleTests
from camp2iac.targets.module_tests.values import asked
from camp2iac.topology.model import Component, Network, Parameter, Secret, Service


def assemble(
    result: Result,
    write: Writer,
    *,
    plan: str,
    environment: str | None,
    inside: str = "",
) -> Output:
    """Create the output folder of a compilation.

    ``plan``, ``environment``: their paths from the output folder (``../../camp.yaml``), or their names if the output is
    outside the plan's folder (:func:`path_from`). ``inside``: the module's folder in the output, if it is a subfolder.
    The writer's names are paths from the output folder.
    """
    lowered = result.lowered
    files: dict[str, FileData] = {name: text.encode() for name, text in write(lowered.module).items()}
    documents = moved(lowered.documents, inside) if inside else lowered.documents
    files |= {document.path: document.content for document in documents}
    for path, text in _tests(result).items():
        files[f"{inside}/{path}" if inside else path] = text.encode()
    files[README] = readme(result, plan, environment, inside).encode()
    files[GITATTRIBUTES] = gitattributes(files, inside).encode()
    files[GITIGNORE] = gitignore(files, inside).encode()
    return Output(
        files,
        sourcemap.SourceMap(
            result.target.name,
            plan,
            environment,
            result.inputs,
            _origins(result, documents),
            lowered.tracked,
            _anchors(result),
            graph(lowered.module, lowered.documents, lowered.replacing, lowered.reruns),
            frozenset(block.labels[0] for block in asked(lowered.module)),
        ),
        frozenset(document.path for document in documents if document.executable),
    )


def _tests(result: Result) -> Mapping[str, str]:
    """The tests of the module. They are HCL in every format, because people read them, and Terraform reads both."""
    known: Callable[[Module], ModuleTests] = getattr(result.target, "tests", lambda _: ModuleTests())
    module = result.lowered.module
    return module_tests.write(module, known(module))


def _origins(result: Result, documents: Sequence[Document]) -> Mapping[str, Span | None]:
    """The origins of the output. A value that the environment file gives has its place there."""
    places = result.places
    return sourcemap.origins(result.lowered.module, documents, sourcemap.Placing(places.statement, places.origin))


def _anchors(result: Result) -> tuple[tuple[str, Span], ...]:
    """The parts of the plan and the keys of the environment file, sorted by their places."""
    topology = result.topology
    parts: Mapping[str, Mapping[str, Component | Service | Network | Parameter | Secret]] = {
        "component": topology.components,
        "service": topology.services,
        "network": topology.networks,
        "parameter": topology.parameters,
        "secret": topology.secrets,
    }
    found = [(f"{kind} {id_}", part.span) for kind, nodes in parts.items() for id_, part in nodes.items()]
    found += [(f"job {job.id}", job.span) for service in topology.services.values() for job in service.jobs]
    if result.environment.file:
        entries = result.environment.values.entries
        found += [
            (key, entry.key.span) for key, entry in entries.items() if entry.key.span.file == result.environment.file
        ]
    return tuple(sorted(found, key=lambda anchor: (anchor[1], anchor[0])))


def path_from(output: Path, path: Path, base: Path) -> str:
    """A file's path from the output folder if both are in ``base``. Otherwise a name that is the same everywhere."""
    root = os.path.realpath(base)
    try:
        below = Path(os.path.realpath(path.parent), path.name).relative_to(root).as_posix()
    except ValueError:
        return path.name
    try:
        up = Path(os.path.realpath(output)).relative_to(root)
    except ValueError:
        return below
    return "/".join([".."] * len(up.parts) + [below])
