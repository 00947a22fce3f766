"""The effects of an edit to a package on what is applied: which instances are replaced, and what does not change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CREATED, DELETED, REPLACED, UPDATED = "create", "delete", "delete,create", "update"
INSTANCE = "openstack_compute_instance_v2"


@dataclass(frozen=True)
class Edit:
    """``old`` becomes ``new`` in a file of the package, which is compiled again (unless ``stale``).

    ``does``: what a plan must then do, address to actions; None: it is refused. ``applied``: and applying it leaves
    nothing to do, and every machine that is not named as it was; ``undone``: what taking it back does then, with the
    same outcome. ``argument``: of the plan. ``image``: one more of that name comes into the cloud.
    """

    what: str
    does: Mapping[str, str] | None
    file: str = "camp.yaml"
    old: str = ""
    new: str = ""
    applied: bool = False
    undone: Mapping[str, str] = field(default_factory=dict)
    stale: bool = False
    argument: str = ""
    image: str = ""


_WEB = {f'{INSTANCE}.web["web-{n}"]': REPLACED for n in (1, 2)}
_DATABASE = {f"{INSTANCE}.database": REPLACED, "openstack_compute_volume_attach_v2.database_data": REPLACED}
_MORE = {
    f'{type_}["web-{n}"]': CREATED
    for n in (3, 4)
    for type_ in (
        "openstack_networking_port_v2.web_front",
        "openstack_networking_port_v2.web_back",
        f"{INSTANCE}.web",
        "openstack_lb_member_v2.web",
    )
}
_LESS = dict.fromkeys(_MORE, DELETED)
_THIRD_WEB = {address: does for address, does in _MORE.items() if "web-3" in address}
#: what is the second machine's: all that may come or go with Scale
_SECOND_WEB = [address.replace("web-3", "web-2") for address in _THIRD_WEB]
_SECOND_DATABASE = [
    f'{type_}.database{of}["database-2"]'
    for type_, of in (
        ("openstack_networking_port_v2", "_back"),
        ("openstack_blockstorage_volume_v3", "_data"),
        ("openstack_compute_volume_attach_v2", "_data"),
        (INSTANCE, ""),
    )
]
_SCALE = """\
            - characteristic_type: org.camp2iac:Scale
              min: 2
              initial: 2
              max: 4
"""
_VOLUME = "      - characteristic_type: org.camp2iac:Volume\n"


_NO_SCALE = "      - characteristic_type: org.camp2iac:Scale\n"
_VOLUMES = [
    f"openstack_{type_}.stock_{name}"
    for type_ in ("blockstorage_volume_v3", "compute_volume_attach_v2")
    for name in ("archive", "data")
]
_STOCK = "      - characteristic_type: org.camp2iac:Volume\n        name: archive\n"


def _second(tier: str, *types: str) -> list[str]:
    """What belongs to the second instance of a tier: the instance, its port in the default network, and these."""
    own = (f"{INSTANCE}.{tier}", f"openstack_networking_port_v2.{tier}_main", *types)
    return [f'{type_}["{tier}-2"]' for type_ in own]


def _scaled(lowest: int, first: int, highest: int) -> str:
    """The database's volume, after a Scale."""
    words = f"{{ characteristic_type: org.camp2iac:Scale, min: {lowest}, initial: {first}, max: {highest} }}"
    return f"      - {words}\n{_VOLUME}"


_CODE = ("web/guestbook.py", "import ", "# a remark\nimport ")
_REMARK = ("set -Eeuo pipefail\n", "set -Eeuo pipefail\n# a remark\n")
_ENVIRONMENT = "environments/openstack.yaml"
_SCRIPTS = "infra/openstack/cloud-init"

