"""A Java program in a JAR; or a folder with one, and its libraries beside it."""

from __future__ import annotations

from camp2iac.camp import zip as zips
from camp2iac.targets.openstack.machine.kinds import Inside, Kind, Web, by_product
from camp2iac.targets.openstack.machine.render import unit

_MOST = 1024 * 1024  # bytes of a JAR's manifest


def _check(inside: Inside) -> None:
    """A JAR that ``java -jar`` runs says its main class (java(1), ``-jar``)."""
    data = inside.data if inside.content.form == "file" else None
    if data is None:
        return
    manifest = zips.one(data, "META-INF/MANIFEST.MF", _MOST)
    starts = manifest is not None and b"Main-Class:" in manifest
    if not starts:
        inside.wrong(
            f"{inside.component.name} is no JAR that Java can run",
            "no META-INF/MANIFEST.MF in it that says Main-Class",
            "make it with  jar --create --file NAME.jar --main-class CLASS ...  or your build tool's word for that",
        )


def _web(inside: Inside) -> Web:
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


def _is_program(name: str) -> bool:
    return name.endswith(".jar") and "/" not in name


KIND = Kind("by Java, on its machine", folder=True, file="{folder}/app.jar", check=_check, web=_web)
