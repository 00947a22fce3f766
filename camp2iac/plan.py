"""The library's entry point: read a plan once, compile it for any number of environments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from camp2iac import compiler
from camp2iac.camp.model import PlanDocument
from camp2iac.camp.tree import PLAN
from camp2iac.compilation import Compilation
from camp2iac.compiler import Compiled, Origin, Reading, Request
from camp2iac.compiler.values import failed
from camp2iac.diagnostics import Diagnostic
from camp2iac.record import Record


class Check(Record, frozen=True, eq=False):
    """The diagnostics of a plan. ``compiled`` is internal."""

    compiled: Compiled

    @property
    def ok(self) -> bool:
        """Whether there are no errors; warnings and notes are allowed."""
        return not failed(self.compiled.diagnostics)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of the plan, the catalogue and the environment file, ordered by place."""
        return self.compiled.diagnostics

    @property
    def texts(self) -> Mapping[str, str]:
        """Shown file names to their text, which :func:`camp2iac.render` quotes from."""
        return MappingProxyType(dict(self.compiled.texts))


class Plan(Record, frozen=True, eq=False):
    """A plan that was read. It never changes: compile it any number of times, in any order, in several threads.

    ``reading`` is internal. Content is read from the plan's folder when you compile: if you change the files, read the
    plan again.
    """

    reading: Reading

    def __repr__(self) -> str:
        return f"<Plan {self.reading.origin.path or self.reading.origin.name}: {'ok' if self.ok else 'errors'}>"

    @property
    def ok(self) -> bool:
        """Whether the plan was read without errors; warnings and notes are allowed."""
        return self.reading.source is not None and not failed(self.reading.diagnostics)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of reading the plan, ordered by place; :meth:`check` finds more."""
        return self.reading.diagnostics

    @property
    def texts(self) -> Mapping[str, str]:
        """Shown file names to their text, which :func:`camp2iac.render` quotes from."""
        return MappingProxyType(dict(self.reading.texts))

    @property
    def document(self) -> PlanDocument | None:
        """The plan as CAMP defines it; None if it could not be read."""
        return self.reading.source.plan if self.reading.source is not None else None

    def check(
        self,
        environment: str | Path | None = None,
        *,
        target: str | None = None,
        overrides: Mapping[str, str] | None = None,
        catalogue: Sequence[str | Path] = (),
    ) -> Check:
        """Check the plan, like ``camp2iac validate``; arguments as for :meth:`compile`.

        Without an environment and a target, only errors that exist on every platform are found.
        """
        request = self._request(environment, target, overrides, catalogue)
        return Check(compiler.compile(self._without(environment), request))

    def compile(
        self,
        environment: str | Path | None = None,
        *,
        target: str | None = None,
        overrides: Mapping[str, str] | None = None,
        catalogue: Sequence[str | Path] = (),
        output: str | Path | None = None,
    ) -> Compilation:
        """Compile the plan for one platform.

        Args:
            environment: the environment file, which names the platform unless ``target`` does.
            target: ``openstack``, ``heroku``, or another installed target.
            overrides: values of parameters (``greeting``) and keys of the environment file (``scale.web``) as strings,
                which override the file; like ``--set`` on the command line.
            catalogue: folders with more products.
            output: the output folder; None: ``infra/NAME`` beside the plan, where NAME is the name of the environment
                file or the target. This method writes nothing there.

        Returns: the compilation with all diagnostics. Errors in the plan do not raise exceptions.

        Raises:
            TypeError: neither an environment nor a target was passed.
        """
        if environment is None and target is None:
            raise TypeError("name the platform: environment=... or target=...")
        request = self._request(environment, target, overrides, catalogue)
        file = Path(environment) if environment is not None else None
        place = Path(output) if output is not None else self._output(file.stem if file else str(target))
        request = Request(request.environment, target, request.overrides, request.catalogue, place)
        compiled = compiler.compile(self._without(environment, place), request)
        return Compilation(self.reading, request, compiled, file)

    def _request(
        self,
        environment: str | Path | None,
        target: str | None,
        overrides: Mapping[str, str] | None,
        catalogue: Sequence[str | Path],
    ) -> Request:
        file = self.reading.environment(Path(environment)) if environment is not None else None
        return Request(file, target, dict(overrides or {}), tuple(map(Path, catalogue)))

    def _without(self, *paths: str | Path | None) -> Reading:
        """The reading with these paths, an environment file or output folder, excluded from the content."""
        return compiler.without(self.reading, [Path(path) for path in paths if path is not None])

    def _output(self, name: str) -> Path | None:
        folder = self.reading.origin.folder
        return folder / "infra" / name if folder is not None else None


def read(
    source: str | Path | bytes,
    *,
    name: str = "",
    strict: bool = False,
    signer: str | None = None,
    leave_out: Sequence[str | Path] = (),
) -> Plan:
    """Read a plan. Errors are in the plan's ``diagnostics``; they do not raise exceptions.

    Args:
        source: the path of a plan file, its folder, or an archive; or the bytes of a plan or an archive.
        name: the name in messages; empty: the file's name, or ``camp.yaml`` for bytes.
        strict: packages must list all their files in ``camp.mf``.
        signer: the SHA-256 of the certificate that must have signed the package, in hexadecimal digits.
        leave_out: files and folders beside the plan that are not content. Environment files and output folders are
            never content.
    """
    without = tuple(map(Path, leave_out))
    if isinstance(source, bytes):
        return Plan(compiler.read(Origin(source, name or PLAN, strict, signer, without)))
    path = Path(source)
    # The plan and its folder compile to the same output. With strict, all files of the folder must be listed if the
    # folder was named.
    file = path / PLAN if path.is_dir() and (path / PLAN).is_file() else path
    whole = strict and path.is_dir()
    without = (*without, *compiler.no_content(path))
    return Plan(compiler.read(Origin(file, name, strict, signer, without, whole)))
