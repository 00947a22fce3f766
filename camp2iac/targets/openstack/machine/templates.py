"""A product's own files: its templates and the forms of its ``product.yaml``, filled in.

What goes wrong in them is a :class:`ProductFault`, and nothing else is: a fault of ours stays an exception of its own.
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


class ProductFault(Exception):  # noqa: N818 - a fault of a document, as messages say
    """A template or a form of a product cannot be used. ``service``: one that is this product; ``problem``: why."""

    def __init__(self, service: Service, problem: Exception) -> None:
        super().__init__(f"{service.product.name}: {type(problem).__name__}: {problem}")
        self.service, self.problem = service, problem


@contextmanager
def files_of(service: Service) -> Iterator[None]:
    """Within it, nothing but the files of a service's product is at work."""
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
    """A template of a service's product; ``more``: what it knows besides."""
    with files_of(service):
        return render(service.product.folder / "templates", template, {**asdict(known), **(more or {})})


def script(service: Service, template: str, known: TemplateContext) -> str:
    """A template that is a script."""
    made = text(service, template, known)
    if not isinstance(made, str):
        where = f"{service.product.name}/templates/{template}"
        raise ProductFault(service, TypeError(f"{where}: a script holds no value of Terraform's"))
    return made


def filled(service: Service, form: str, known: Mapping[str, Any]) -> str:
    """A form of the product's ``product.yaml``, ``{lib}/site.conf``."""
    with files_of(service):
        return form.format(**known)