#: by entry; those that are applied come last
EDITS = {
    "guestbook": (
        Edit("a remark in the plan", {}, old="name: guestbook", new="# remark\nname: guestbook"),
        Edit("a line more in the plan", {}, old="artifacts:", new="\n\nartifacts:"),
        Edit("a greeting", _WEB, old="default: Hello", new="default: Good day"),
        Edit("a greeting, by variable", _WEB, argument="-var=greeting=Good day"),
        Edit("a variable", _WEB, old="Sign here", new="Sign there"),
        Edit("code", _WEB, *_CODE),
        Edit("code, not compiled again", None, *_CODE, stale=True),
        Edit("requirements", _WEB, "web/requirements.txt", new="# a remark\n"),
        Edit("a script of web", _WEB, f"{_SCRIPTS}/web.install.sh", *_REMARK, stale=True),
        Edit("the schema", _DATABASE, "db/schema.sql", "create table", "-- a remark\ncreate table"),
        Edit("a script of database", _DATABASE, f"{_SCRIPTS}/database.configure.sh", *_REMARK, stale=True),
        Edit("a key pair", {**_WEB, **_DATABASE}, argument="-var=key_pair=lab"),
        Edit(
            "a size",
            dict.fromkeys((*_WEB, f"{INSTANCE}.database"), UPDATED),
            _ENVIRONMENT,
            "m1.small, cores: 1, memory: 2 GiB",
            "m1.medium, cores: 2, memory: 4 GiB",
        ),
        Edit("an image", {}, _ENVIRONMENT, "image: debian-12", "image: ubuntu-24.04\nos: debian-12"),
        Edit("a newer image of that name", {}, image="debian-12"),
        Edit(
            "one machine, by name",
            {f'{INSTANCE}.web["web-1"]': REPLACED},
            argument=f'-replace={INSTANCE}.web["web-1"]',
        ),
        Edit(
            "who may use SSH",
            {"openstack_networking_secgroup_rule_v2.machine_ssh": REPLACED},
            _ENVIRONMENT,
            "192.0.2.0/24",
            "198.51.100.0/24",
        ),
        Edit("one database, by Scale", {}, old=_VOLUME, new=_scaled(1, 1, 1)),
        Edit("none of web, if wanted", {}, old="min: 2", new="min: 0"),
        Edit("more of web, if wanted", {}, old="max: 4", new="max: 6"),
        Edit("one of web more", _THIRD_WEB, old="initial: 2", new="initial: 3"),
        Edit("one of web more, by the environment", _THIRD_WEB, _ENVIRONMENT, "target:", "scale: { web: 3 }\ntarget:"),
        Edit(
            "database apart",
            {"openstack_compute_servergroup_v2.database": CREATED},
            old="networks: [back]\n",
            new="networks: [back]\n        spread: soft\n",
        ),
        Edit("web not apart", {"openstack_compute_servergroup_v2.web": DELETED}, old="              spread: soft\n"),
        Edit(
            "Scale of database",
            dict.fromkeys(_SECOND_DATABASE, CREATED),
            old=_VOLUME,
            new=_scaled(1, 2, 2),
            applied=True,
            undone=dict.fromkeys(_SECOND_DATABASE, DELETED),
        ),
        Edit(
            "no Scale of web",
            dict.fromkeys(_SECOND_WEB, DELETED),
            old=_SCALE,
            applied=True,
            undone=dict.fromkeys(_SECOND_WEB, CREATED),
        ),
        Edit("two machines more", _MORE, argument="-var=web_count=4", applied=True, undone=_LESS),
        Edit(
            "a larger volume",
            {"openstack_blockstorage_volume_v3.database_data": UPDATED},
            old="size: 10 GiB",
            new="size: 11 GiB",
            applied=True,
        ),
    ),
    "tests/cases/balance/octavia": (
        Edit("no Scale of cache", {}, old=f"{_NO_SCALE}        min: 1\n        initial: 1\n        max: 2\n"),
    ),
    "tests/cases/placement/spread": (
        Edit(
            "no Scale of web, which is spread and boots from volumes",
            dict.fromkeys(_second("web", "openstack_networking_floatingip_v2.web"), DELETED),
            old=f"{_NO_SCALE}        min: 2\n        max: 3\n",
            applied=True,
            undone=dict.fromkeys(_second("web", "openstack_networking_floatingip_v2.web"), CREATED),
        ),
        Edit(
            "no Scale of cache, which is together",
            dict.fromkeys(_second("cache"), DELETED),
            old=f"{_NO_SCALE}        min: 1\n        initial: 2\n        max: 2\n",
            applied=True,
            undone=dict.fromkeys(_second("cache"), CREATED),
        ),
        Edit(
            "Scale of stock, which has two volumes",
            dict.fromkeys(_second("stock", *_VOLUMES), CREATED),
            old=_STOCK,
            new=f"{_NO_SCALE}        min: 2\n        max: 2\n{_STOCK}",
            applied=True,
            undone=dict.fromkeys(_second("stock", *_VOLUMES), DELETED),
        ),
    ),
}
