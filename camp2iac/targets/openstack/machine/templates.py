"""The files of a product, filled in: its templates and the forms of its ``product.yaml``.

Only faults in these files become a :class:`ProductFault`. A fault of camp2iac stays another exception.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from camp2iac.record import asdict
from camp2iac.synth.module import Template
from camp2iac.targets.openstack.machine.render import UnquotedError, render
from camp2iac.targets.openstack.machine.template_context import TemplateContext
from camp2iac.topology.model import Service


class ProductFault(Exception):  # noqa: N818 - a fault of a document, as in messages
    """A template or a form of a product cannot be used. ``service``: a service with this product. ``problem``: why."""

    def __init__(self, service: Service, problem: Exception) -> None:
        super().__init__(f"{service.product.name}: {type(problem).__name__}: {problem}")
        self.service, self.problem = service, problem


@contextmanager
def files_of(service: Service) -> Iterator[None]:
    """Raise a :class:`ProductFault` for exceptions in this block, which uses only the files of a service's product."""
    from jinja2 import TemplateError

    try:
        yield
    except (TemplateError, UnquotedError, OSError) as problem:
        raise ProductFault(service, problem) from problem
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as problem:
        raise ProductFault(service, problem) from problem


def text(
    service: Service, template: str, known: TemplateContext, more: Mapping[str, Any] | None = None
) -> str | Template:
    """Render a template of a service's product. ``more``: more names for it."""
    with files_of(service):
        return render(service.product.folder / "templates", template, {**asdict(known), **(more or {})})


def script(service: Service, template: str, known: TemplateContext) -> str:
    """Render a template that is a script."""
    made = text(service, template, known)
    if not isinstance(made, str):
        where = f"{service.product.name}/templates/{template}"
        raise ProductFault(service, TypeError(f"{where}: a script cannot contain values of Terraform"))
    return made


def filled(service: Service, form: str, known: Mapping[str, Any]) -> str:
    """Fill in a form of the ``product.yaml``, such as ``{lib}/site.conf``."""
    with files_of(service):
        return form.format(**known)
