"""What a wheel has prepared of its own files: YAML as JSON, templates as Python's code.

``hatch_build.py`` writes both when a wheel is built, into files whose names are digests of what they were made from, so
they cannot be out of date. What is not there is parsed and compiled: all files of a checkout, users' files, and
templates with another release of Jinja.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import CodeType

    import jinja2
    from jinja2.bccache import Bucket

FOLDER = Path(__file__).parent / "_prepared"


def digest(*parts: str) -> str:
    """The name of what is prepared from these strings."""
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def read_yaml(file: Path) -> object:
    """The content of a YAML file of our own."""
    text = file.read_text(encoding="utf-8")
    prepared = FOLDER / f"{digest(text)}.json"
    if prepared.exists():
        return json.loads(prepared.read_bytes())
    return parse_yaml(text)


def parse_yaml(text: str) -> object:
    """The content of a YAML text of our own."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader


@cache
def bytecode_cache(kind: str) -> jinja2.BytecodeCache:
    """The code of the templates of a kind of environment: prepared, or compiled once for all environments of the kind,
    since most products include the same templates.
    """
    import jinja2

    codes: dict[str, CodeType | None] = {}

    class Compiled(jinja2.BytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            name = template_name(kind, bucket)
            if name not in codes:
                codes[name] = _prepared_code(name)
            bucket.code = codes[name]

        def dump_bytecode(self, bucket: Bucket) -> None:
            codes[template_name(kind, bucket)] = bucket.code

    return Compiled()


def template_name(kind: str, bucket: Bucket) -> str:
    """The name of a template's code: a digest of its kind of environment, its name, its text, and Jinja's release."""
    return "t" + digest(kind, _jinja(), bucket.key, bucket.checksum)


@cache
def _jinja() -> str:
    import jinja2

    if found := getattr(jinja2, "__version__", None):
        return str(found)
    from importlib.metadata import version  # it takes 10 ms

    return version("jinja2")


def quick_name(kind: str, name: str, text: str) -> str:
    """The name of the code of one of our own templates, for :mod:`camp2iac.targets.kit.quick_templates`."""
    return "q" + digest(kind, name, text)


def quick_code(kind: str, name: str, text: str) -> CodeType | None:
    """This code, if it is prepared. ``kind``: the kind of environment."""
    return _prepared_code(quick_name(kind, name, text))


def _prepared_code(name: str) -> CodeType | None:
    file = FOLDER / f"{name}.py"
    if not file.exists():
        return None
    loader = SourceFileLoader(f"camp2iac._prepared.{name}", str(file))
    return loader.get_code(loader.name)
