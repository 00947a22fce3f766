"""The input of the layout."""

from __future__ import annotations

from camp2iac.camp.package import Package
from camp2iac.record import Record
from camp2iac.targets.heroku import offers
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.targets.heroku.runtimes import packages
from camp2iac.topology.model import Component, Service, Topology


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
        found = pack.of(component.kind, self.settings.fir) if pack else ()
        return own or ((*packages.buildpacks(component, fir=self.settings.fir), *found) if found else ())
