"""Heroku's offers, as data: ``plans.yaml``, ``dynos.yaml``, ``buildpacks.yaml``. Each file has the date of its data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from camp2iac.catalogue.versions import Version, VersionRange
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record
from camp2iac.topology.model import Service, Statement


class AddonPlan(Record, frozen=True):
    """A plan of an add-on. ``memory``, ``storage``: in MB; 0: shared or none; None: not published."""

    name: str
    memory: int | None
    storage: int | None
    price: int | None
    private: bool

    @property
    def memory_words(self) -> str:
        """``4 GB``."""
        return megabytes(self.memory or 0)

    @property
    def storage_words(self) -> str:
        """``64 GB``."""
        return megabytes(self.storage or 0)


class AddonService(Record, frozen=True):
    """An add-on that provides a product. ``variable``: set by the first one in an app. ``plans``: smallest first.

    ``suffixes``: of the variables that an attachment sets; empty: only ``_URL``.
    """

    name: str
    variable: str
    scheme: str
    versions: tuple[Version, ...]
    options: Mapping[str, str]
    plans: Mapping[str, AddonPlan]
    suffixes: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """The name of the attachment of the first one in an app: ``DATABASE``, ``MEMCACHIER``."""
        return self.variable.rpartition("_")[0]

    @property
    def variables(self) -> tuple[str, ...]:
        """The configuration variables that the first one in an app sets."""
        return tuple(f"{self.prefix}_{suffix}" for suffix in self.suffixes) or (self.variable,)


class Offer(Record, frozen=True):
    """Heroku's add-ons for a catalogue product, the default first. ``noun``: what people call the product.

    ``load``: the tool in the run image that loads SQL into it, empty if there is none. ``by_hand``: the command for a
    person, with the placeholders ``{url}`` and ``{file}``.
    """

    noun: str
    load: str
    by_hand: str
    addons: Mapping[str, AddonService]


class Dyno(Record, frozen=True):
    """A dyno size. ``memory``: in MiB. ``says``: as Heroku writes it. ``single``: only one dyno per process type.

    ``autoscales``: Heroku can autoscale such web dynos. ``price``: in USD a month; None: not published.
    """

    name: str
    memory: int
    says: str
    shared: bool
    single: bool
    family: str
    autoscales: bool
    price: int | None


class Buildpack(Record, frozen=True):
    """How a runtime is built. ``attributes``: attribute of the product to the variable that the runtime reads.

    ``fir``: the cloud native buildpacks for that generation; empty: none. ``kinds``: kinds of artifacts with other
    buildpacks.
    """

    buildpacks: tuple[str, ...]
    fir: tuple[str, ...]
    versions: tuple[Version, ...]
    attributes: Mapping[str, str]
    extra: Mapping[str, Any]
    kinds: Mapping[str, tuple[str, ...]]

    def of(self, kind: str, fir: bool) -> tuple[str, ...]:
        """The buildpacks for a kind of artifact."""
        return () if fir and kind in self.kinds else self.kinds.get(kind) or (self.fir if fir else self.buildpacks)


def megabytes(amount: int) -> str:
    """``500 MB``, ``4 GB``, ``1.5 TB``."""
    for unit, size in (("TB", 1_000_000), ("GB", 1_000)):
        if amount >= size:
            return f"{amount / size:g} {unit}"
    return f"{amount} MB"


def mebibytes(amount: int) -> str:
    """``512 MiB``, ``2 GiB``, as in plans."""
    return f"{amount / 1024:g} GiB" if amount >= 1024 else f"{amount} MiB"


@cache
def _read(name: str) -> dict[str, Any]:
    import yaml

    text = (Path(__file__).parents[1] / name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, our own file
    return content


def _plans(data: Mapping[str, Any]) -> dict[str, AddonPlan]:
    return {
        name: AddonPlan(name, p.get("memory"), p.get("storage"), p.get("price"), p.get("only") == "private")
        for name, p in data.items()
    }


def products() -> tuple[str, ...]:
    """The products in the table of add-ons."""
    return tuple(name for name, data in _read("plans.yaml").items() if isinstance(data, dict) and name != "extras")


class Extra(Record, frozen=True):
    """An add-on for ``extras``. ``prices``: plan to USD a month; None: not published."""

    name: str
    purpose: str
    variables: tuple[str, ...]
    prices: Mapping[str, int | None]


@cache
def extras() -> Mapping[str, Extra]:
    """The known add-ons for ``extras``, by name."""
    data: dict[str, dict[str, Any]] = _read("plans.yaml")["extras"]
    return {name: Extra(name, e["for"], tuple(e["variables"]), e["plans"]) for name, e in data.items()}


def as_of() -> str:
    """The date of the plans and prices."""
    return str(_read("plans.yaml")["as_of"])


def price(plan: str) -> int | None:
    """The price of ``SERVICE:PLAN`` in USD a month. None if it is not known."""
    kind, _, name = plan.partition(":")
    for product in products():
        found = offer(product)
        if found and kind in found.addons and name in found.addons[kind].plans:
            return found.addons[kind].plans[name].price
    extra = extras().get(kind)
    return extra.prices.get(name) if extra else None


@cache
def offer(product: str) -> Offer | None:
    """The add-ons for a product. None if none are known."""
    data = _read("plans.yaml").get(product)
    if not isinstance(data, dict) or product == "extras":
        return None
    addons = {
        name: AddonService(
            name,
            a["variable"],
            a.get("scheme", ""),
            tuple(Version(text) for text in a.get("versions", ())),
            a.get("options", {}),
            _plans(a["plans"]),
            tuple(a.get("suffixes", ())),
        )
        for name, a in data["addons"].items()
    }
    return Offer(data["noun"], data.get("load", ""), data.get("by_hand", ""), addons)


@cache
def dynos(where: str) -> Mapping[str, Dyno]:
    """The sizes of the Common Runtime (``common``), of Private Spaces (``private``) or of ``fir``, smallest first."""
    return {
        name: Dyno(
            name,
            d["memory"],
            d["says"],
            d.get("shared", False),
            d.get("single", False),
            d["family"],
            d.get("autoscales", False),
            d.get("price"),
        )
        for name, d in _read("dynos.yaml")[where].items()
    }


def no_place(product: str) -> tuple[str, str] | None:
    """Why Heroku cannot run a product, and what to do. None if there is no special reason."""
    found = _read("buildpacks.yaml")["none"].get(product)
    return (found["why"], found["remedy"]) if found else None


@cache
def buildpack(product: str) -> Buildpack | None:
    """How artifacts on a product are built. None if they are not."""
    data = _read("buildpacks.yaml").get(product)
    if not isinstance(data, dict) or product == "none":
        return None
    known = {"buildpacks", "fir", "versions", "attributes", "kinds"}
    return Buildpack(
        tuple(data["buildpacks"]),
        tuple(data.get("fir", ())),
        tuple(Version(text) for text in data.get("versions", ())),
        data.get("attributes", {}),
        {key: value for key, value in data.items() if key not in known},
        {kind: tuple(names) for kind, names in data.get("kinds", {}).items()},
    )


def stack() -> str:
    """The default stack, which determines the available releases of a language."""
    return str(_read("buildpacks.yaml")["stack"])


def newest(versions: tuple[Version, ...], wanted: object) -> Version | None:
    """The newest release in a range (anything with ``in``; None: any release). None if there is none."""
    fit = [version for version in versions if wanted is None or version in wanted]  # type: ignore[operator]
    return max(fit, default=None)


def no_release(
    service: Service, wanted: Statement[VersionRange], what: str, versions: tuple[Version, ...]
) -> Diagnostic:
    """CAMP442: Heroku has no release in the plan's range."""
    return Diagnostic(
        "CAMP442",
        f"Heroku has no release of {service.product.title} in the range {wanted.value}",
        wanted.span,
        label=wanted.value.words(),
        notes=(f"{what} has {listed(map(str, versions))}",),
        help=f'write for example  version: "[{versions[0]},)"',
    )
