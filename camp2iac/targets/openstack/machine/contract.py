"""The contract between the two parts of the OpenStack target: the infrastructure, and the software on its instances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Document, Value
from camp2iac.targets.openstack.machine.halves import InstallHalf


class TierInfrastructure(Record, frozen=True):
    """The infrastructure of a tier, as its software needs it.

    Values are Terraform's, keys are ids of the topology. ``app``: the application's name in host names. ``os``:
    ``debian-12``. ``address``: the instance's own address on its first network, or None if clients connect on another
    network too (then services listen on all addresses). ``gateway``: of the first network, if the tier has several.
    ``hosts``: service to the address for its clients. ``members``: tier to the list (an expression) of the addresses of
    all its slots, for IPALL() or a load balancer's product. ``clients``: service to the CIDRs of its clients.
    ``volumes``: volume name to its id. ``passwords``: service to its generated password. ``ports``: component or
    service to its port. ``object_store``: the cloud has one. ``on_change``: the effect of a change on the
    instances: rerun, replace or ignore.
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
    on_change: Literal["rerun", "replace", "ignore"] = "replace"


class TierSoftware(Record, frozen=True):
    """The software of a tier's instances.

    ``locals``: for the tier's ``locals`` block (content digests, environment). ``user_data``: the ``templatefile``
    call. ``preconditions``: for the instance's ``lifecycle`` (content that changed since it was compiled).
    ``documents``: files of ``cloud-init/`` and, if content is copied or packed, of ``content/``. ``objects``: blocks
    for the object store. ``install``: the half that an image can contain.
    """

    locals: tuple[Attribute, ...]
    user_data: Value
    preconditions: tuple[Block, ...]
    documents: tuple[Document, ...]
    objects: tuple[Block, ...] = ()
    install: InstallHalf = InstallHalf()
