"""``module: true`` of the environment file: the output is a child module, without provider configurations.

Terraform does not allow ``for_each``, ``count`` and ``depends_on`` on a module that configures providers itself. The
caller configures them and passes those with an alias. All names begin with the variable ``name``, so that a root
module can use the module several times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from camp2iac.camp.nodes import Scalar
from camp2iac.diagnostics import Diagnostic
from camp2iac.record import replace
from camp2iac.synth import hcl, hcl_values
from camp2iac.synth.module import Attribute, Block, Document, Expr, Module, Ref, Template, Value, body, expr, template
from camp2iac.targets.base import Environment, Lowered, Target
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Parameter, Topology

KEY = "module"
NAME = "name"
TESTS = "terraform-tests/plan.tftest.hcl"
_FILES = ("versions.tf", "providers.tf", "variables.tf")
_NAME = "^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$"
_SAMPLES = ("mocked-value", "mocked", "m", "1", "1234", "MOCKED", "a@example.org", "https://example.org", "192.0.2.1")
_README = """\
## Use as a module

This output is a child module (`module: true`). The root module configures the providers:

```hcl
{providers}
module "{label}" {{
{names}{passed}
}}
```

Here, `terraform test -test-directory=terraform-tests` plans the module with mocked providers: it needs no credentials.

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


def child(topology: Topology, target: Target, lowered: Lowered) -> Lowered:
    """The same as a child module, with a test that plans it with mocked providers."""
    app, module = slug(topology.name), lowered.module
    aliases = _aliases(module)
    sources = _sources(module)
    files = {file: list(blocks) for file, blocks in module.files.items() if file != "providers.tf"}
    files["versions.tf"] = [_required(block, aliases) for block in files.get("versions.tf", [])]
    for file, blocks in files.items():
        files[file] = [_named(block, app) for block in blocks]
    files["variables.tf"] = [_variable(app), *files.get("variables.tf", [])]
    first = {file: files[file] for file in _FILES if file in files}
    made = Module({**first, **files}, dict(module.headers))
    mocks: Mapping[str, Mapping[str, Mapping[str, int]]] = getattr(target, "mocks", {})
    test = Document(TESTS, _test(made, sources, aliases, mocks, topology.parameters).encode())
    passed = [
        f"{name} = {name}" for name in (*sources, *(f"{name}.{a}" for name, each in aliases.items() for a in each))
    ]
    configured = [replace(block, comment="") for block in module.blocks() if block.type == "provider"]
    providers = hcl.write(Module({"providers.tf": configured})).get("providers.tf", "")
    shown = "\n\n  providers = {\n" + "".join(f"    {each}\n" for each in passed) + "  }" if aliases else ""
    label = app.replace("-", "_")
    readme = _README.format(label=label, providers=providers, names=_own_names(made, app), passed=shown)
    return replace(lowered, module=made, documents=(*lowered.documents, test), readme=readme + lowered.readme)


def _own_names(module: Module, app: str) -> str:
    """The arguments that have to be different for each use of the module."""
    names = {"source": '"PATH/OF/THIS/FOLDER"', "for_each": 'toset(["blue", "green"])', NAME: f'"{app}-${{each.key}}"'}
    for block in module.blocks():
        default = block.get("default")
        if block.type == "variable" and block.labels[0].endswith("app_name") and isinstance(default, str):
            names[block.labels[0]] = f'"{default}-${{each.key}}"'
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


def _variable(app: str) -> Block:
    condition = Expr((f'can(regex("{_NAME}", var.{NAME}))',))
    message = "The name has 1 to 40 lower-case letters, digits and dashes, and starts with a letter."
    arguments = body(
        Block("validation", body=body(condition=condition, error_message=message)),
        description="The beginning of all names. It must be different for each use of the module in a project.",
        type=expr("string"),
        default=app,
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


def _test(
    module: Module,
    sources: list[str],
    aliases: Mapping[str, list[str]],
    mocks: Mapping[str, Mapping[str, Mapping[str, int]]],
    parameters: Mapping[str, Parameter],
) -> str:
    """A test of Terraform that plans the module, with mocked providers."""
    used = {block.labels[0] for block in module.blocks() if block.type == "data"}
    used |= {data.labels[0] for block in module.blocks() for data in block.scoped()}
    lines = [
        "# Generated by camp2iac. Plans the module without a cloud: terraform test -test-directory=terraform-tests",
        "",
    ]
    for name in sources:
        data = {type_: values for type_, values in mocks.get(name, {}).items() if type_ in used}
        for alias in ("", *aliases.get(name, ())):
            lines += [f'mock_provider "{name}" {{', *([f'  alias = "{alias}"'] if alias else [])]
            for type_, values in data.items():
                pairs = ", ".join(f"{key} = {value}" for key, value in values.items())
                lines += ["", *[f'  mock_data "{type_}" {{', f"    defaults = {{ {pairs} }}", "  }"]]
            lines += ["}", ""]
    lines += [*_given(module, parameters), 'run "plan" {', "  command = plan"]
    if aliases:
        each = [(name, alias) for name in sources for alias in ("", *aliases.get(name, ()))]
        names = [f"{name}.{alias}" if alias else name for name, alias in each]
        lines += ["", "  providers = {", *(f"    {name} = {name}" for name in names), "  }"]
    return "\n".join([*lines, "}", ""])


def _given(module: Module, parameters: Mapping[str, Parameter]) -> Iterator[str]:
    """Values for the variables that the caller must set."""
    needed = [
        b
        for b in module.blocks()
        if b.type == "variable" and all(not isinstance(item, Attribute) or item.name != "default" for item in b.body)
    ]
    if needed:
        values = [(block.labels[0], _sample(block, parameters)) for block in needed]
        width = max(len(name) for name, _ in values)
        yield from ("variables {", *(f"  {name:{width}} = {value}" for name, value in values), "}", "")


def _sample(block: Block, parameters: Mapping[str, Parameter]) -> str:
    """A value for a variable, which its parameter allows if it is easy to guess."""
    name = block.labels[0]
    parameter = parameters.get(name) or parameters.get(name.removeprefix("plan_"))
    if parameter is not None and parameter.allowed:
        return hcl_values.code(parameter.allowed[0])
    type_ = block.get("type")
    words = "".join(str(part) for part in type_.parts) if isinstance(type_, Expr) else "string"
    if words != "string":
        return {"number": "1", "bool": "true"}.get(words, "null")
    pattern = parameter.pattern if parameter is not None and parameter.pattern else ""
    return hcl_values.code(next((each for each in _SAMPLES if _fits(pattern, each)), _SAMPLES[0]))


def _fits(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:  # RE2 has forms that Python does not have
        return False
