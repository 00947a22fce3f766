"""``volumes``: volumes for data, SQL scripts of databases, and what has no place in a plan."""

from __future__ import annotations

import posixpath
import re

from camp2iac.importers.draft import DraftArtifact, DraftCharacteristic, DraftRequirement, NotedValue
from camp2iac.importers.formats.compose.state import ComposedService, ComposeState
from camp2iac.importers.part import SourcePart
from camp2iac.record import Record
from camp2iac.topology.ids import slug

SIZE = "10 GiB"
_MOUNT = re.compile(r"/[^\x00-\x1f\"'$`\\ ]*")
_SCRIPTS = "/docker-entrypoint-initdb.d"
_LOADED = re.compile(r"/srv/camp/load/\d+/[^/]+/[^/]+/[^/]+\.sql")  # where exports mount the SQL of a plan
_START = "/usr/local/bin/camp-start"
_DATA = re.compile(r"/(var/lib|data|bitnami|var/opt|opt)(/.*)?|/data(/.*)?")


class Mount(Record, frozen=True):
    """A mount. ``source``: a volume, or a path that begins with ``.``, ``/`` or ``~``; empty if it has no name."""

    source: str
    target: str
    part: SourcePart
    kind: str

    @property
    def is_bind(self) -> bool:
        """Whether it is a file or folder of the host."""
        return self.kind == "bind" or self.source.startswith((".", "/", "~", "$"))


def read(state: ComposeState, made: ComposedService) -> None:
    """The volumes of a service."""
    layers = made.layers.get("volumes")
    for part in layers.parts if layers is not None else ():
        for item in part.items("a list of volumes"):
            mount = _mount(state, item)
            if mount is None:
                continue
            if mount.is_bind:
                _bind(state, made, mount)
            elif mount.kind == "tmpfs":
                item.left_out("the folder for temporary files of an instance is empty at each start anyway")
            else:
                _volume(made, mount)


def _mount(state: ComposeState, item: SourcePart) -> Mount | None:
    if item.is_mapping:
        values = {key: state.expand(part) for key, part in item.entries() if part.is_scalar}
        if not values.get("target"):
            item.wrong("a mapping with target")
            return None
        return Mount(values.get("source", ""), values["target"], item, values.get("type", "volume"))
    text = state.expand(item, "a volume such as data:/srv/data")
    parts = text.split(":")
    if len(parts) == 1:
        return Mount("", text, item, "volume")
    if len(parts[0]) == 1 and len(parts) > 2 and parts[1].startswith("\\"):
        item.left_out("it is a folder of a computer with Windows")
        return None
    return Mount(parts[0], parts[1], item, "volume")


def _volume(made: ComposedService, mount: Mount) -> None:
    size = NotedValue(SIZE, "the source does not say the size")
    name = slug(mount.source)[:63] if mount.source else ""
    if not mount.source:
        mount.part.left_out("a volume without a name has no data that must survive")
        return
    if made.artifact is None:
        if any(each.type == "org.camp2iac:Volume" for each in made.service.characteristics):
            mount.part.left_out("the data of a database is on one volume")
            return
        made.service.characteristics.append(DraftCharacteristic("org.camp2iac:Volume", {"size": size}))
        mount.part.changed(f"service {made.id}: Volume", f"a volume has a size, and the source names none: {SIZE}")
        return
    if not _MOUNT.fullmatch(mount.target):
        mount.part.wrong("a volume that is mounted at an absolute path")
        return
    if made.service.characteristics and mount.target == "/":
        mount.part.wrong("a volume that is not mounted at /")
        return
    made.service.characteristics.append(
        DraftCharacteristic("org.camp2iac:Volume", {"name": name, "size": size, "mount": mount.target})
    )
    mount.part.changed(f"service {made.id}: Volume {name}", f"a volume has a size, and the source names none: {SIZE}")


def _bind(state: ComposeState, made: ComposedService, mount: Mount) -> None:
    target = posixpath.normpath(mount.target)
    if made.software is not None:
        if _LOADED.fullmatch(target):
            _scripts(state, made, mount)
        elif mount.source.startswith("./load/") and target in (_START, f"{_SCRIPTS}/camp-setup.sh"):
            mount.part.kept(f"{made.what}: how an export configures the image")
        elif target == _SCRIPTS or target.startswith(f"{_SCRIPTS}/"):
            _scripts(state, made, mount)
        elif _DATA.fullmatch(target) and not re.search(r"\.\w{2,5}$", target):
            _volume(made, Mount(slug(mount.source), target, mount.part, "volume"))
        else:
            mount.part.left_out(
                "the product has its own configuration", f"see  camp2iac catalogue show {made.software.product}"
            )
        return
    if "docker.sock" in mount.source:
        mount.part.left_out("an instance has no Docker engine that its containers may use")
    elif made.code is not None:
        mount.part.left_out("it is for development: the code is the content of the artifact")
    else:
        mount.part.left_out(
            "an instance has no files of your computer",
            "build an image that has the file, or write a named volume if the process writes the data",
        )


def _scripts(state: ComposeState, made: ComposedService, mount: Mount) -> None:
    """SQL that the image of a database loads at its first start."""
    folder = state.project.source.folder
    path = folder.inside(mount.source, made.unit.base, mount.part.span)
    if path is None or made.software is None:
        return
    names = (
        [path] if folder.is_file(path) else [f"{path}/{each}" if path else each for each in folder.names_in(path, "*")]
    )
    sql = [name for name in names if name.endswith((".sql", ".sql.gz"))]
    if made.software.product not in ("postgresql", "mariadb") or not [name for name in sql if name.endswith(".sql")]:
        mount.part.left_out("camp2iac loads SQL scripts only", "load the data yourself, or write an SQL script")
        return
    for name in sql:
        if not name.endswith(".sql"):
            continue
        artifact = DraftArtifact(state.plan.id_for(posixpath.basename(name)[:-4]), "org.sql:SqlScript", name)
        artifact.requirements.append(DraftRequirement("org.sql:ExecuteAt", {}, f"id:{made.id}"))
        artifact.why = mount.part.where
        state.plan.artifacts.append(artifact)
    left = [name for name in names if not name.endswith(".sql")]
    to = f"an SQL script that is loaded into {made.id}"
    if left:
        mount.part.changed(to, "the folder has other files, which are not loaded")
    else:
        mount.part.kept(to)
