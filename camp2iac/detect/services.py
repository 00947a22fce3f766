"""Which services an application uses: by its drivers, by patterns in its files, and by compose files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from fnmatch import fnmatchcase

from camp2iac.detect.compose import Compose, ComposeService
from camp2iac.detect.files import Folder
from camp2iac.detect.rules import Language, services, variables
from camp2iac.detect.starts import Project
from camp2iac.record import Record, replace

_SCHEME = r"^[ \t]*(?:export[ \t]+)?\w+[ \t]*=[ \t]*[\"']?(%s)(?:\+\w+)?://"


class ServiceUse(Record, frozen=True):
    """A service that an application uses, by its product, and why. ``others``: products that it may use instead.
    ``release``: of the product, and ``image``: the file and the image that say it.
    """

    product: str
    why: str
    others: tuple[tuple[str, str], ...] = ()
    release: str = ""
    image: str = ""


def dependencies(folder: Folder, language: Language) -> dict[str, str]:
    """The names of dependencies, to the file that names each; with extras also in the form ``celery[redis]``."""
    found: dict[str, str] = {}
    for reference in language.dependencies:
        for file, name in folder.values(reference):
            for each in _spelled(name):
                found.setdefault(each, folder.shown(file))
    return found


def _spelled(name: str) -> Iterator[str]:
    """``psycopg[binary]>=3`` is psycopg, and psycopg[binary]."""
    match = re.match(r"([A-Za-z0-9@][\w.@/-]*)\s*(?:\[([^\]]*)\])?", name)
    if match is None:
        return
    plain = match[1].lower() if "/" in match[1] else re.sub(r"[_.]", "-", match[1].lower())
    yield match[1].lower()
    yield plain
    for extra in (match[2] or "").split(","):
        if extra.strip():
            yield f"{plain}[{extra.strip().lower()}]"


def find(project: Project, compose: Compose) -> list[ServiceUse]:
    """The services of an application, in the order of ``services.yaml``; of a group one, with the others."""
    found: dict[str, str] = {}
    images = {each.product: each for each in reversed([*_compose(project, compose)])}
    beside = {product: f"{each.file}: {each.image}" for product, each in reversed(images.items())}
    for product, why in (*beside.items(), *_drivers(project), *_contents(project), *_needed(project.language)):
        found.setdefault(product, why)
    for product, why in _brokers(project, found):
        found.setdefault(product, why)
    groups: dict[str, list[str]] = {}
    for product, rule in services().items():
        if product in found:
            groups.setdefault(rule.group, []).append(product)
    drivers = {product for product, _ in _drivers(project)}
    uses = [_use(products, beside, drivers, found) for products in groups.values()]
    return [_released(use, images.get(use.product), compose) for use in uses]


def _released(use: ServiceUse, service: ComposeService | None, compose: Compose) -> ServiceUse:
    """The same with the release of its image; of the only image of its product, if no service of the file is built."""
    same = [each for each in compose.services.values() if each.product == use.product]
    built = any(each.build is not None for each in compose.services.values())
    service = same[0] if service is None and len(same) == 1 and not built else service
    if service is None or not service.release:
        return use
    return replace(use, release=service.release, image=f"{service.file}: {service.image}")


def _use(products: Sequence[str], beside: Mapping[str, str], drivers: Set[str], found: Mapping[str, str]) -> ServiceUse:
    """The product of a group that a compose file runs; the others only if no compose file decides.

    The code cannot use a service without a driver. If it has drivers of others only, the compose file does not decide.
    """
    usable = [product for product in products if product in drivers]
    decided = [product for product in usable or products if product in beside]
    first, *rest = sorted(products, key=lambda each: (each not in decided, bool(usable) and each not in usable))
    if first in beside:
        return ServiceUse(first, found[first])
    without = [f"{beside[product]} has no driver" for product in rest if product in beside]
    others = tuple((product, found[product]) for product in rest if product not in beside)
    return ServiceUse(first, "; ".join([found[first], *without]), others)


def _compose(project: Project, compose: Compose) -> Iterator[ComposeService]:
    for service in compose.of(project.folder.path):
        yield from compose.products(service)


def _drivers(project: Project) -> Iterator[tuple[str, str]]:
    for dependency, file in project.dependencies.items():
        for pattern, product in project.language.drivers.items():
            if dependency == pattern or ("*" in pattern and fnmatchcase(dependency, pattern)):
                yield product, f"{file}: {dependency}"


def _contents(project: Project) -> Iterator[tuple[str, str]]:
    """Patterns in files, and the schemes of URLs in examples of environment variables."""
    for rule in project.language.contents:
        file = next((name for name, _ in project.folder.search(rule.file, rule.pattern)), None)
        if file is not None:
            yield rule.service, project.shown(file)
    for name in variables().examples:
        text = project.folder.lines(name)
        for product, service in services().items():
            if re.search(_SCHEME % "|".join(map(re.escape, service.schemes)), text, re.MULTILINE):
                yield product, f"{project.shown(name)}: a URL"
        choice = re.search(r"^DB_CONNECTION=(pgsql|mysql|mariadb)\b", text, re.MULTILINE)
        if choice:
            yield "postgresql" if choice[1] == "pgsql" else "mariadb", f"{project.shown(name)}: DB_CONNECTION"


def _needed(language: Language) -> Iterator[tuple[str, str]]:
    for product in language.needs:
        yield product, f"{language.title} needs it"


def _brokers(project: Project, found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The usual broker of a task queue, if no other service is a broker."""
    for dependency, product in project.language.brokers.items():
        file = project.dependencies.get(dependency)
        if file is not None and not {"redis", "rabbitmq"} & set(found):
            yield product, f"{file}: {dependency}"
