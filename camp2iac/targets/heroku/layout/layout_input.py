"""The input of the layout."""

from __future__ import annotations

from camp2iac.camp.package import Package
from camp2iac.record import Record
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.targets.heroku.offers import Unsupported
from camp2iac.targets.heroku.runtimes import packages
from camp2iac.targets.programs.builds import node, sites
from camp2iac.targets.programs.contents import known
from camp2iac.topology import images
from camp2iac.topology.images import ImageName
from camp2iac.topology.model import Component, Service, Topology

_NODE = "heroku/nodejs"


class LayoutInput(Record, frozen=True):
    """The plan, the environment file, and the package's content. ``broken``: components that have nothing to start."""

    topology: Topology
    settings: HerokuSettings
    package: Package
    broken: frozenset[str] = frozenset()

    def host(self, component: Component) -> Service:
        """The service that a component runs on."""
        return self.topology.services[component.host]

    def buildpacks(self, component: Component) -> tuple[str, ...]:
        """The buildpacks of a component, from the environment file or for its host. Empty if there are none."""
        pack = offers.buildpack(self.host(component).product)
        own = tuple(str(each) for each in self.settings.list_of("buildpacks", component))
        usual = pack.of(component.kind, self.settings.fir) if pack else ()
        if own or not usual:
            return own or usual
        node = (_NODE,) if self.builds_site(component) else ()
        return (*packages.buildpacks(component, fir=self.settings.fir), *node, *usual)

    def builds_site(self, component: Component) -> bool:
        """Whether Node.js creates what a web server serves."""
        content, option = component.content, component.options.get("output")
        if component.kind != "static" or content.path is None or self.package.is_file(content.path):
            return False
        path, prefix = content.path, f"{content.path}/" if content.path else ""
        names = tuple(name.removeprefix(prefix) for name in self.package.files(path))
        files = node.of(names, lambda name: known(self.package, f"{prefix}{name}"), content.at, content.span)
        return bool(sites.output(files, option.value.literal if option else None))

    def image(self, component: Component) -> ImageName | None:
        """The image in a registry that Heroku runs for a component. None: it runs none, or a buildpack builds it."""
        if not offers.runs_images(self.host(component).product) or self.buildpacks(component):
            return None
        name = images.of(component)
        return name if name and not self.settings.fir and name.registry not in self.settings.registries else None

    def deployed(self, component: Component) -> bool:
        """Whether the component has an app."""
        return bool(self.buildpacks(component)) or self.image(component) is not None

    def unsupported(self, component: Component) -> Unsupported | None:
        """Why Heroku cannot run a component, and what to do. None if there is no special reason."""
        product, name = self.host(component).product, images.of(component)
        if not offers.runs_images(product) or name is None:
            return offers.unsupported(product)
        if self.settings.fir:
            why = "Apps of the generation fir run only what cloud native buildpacks build, and no images."
            return Unsupported(why, "Use a space of the generation cedar, or run it on instances.")
        return Unsupported(
            f"Heroku builds from the image, and its builder cannot log in to {name.registry}.",
            "Run it on instances, or push the image to a registry that needs no login.",
        )
