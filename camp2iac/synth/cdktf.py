"""The CDKTF writer: a module as constructs. Uses ``cdktn`` if it is installed, else ``cdktf``. Both need Node.js.

It needs no bindings of providers: a block's arguments are those of its JSON form.
"""

from __future__ import annotations

import json as text_of
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from camp2iac.synth import json
from camp2iac.synth.module import Attribute, Block, Module
from camp2iac.synth.namespacing import with_values

_SAFE_INTEGER = 2**53  # JavaScript rounds larger ones
_META = ("count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection")
LIBRARIES = ("cdktn", "cdktf")
STACKS = "cdktf.out/stacks"


@cache
def library() -> Any:
    """The module ``cdktn`` or ``cdktf``: the one that is already imported, else the newer one that is installed.

    ``cdktf`` comes with camp2iac, so a user who installs its successor wants the successor. Raises ModuleNotFoundError
    if neither is installed.
    """
    in_use = [name for name in LIBRARIES if hasattr(sys.modules.get(name), "App")]
    for name in in_use if len(in_use) == 1 else LIBRARIES:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:  # a folder of that name has no origin
            return import_module(name)
    raise ModuleNotFoundError(f"neither {' nor '.join(LIBRARIES)} is installed", name=LIBRARIES[-1])


def add(scope: Any, module: Module) -> Mapping[str, Any]:
    """Add a module's blocks to a scope of a stack, with the addresses that they have in HCL.

    Resources, data sources, providers and outputs become CDKTF's constructs, and other blocks become constructs of our
    own. Their ids are addresses. Settings (``terraform``) go to the stack.

    Returns: the constructs by their addresses (``heroku_app.web``, ``output.web_url``), in the module's order.
    """
    kinds, stack = _kinds(), library().TerraformStack.of(scope)
    made: dict[str, Any] = {}
    for block in module.blocks():
        content = json.body(block, comments=False)
        match block.type, block.labels:
            case "resource", (type_, name):
                made[str(block.address)] = kinds.Resource(scope, str(block.address), type_, name, content)
            case "data", (type_, name):
                made[str(block.address)] = kinds.Data(scope, str(block.address), type_, name, content)
            case "output", (name,):
                made[str(block.address)] = kinds.output(scope, str(block.address), name, content)
            case "provider", (name,):
                _provider(stack, scope, name, content)
            case "terraform", ():
                _settings(stack, content)
            case (("moved" | "import"), ()):
                kinds.Element(scope, _id(block), {block.type: [content]})
            case _:
                kinds.Element(scope, _id(block), json.document([block], comments=False))
    return made


def _id(block: Block) -> str:
    if block.type == "moved":
        return f"moved.{json.argument('moved', Attribute('from', block.get('from')))}"
    if block.type == "import":
        return f"import.{json.argument('import', Attribute('to', block.get('to')))}"
    if block.type == "locals":
        return "locals." + ".".join(item.name for item in block.body[:1] if not isinstance(item, Block))
    return str(block.address)


def _settings(stack: Any, content: Mapping[str, Any]) -> None:
    for key, value in content.items():
        if key == "required_providers":
            for name, required in value.items():
                stack.add_override(f"terraform.required_providers.{name}", required)
        elif key in ("backend", "cloud"):
            _kinds().backend(stack, stack.node.find_all(), {key: _kept(value)})
        else:
            stack.add_override(f"terraform.{key}", _kept(value))


def _provider(stack: Any, scope: Any, name: str, content: Mapping[str, Any]) -> None:
    """A provider's settings. An alias belongs to one plan, the default provider to the whole stack."""
    kinds = _kinds()
    if "alias" in content:
        kinds.Provider(scope, f"provider.{name}.{content['alias']}", name, content)
        return
    known = stack.node.try_find_child(f"provider.{name}")
    if known is None:
        kinds.Provider(stack, f"provider.{name}", name, content)
    elif known.content != _kept(content):
        raise ValueError(
            f"two plans of stack {stack.node.id} configure provider {name} differently: give each its own stack"
        )


def given(scope: Any, module: Module, values: Mapping[str, Any], prefix: str = "") -> Module:
    """The module with values for some of its variables. ``prefix``: the beginning of their names in the module.

    A known value becomes the variable's default. A value that is known only at apply (a token: an attribute of another
    construct) becomes a local, which replaces the variable.

    Raises KeyError for a value without a variable.
    """
    if not values:
        return module
    declared = {block.labels[0] for block in module.blocks() if block.type == "variable"}
    for name in values:
        if prefix + name not in declared:
            known = ", ".join(sorted(each.removeprefix(prefix) for each in declared))
            raise KeyError(f"the plan has no variable {name}; it has {known or 'none'}")
    named = {prefix + name: value for name, value in values.items()}
    late = {name: value for name, value in named.items() if library().Token.is_unresolved(value)}
    made, locals_ = with_values(module, {name: each for name, each in named.items() if name not in late}, sorted(late))
    if late:
        told = {local: late[name] for name, local in locals_.items()}
        _kinds().Element(scope, "locals.given", {"locals": told})
    return made


