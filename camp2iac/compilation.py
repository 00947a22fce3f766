"""What came of compiling a plan: what is wrong, the files, what became of each statement, what applying them does."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from camp2iac import compiler
from camp2iac.compiler import Compiled, Reading, Request, Result
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.formats import render
from camp2iac.record import Record, replace
from camp2iac.synth.writers import Form, module_folder, writer
from camp2iac.targets.base import LedgerEntry
from camp2iac.topology.ids import slug

if TYPE_CHECKING:
    from camp2iac.review.change import Change
    from camp2iac.review.delivery import Written
    from camp2iac.synth.folder import Output


class PlanError(ValueError):
    """A plan, an environment file or a catalogue entry is wrong; the text is what ``camp2iac validate`` prints."""


class Compilation(Record, frozen=True, eq=False):
    """A plan compiled for one environment. It never changes.

    Errors are in ``diagnostics``, and ``ok`` says whether there are any. What needs a sound plan raises
    :class:`PlanError` where there are. ``environment``: the path of the environment file, None without one.
    The other fields are the compiler's own.
    """

    reading: Reading
    request: Request
    compiled: Compiled
    environment: Path | None = None

    def __repr__(self) -> str:
        target = self.compiled.result.target.name if self.compiled.result else self.request.target
        return f"<Compilation for {target or self.environment}: {'ok' if self.ok else 'errors'}>"

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; warnings and notes are allowed."""
        return self.compiled.ok

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the plan, the catalogue and for this platform, ordered by place."""
        return self.compiled.diagnostics

    @property
    def texts(self) -> Mapping[str, str]:
        """Shown file names to their text, which :func:`camp2iac.render` quotes from."""
        return MappingProxyType(dict(self.compiled.texts))

    @property
    def target(self) -> str:
        """The name of the platform. Raises PlanError where it could not be found out."""
        return self._result().target.name

    @property
    def output(self) -> Path | None:
        """The output folder that it was compiled for: ``infra/NAME`` beside the plan unless another was named; None
        for a plan from bytes.
        """
        return self.request.output

    def statements(self) -> tuple[LedgerEntry, ...]:
        """Each statement of the plan with its outcome on this platform, in the plan's order.

        Raises PlanError where errors kept the platform from seeing the plan at all.
        """
        return self._result().statements

    def files(self, folder: str | Path | None = None, *, format: Form = "hcl") -> dict[str, bytes]:  # noqa: A002
        """The files of the output folder, path (``/`` between parts) to bytes, with its source map.

        Args:
            folder: where they will lie; None: in ``output``. Content of the plan that lies in a folder above is read
                in place by Terraform; of a folder elsewhere it is among the files.
            format: ``hcl``, ``json``, or ``cdktf``, which needs Node, and is not for several threads at a time.

        Raises:
            PlanError: the plan cannot be compiled.
            camp2iac.node.NodeError: there is no Node for ``cdktf``.
        """
        return self._assembled(self._place(folder), format).whole()

    def write(
        self,
        folder: str | Path | None = None,
        *,
        format: Form = "hcl",  # noqa: A002
        check: bool = False,
        force: bool = False,
        lose: Collection[str] = (),
    ) -> Written:
        """Write the output folder, as ``camp2iac synth`` does: all of it or nothing, and never over a foreign file.

        Args:
            folder: the output folder; None: ``output``.
            format: as for :meth:`files`.
            check: write nothing; the result tells what would be done, with a ``diff``.
            force: overwrite generated files that were changed by hand.
            lose: ids of services and tiers whose data may be destroyed. Else an output that would destroy data when it
                is applied is refused (CAMP720).

        Returns: what was written. If it is not ``ok``, nothing was, and ``refused`` says why.

        Raises:
            PlanError: the plan cannot be compiled.
            ValueError: no folder is named, and the plan came from bytes.
        """
        from camp2iac.review.delivery import deliver

        place = self._place(folder)
        if place is None:
            raise ValueError("a plan from bytes has no folder of its own: name the output folder")
        made = self._assembled(place, format)
        return deliver(made, place, self._result().topology, check=check, force=force, lose=lose)

    def changes(self, since: Compilation | str | Path) -> Change:
        """What applying this output does to the resources of an earlier one: what is destroyed or replaced, and why.

        ``since``: another compilation, or an output folder: its state in git's HEAD where it is tracked, else as it
        stands. An empty folder changes nothing. Raises PlanError where either cannot be compiled or understood.
        """
        from camp2iac.review import baseline
        from camp2iac.review.change import Change, change
        from camp2iac.synth.folder import unreadable_source_map

        if isinstance(since, Compilation):
            before = since._assembled(since.output, "hcl").source_map.standing()
        else:
            try:
                found = baseline.baseline(Path(since))
            except baseline.UnreadableError:
                raise PlanError(render([unreadable_source_map(Path(since))], {})) from None
            if found is None:
                return Change()
            before = found
        return change(before, self._assembled(self.output, "hcl").source_map, self._result().topology)

    def module_folder(self, folder: str | Path | None = None, *, format: Form = "hcl") -> Path:  # noqa: A002
        """The folder that Terraform runs in: the output folder, or for ``cdktf`` that of the stack in it."""
        return (self._place(folder) or Path()) / module_folder(format, slug(self._result().topology.name))

    def _place(self, folder: str | Path | None) -> Path | None:
        return Path(folder) if folder is not None else self.request.output

    def _result(self) -> Result:
        if self.compiled.result is None:
            raise PlanError(render(self.diagnostics, self.compiled.texts))
        return self.compiled.result

    def _assembled(self, place: Path | None, form: Form) -> Output:
        """The output as it is in a folder. What it says of paths depends on where that is."""
        from camp2iac.review.output import assemble, path_from

        if form == "cdktf":
            from camp2iac import node

            node.use(quiet=True)
        stack = slug(self._result().topology.name)
        inside = module_folder(form, stack)
        compiled = self._compiled_for(place, inside)
        if compiled.result is None or not compiled.ok:
            raise PlanError(render(compiled.diagnostics, compiled.texts))
        origin, base = self.reading.origin, self.reading.origin.folder or Path()

        def path(of: Path) -> str:
            return path_from(place, of, base) if place is not None else of.name

        return assemble(
            compiled.result,
            writer(form, stack),
            plan=path(origin.path) if origin.path is not None else origin.name or "camp.yaml",
            environment=path(self.environment) if self.environment is not None else None,
            inside=inside,
        )

    def _compiled_for(self, place: Path | None, inside: str) -> Compiled:
        """What was compiled, if it is right for a folder; else compiled again for that."""
        source, result = self.reading.source, self._result()
        if source is not None and source.package.folder is None:  # no place is nearer to the content than another
            return self.compiled
        module = place / inside if place is not None else None
        # Without a source: it could be read only without the environment file.
        other = bool(inside) if source is None else compiler.content_root(source, module) != result.content_root
        if place == self.request.output and not other:
            return self.compiled
        left_out = [path for path in (self.environment, place) if path is not None]
        reading = compiler.without(self.reading, left_out)
        return compiler.compile(reading, replace(self.request, output=place, inside=inside))
