"""What a companion can ask for beside packages, files and a script: secrets, data of services, new data, a status."""

from __future__ import annotations

from camp2iac.record import Record, field


class CompanionSecret(Record, frozen=True, forbid_unknown_fields=True):
    """A secret that files of a companion can contain. On instances, only root may read such a file.

    ``length``: Terraform generates it, with so many letters and digits; it must outlive the instances. 0: the operator
    gives it as a variable. ``group``: only if the environment has settings of this group. Empty: always.
    """

    description: str
    length: int = 0
    group: str = ""


class ServiceFile(Record, frozen=True, forbid_unknown_fields=True):
    """A file for each service whose product has a template for this companion.

    ``template``: its name in the product's ``templates/``. ``path``: on instances, with ``{lib}`` and ``{id}``.
    """

    template: str
    path: str
    permissions: str = "0644"
    comment: str = ""


class Filling(Record, frozen=True, forbid_unknown_fields=True):
    """A command that fills data of services that are new, before anyone can use them.

    ``command``: on instances. It gets ``service ID`` or ``folder PATH``. ``setting``: only if the environment has it.
    """

    command: str
    setting: str = field(name="with")
