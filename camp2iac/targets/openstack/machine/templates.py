"""The files of a product: its templates and the forms of its ``product.yaml``, filled in.

An error in them is a :class:`ProductFault`. An error of the compiler is any other exception.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from camp2iac.record import Record, asdict
from camp2iac.synth.module import Call, Expr, Ref, Template
from camp2iac.targets.kit.templates import template_error
from camp2iac.targets.openstack.machine.render import UnquotedError, render
from camp2iac.targets.openstack.machine.template_context import InstallContext, TemplateContext
from camp2iac.topology.model import Service


class ProductFault(Exception):  # noqa: N818 - a fault of a document, as in messages
    """A template or a form of a product cannot be used. ``service``: a service with this product. ``problem``: why."""

    def __init__(self, service: Service, problem: Exception) -> None:
        super().__init__(f"{service.product.name}: {type(problem).__name__}: {problem}")
        self.service, self.problem = service, problem


@contextmanager
def files_of(service: Service) -> Iterator[None]:
    """Raise a :class:`ProductFault` for exceptions in this block, which uses only the files of a service's product."""
    try:
        yield
    except (template_error(), UnquotedError, OSError) as problem:
        raise ProductFault(service, problem) from problem
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as problem:
        raise ProductFault(service, problem) from problem


def text(
    service: Service, template: str, known: TemplateContext | InstallContext, more: Mapping[str, Any] | None = None
) -> str | Template:
    """A template of a service's product. ``more``: other names that it can use."""
    with files_of(service):
        return render(service.product.folder / "templates", template, {**asdict(known), **(more or {})})


def script(service: Service, template: str, known: TemplateContext, more: Mapping[str, object] | None = None) -> str:
    """A template that is a script. Empty: it has nothing to do."""
    return _plain(service, template, text(service, template, known, more))


def install_script(service: Service, template: str, known: InstallContext) -> str:
    """A template that is a script of the install half. Empty: it has nothing to do.

    Raises:
        ProductFault: it uses a name that depends on the environment.
        ValueError: a value of Terraform is among the names of the install half: an error of the compiler.
    """
    names = asdict(known)
    if (value := _of_terraform(names)) is not None:
        raise ValueError(f"the install half of {service.id} has a value of Terraform: {value}")
    try:
        return _plain(service, template, text(service, template, known))
    except ProductFault as fault:
        name = re.fullmatch(r"'(\w+)' is undefined", str(fault.problem))
        if name is None or name[1] not in TemplateContext.__struct_fields__:
            raise
        why = f"{template}: {name[1]} depends on the environment: use it in configure.sh.j2"
        raise ProductFault(service, TypeError(why)) from fault


def _plain(service: Service, template: str, made: str | Template) -> str:
    if not isinstance(made, str):
        where = f"{service.product.name}/templates/{template}"
        raise ProductFault(service, TypeError(f"{where}: a script cannot contain a value that only Terraform knows"))
    return made


def _of_terraform(value: object) -> object:
    """A value of Terraform somewhere in the names of a template; None: there is none."""
    if isinstance(value, Ref | Expr | Template | Call):
        return value
    inside: Iterable[object] = ()
    if isinstance(value, Mapping):
        inside = value.values()
    elif isinstance(value, Record):
        inside = asdict(value).values()
    elif isinstance(value, list | tuple):
        inside = value
    return next((found for each in inside if (found := _of_terraform(each)) is not None), None)


def filled(service: Service, form: str, known: Mapping[str, Any]) -> str:
    """Fill in a form of the ``product.yaml``, such as ``{lib}/site.conf``."""
    with files_of(service):
        return form.format(**known)
