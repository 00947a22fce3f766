"""Companions: what an environment puts onto every instance, beside the plan's services (``companions/NAME``).

``companion.schema.json`` describes ``companion.yaml``. The core knows what a companion can ask for, but no companion.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from camp2iac.camp.bounded import read_plain
from camp2iac.camp.schema import check
from camp2iac.camp.schema_keywords import Schema
from camp2iac.camp.text import MOST_BYTES
from camp2iac.camp.yaml import parse
from camp2iac.catalogue.companion_asks import (
    FORMS,
    CompanionPort,
    CompanionSecret,
    CompanionStore,
    CompanionWayOut,
    Filling,
    ServiceFile,
    url_form,
)
from camp2iac.catalogue.recipe import TemplateFile
from camp2iac.diagnostics import Diagnostic, Diagnostics
from camp2iac.prepared import read_yaml
from camp2iac.record import Record, ValidationError, convert, field, replace

BUILT_IN_COMPANIONS = Path(__file__).parent / "companions"
COMPANION_SCHEMA = Path(__file__).parent / "companion.schema.json"
FILE = "companion.yaml"

SettingValue: TypeAlias = "str | tuple[str, ...] | None"
_FORMS: Mapping[str, Schema] = {
    **FORMS,
    "time": {
        "type": "string",
        "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
        "x-what": "a time of day",
        "x-label": "hours and minutes belong here",
        "x-example": '"03:00"',
    },
    "name": {
        "type": "string",
        "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$",
        "x-what": "a name",
        "x-label": "letters, digits, dots, hyphens and underscores belong here, 63 at most",
        "x-example": "shop-production",
    },
    "endpoint": {
        "type": "string",
        "pattern": "^https?://[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]{0,200})?$",
        "x-what": "the URL of a server",
        "x-label": "https://HOST or https://HOST:PORT belongs here",
        "x-example": "https://objects.example.org",
    },
}


class CompanionSetting(Record, frozen=True, forbid_unknown_fields=True):
    """What an environment file says about a companion.

    ``type``: ``time``: of day, ``03:00``. ``word``: one of ``choices``. ``cidrs``: networks. ``url``: a server, with
    one of ``schemes``. ``host``: a name. ``certificates``: PEM. ``name``: of something elsewhere. ``endpoint``: the URL
    of a server. ``number``: a whole number, ``most`` at most.
    """

    type: Literal["time", "word", "cidrs", "url", "host", "certificates", "name", "endpoint", "number"]
    description: str
    choices: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    required: bool = False
    most: int = 0


class CompanionPart(Record, frozen=True, forbid_unknown_fields=True):
    """What it adds to instances.

    ``packages``: of the distribution. ``files``: from templates, before the script runs. ``running``: the units of its
    packages that camp-status checks. ``script``: its template in ``templates/``, which runs after those of all
    services. Empty: none. ``ports``: who may connect to it. ``ways_out``: where it connects to. ``only_data``: only
    instances with data of services or volumes have the companion. ``services``: a file for each service. ``fill``: what
    fills new data. ``status``: a command whose words camp-status prints; if it fails, they say why the instance is not
    ready. ``servers``: the settings with the URL or the port that instances with the companion connect to.
    """

    packages: tuple[str, ...] = ()
    files: tuple[TemplateFile, ...] = ()
    running: tuple[str, ...] = ()
    script: str = ""
    ports: tuple[CompanionPort, ...] = ()
    ways_out: tuple[CompanionWayOut, ...] = ()
    only_data: bool = False
    services: ServiceFile | None = None
    fill: Filling | None = None
    status: str = ""
    servers: tuple[str, ...] = ()


class Companion(Record, frozen=True, forbid_unknown_fields=True):
    """One companion. ``name``: that of its folder, and its key in environment files.

    ``settings``: by name. ``GROUP.NAME`` is in a mapping, and required only there; ``groups`` describes these.
    ``one_of``: the settings and groups of which an environment has exactly one. ``secrets``: by name, for its files.
    ``short``: the setting that a single value sets. Empty: a mapping sets all. ``systems``: the operating systems that
    have its packages. ``store``: where it keeps data that outlive instances. ``effect``: what it does on instances, for
    the README of an output. ``proven``: where the tests ran it.
    """

    title: str
    description: str
    effect: str
    settings: Mapping[str, CompanionSetting]
    systems: tuple[str, ...]
    machine: CompanionPart
    short: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()
    secrets: Mapping[str, CompanionSecret] = field(default_factory=dict)
    store: CompanionStore | None = None
    proven: str = ""
    name: str = ""
    folder: Path = field(default_factory=Path)

    @property
    def value(self) -> Schema:
        """The JSON Schema of its value in environment files."""
        alone = {name: setting for name, setting in self.settings.items() if "." not in name}
        own = _mapping(alone)
        groups = {group: {**_mapping(self.group(group)), "description": words} for group, words in self.groups.items()}
        forms = {**groups, **own["properties"]}
        long: Schema = {**own, "title": self.name.capitalize(), "properties": forms}
        if not self.short:
            return {**long, "description": f"{self.description} Default: nothing."}
        short = forms[self.short]
        words = self.settings[self.short].choices
        what = f"{', '.join(words)}, or a mapping" if words else f"{short.get('x-what', 'a value')}, or a mapping"
        return {
            "anyOf": [short, long],
            "x-what": what,
            "x-label": f"{what} belongs here",
            "x-example": short["x-example"],
            "description": f"{self.description} Default: nothing.",
        }

    def group(self, name: str) -> Mapping[str, CompanionSetting]:
        """The settings of a group, by their names in it."""
        found = {key.partition(".")[::2]: setting for key, setting in self.settings.items()}
        return {inner: setting for (group, inner), setting in found.items() if inner and group == name}


class AskedCompanion(Record, frozen=True):
    """A companion that an environment asks for. ``settings``: all of them, as strings with their places, or None."""

    companion: Companion
    settings: Mapping[str, SettingValue]

    def networks(self, setting: str) -> tuple[str, ...]:
        """The networks that a setting names, as they are written."""
        found = self.settings[setting]
        return (found,) if isinstance(found, str) else found or ()

    def has(self, name: str) -> bool:
        """Whether the environment has a setting, or settings of a group."""
        return any(
            value is not None and (key == name or key.startswith(f"{name}.")) for key, value in self.settings.items()
        )

    @property
    def secrets(self) -> Mapping[str, CompanionSecret]:
        """The secrets that it needs with these settings."""
        known = self.companion.secrets.items()
        return {name: secret for name, secret in known if not secret.group or self.has(secret.group)}


def _mapping(settings: Mapping[str, CompanionSetting]) -> Schema:
    forms = {name: _form(setting) for name, setting in settings.items()}
    required = [name for name, setting in settings.items() if setting.required]
    example = ", ".join(f"{name}: {forms[name]['x-example']}" for name in required or list(forms)[:1])
    return {
        "type": "object",
        "properties": forms,
        **({"required": required} if required else {}),
        "additionalProperties": False,
        "x-example": f"{{ {example} }}",
    }


def _form(setting: CompanionSetting) -> Schema:
    if setting.type == "number":
        limits = {"type": "integer", "minimum": 0, "maximum": setting.most}
        words = {"x-what": f"a number from 0 to {setting.most}", "description": setting.description}
        return {**limits, **words, "x-example": min(7, setting.most)}
    if setting.type == "word":
        return {"enum": list(setting.choices), "x-example": setting.choices[0], "description": setting.description}
    form = url_form(setting.schemes) if setting.type == "url" else _FORMS[setting.type]
    return {**form, "description": setting.description}


@cache
def built_in_companions() -> Mapping[str, Companion]:
    """Those that come with camp2iac, by name."""
    files = sorted(BUILT_IN_COMPANIONS.glob(f"*/{FILE}"))
    return {file.parent.name: _companion(file, read_yaml(file)) for file in files}


def load_companions(
    folders: Sequence[Path], diagnostics: Diagnostics, texts: dict[str, str]
) -> Mapping[str, Companion]:
    """Load the built-in companions and those of the given folders, which replace built-in ones of the same name.

    Args:
        folders: each is a companion, or contains companions as folders. It can contain products too.
        diagnostics: takes the faults of companions (CAMP306, and CAMP31x as for plans), which are left out.
        texts: takes the content of each file that was read, for excerpts.
    """
    found = dict(built_in_companions())
    for file in (file for folder in folders for file in companion_files(folder)):
        if (given := _given(file, diagnostics, texts)) is not None:
            found[given.name] = given
    return dict(sorted(found.items()))


def companion_files(folder: Path) -> Iterator[Path]:
    """The files of the companions in a folder of the user's."""
    one = folder / FILE
    yield from [one] if one.is_file() else sorted(folder.glob(f"*/{FILE}"))


