"""What ``camp2iac inventory`` and ``camp2iac progress`` show of a platform's resources: data of each target."""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.record import Record, field

_PLATFORM = r"^[a-z0-9]+_(?=.)"
_VERSION = r"_v\d+$"


class AttributeText(Record, frozen=True):
    """Words with attributes of a resource: ``{ip}:{external}``.

    ``each``: an attribute that is an object or a list of objects; the words are for each of them, with their
    attributes. With dots, it is an attribute of these: ``spec.rule``. The words are left out if one of the attributes
    has no value, or is sensitive.
    """

    text: str
    each: str = ""


class DeployedType(Record, frozen=True):
    """What is shown of the resources of a type.

    ``words``: what one is, for people. ``answers``: where it can be reached. ``state``: what else is worth knowing.
    ``secret_id``: the id is a secret or contains one, so it is not shown.
    """

    words: str = ""
    answers: tuple[AttributeText, ...] = ()
    state: tuple[AttributeText, ...] = ()
    secret_id: bool = False


class Inventory(Record, frozen=True):
    """``types``: what is shown of a platform's resources by their types. Of other types, only addresses and ids are."""

    types: Mapping[str, DeployedType] = field(default_factory=dict)

    def of(self, type_: str) -> DeployedType:
        """What to show of the resources of a type."""
        return self.types.get(type_) or _ANYWHERE.get(type_) or DeployedType()

    def words(self, type_: str) -> str:
        """What a resource of a type is: as declared, else from the type (``networking secgroup``)."""
        return self.of(type_).words or re.sub(_VERSION, "", re.sub(_PLATFORM, "", type_)).replace("_", " ")


# Resources of providers that outputs for every platform can use
_ANYWHERE = {
    "random_bytes": DeployedType("random key", secret_id=True),
    "random_id": DeployedType("random name"),
    "random_password": DeployedType("password", secret_id=True),
    "random_string": DeployedType("random text", secret_id=True),
    "terraform_data": DeployedType("marker"),
    "tls_private_key": DeployedType("private key"),
}
