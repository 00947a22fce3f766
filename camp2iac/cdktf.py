"""For users of CDKTF: a plan as a stack, beside stacks of their own.

``python -m camp2iac.cdktf`` is the app of ``cdktf.json``: ``cdktf synth`` compiles the plan that ``CAMP2IAC_PLAN``
names for the environment file that ``CAMP2IAC_ENVIRONMENT`` names; without the first, an example.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from camp2iac import compiler
from camp2iac.diagnostics.formats import render
from camp2iac.synth.cdktf import add, library
from camp2iac.synth.module import Document

_cdktf: Any = library()
_EXAMPLE = Path(__file__).parent.parent / "examples/guestbook"


class PlanError(ValueError):
    """A plan or an environment file is wrong; the text is what ``camp2iac validate`` prints."""


class CampStack(_cdktf.TerraformStack):  # type: ignore[misc]
    """A plan and nothing else, at the addresses that ``camp2iac synth --format hcl`` gives its blocks.

    The files beside the module (cloud-init templates, copies of content) are written to the stack's folder in the app's
    output. CDKTF's default backend, which names a folder of this machine, is taken out; one that is set stays.
    """

    def __init__(
        self,
        scope: Any,
        name: str,
        *,
        plan: str | Path,
        environment: str | Path | None = None,
        target: str | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        """Compile a plan into constructs.

        Args:
            scope: the ``App``.
            name: the stack's name.
            plan: a plan file, its folder or an archive.
            environment: the environment file; names the platform, unless ``target`` does.
            target: ``openstack``, ``heroku``, or that of another installed target.
            parameters: values of the plan's parameters, above those of the environment.

        Raises:
            PlanError: the plan or the environment file has errors.
        """
        super().__init__(scope, name)
        folder = Path(scope.outdir) / "stacks" / name
        leave_out = [Path(scope.outdir), *([Path(environment)] if environment else [])]
        loaded = compiler.load(Path(plan), leave_out=leave_out)
        compiled = compiler.compile(
            loaded, environment=Path(environment) if environment else None, target=target, overrides=parameters or {}
        )
        if compiled is None or compiled.lowered is None or loaded.diagnostics.failed:
            raise PlanError(render(loaded.diagnostics.ordered(), loaded.texts))
        add(self, compiled.lowered.module)
        for document in compiled.lowered.documents:
            _put(folder, document)


def _put(folder: Path, document: Document) -> None:
    path = folder / document.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document.data)
    path.chmod(0o755 if document.executable else 0o644)


def main() -> None:
    """Write the stack of the plan and the environment that are named in the process's environment variables."""
    plan = Path(os.environ.get("CAMP2IAC_PLAN", _EXAMPLE / "camp.yaml"))
    environment = os.environ.get("CAMP2IAC_ENVIRONMENT")
    if environment is None and "CAMP2IAC_PLAN" not in os.environ:
        environment = str(_EXAMPLE / "environments/heroku.yaml")
    app = _cdktf.App()
    try:
        CampStack(app, _stack_name(plan), plan=plan, environment=environment)
    except PlanError as error:
        raise SystemExit(str(error)) from None
    app.synth()


def _stack_name(plan: Path) -> str:
    """The stack's name: that of the folder that the plan is, or is in."""
    return (plan if plan.is_dir() else plan.resolve().parent).name


if __name__ == "__main__":
    main()
