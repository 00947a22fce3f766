"""For users of CDKTF: a plan as a stack, or as a construct in a stack of one's own.

``python -m camp2iac.cdktf`` is the app of ``cdktf.json``: ``cdktf synth`` compiles the plan that ``CAMP2IAC_PLAN``
names for the environment file that ``CAMP2IAC_ENVIRONMENT`` names; without the first, an example.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from camp2iac import node
from camp2iac.compilation import PlanError
from camp2iac.compiler import Result
from camp2iac.plan import read
from camp2iac.record import Record

try:
    node.use()
except node.NodeError as problem:
    raise node.NodeError(f"{problem}: {node.REMEDY}") from None

from camp2iac.diagnostics.formats import render
from camp2iac.diagnostics.suggest import choices, nearest
from camp2iac.synth.cdktf import add, given, library
from camp2iac.synth.module import Document, Module
from camp2iac.synth.namespacing import moved, nested
from camp2iac.topology.model import Topology

_cdktf: Any = library()
_constructs: Any = __import__("constructs")
_EXAMPLE = Path(__file__).parent.parent / "examples/guestbook"


class PlanPart(Record, frozen=True):
    """What became of one artifact, service or tier of the plan.

    ``resources``: its ``TerraformResource`` and data source constructs by the addresses that they have in HCL, without
    a prefix (``heroku_app.web``). ``outputs``: expressions for their values, by their names.
    """

    resources: Mapping[str, Any]
    outputs: Mapping[str, Any]


class _Compiled:
    """What stacks and constructs of a plan have in common: ways to what the plan became."""

    _topology: Topology
    _made: Mapping[str, Any]
    _outputs: Mapping[str, Any]
    _files: Mapping[str, str]

    def resource(self, address: str) -> Any:
        """The construct of a resource or data source, by its address in HCL: ``heroku_app.web``.

        Raises KeyError, with the nearest there is, for another.
        """
        return _known(self._made, address, "resource")

    def output(self, name: str) -> Any:
        """An expression for the value of an output of the plan's (``web_url``), to be used in the same stack."""
        return _known(self._outputs, name, "output")

    def part(self, node_id: str) -> PlanPart:
        """What became of an artifact, a service or a tier of the plan, by its name or id.

        What several share (networks, keys) is nobody's; services that share machines have the same resources.
        """
        topology = self._topology
        owners = {
            **{each.id: each.id for each in topology.tiers.values()},
            **{each.id: each.tier for each in topology.services.values()},
            **{each.id: each.tier for each in topology.components.values()},
        }
        tier = _known(owners, node_id, "artifact, service or tier")
        own = {f"{stem}.tf" for id_ in (node_id, tier) for stem in (id_, f"{id_}-app", f"tier-{id_}")}
        label = re.sub(r"\W", "_", node_id)
        tier_label = re.sub(r"\W", "_", tier)
        return PlanPart(
            {address: made for address, made in self._made.items() if self._files.get(address) in own},
            {n: value for n, value in self._outputs.items() if n.startswith((f"{label}_", f"{tier_label}_"))},
        )

    def _fill(self, scope: Any, topology: Topology, module: Module, prefix: str) -> None:
        """Make the constructs of a module; ``prefix``: what its names begin with and a user leaves out."""
        made = add(scope, module)

        def short(address: str) -> str:
            head, _, name = address.rpartition(".")
            return f"{head}.{name.removeprefix(prefix)}"

        files = {str(block.address): file for file, blocks in module.files.items() for block in blocks}
        outputs = {address: each for address, each in made.items() if address.startswith("output.")}
        self._topology = topology
        self._made = {short(address): each for address, each in made.items() if address not in outputs}
        self._files = {short(address): file for address, file in files.items()}
        self._outputs = {short(address).removeprefix("output."): each.value for address, each in outputs.items()}


