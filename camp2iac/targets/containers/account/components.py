"""Outcomes of components: content, options, processes, schedules, variables and links."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.targets.base import LedgerEntry
from camp2iac.targets.containers import offers
from camp2iac.targets.containers.layout.builds import ComponentImage
from camp2iac.targets.containers.layout.layout import ContainerLayout
from camp2iac.targets.kit import kept, lost
from camp2iac.targets.kit.values import words
from camp2iac.topology.model import Component, Service, Statement


def outcomes(layout: ContainerLayout, component: Component) -> Iterator[LedgerEntry]:
    """The outcomes of a component, except its exposures."""
    image, service = layout.images.get(component.id), layout.topology.services[component.host]
    if image is None:
        yield from _left_out(component, service)
        return
    yield kept(component.statement, f"image {image.name}" if image.name else f"image built from build/{component.id}")
    for statement in service.chosen_by:
        yield kept(statement, service.product.title)
    settled = {entry.statement.key for entry in image.outcomes}
    yield from image.outcomes
    why = f"The image of {service.product.title} has no such setting."
    rest: list[Statement[object]] = [*component.options.values(), *service.attributes.values()]
    rest += [service.version] if service.version else []
    rest += [component.build.statement] if component.build else []
    rest += [each.statement for each in component.packages]
    for other in rest:
        if other.key not in settled:
            yield lost(other, why, "Write a Dockerfile into the content: camp2iac then uses that.")
    yield from _processes(layout, component)
    yield from _told(layout, component, image)


def _processes(layout: ContainerLayout, component: Component) -> Iterator[LedgerEntry]:
    own = [each for each in layout.workloads if each.component == component]
    by_clock = {each.schedule.name: each for each in own if each.schedule is not None}
    for workload in own:
        process = workload.statement
        if process is None:
            continue
        yield kept(process.statement, "once for each image" if workload.once else layout.described(workload))
        for placed in (process.tier, process.scale):
            if placed is not None:
                yield kept(placed, f"containers of {workload.tier.id}")
        if process.compute is not None:
            yield layout.computed(process.compute)
    for schedule in component.schedules:
        clock = by_clock.get(schedule.name)
        if clock is not None:
            yield kept(schedule.statement, layout.described(clock))
        else:
            yield lost(schedule.statement, *layout.without_clock)


def _told(layout: ContainerLayout, component: Component, image: ComponentImage) -> Iterator[LedgerEntry]:
    """The outcomes of variables and links. Secrets are files if the image is generated."""
    configuration = layout.configurations[component.id]
    blind = {id(variable): variable for variable in configuration.unresolved}
    for variable in component.variables:
        if id(variable) in blind:
            missing = ", ".join(words(each) for each in layout.known.resolve(variable.value).missing)
            yield lost(variable.statement, f"Nothing here has {missing}.", "Give the variable a value:  overrides.")
        else:
            hidden = variable.name in configuration.secret and image.secrets
            yield kept(variable.statement, "environment, from a file" if hidden else "environment")
    for link in component.links:
        for option in link.options.values():
            yield kept(option, "in its variables")
        if link.variables and link.variables[0] in {**configuration.plain, **configuration.secret}:
            yield kept(link.statement, ", ".join((*link.variables, *(link.parts if link.callee else ()))))
        else:
            yield lost(link.statement, f"Nothing here runs {link.to}.", "See the service.")


def _left_out(component: Component, service: Service) -> Iterator[LedgerEntry]:
    reason = offers.unsupported(service.product)
    why = reason.why if reason else f"camp2iac knows no image to run this on {service.product.title}."
    help_ = reason.remedy if reason else "Build an image yourself, and write  href: docker://IMAGE."
    if component.content.path is None and component.content.data is None and offers.runtime(service.product):
        why, help_ = "Its content is downloaded from elsewhere.", "Add the content to the package."
    statements: list[Statement[object]] = [component.statement, *component.options.values(), *service.chosen_by]
    statements += [*service.attributes.values(), *([service.version] if service.version else [])]
    statements += [process.statement for process in component.processes]
    statements += [schedule.statement for schedule in component.schedules]
    statements += [each.statement for each in component.packages]
    statements += [variable.statement for variable in component.variables]
    statements += [link.statement for link in component.links]
    statements += [component.build.statement] if component.build else []
    for statement in statements:
        yield lost(statement, why, help_)