def _given(file: Path, diagnostics: Diagnostics, texts: dict[str, str]) -> Companion | None:
    """Load a companion of the user, which is checked like a plan."""
    shown = file.as_posix()
    try:
        texts[shown] = read_plain(file, MOST_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "not UTF-8"
        diagnostics.add(Diagnostic("CAMP306", f"camp2iac cannot read the companion {shown}: {reason}"))
        return None
    node = parse(texts[shown], shown, diagnostics)
    schema = json.loads(COMPANION_SCHEMA.read_text(encoding="utf-8"))
    if node is None or not check(schema, node, shown, "", diagnostics, node.span.start):
        return None
    try:
        return _companion(file, node.plain)
    except ValidationError as problem:
        diagnostics.add(Diagnostic("CAMP306", f"the companion {shown} does not fit its schema: {problem}"))
        return None


def _companion(file: Path, data: object) -> Companion:
    """A companion from the content of a checked file.

    Raises:
        ValidationError: it does not fit its schema.
    """
    if not isinstance(data, dict):
        raise ValidationError("not a mapping")
    made = convert({**data, "name": file.parent.name}, Companion)
    if any(each.type == "word" and not each.choices for each in made.settings.values()):
        raise ValidationError("a word has no choices")
    if any(each.type == "url" and not each.schemes for each in made.settings.values()):
        raise ValidationError("a url has no schemes")
    for name in misnamed(made.machine, made.settings):
        raise ValidationError(f"a port or a way out needs a required setting {name} with networks or a URL")
    wrong = next(_unknown(made), None)
    if wrong is not None:
        raise ValidationError(wrong)
    return replace(made, folder=file.parent)


def misnamed(part: CompanionPart, settings: Mapping[str, CompanionSetting]) -> Iterator[str]:
    """The settings that its ports and ways out name, but that are not there, of another type or not required."""
    asked = [(port.sources, "cidrs") for port in part.ports if port.sources] + [
        (way.to, "url") for way in part.ways_out
    ]
    for name, type_ in asked:
        setting = settings.get(name)
        if setting is None or setting.type != type_ or not setting.required:
            yield name


def _unknown(made: Companion) -> Iterator[str]:
    """What the companion names, but does not have."""
    part, grouped = made.machine, {name.partition(".")[0] for name in made.settings if "." in name}
    if made.short and (made.short not in made.settings or "." in made.short):
        yield "short names no setting"
    if set(made.groups) != grouped:
        yield "groups must describe exactly the groups of the settings"
    yield from (f"one_of names {name}" for name in made.one_of if name not in {*made.settings, *grouped})
    yield from (f"servers names {name}" for name in part.servers if name not in made.settings)
    yield from (f"secrets names {each.group}" for each in made.secrets.values() if each.group not in {"", *grouped})
    kept = (*made.store.at, made.store.folder) if made.store else ()
    yield from (f"store names {name}" for name in kept if name not in made.settings)
    if part.fill and part.fill.setting not in made.settings:
        yield f"fill names {part.fill.setting}"
