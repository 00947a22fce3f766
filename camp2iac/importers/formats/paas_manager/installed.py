"""A product of an environment, and what it became."""

from __future__ import annotations

from camp2iac.catalogue import Product
from camp2iac.importers import DraftArtifact
from camp2iac.importers.formats.paas_manager.source import SourceProduct
from camp2iac.importers.formats.paas_manager.tables import PORT
from camp2iac.importers.tiers import ImportedService, ImportedTier
from camp2iac.record import Record


class InstalledProduct(Record):
    """``product``: of the catalogue; None if it has none. ``artifact``: the first that runs on it, or its script."""

    source: SourceProduct
    tier: ImportedTier
    service: ImportedService
    product: Product | None
    artifact: DraftArtifact | None = None

    @property
    def name(self) -> str:
        """The name of its product in the catalogue."""
        return self.product.name if self.product is not None else ""

    @property
    def port(self) -> int | None:
        """The port that it listens on."""
        said = (each.value.strip() for each in self.source.attributes if each.key.lower() in PORT)
        ports = [int(each) for each in said if each.isascii() and each.isdecimal() and 0 < int(each[:6]) < 65536]
        if self.product is not None and self.product.port is not None:
            return self.product.port
        return ports[0] if ports else None
