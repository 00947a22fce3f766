"""The importer or exporter of a format, by the name that the user wrote."""

from __future__ import annotations

from typing import Protocol, TypeVar

import click

from camp2iac.cli import options
from camp2iac.cli.faults import Fault

Form = TypeVar("Form", covariant=True)


class FormatRegistry(Protocol[Form]):
    """:mod:`camp2iac.importers.registry`, :mod:`camp2iac.exporters.registry`."""

    def names(self) -> tuple[str, ...]:
        """The names of all formats."""

    def find(self, name: str) -> Form | None:
        """The format of a name; None if there is none."""


def named(registry: FormatRegistry[Form], kind: str, code: str, name: str, output: str) -> Form:
    """The format. Fault with this code if there is none; UsageError if its package cannot be imported."""
    try:
        found = registry.find(name)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from error
    if found is not None:
        return found
    from camp2iac.diagnostics import Diagnostic
    from camp2iac.diagnostics.suggest import listed, nearest

    known = registry.names()
    near = nearest(name, known)
    message = f"there is no {kind} for the format {options.printed(name)}"
    one = near or ("" if len(known) > 1 else listed(known))
    raise Fault(Diagnostic(code, message, help=f"write  {one}" if one else f"write one of {listed(known)}"), output)