def write(module: Module, stack: str) -> Mapping[str, str]:
    """The files that ``cdktf synth`` would write for a stack of this name.

    ``cdktf.out/manifest.json`` and ``cdktf.out/stacks/NAME/cdk.tf.json``, without what depends on the computer or the
    library's release: the path of the state, the library's version, the lists of overrides.
    """
    cdktf = library()
    with tempfile.TemporaryDirectory() as folder:
        app = cdktf.App(outdir=folder, skip_validation=True)
        made = cdktf.TerraformStack(app, stack)
        add(made, module)
        app.synth()
        manifest = text_of.loads(Path(folder, "manifest.json").read_bytes())
        content = text_of.loads(Path(folder, "stacks", stack, "cdk.tf.json").read_bytes())
    if not any(item.type == "backend" for block in module.blocks() for item in block.body if isinstance(item, Block)):
        content["terraform"].pop("backend", None)
    for key in ("version", "overrides"):
        content["//"]["metadata"].pop(key, None)
    manifest["version"] = "0.0.0"
    return {"cdktf.out/manifest.json": _text(manifest), f"{STACKS}/{stack}/cdk.tf.json": _text(content)}


def _text(content: Any) -> str:
    return text_of.dumps(content, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _kept(value: Any) -> Any:
    """The value in a form that CDKTF keeps: it drops null and rounds large numbers."""
    if isinstance(value, Mapping):
        return {name: _kept(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_kept(item) for item in value]
    if value is None:
        return library().Token.null_value()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _SAFE_INTEGER:
        return f"${{{value}}}"
    return value


def _merged(ours: Any, theirs: Any) -> Any:
    """The user's settings of a construct, applied to ours: objects by key, lists after ours."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return {**ours, **{key: _merged(ours[key], value) if key in ours else value for key, value in theirs.items()}}
    return [*ours, *theirs] if isinstance(ours, list) and isinstance(theirs, list) else theirs


@cache
def _kinds() -> SimpleNamespace:
    """Our constructs, created when the library is imported: :class:`Resource`, :class:`Data`, :class:`Provider`, ..."""
    import jsii

    cdktf = library()

    def made_of(base: Any, key: str) -> Any:
        class Made(base):  # type: ignore[misc]
            """A block with its arguments. Meta-arguments are added last, because CDKTF drops them."""

            def __init__(self, scope: Any, id_: str, type_: str, name: str, content: Mapping[str, Any]) -> None:
                super().__init__(scope, id_, terraform_resource_type=type_)
                self._place = (key, type_, name)
                self._meta = {name: _kept(value) for name, value in content.items() if name in _META}
                self._arguments = {name: _kept(value) for name, value in content.items() if name not in _META}
                self.override_logical_id(name)  # CDKTF would add a hash to the name

            def _synthesize_attributes(self) -> Mapping[str, Any]:
                return self._arguments

            @jsii.member(jsii_name="toTerraform")
            def to_terraform(self) -> Any:
                found = super().to_terraform()
                kind, type_, name = self._place
                inner = (found.get(kind) or {}).get(type_)
                if inner and self._meta:
                    inner[name] = _merged(self._meta, inner[name])
                return found

        return Made

    class Provider(library().TerraformProvider):  # type: ignore[misc]
        """A provider's settings. They are left out if the user's stack has a provider of that name."""

        def __init__(self, scope: Any, id_: str, name: str, content: Mapping[str, Any]) -> None:
            super().__init__(scope, id_, terraform_resource_type=name)
            self.content = _kept(content)

        @jsii.member(jsii_name="toTerraform")
        def to_terraform(self) -> Any:
            if "alias" not in self.content and self._replaced():
                return {}
            return {"provider": {self.terraform_resource_type: [self.content]}}

        def _replaced(self) -> bool:
            return any(
                isinstance(each, cdktf.TerraformProvider)
                and not isinstance(each, Provider)
                and each.terraform_resource_type == self.terraform_resource_type
                and not each.alias
                for each in cdktf.TerraformStack.of(self).node.find_all()
            )

    class Element(library().TerraformElement):  # type: ignore[misc]
        """Any other block: variables, locals, checks."""

        def __init__(self, scope: Any, id_: str, content: Mapping[str, Any]) -> None:
            super().__init__(scope, id_)
            self._content = _kept(content)

        @jsii.member(jsii_name="toTerraform")
        def to_terraform(self) -> Any:
            return self._content

    class Backend(library().TerraformBackend):  # type: ignore[misc]
        """Where the state is. It replaces the local backend that CDKTF adds to a stack without one."""

        def __init__(self, scope: object, content: Mapping[str, object]) -> None:
            super().__init__(scope, "backend", "backend")
            self._content = content

        @jsii.member(jsii_name="toTerraform")
        def to_terraform(self) -> Mapping[str, object]:
            return {"terraform": self._content}

        @jsii.member(jsii_name="toMetadata")
        def to_metadata(self) -> Mapping[str, object]:
            return {"backend": "other"}

        @jsii.member(jsii_name="getRemoteStateDataSource")
        def get_remote_state_data_source(self, scope: object, name: str, from_stack: str) -> object:
            raise NotImplementedError("read the state of this stack with a data source of your own")

    def backend(stack: object, children: Iterable[object], content: Mapping[str, object]) -> None:
        """The backend of a stack. The user's own backend stays."""
        if not any(isinstance(each, cdktf.TerraformBackend) for each in children):
            Backend(stack, content)

    def output(scope: Any, id_: str, name: str, content: Mapping[str, Any]) -> Any:
        known: dict[str, Callable[[Any], Any]] = {"value": _kept, "description": str, "sensitive": bool}
        found = {key: known[key](value) for key, value in content.items() if key in known}
        made = cdktf.TerraformOutput(scope, id_, **found)
        made.override_logical_id(name)
        for key, value in content.items():
            if key not in known:
                made.add_override(key, _kept(value))
        return made

    return SimpleNamespace(
        Resource=made_of(cdktf.TerraformResource, "resource"),
        Data=made_of(cdktf.TerraformDataSource, "data"),
        Provider=Provider,
        Element=Element,
        backend=backend,
        output=output,
    )
