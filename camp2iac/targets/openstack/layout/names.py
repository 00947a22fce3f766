"""Names in the cloud, in Terraform's addresses, and of variables and files.

Each is derived only from ids in the plan, so that a new part renames nothing. Terraform has ``_`` where names in the
cloud have ``-``.
"""

from __future__ import annotations

import re

from camp2iac.targets.kit import names as reserved
from camp2iac.topology.ids import slug
from camp2iac.topology.model import Topology

_TAKEN_FILES = reserved.FILES | {"companions", "moved", "network", "object-store", "object-stores", "quota"}
_TAKEN_VARIABLES = reserved.VARIABLES | {"external_network", "image", "key_pair", "s3_endpoint"}
_TAKEN_PREFIXES = ("https_certificate_", "https_key_", "image_", "registry_password_")


def application(topology: Topology) -> str:
    """The application's name in the form of a host name. Every name in the cloud begins with it."""
    return slug(topology.name)


def label(*ids: str) -> str:
    """The name in a Terraform address: ``label("web", "front")`` is ``web_front``."""
    first, *others = ids
    # only the first character must be a letter
    return "_".join((slug(first), *(slug(f"x{other}")[1:] for other in others))).replace("-", "_")


def tier(id_: str) -> str:
    """A tier's name in Terraform addresses. ``machine`` is reserved for what all instances share."""
    return _apart(slug(id_), "machine", "-tier").replace("-", "_")


def security_group(app: str, tier: str) -> str:
    """A tier's security group in the cloud. ``APP-machine`` is reserved for that of all instances."""
    return f"{app}-{_apart(slug(tier), 'machine', '-tier')}"


def network(id_: str) -> str:
    """A network's name in Terraform addresses. ``external`` is reserved for the external network."""
    return _apart(slug(id_), "external", "-here").replace("-", "_")


def container(app: str, service: str) -> str:
    """The container of an object store. ``APP-content`` is reserved for what instances download."""
    return f"{app}-{_apart(slug(service), 'content', '-store')}"


def region(name: str) -> str:
    """A region's name in Terraform addresses: its provider's alias, and the end of its resources' names."""
    return label(name)


def _apart(name: str, taken: str, ending: str) -> str:
    """``name``, with one more ending if it is the taken name or that name with endings, so that no two are equal."""
    return f"{name}{ending}" if re.fullmatch(f"{taken}({ending})*", name) else name


def file(tier: str) -> str:
    """A tier's file."""
    name = slug(tier)
    return f"tier-{name}.tf" if name in _TAKEN_FILES else f"{name}.tf"


def count(tier: str) -> str:
    """The variable for the number of a tier's instances."""
    return f"{label(tier)}_count"


def flavor(tier: str) -> str:
    """The variable for a tier's flavor, if no size decides it."""
    return f"{label(tier)}_flavor"


def baked_image(topology: Topology, tier: str) -> str:
    """The variable for the baked image of a tier's new instances. Names of the plan come first."""
    name = f"{label(tier)}_image"
    return f"{label(tier)}_baked_image" if name in {*topology.parameters, *topology.secrets} else name


def variable(topology: Topology, name: str) -> str:
    """The variable of a parameter or secret: its own name, or ``plan_NAME`` if that name is reserved."""
    tiers = {of(tier) for tier in topology.tiers for of in (count, flavor)}
    taken = name in _TAKEN_VARIABLES or name in tiers or name.startswith(_TAKEN_PREFIXES)
    return f"plan_{name}" if taken else name
