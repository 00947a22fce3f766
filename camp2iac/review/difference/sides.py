"""The two sides of a comparison: versions of a plan with their environments, and one environment of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from camp2iac import compiler
from camp2iac.compiler import Compiled, EnvironmentFile, Origin, Reading, Request, Result
from camp2iac.diagnostics import Span
from camp2iac.record import Record, field, replace
from camp2iac.review.output import assemble, path_from
from camp2iac.synth import sourcemap_json
from camp2iac.synth.sourcemap import DIGESTS, NAME, Standing

ENVIRONMENTS = "environments"  # the folder with the environment files, beside the plan
INFRA = "infra"  # the folder with the outputs, beside the plan
_SUFFIXES = (".yaml", ".yml")

Location = tuple[str, int, int]  # a file as the source map names it, a line and a column


class StoredOutput(Record, frozen=True):
    """An output that exists. ``folder``: its path, to show. ``origins``: address or document to its place."""

    folder: str
    standing: Standing
    origins: Mapping[str, Location]


class PlanVersion(Record, frozen=True, eq=False):
    """One of two versions.

    ``name``: how it is named to people (``main``, ``the work tree``). ``reading``: the plan; None if there is only an
    output. ``environments``, ``outputs``: by the name of the environment. ``folder``: the plan's folder, to show before
    the names of its files; can be empty. ``unreadable``: outputs whose source map cannot be read.
    """

    name: str
    reading: Reading | None
    environments: Mapping[str, EnvironmentFile] = field(default_factory=dict)
    outputs: Mapping[str, StoredOutput] = field(default_factory=dict)
    folder: str = ""
    unreadable: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class PlanSide(Record, frozen=True, eq=False):
    """One environment in one version.

    ``standing``: the output to compare; None if the environment does not exist, or does not compile. ``result``: the
    plan compiled by this camp2iac; None if there is no plan, or it has errors. ``compiled``: the output of ``result``,
    if ``standing`` is another one, which exists. ``origins``: address or document to its place. ``texts``: file to its
    text.
    """

    version: PlanVersion
    standing: Standing | None = None
    result: Result | None = None
    compiled: Standing | None = None
    origins: Mapping[str, Location] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def inputs(self) -> Mapping[str, str]:
        """The files that the compiled plan depends on, to their SHA-256."""
        return self.result.inputs if self.result is not None else {}


def read_version(
    name: str,
    plan: Path,
    origin: Origin,
    *,
    shown: str = "",
    files: Sequence[Path] = (),
    notes: Sequence[str] = (),
) -> PlanVersion:
    """Read a version with a plan.

    Args:
        name: how the version is named.
        plan: a plan file, a folder with ``camp.yaml``, or an archive.
        origin: how strictly to read it. Its other fields are not used.
        shown: the plan's folder, to show.
        files: environment files to use instead of those in ``environments/``, as far as they exist.
        notes: what to say about the version.
    """
    folder = plan.parent if plan.is_file() else plan
    given, files = bool(files), [file for file in files if file.is_file()]
    outputs = [folder / INFRA / file.stem for file in files]
    left_out = (*files, *outputs, *compiler.no_content(plan))
    reading = compiler.read(replace(origin, source=plan, leave_out=left_out))
    packed = reading.source is not None and reading.source.package.folder is None
    if given:
        environments = {file.stem: reading.environment(file) for file in files}
    elif packed:
        environments = _packed(reading)
    else:
        environments = {
            file.stem: reading.environment(file) for file in compiler.environment_files(folder / ENVIRONMENTS)
        }
    stored, unreadable = _outputs(folder / INFRA) if not packed else ({}, [])
    return PlanVersion(name, reading, environments, stored, shown, tuple(unreadable), tuple(notes))


def output_version(name: str, folder: Path) -> PlanVersion | None:
    """A version that is an output only; None if its source map cannot be read. Its environment has the folder's name,
    or that of the environment file.
    """
    found = stored_output(folder, folder.as_posix())
    if found is None:
        return None
    text = sourcemap_json.head(_bytes(folder / NAME) or b"")
    environment = text.get("environment")
    key = Path(environment).stem if environment else folder.resolve().name
    return PlanVersion(name, None, {}, {key: found})


def stored_output(folder: Path, shown: str) -> StoredOutput | None:
    """The output in a folder; None if there is none, or its source map cannot be read."""
    text = _bytes(folder / NAME)
    standing = sourcemap_json.standing(text, _bytes(folder / DIGESTS)) if text is not None else None
    if text is None or standing is None:
        return None
    found = sourcemap_json.origins(text) or {}
    return StoredOutput(shown, standing, {key: _location(place) for key, place in found.items() if place})


def _location(place: str) -> Location:
    file, line, column = place.rsplit(":", 2)
    return file, int(line), int(column)


def _packed(reading: Reading) -> dict[str, EnvironmentFile]:
    """The environment files of an archive."""
    assert reading.source is not None  # noqa: S101 - the caller knows
    package, found = reading.source.package, {}
    for name, is_folder in package.children(ENVIRONMENTS):
        path = f"{ENVIRONMENTS}/{name}"
        if is_folder is False and name.endswith(_SUFFIXES):
            found[Path(name).stem] = EnvironmentFile(Path(name).stem, path, package.read(path))
    return found


def _outputs(folder: Path) -> tuple[dict[str, StoredOutput], list[str]]:
    """The outputs by their names, and those whose source map cannot be read."""
    found, unreadable = {}, []
    for place in sorted(path.parent for path in folder.glob(f"*/{NAME}")):
        output = stored_output(place, f"{INFRA}/{place.name}")
        if output is None:
            unreadable.append(place.name)
        else:
            found[place.name] = output
    return found, unreadable


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


# --- one environment --------------------------------------------------------------------------------------------------


class Choice(Record, frozen=True):
    """How to compile both sides.

    ``target``: the platform, if no environment file names it. ``packed``: compile as if the output were not in the
    plan's folder, because one side is an archive. ``stored``: compare OLD by the output that exists there.
    """

    target: str | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    catalogue: tuple[Path, ...] = ()
    packed: bool = False
    stored: bool = True


def compiled(version: PlanVersion, name: str, choice: Choice) -> Compiled | None:
    """Compile one environment of a version; None if there is no plan, or it does not have this environment."""
    file = version.environments.get(name)
    if version.reading is None or (file is None and choice.target is None):
        return None
    folder = version.reading.origin.folder
    place = folder / INFRA / name if folder is not None and not choice.packed else None
    request = Request(file, choice.target, choice.overrides, choice.catalogue, place)
    return compiler.compile(version.reading, request)


def side_of(version: PlanVersion, name: str, made: Compiled | None, *, stored: bool) -> PlanSide:
    """One environment of a version. ``made``: what :func:`compiled` returned. ``stored``: compare the output that
    exists, if there is one.
    """
    result = made.result if made is not None and made.ok else None
    standing, origins = _standing(version, name, result) if result is not None else (None, {})
    texts = made.texts if made is not None else {}
    output = version.outputs.get(name) if stored or version.reading is None else None
    # Without a graph, nothing can be compared with it.
    if output is None or (output.standing.graph is None and standing is not None):
        return PlanSide(version, standing, result, None, origins, texts)
    return PlanSide(version, output.standing, result, standing, output.origins, texts)


def _standing(version: PlanVersion, name: str, result: Result) -> tuple[Standing, Mapping[str, Location]]:
    """The output of a result, and its origins."""
    assert version.reading is not None  # noqa: S101 - it was compiled
    origin = version.reading.origin
    base = origin.folder or Path()
    place = base / INFRA / name
    plan = path_from(place, origin.path, base) if origin.path is not None else origin.name
    made = assemble(result, lambda _: {}, plan=plan, environment=None).source_map
    return made.standing(), {key: _of(span) for key, span in made.origins.items() if span is not None}


def _of(span: Span) -> Location:
    return span.file, span.line, span.column