class CampStack(_Compiled, _cdktf.TerraformStack):  # type: ignore[misc]
    """A plan and nothing else, at the addresses that ``camp2iac synth --format hcl`` gives its blocks.

    The files beside the module (cloud-init templates, copies of content) are written to the stack's folder in the app's
    output. CDKTF's default backend, which names a folder of this machine, is left out; one that is added stays.
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
        variables: Mapping[str, Any] | None = None,
        catalogue: Sequence[str | Path] = (),
    ) -> None:
        """Compile a plan into constructs.

        Args:
            scope: the ``App``.
            name: the stack's name.
            plan: a plan file, its folder or an archive.
            environment: the environment file; names the platform, unless ``target`` does.
            target: ``openstack``, ``heroku``, or that of another installed target.
            parameters: values of the plan's parameters, above those of the environment.
            variables: values of the module's variables: a default (text, number, ...), or what another construct tells
                (``vault.get_string_attribute("value")``), which takes the variable's place.
            catalogue: folders with more products.

        Raises:
            PlanError: the plan or the environment file has errors.
        """
        super().__init__(scope, name)
        made = _compile(self, plan, environment, target, parameters, catalogue)
        self._fill(self, made.topology, given(self, made.lowered.module, variables or {}), "")
        _put(self, made.lowered.documents)

    def prepare_stack(self) -> None:
        """Called by the app: CDKTF would write where on this machine the state is to be."""
        children = self.node.find_all()
        if not any(_cdktf.TerraformBackend.is_backend(child) for child in children):
            self.add_override("terraform.backend", None)
        super().prepare_stack()


class CampPlan(_Compiled, _constructs.Construct):  # type: ignore[misc]
    """A plan inside a stack of one's own, and so more than once.

    Names of blocks begin with the construct's own: ``CampPlan(stack, "north", ...)`` has ``heroku_app.north_web`` and
    ``var.north_web_count``. A provider that the stack has is taken; else the stack gets one, for all its plans.
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
        variables: Mapping[str, Any] | None = None,
        catalogue: Sequence[str | Path] = (),
    ) -> None:
        """Compile a plan into constructs; arguments and errors as those of :class:`CampStack`.

        Raises:
            PlanError: the plan or the environment file has errors.
            ValueError: another plan of the stack has other settings for the same provider.
        """
        super().__init__(scope, name)
        stack = _cdktf.TerraformStack.of(self)
        ids = [each.node.id for each in self.node.scopes]
        label = re.sub(r"\W", "_", "_".join(ids[len(stack.node.scopes) :]))
        prefix = f"{label}_" if label[0].isalpha() else f"_{label}_"
        made = _compile(self, plan, environment, target, parameters, catalogue)
        module = nested(made.lowered.module, prefix, label)
        self._fill(self, made.topology, given(self, module, variables or {}, prefix), prefix)
        _put(stack, moved(made.lowered.documents, label))


def _known(among: Mapping[str, Any], name: str, what: str) -> Any:
    if name in among:
        return among[name]
    best = nearest(name, among)
    raise KeyError(f"the plan made no {what} {name}; " + (f"write {best}" if best else choices(name, among)))


def _compile(
    scope: Any,
    plan: str | Path,
    environment: str | Path | None,
    target: str | None,
    parameters: Mapping[str, str] | None,
    catalogue: Sequence[str | Path],
) -> Result:
    """What a target made of a plan. Its content is copied: the stack's folder is made by the app."""
    if environment is None and target is None:
        raise TypeError("say for which platform: environment=..., or target=...")
    file = [environment] if environment else []
    found = read(plan, leave_out=[scope.node.root.outdir, *file])
    compiled = found.check(environment, target=target, overrides=parameters, catalogue=catalogue).compiled
    if compiled.result is None or not compiled.ok:
        raise PlanError(render(compiled.diagnostics, compiled.texts))
    return compiled.result


def _put(stack: Any, documents: Sequence[Document]) -> None:
    """Write what lies beside the module; the stack's folder is where Terraform will run."""
    for document in documents:
        path = Path(stack.node.root.outdir, "stacks", stack.node.id, document.path)
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
