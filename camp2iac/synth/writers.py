"""The formats of a module, and the place of each in an output folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Literal, TypeAlias

from camp2iac.synth.module import Module

Form: TypeAlias = Literal["hcl", "json", "cdktf"]
Writer: TypeAlias = Callable[[Module], Mapping[str, str]]  # module to file name and text
FORMS: tuple[Form, ...] = ("hcl", "json", "cdktf")


def writer(form: Form, stack: str) -> Writer:
    """The writer of a format. ``stack``: the stack's name in CDKTF. The writer of ``cdktf`` starts Node.js."""
    if form != "cdktf":
        found: Writer = import_module(f"camp2iac.synth.{form}").write
        return found
    from camp2iac.synth.cdktf import write

    return partial(write, stack=stack)


def module_folder(form: Form, stack: str) -> str:
    """The module's folder in the output; empty: the output folder itself. CDKTF has one folder per stack."""
    return f"cdktf.out/stacks/{stack}" if form == "cdktf" else ""
