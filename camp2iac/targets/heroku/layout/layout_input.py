"""What the layout is decided from."""

from __future__ import annotations

from camp2iac.camp.package import Package
from camp2iac.record import Record
from camp2iac.targets.heroku.layout import offers
from camp2iac.targets.heroku.layout.settings import HerokuSettings
from camp2iac.topology.model import Component, Service, Topology


class LayoutInput(Record, frozen=True):
    """The plan, the operator's word, and the content of the package."""

    topology: Topology
    settings: HerokuSettings
    package: Package

    def host(self, component: Component) -> Service:
        """The service that a component runs on."""
        return self.topology.services[component.host]

    def buildpacks(self, component: Component) -> tuple[str, ...]:
        """What builds a component: the environment's buildpacks, or those that fit its host; empty: nothing does."""
        pack = offers.buildpack(self.host(component).product.name)
        own = tuple(str(each) for each in self.settings.list_of("buildpacks", component))
        return own or (pack.of(component.kind, self.settings.fir) if pack else ())
