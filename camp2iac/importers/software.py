"""Products of the catalogue for the services of a source, such as container images of databases."""

from __future__ import annotations

import re

from camp2iac.catalogue import Catalogue
from camp2iac.detect import compose, wishes
from camp2iac.detect.rules import services as rules
from camp2iac.importers.draft import DraftCharacteristic, DraftService
from camp2iac.record import Record

_VALKEY = re.compile(r"(?:docker\.io/)?(?:bitnami/valkey|valkey/valkey)(?:[:@].*)?")
_IMITATED = ("mysql", "percona")  # images that MariaDB stands in for
_EXTENDED = re.compile(r"postgis|timescale|pgvector|redis-stack")


class SoftwareMatch(Record, frozen=True):
    """A product that provides what a service of the source is.

    ``connect``: the requirement to connect to it. ``variables``: those that a link sets, without ``ID_URL``. ``range``:
    the releases that are wanted, empty if the source does not say it. ``differs``: how it differs, or empty.
    """

    product: str
    characteristic: str
    connect: str
    variables: tuple[str, ...]
    schemes: tuple[str, ...]
    key: str = ""
    range: str = ""
    differs: str = ""

    def service(self, id_: str, why: str = "") -> DraftService:
        """A service of the plan with this product."""
        found = DraftCharacteristic(self.characteristic, why=why)
        if self.key and self.range:
            found.values[self.key] = self.range
        return DraftService(id_, [found])


def named(product: str, catalogue: Catalogue, release: str = "") -> SoftwareMatch:
    """A service product of the catalogue, in a release such as ``15``."""
    found = catalogue[product]
    rule = rules()["redis" if product == "valkey" else product]
    characteristic = next(iter(found.characteristics))
    return SoftwareMatch(
        product,
        characteristic,
        "Valkey:ConnectTo" if product == "valkey" else rule.connect,
        (found.link.variable,) if found.link is not None else (),
        rule.schemes,
        found.characteristics[characteristic] or "",
        wishes.released(release, found) if release else "",
    )


def of_image(image: str, catalogue: Catalogue) -> SoftwareMatch | None:
    """The product that a container image contains; None if no service of the catalogue does."""
    product = "valkey" if _VALKEY.fullmatch(image) else compose.product(image)
    if not product:
        return None
    release = compose.release(image)
    match = named(product, catalogue, release)
    plain = re.split(r"[:@]", image.rpartition("/")[2])[0]
    differs = ""
    if plain.startswith(_IMITATED):
        differs = "MariaDB runs instead: it has the protocol of MySQL, and other releases"
    elif _EXTENDED.search(image):
        differs = f"the extensions of the image are not in {catalogue[product].title}"
    elif release and not match.range:
        differs = f"no release {release} of {catalogue[product].title} is in the catalogue, so the plan names none"
    return SoftwareMatch(
        match.product,
        match.characteristic,
        match.connect,
        match.variables,
        match.schemes,
        match.key,
        match.range,
        differs,
    )
