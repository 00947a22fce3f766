"""A Java program: a JAR, or a folder with one JAR and its libraries."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand, by_product
from camp2iac.targets.openstack.machine.render import unit


def _is_program(name: str) -> bool:
    return name.endswith(".jar") and "/" not in name


class Jar(ArtifactKind):
    """A Java program."""

    words = "run by Java on its instances"
    folder = True
    file = "{folder}/app.jar"

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """Java, with the only JAR at the top of the content."""
        jars = (
            [inside.content.path.rpartition("/")[2]]
            if inside.content.form == "file"
            else [name for name in inside.files if _is_program(name)]
        )
        if len(jars) != 1:
            inside.unknown(
                f"the content of {inside.component.name} does not show which JAR to run",
                inside.component.span,
                f"{len(jars)} JARs at its top" if inside.content.known else "only the instance unpacks it",
                "add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: exec java -jar FILE",
            )
        heap = inside.attributes.get("heap")
        program = unit(f"{inside.folder}/{jars[0] if jars else ''}")
        return by_product(inside, jar=program, memory=f"-Xmx{heap}m " if heap else "")


KIND = Jar()
