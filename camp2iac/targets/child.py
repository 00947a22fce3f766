"""``module: true`` of the environment file: the output is a child module, without provider configurations.

Terraform does not allow ``for_each``, ``count`` and ``depends_on`` on a module that configures providers itself. The
caller configures them and passes those with an alias. All names begin with the variable ``name``, so that a root
module can use the module several times. On a platform with namespaces, it is the name of the namespace.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.camp.nodes import Scalar
from camp2iac.diagnostics import Diagnostic
from camp2iac.record import replace
from camp2iac.synth import hcl
from camp2iac.synth.module import Attribute, Block, Expr, Module, Ref, Template, Value, body, expr, template
from camp2iac.targets.base import Environment, Lowered
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Topology

KEY = "module"
NAME = "name"
_FILES = ("versions.tf", "providers.tf", "variables.tf")
_NAME = "^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$"
_NAMESPACE = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"  # RFC 1123, section 2.1
_README = """\
## Use as a module

This output is a child module (`module: true`). The root module configures the providers:

```hcl
{providers}
module "{label}" {{
{names}{passed}
}}
```

"""


def wanted(environment: Environment) -> bool:
    """Whether the environment file asks for a child module."""
    node = environment.values.get(KEY)
    return isinstance(node, Scalar) and node.plain is True


def refused(environment: Environment, lowered: Lowered) -> Iterator[Diagnostic]:
    """CAMP712 and CAMP713: what a child module cannot be."""
    key = environment.values.key(KEY)
    if f"var.{NAME}" in lowered.module.addresses():
        yield Diagnostic(
            "CAMP712",
            f"a child module has a variable {NAME}, and the plan has a parameter or secret with this name",
            key.span,
            "all names in the cloud begin with this variable",
            help=f"rename the parameter or secret {NAME} in the plan, or remove  {KEY}: true",
        )
    if "region" in environment.values and _default_region(lowered.module):
        yield Diagnostic(
            "CAMP713",
            f"region has no effect with {KEY}: true, because the root module configures the provider",
            environment.values.key("region").span,
            "the provider of the root module decides the region",
            help="remove  region:  and set the region in the provider block of the root module",
        )


def _default_region(module: Module) -> bool:
    providers = [block for block in module.blocks() if block.type == "provider"]
    return any(block.get("region") is not None and block.get("alias") is None for block in providers)


def child(topology: Topology, lowered: Lowered) -> Lowered:
    """The same as a child module."""
    app, module = slug(topology.name), lowered.module
    stem = lowered.namespace or app
    aliases = _aliases(module)
    sources = _sources(module)
    files = {file: list(blocks) for file, blocks in module.files.items() if file != "providers.tf"}
    files["versions.tf"] = [_required(block, aliases) for block in files.get("versions.tf", [])]
    if not lowered.namespace:
        files = {file: [_named(block, app) for block in blocks] for file, blocks in files.items()}
    files["variables.tf"] = [_variable(stem, bool(lowered.namespace)), *files.get("variables.tf", [])]
    first = {file: files[file] for file in _FILES if file in files}
    made = Module({**first, **files}, dict(module.headers))
    passed = [
        f"{name} = {name}" for name in (*sources, *(f"{name}.{a}" for name, each in aliases.items() for a in each))
    ]
    configured = [replace(block, comment="") for block in module.blocks() if block.type == "provider"]
    providers = hcl.write(Module({"providers.tf": configured})).get("providers.tf", "")
    shown = "\n\n  providers = {\n" + "".join(f"    {each}\n" for each in passed) + "  }" if aliases else ""
    label = app.replace("-", "_")
    readme = _README.format(label=label, providers=providers, names=_own_names(made, stem), passed=shown)
    return replace(lowered, module=made, readme=readme + lowered.readme)


def _own_names(module: Module, stem: str) -> str:
    """The arguments that have to be different for each use of the module, and those without a default."""
    names = {"source": '"PATH/OF/THIS/FOLDER"', "for_each": 'toset(["blue", "green"])', NAME: f'"{stem}-${{each.key}}"'}
    for block in module.blocks():
        if block.type != "variable":
            continue
        (name,), default = block.labels, block.get("default")
        if name.endswith("app_name") and isinstance(default, str):
            names[name] = f'"{default}-${{each.key}}"'
        elif all(each.name != "default" for each in block.body if isinstance(each, Attribute)):
            names[name] = f"var.{name}"
    width = max(map(len, names))
    return "\n".join(f"  {name:{width}} = {value}" for name, value in names.items())


def _aliases(module: Module) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for block in module.blocks():
        alias = block.get("alias")
        if block.type == "provider" and isinstance(alias, str):
            found.setdefault(block.labels[0], []).append(alias)
    return found


def _sources(module: Module) -> list[str]:
    """The local names of the required providers."""
    heads = [block for block in module.blocks() if block.type == "terraform"]
    inner = [item for block in heads for item in block.body if isinstance(item, Block)]
    return [item.name for part in inner for item in part.body if isinstance(item, Attribute)]


def _required(block: Block, aliases: Mapping[str, list[str]]) -> Block:
    """The ``terraform`` block with the aliases that the caller passes."""

    def source(item: Attribute | Block) -> Attribute | Block:
        if not isinstance(item, Attribute) or item.name not in aliases or not isinstance(item.value, Mapping):
            return item
        names = tuple(expr(f"{item.name}.{alias}") for alias in aliases[item.name])
        return replace(item, value={**item.value, "configuration_aliases": names})

    inner = [
        replace(item, body=tuple(map(source, item.body))) if isinstance(item, Block) else item for item in block.body
    ]
    return replace(block, body=tuple(inner))


def _variable(default: str, namespace: bool) -> Block:
    if namespace:
        form, what, within = _NAMESPACE, "The namespace", "cluster"
        message = (
            "A namespace has 1 to 63 lower-case letters, digits and dashes, with no dash at its ends. It does not "
            "begin with kube-."
        )
    else:
        form, what, within = _NAME, "The beginning of all names", "project"
        message = "The name has 1 to 40 lower-case letters, digits and dashes, and starts with a letter."
    reserved = f' && !startswith(var.{NAME}, "kube-")' if namespace else ""
    condition = Expr((f'can(regex("{form}", var.{NAME})){reserved}',))
    arguments = body(
        Block("validation", body=body(condition=condition, error_message=message)),
        description=f"{what}. It must be different for each use of the module in a {within}.",
        type=expr("string"),
        default=default,
        nullable=False,
    )
    return Block("variable", (NAME,), arguments)


def _named(block: Block, app: str) -> Block:
    """A resource whose name begins with the variable."""
    if block.type != "resource":
        return block
    return replace(
        block,
        body=tuple(
            replace(item, value=_name(item.value, app)) if isinstance(item, Attribute) and item.name == NAME else item
            for item in block.body
        ),
    )


def _name(value: Value, app: str) -> Value:
    variable = Ref(f"var.{NAME}")
    if isinstance(value, str) and value == app:
        return variable
    if isinstance(value, str) and value.startswith(f"{app}-"):
        return template(variable, value[len(app) :])
    if isinstance(value, Template) and isinstance(value.parts[0], str) and value.parts[0].startswith(f"{app}-"):
        return Template((variable, value.parts[0][len(app) :], *value.parts[1:]))
    return value
