"""The difference of two versions as data: what Terraform does with each resource, and what that means for people.

All strings are for people and contain no secrets. Formats escape them.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from camp2iac.record import Record
from camp2iac.review.difference.possible import PossibleRename
from camp2iac.synth.tracked import Part


class Action(Enum):
    """What Terraform does with a resource.

    ``RERUN``: Terraform updates the instance in place, and the instance then installs a new release of its content.
    """

    DESTROY = "destroy"
    REPLACE = "replace"
    CREATE = "create"
    UPDATE = "update"
    RERUN = "rerun"
    MOVE = "move"


class SourceLine(Record, frozen=True):
    """A line of a file. ``number``: from 1; 0 if the whole file is meant. ``text``: without indentation."""

    file: str
    number: int
    text: str

    @property
    def place(self) -> str:
        """``camp.yaml:12``."""
        return f"{self.file}:{self.number}" if self.number else self.file


class Cause(Record, frozen=True):
    """Why a resource changes. ``what``: in a few words (``web, Env GREETING``). ``before``, ``after``: the lines."""

    what: str
    before: SourceLine | None = None
    after: SourceLine | None = None


class ResourceChange(Record, frozen=True):
    """What happens to one resource instance.

    ``address``: as Terraform writes it, with the instance key; the previous one if the resource is destroyed.
    ``previous``: the address before, if the resource moves. ``node``, ``part``: the part of the plan that it belongs
    to; ``node`` is empty if it belongs to all. ``words``: what it is (``volume data``). ``arguments``: those that
    change. ``perhaps``: the instance exists only if the operator scaled the tier, or Terraform ignored until now what
    it was created with. ``data``: the data that are lost (``PostgreSQL's data``); empty if none. ``refused``: Terraform
    refuses it, because the new output protects the resource.
    """

    address: str
    action: Action
    node: str
    part: Part
    words: str
    previous: str = ""
    arguments: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    perhaps: bool = False
    data: str = ""
    refused: bool = False


class Downtime(Record, frozen=True):
    """What is not available during the apply. ``node``: a part of the plan. ``why``: in a few words."""

    node: str
    why: str


class TrafficChange(Record, frozen=True):
    """A connection that is allowed or no longer allowed. ``source``: a node, ``the Internet``, a CIDR, or words.

    ``what``: ``PostgreSQL, TCP 5432``. ``public``: any address may be the source.
    """

    source: str
    destination: str
    what: str
    opens: bool
    public: bool = False


class SecretChange(Record, frozen=True):
    """A secret that comes or goes, or that a node gets or no longer gets. ``node``: empty for the secret itself."""

    name: str
    comes: bool
    node: str = ""


class PortabilityChange(Record, frozen=True):
    """A statement with another outcome. ``before``, ``after``: ``kept``, ``degraded``, ``lost``, or empty if absent."""

    node: str
    words: str
    before: str
    after: str
    why: str = ""


class SizeChange(Record, frozen=True):
    """What the quota must provide (``cores``, ``GiB of memory``, ``instances``): the amounts before and after."""

    what: str
    before: float
    after: float


class CostChange(Record, frozen=True):
    """A price per month in USD, as the platform's price list of ``date`` has it."""

    what: str
    before: float
    after: float
    date: str = ""


class ReleaseChange(Record, frozen=True):
    """A release of a provider, a product or camp2iac that changes. Empty if there is none."""

    what: str
    before: str
    after: str


class Refusal(Record, frozen=True):
    """An update in place that the platform refuses, so the apply fails.

    ``instead``: what to do, a sentence. ``words``: what of the part of the plan it is (``volume data``); empty if it is
    the only one. ``causes``: the lines, if they are known.
    """

    node: str
    before: str
    after: str
    instead: str
    words: str = ""
    causes: tuple[Cause, ...] = ()


class AbandonedData(Record, frozen=True):
    """Data on a volume that stays, with which the new server does not start.

    ``words``: what has them (``volume data``). ``data``: ``PostgreSQL's data``. ``why``: a clause.
    """

    node: str
    words: str
    data: str
    why: str


class RegionChange(Record, frozen=True):
    """Another region for parts of the plan. Terraform does not move what exists.

    ``before``, ``after``: the regions. ``nodes``: the parts of the plan with resources that stay in ``before``.
    ``resources``: the addresses of these. ``causes``: the lines that name the regions.
    """

    before: str
    after: str
    nodes: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()


class StateChange(Record, frozen=True):
    """Another backend for the state. ``before``, ``after``: the backends, in a few words. ``arguments``: those that
    change, if it is the same backend. ``causes``: the lines that name it.
    """

    before: str
    after: str
    arguments: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()


class VariableChange(Record, frozen=True):
    """A variable of the output that Terraform asks for since the change, that has another name, or that is gone.

    ``previously``: the variable that has the value now, if it only has another name; otherwise empty. ``asked``: it has
    no default, so Terraform asks for it. ``gone``: the output has no such variable any more.
    """

    name: str
    previously: str = ""
    asked: bool = False
    gone: bool = False


class PartNode(Record, frozen=True):
    """A part of the application in its picture: a component, a service, a tier, or the Internet.

    ``id``: the name that :class:`ResourceChange` has as ``node``, and :class:`TrafficChange` as source or destination.
    ``title``: what people read; the id if empty. ``kind``: ``component``, ``service``, ``tier``, or another word for
    people; it decides the shape.
    """

    id: str
    title: str = ""
    kind: str = ""


class PartEdge(Record, frozen=True):
    """``source`` talks to ``destination``: ids of parts. ``label``: how (``PostgreSQL``), if it is worth a word."""

    source: str
    destination: str
    label: str = ""


class EnvironmentDifference(Record, frozen=True):
    """The difference for one environment.

    ``target``: the platform; the new one if it changes. ``status``: whether the environment is new or was removed.
    ``compared``: False if nothing of it was, because a version does not compile; nothing is then known of what changes.
    ``protected``: parts of the plan that ``protect`` names. ``notes``: what could not be compared, and why.
    ``parts``, ``edges``: the application, for its picture, with the parts and edges of both versions, in the order of
    the plan. What changes is not marked: the picture takes it from ``resources`` and ``traffic``. Without parts there
    is no picture.
    """

    name: str
    target: str
    status: Literal["changed", "added", "removed"] = "changed"
    compared: bool = True
    resources: tuple[ResourceChange, ...] = ()
    downtimes: tuple[Downtime, ...] = ()
    traffic: tuple[TrafficChange, ...] = ()
    secrets: tuple[SecretChange, ...] = ()
    portability: tuple[PortabilityChange, ...] = ()
    sizes: tuple[SizeChange, ...] = ()
    costs: tuple[CostChange, ...] = ()
    releases: tuple[ReleaseChange, ...] = ()
    regions: tuple[RegionChange, ...] = ()
    abandoned: tuple[AbandonedData, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    states: tuple[StateChange, ...] = ()
    variables: tuple[VariableChange, ...] = ()
    possible: tuple[PossibleRename, ...] = ()
    notes: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    parts: tuple[PartNode, ...] = ()
    edges: tuple[PartEdge, ...] = ()

    @property
    def same(self) -> bool:
        """Whether it is known that applying the new version changes nothing."""
        facts = (self.traffic, self.secrets, self.portability, self.sizes, self.costs, self.releases)
        other = (self.regions, self.states, self.abandoned, self.refusals, self.variables)
        return self.compared and not self.resources and not any((*facts, *other))


class Difference(Record, frozen=True):
    """The difference of two versions. ``title``: of the application. ``old``, ``new``: how the versions are named."""

    title: str
    old: str
    new: str
    environments: tuple[EnvironmentDifference, ...]
