"""For users of CDKTF: a plan as a stack, or as a construct in your own stack.

``python -m camp2iac.cdktf`` is the app of ``cdktf.json``. ``cdktf synth`` compiles the plan in ``CAMP2IAC_PLAN`` for
the environment file in ``CAMP2IAC_ENVIRONMENT``. Without ``CAMP2IAC_PLAN``, it compiles an example.
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
from camp2iac.synth.stream import pieces
from camp2iac.topology.model import Topology

_cdktf: Any = library()
_constructs: Any = __import__("constructs")
_EXAMPLE = Path(__file__).parent.parent / "examples/guestbook"


class PlanPart(Record, frozen=True):
    """The resources and outputs of one artifact, service or tier.

    ``resources``: its ``TerraformResource`` and data source constructs by their addresses in HCL, without a prefix
    (``heroku_app.web``). ``outputs``: expressions for the values of its outputs by their names.
    """

    resources: Mapping[str, Any]
    outputs: Mapping[str, Any]


class _Compiled:
    """The base class of stacks and constructs of a plan, with access to their resources and outputs."""

    _topology: Topology
    _made: Mapping[str, Any]
    _outputs: Mapping[str, Any]
    _files: Mapping[str, str]

    def resource(self, address: str) -> Any:
        """The construct of a resource or data source, by its address in HCL: ``heroku_app.web``.

        Raises KeyError, with a suggestion, if it does not exist.
        """
        return _known(self._made, address, "resource")

    def output(self, name: str) -> Any:
        """An expression for the value of an output (``web_url``), for use in the same stack."""
        return _known(self._outputs, name, "output")

    def part(self, node_id: str) -> PlanPart:
        """The resources and outputs of an artifact, a service or a tier, by its name or id.

        Resources that several parts share, such as networks and key pairs, belong to no part. Services that share
        instances have the same resources.
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
        """Create the constructs of a module; ``prefix``: the prefix of its names, which users leave out."""
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
    """A stack with only a plan. Its resources have the same addresses as with ``camp2iac synth --format hcl``.

    The files beside the module (cloud-init templates, copies of content) are written to the stack's folder in the app's
    output. The stack does not have CDKTF's default backend, which names a folder on your machine. A backend that you
    add stays.
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
            environment: the environment file, which names the platform unless ``target`` does.
            target: ``openstack``, ``heroku``, or another installed target.
            parameters: values of the plan's parameters, which override the environment file.
            variables: values of the module's variables: a default (string, number, ...), or an attribute of another
                construct (``vault.get_string_attribute("value")``), which replaces the variable.
            catalogue: folders with more products.

        Raises:
            PlanError: the plan or the environment file has errors.
        """
        super().__init__(scope, name)
        made = _compile(self, plan, environment, target, parameters, catalogue)
        self._fill(self, made.topology, given(self, made.lowered.module, variables or {}), "")
        _put(self, made.lowered.documents)

    def prepare_stack(self) -> None:
        """Called by the app. Removes the default backend, a folder on your machine."""
        children = self.node.find_all()
        if not any(_cdktf.TerraformBackend.is_backend(child) for child in children):
            self.add_override("terraform.backend", None)
        super().prepare_stack()


class CampPlan(_Compiled, _constructs.Construct):  # type: ignore[misc]
    """A plan in your own stack, which can have several.

    The names of blocks begin with the name of the construct: ``CampPlan(stack, "north", ...)`` has
    ``heroku_app.north_web`` and ``var.north_web_count``. The plan uses the provider of the stack. If the stack has
    none, it gets one for all its plans.
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
        """Compile a plan into constructs; arguments and errors as for :class:`CampStack`.

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
    near = f"did you mean {best}?" if best else f"write one of {choices(name, among)}"
    raise KeyError(f"the plan has no {what} {name}; {near}")


def _compile(
    scope: Any,
    plan: str | Path,
    environment: str | Path | None,
    target: str | None,
    parameters: Mapping[str, str] | None,
    catalogue: Sequence[str | Path],
) -> Result:
    """Compile a plan. Its content is copied, because the app creates the stack's folder."""
    if environment is None and target is None:
        raise TypeError("name the platform: environment=... or target=...")
    file = [environment] if environment else []
    found = read(plan, leave_out=[scope.node.root.outdir, *file])
    compiled = found.check(environment, target=target, overrides=parameters, catalogue=catalogue).compiled
    if compiled.result is None or not compiled.ok:
        raise PlanError(render(compiled.diagnostics, compiled.texts))
    return compiled.result


def _put(stack: Any, documents: Sequence[Document]) -> None:
    """Write the files beside the module to the stack's folder, where Terraform runs."""
    for document in documents:
        path = Path(stack.node.root.outdir, "stacks", stack.node.id, document.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(pieces(document.content))
        path.chmod(0o755 if document.executable else 0o644)


def main() -> None:
    """Write the stack for the plan and the environment file in the environment variables."""
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
    """The stack's name: that of the plan's folder."""
    return (plan if plan.is_dir() else plan.resolve().parent).name


if __name__ == "__main__":
    main()
