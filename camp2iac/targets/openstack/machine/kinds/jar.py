"""A Java program in a JAR; or a folder with one, and its libraries beside it."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand, by_product
from camp2iac.targets.openstack.machine.render import unit
from camp2iac.targets.programs.jars import fault


def _is_program(name: str) -> bool:
    return name.endswith(".jar") and "/" not in name


class Jar(ArtifactKind):
    """A Java program."""

    words = "by Java, on its machine"
    folder = True
    file = "{folder}/app.jar"

    def check(self, inside: ArtifactOnMachine) -> None:
        """A JAR that ``java -jar`` runs says its main class, and has it."""
        data = inside.data if inside.content.form == "file" else None
        read = inside.read
        if data is None and read is not None and inside.content.form != "file":
            jars = [name for name in inside.files if _is_program(name)]
            data = read(jars[0]) if len(jars) == 1 else None
        wrong = fault(data, inside.component) if data is not None else None
        if wrong:
            inside.wrong(f"{inside.component.name} is no JAR that Java can run", *wrong)

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """Java, with the one JAR that there is."""
        jars = ["app.jar"] if inside.content.form == "file" else [name for name in inside.files if _is_program(name)]
        if len(jars) != 1:
            inside.unknown(
                f"which JAR of {inside.component.name} Java is to run, nobody can tell",
                inside.component.span,
                f"{len(jars)} at its top" if inside.content.known else "what is in it, a machine sees first",
                "add to its requirements\n  - requirement_type: org.camp2iac:Process\n    web: exec java -jar FILE",
            )
        heap = inside.attributes.get("heap")
        program = unit(f"{inside.folder}/{jars[0] if jars else ''}")
        return by_product(inside, jar=program, memory=f"-Xmx{heap}m " if heap else "")


KIND = Jar()
