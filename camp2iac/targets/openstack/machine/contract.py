"""The contract between the two parts of the OpenStack target: the infrastructure, and the software on its instances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from camp2iac.catalogue.companion import AskedCompanion
from camp2iac.record import Record, field
from camp2iac.synth.module import Attribute, Block, Document, Value
from camp2iac.targets.facts import CompressedContent
from camp2iac.targets.openstack.layout.https import HttpsServing
from camp2iac.targets.openstack.layout.releases import Releases
from camp2iac.targets.openstack.layout.sandboxes import Allowance
from camp2iac.targets.openstack.layout.software_sources import ChosenSource
from camp2iac.targets.openstack.machine.halves import ImageRecipe, InstallHalf
from camp2iac.targets.registries import Registry


class TierInfrastructure(Record, frozen=True):
    """What the software of a tier's instances needs from the infrastructure.

    Values are values of Terraform. Keys are ids of the topology. ``app``: the name of the application, as in a host
    name. ``os``: such as ``debian-12``. ``address``: the address of the instance on its first network. None: clients
    also use another network, so services listen on all addresses. ``gateway``: the gateway of the first network, if the
    tier is on several. ``hosts``: service to the address for its clients. ``members``: tier to an expression for the
    list of the addresses of all its slots, if IPALL() or a load balancer needs them. ``clients``: service to the CIDRs
    of its clients. ``volumes``: volume name to its id. ``passwords``: service to its generated password. ``ports``:
    component or service to its port. ``object_store``: instances can download from one. ``releases``: where else they
    can download content. ``on_change``: the effect of a change on the instances: rerun, replace or ignore.
    ``allowed``: what the operator allows the processes of components beside their sandbox. ``proxied``: the components
    and services that users reach only through a load balancer or a web server. ``sources``: service to where its
    software comes from. ``callees``: component to its address and port for those that call it. ``stores``: object
    store to its parts. ``registries``: those of images that need a login, by host name. ``companions``: those of the
    environment. ``numbered``: the tier can have several instances, whose names end with their number. ``https``: what
    HAProxy serves over HTTPS on the instance. ``bake``: an image can contain the install half.
    ``encrypted``: the services whose links use TLS.
    """

    app: str
    os: str
    address: Value
    gateway: Value
    hosts: Mapping[str, Value]
    members: Mapping[str, Value]
    clients: Mapping[str, tuple[Value, ...]]
    volumes: Mapping[str, Value]
    passwords: Mapping[str, Value]
    ports: Mapping[str, int]
    object_store: bool = False
    releases: Releases | None = None
    on_change: Literal["rerun", "replace", "ignore"] = "replace"
    allowed: Mapping[str, Allowance] = field(default_factory=dict)
    proxied: frozenset[str] = frozenset()
    sources: Mapping[str, ChosenSource] = field(default_factory=dict)
    callees: Mapping[str, tuple[Value, int]] = field(default_factory=dict)
    stores: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    registries: Mapping[str, Registry] = field(default_factory=dict)
    companions: tuple[AskedCompanion, ...] = ()
    numbered: bool = False
    https: HttpsServing | None = None
    bake: bool = False
    encrypted: frozenset[str] = frozenset()


class TierSoftware(Record, frozen=True):
    """The software of a tier's instances.

    ``locals``: for the tier's ``locals`` block (content digests, environment). ``user_data``: the ``templatefile``
    call. ``preconditions``: for the instance's ``lifecycle`` (content that changed since it was compiled).
    ``documents``: files of ``cloud-init/`` and, if content is copied or packed, of ``content/``. ``objects``: blocks
    for the object store. ``metadata``: for the instances' metadata. ``downloads``: instances connect to the server of
    ``releases``. ``install``: the half that an image can contain. ``compressed``: contents that are compressed in
    user data. ``companions``: the names of those on these instances. ``image``: the recipe for an image with the
    install half.
    """

    locals: tuple[Attribute, ...]
    user_data: Value
    preconditions: tuple[Block, ...]
    documents: tuple[Document, ...]
    objects: tuple[Block, ...] = ()
    metadata: Mapping[str, Value] = field(default_factory=dict)
    downloads: bool = False
    install: InstallHalf = InstallHalf()
    compressed: tuple[CompressedContent, ...] = ()
    companions: tuple[str, ...] = ()
    image: ImageRecipe | None = None
