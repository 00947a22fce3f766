"""Check that artifacts with a ``build`` or a ``root`` have a folder that a platform can build (CAMP222, CAMP221)."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.catalogue import Catalogue
from camp2iac.diagnostics import Diagnostic
from camp2iac.topology.model import Component, Topology

#: Kinds of artifacts that are finished programs, or files that a product adds to its own.
_FINISHED = frozenset(("image", "deb", "rpm", "additions"))
#: Kinds whose folder can be inside their content. The others install what is at the top of their content.
_ROOTED = frozenset(("nodejs", "static", "files", "python", "django", "go", "php", "ruby"))
#: Tools that build all modules of a project at the top of the content.
_MODULES = frozenset(("maven", "gradle"))
_LABEL = "archives, JARs, programs and packages have no folder of their own in their content"


def check(topology: Topology, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Builds of finished programs, and roots of languages that have none."""
    del catalogue
    for component in topology.components.values():
        if component.build is not None and component.kind in _FINISHED:
            yield Diagnostic(
                "CAMP222",
                f"{component.name} cannot be built: {component.statement.value} is not source code",
                component.build.statement.span,
                label="nothing runs this command",
                help="remove  build:  or name the source code as the content, with its artifact type",
            )
        if component.content.at and component.kind not in _ROOTED:
            yield _no_root(component)


def _no_root(component: Component) -> Diagnostic:
    modules = component.kind in _MODULES
    return Diagnostic(
        "CAMP221",
        f"the content of {component.name} has a root, which {component.statement.value} does not support",
        component.content.span,
        label="Maven and Gradle build all modules at the top of the content" if modules else _LABEL,
        help="write only  href:  with the folder of the whole project, and the process\n"
        "  web: java -jar MODULE/target/FILE.jar"
        if modules
        else "write only  href:  with the folder that has all files of the application",
    )
