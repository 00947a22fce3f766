"""What an edit of a package does to what was applied: which machines are replaced, and what is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

REPLACED, UPDATED = "delete,create", "update"
INSTANCE = "openstack_compute_instance_v2"


@dataclass(frozen=True)
class Edit:
    """``old`` becomes ``new`` in a file of the package, which is compiled again (unless ``stale``).

    ``does``: what a plan must then do, address to actions; None: it is refused. ``applied``: and applying it leaves
    nothing to do. ``argument``: of the plan.
    """

    what: str
    file: str
    old: str
    new: str
    does: Mapping[str, str] | None
    applied: bool = False
    stale: bool = False
    argument: str = ""


_WEB = {f'{INSTANCE}.web["web-{n}"]': REPLACED for n in (1, 2)}
_DATABASE = {f"{INSTANCE}.database": REPLACED, "openstack_compute_volume_attach_v2.database_data": REPLACED}
_CODE = ("web/guestbook.py", "import ", "# a remark\nimport ")
_ENVIRONMENT = "environments/openstack.yaml"

#: by example; those that are applied come last
EDITS = {
    "guestbook": (
        Edit("a remark in the plan", "camp.yaml", "name: guestbook", "# remark\nname: guestbook", {}),
        Edit("a greeting", "camp.yaml", "default: Hello", "default: Good day", _WEB),
        Edit("a variable", "camp.yaml", "Sign here", "Sign there", _WEB),
        Edit("code", *_CODE, _WEB),
        Edit("code, not compiled again", *_CODE, None, stale=True),
        Edit("the schema", "db/schema.sql", "create table", "-- a remark\ncreate table", _DATABASE),
        Edit("a key pair", "camp.yaml", "", "", {**_WEB, **_DATABASE}, argument="-var=key_pair=lab"),
        Edit(
            "a size",
            _ENVIRONMENT,
            "m1.small, cores: 1, memory: 2 GiB",
            "m1.medium, cores: 2, memory: 4 GiB",
            dict.fromkeys((*_WEB, f"{INSTANCE}.database"), UPDATED),
        ),
        Edit("an image", _ENVIRONMENT, "image: debian-12", "image: ubuntu-24.04\nos: debian-12", {}),
        Edit(
            "who may use SSH",
            _ENVIRONMENT,
            "192.0.2.0/24",
            "198.51.100.0/24",
            {"openstack_networking_secgroup_rule_v2.machine_ssh": REPLACED},
        ),
        Edit(
            "a larger volume",
            "camp.yaml",
            "size: 10 GiB",
            "size: 11 GiB",
            {"openstack_blockstorage_volume_v3.database_data": UPDATED},
            applied=True,
        ),
    )
}
