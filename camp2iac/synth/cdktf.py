"""The CDKTF writer: a module as constructs of a stack. Takes ``cdktf``, or ``cdktn``, its successor; both need Node."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from camp2iac.synth import json
from camp2iac.synth.module import Module

_SAFE_INTEGER = 2**53  # larger ones are rounded on the way: JavaScript's numbers


def library() -> Any:
    """The module ``cdktf``, else ``cdktn``. Raises ModuleNotFoundError if neither is there."""
    try:
        return import_module("cdktf")
    except ModuleNotFoundError:
        return import_module("cdktn")


def add(stack: Any, module: Module) -> None:
    """Put a module's blocks into a ``TerraformStack``, by the addresses that they have in HCL.

    Resources become ``TerraformResource`` constructs with the ids ``TYPE.NAME``; everything else is an override of the
    stack. Nothing is escaped on the way, by us or by CDKTF, that the JSON form does not escape.
    """
    cdktf = library()
    content = json.document(module.blocks(), comments=False)
    for type_, named in content.pop("resource", {}).items():
        for name, arguments in named.items():
            resource = cdktf.TerraformResource(stack, f"{type_}.{name}", terraform_resource_type=type_)
            # CDKTF would put a hash into the name.
            resource.override_logical_id(name)
            for argument, value in arguments.items():
                resource.add_override(argument, _kept(value, cdktf))
    if isinstance(content.get("locals"), list):
        content["locals"] = {name: value for part in content["locals"] for name, value in part.items()}
    for kind, value in content.items():
        stack.add_override(kind, _kept(value, cdktf))
    if "backend" not in content.get("terraform", {}):
        # CDKTF's default names this machine's working directory.
        stack.add_override("terraform.backend", None)


def write(module: Module) -> Mapping[str, str]:
    """``cdk.tf.json``, as ``cdktf synth`` would write it but for its own ``//`` properties."""
    cdktf = library()
    with tempfile.TemporaryDirectory() as folder:
        stack = cdktf.TerraformStack(cdktf.App(outdir=folder), "stack")
        add(stack, module)
        text: str = cdktf.Testing.synth(stack)
    return {"cdk.tf.json": f"{text}\n"}


def _kept(value: Any, cdktf: Any) -> Any:
    """The value in a form that CDKTF passes on: it drops what is null and rounds what is large."""
    if isinstance(value, Mapping):
        return {name: _kept(item, cdktf) for name, item in value.items()}
    if isinstance(value, list):
        return [_kept(item, cdktf) for item in value]
    if value is None:
        return cdktf.Token.null_value()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _SAFE_INTEGER:
        return f"${{{value}}}"
    return value
