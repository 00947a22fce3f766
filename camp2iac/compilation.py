"""The result of compiling a plan: diagnostics, files, the outcome of each statement, the effects of applying it."""

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
from camp2iac.targets import child
from camp2iac.targets.base import LedgerEntry
from camp2iac.topology.ids import slug

if TYPE_CHECKING:
    from camp2iac.review.change import Change
    from camp2iac.review.delivery import Written
    from camp2iac.review.difference.model import EnvironmentDifference
    from camp2iac.synth.folder import Output
    from camp2iac.synth.sourcemap import Standing


class PlanError(ValueError):
    """A plan, an environment file or a product has errors; the text is what ``camp2iac validate`` prints."""


class Compilation(Record, frozen=True, eq=False):
    """A plan compiled for one environment. It never changes.

    Errors are in ``diagnostics``, and ``ok`` is False if there are any. Methods that need a plan without errors then
    raise :class:`PlanError`. ``environment``: the path of the environment file, None without one. The other fields are
    internal.
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
        """Whether there are no errors; warnings and notes are allowed."""
        return self.compiled.ok

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of the plan, the catalogue and this platform, ordered by place."""
        return self.compiled.diagnostics

    @property
    def texts(self) -> Mapping[str, str]:
        """Shown file names to their text, which :func:`camp2iac.render` quotes from."""
        return MappingProxyType(dict(self.compiled.texts))

    @property
    def target(self) -> str:
        """The name of the platform. Raises PlanError if errors hide it."""
        return self._result().target.name

    @property
    def output(self) -> Path | None:
        """The output folder: ``infra/NAME`` beside the plan unless you passed another; None for a plan from bytes."""
        return self.request.output

    @property
    def is_module(self) -> bool:
        """Whether the environment file asks for a child module (``module: true``). Raises PlanError as ``target``."""
        return child.wanted(self._result().environment)

    def statements(self) -> tuple[LedgerEntry, ...]:
        """Each statement of the plan with its outcome on this platform, in the plan's order.

        Raises PlanError if errors stopped the compiler before the platform.
        """
        return self._result().statements

    def files(self, folder: str | Path | None = None, *, format: Form = "hcl") -> dict[str, bytes]:  # noqa: A002
        """The files of the output folder with its source map: path (``/`` between parts) to bytes.

        Args:
            folder: where you will write them; None: ``output``. If the plan is in a folder above, Terraform reads its
                content in place. Otherwise, the files include the content.
            format: ``hcl``, ``json``, or ``cdktf``, which requires Node.js and supports only one thread at a time.

        Raises:
            PlanError: the plan has errors.
            camp2iac.node.NodeError: Node.js for ``cdktf`` is missing or too old.
        """
        return self._assembled(self._place(folder), format).read()

    def write(
        self,
        folder: str | Path | None = None,
        *,
        format: Form = "hcl",  # noqa: A002
        check: bool = False,
        force: bool = False,
        lose: Collection[str] = (),
    ) -> Written:
        """Write the output folder like ``camp2iac synth``: completely or not at all, and never over a foreign file.

        Args:
            folder: the output folder; None: ``output``.
            format: as for :meth:`files`.
            check: write nothing; the result says what would change, with a ``diff``.
            force: overwrite generated files that were edited.
            lose: ids of services, tiers and secrets whose data may be destroyed. Without them, an output that would
                destroy data when it is applied is refused (CAMP720).

        Returns: what was written. If it is not ``ok``, nothing was written, and ``refused`` says why.

        Raises:
            PlanError: the plan has errors.
            ValueError: the plan is from bytes, and no folder was passed.
        """
        from camp2iac.review.delivery import deliver

        place = self._place(folder)
        if place is None:
            raise ValueError("a plan from bytes has no folder: pass the output folder")
        made = self._assembled(place, format)
        return deliver(made, place, self._result().topology, check=check, force=force, lose=lose)

    def changes(self, since: Compilation | str | Path) -> Change:
        """What Terraform destroys or replaces if you apply this output after an earlier one, and why.

        ``since``: another compilation, or an output folder: as it is in git's HEAD if git tracks it, otherwise as it is
        on disk. For an empty folder there are no changes. Raises PlanError if one of the two has errors or cannot be
        read.
        """
        from camp2iac.review import baseline
        from camp2iac.review.change import Change, change
        from camp2iac.synth.folder import unreadable_source_map

        if isinstance(since, Compilation):
            before = since.standing()
        else:
            try:
                found = baseline.baseline(Path(since))
            except baseline.UnreadableError:
                raise PlanError(render([unreadable_source_map(Path(since))], {})) from None
            if found is None:
                return Change()
            before = found
        return change(before, self._assembled(self.output, "hcl").source_map, self._result().topology)

    def standing(self) -> Standing:
        """Its output as a source map describes it, without writing it. Raises PlanError if the plan has errors."""
        return self._assembled(self.output, "hcl").source_map.standing()

    def difference(self, since: Compilation) -> EnvironmentDifference:
        """What applying this output after that of ``since`` does, like ``camp2iac diff``: each resource with its
        causes, downtimes, traffic, secrets, portability, sizes, costs and releases.

        Raises PlanError if one of the two has errors.
        """
        from camp2iac.review.difference.assemble import compare_sides
        from camp2iac.review.difference.sides import PlanVersion, side_of

        name = self.environment.stem if self.environment is not None else self._result().target.name
        for each in (since, self):
            if not each.ok:
                raise PlanError(render(each.diagnostics, each.compiled.texts))
        before = side_of(PlanVersion("OLD", since.reading), name, since.compiled, stored=False)
        after = side_of(PlanVersion("NEW", self.reading), name, self.compiled, stored=False)
        return compare_sides(name, before, after)

    def module_folder(self, folder: str | Path | None = None, *, format: Form = "hcl") -> Path:  # noqa: A002
        """The folder that Terraform runs in: the output folder, or for ``cdktf`` the stack's folder in it."""
        return (self._place(folder) or Path()) / module_folder(format, slug(self._result().topology.name))

    def _place(self, folder: str | Path | None) -> Path | None:
        return Path(folder) if folder is not None else self.request.output

    def _result(self) -> Result:
        if self.compiled.result is None:
            raise PlanError(render(self.diagnostics, self.compiled.texts))
        return self.compiled.result

    def _assembled(self, place: Path | None, form: Form) -> Output:
        """The output for a folder. Its paths depend on where the folder is."""
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
        """The compiled plan if it fits a folder; otherwise compiled again for this folder."""
        source, result = self.reading.source, self._result()
        if source is not None and source.package.folder is None:  # the content is always copied
            return self.compiled
        module = place / inside if place is not None else None
        # Without a source, the plan could be read only without the environment file.
        other = bool(inside) if source is None else compiler.content_root(source, module) != result.content_root
        if place == self.request.output and not other:
            return self.compiled
        left_out = [path for path in (self.environment, place) if path is not None]
        reading = compiler.without(self.reading, left_out)
        return compiler.compile(reading, replace(self.request, output=place, inside=inside))
