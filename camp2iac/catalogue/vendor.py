"""Repositories of vendors, which have releases that the distribution lacks: ``machine: vendors:``, as records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.catalogue import systems
from camp2iac.catalogue.versions import Version
from camp2iac.record import Record, field


class SigningKey(Record, frozen=True, forbid_unknown_fields=True):
    """The key that signs a repository. ``url``: where instances download it. ``fingerprint``: 40 hexadecimal digits.

    Instances refuse every other key. ``url`` is a form with ``{release}``.
    """

    url: str
    fingerprint: str


class VendorSystem(Record, frozen=True, forbid_unknown_fields=True):
    """What a repository has for one operating system: its ``releases``, and what differs from the other systems."""

    releases: tuple[str, ...]
    url: str = ""
    suite: str = ""
    components: tuple[str, ...] = ()


class Vendor(Record, frozen=True, forbid_unknown_fields=True):
    """The repository of a vendor, for apt or, in the family ``rhel``, for dnf.

    ``name``: the name of its files on instances. ``title``: its name for people. ``as_of``: the day when its author
    looked up what it has. ``url``, ``suite``: forms with ``{release}``, ``{codename}`` and ``{distribution}``.
    ``architectures``: of instances that it has packages for. ``pin``: the packages that come from it, with ``*``. No
    other package does. ``packages``: what is installed, forms with ``{release}``. ``linked``: more packages, by the
    products that components connect to. ``compiles``: more packages, by names of dependencies, instead of those of the
    distribution. ``kinds``: more packages, by the kinds of components, such as a compiler. ``version``: if one suite
    has several releases, the versions of the packages in ``pin`` that belong to a release. ``systems``: operating
    system to what the repository has for it.
    """

    name: str
    title: str
    as_of: str
    url: str
    key: SigningKey
    pin: tuple[str, ...]
    packages: tuple[str, ...]
    systems: Mapping[str, VendorSystem]
    suite: str = "{codename}"
    components: tuple[str, ...] = ("main",)
    architectures: tuple[str, ...] = ("amd64", "arm64")
    linked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    compiles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    version: str = ""

    def releases(self, os: str) -> tuple[Version, ...]:
        """The releases that it has for an operating system."""
        found = self.systems.get(systems.like(os))
        return tuple(Version(each) for each in found.releases) if found else ()

    def source(self, os: str, release: Version) -> VendorRepository:
        """The repository for an operating system and a release. ``KeyError`` if it has nothing for the system."""
        own = self.systems[systems.like(os)]
        names = {"release": str(release), "codename": systems.codename(os), "distribution": systems.distribution(os)}

        def filled(words: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(each.format(**names) for each in words)

        return VendorRepository(
            name=self.name,
            title=self.title,
            url=(own.url or self.url).format(**names),
            suite=(own.suite or self.suite).format(**names),
            components=own.components or self.components,
            architectures=self.architectures,
            key=SigningKey(self.key.url.format(**names), self.key.fingerprint),
            pin=filled(self.pin),
            packages=filled(self.packages),
            linked={product: filled(words) for product, words in self.linked.items()},
            compiles={name: filled(words) for name, words in self.compiles.items()},
            kinds={kind: filled(words) for kind, words in self.kinds.items()},
            version=self.version.format(**names),
        )


class VendorRepository(Record, frozen=True):
    """A vendor's repository, with its forms filled in."""

    name: str
    title: str
    url: str
    suite: str
    components: tuple[str, ...]
    architectures: tuple[str, ...]
    key: SigningKey
    pin: tuple[str, ...]
    packages: tuple[str, ...]
    linked: Mapping[str, tuple[str, ...]]
    compiles: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]
    version: str


def offered(vendors: tuple[Vendor, ...], os: str) -> Iterator[tuple[Version, Vendor]]:
    """The releases that vendors have for an operating system, with the vendor of each, newest first."""
    found = [(release, vendor) for vendor in vendors for release in vendor.releases(os)]
    yield from sorted(found, key=lambda each: each[0], reverse=True)
