"""The contract between the two parts of the OpenStack target: the infrastructure, and the software on its instances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from camp2iac.record import Record
from camp2iac.synth.module import Attribute, Block, Document, Value
from camp2iac.targets.openstack.machine.halves import InstallHalf


class TierInfrastructure(Record, frozen=True):
    """What the infrastructure tells the software of a tier's machines.

    Values are Terraform's; keys are ids of the topology. ``app``: the application's name as a host name has it. ``os``:
    ``debian-12``. ``address``: the machine's own address on its first network; None where users come by another network
    as well (then services listen on all addresses). ``gateway``: of the first network, where the tier is on several.
    ``hosts``: service to the address its users connect to. ``members``: tier to the list (an expression) of the
    addresses of all its slots, as far as asked for by IPALL() or a balancer's product. ``clients``: service to the
    CIDRs that its users are in. ``volumes``: volume name to its id. ``passwords``: service to its generated password.
    ``ports``: component or service to the port where it listens. ``object_store``: machines may fetch from one.
    ``on_change``: what a change does to the machines: rerun, replace or ignore.
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
