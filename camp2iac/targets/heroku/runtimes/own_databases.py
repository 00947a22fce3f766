"""Databases that buildpacks order: the last buildpack of an app may ask for add-ons at the first build.

Heroku then creates ``heroku-postgresql`` in the accounts of before 2023-05-15, and in those that have asked for it. A
database that Terraform does not know costs money, and is in the way of ``DATABASE_URL``. Sources, read on 2026-12-01:
``bin/release`` of heroku/python (v351), heroku/java and heroku/ruby, and
https://devcenter.heroku.com/articles/python-database-auto-provisioning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.targets.kit.copies import Copy

#: The last buildpack, which asks for nothing. It is the content's own ``bin/`` folder.
INLINE = "heroku-community/inline"

#: Its files: a buildpack that builds nothing.
NOTHING: Mapping[str, str] = {
    "bin/detect": "#!/bin/sh\necho program\n",
    "bin/compile": "#!/bin/sh\nexit 0\n",
    "bin/release": "#!/bin/sh\necho '--- {}'\n",
}

#: The variable that keeps heroku/ruby from asking.
_RUBY = "HEROKU_SKIP_DATABASE_PROVISION"

_PYTHON = re.compile(r"(requirements[^/]*\.txt|pyproject\.toml|Pipfile(\.lock)?|poetry\.lock|uv\.lock|setup\.(py|cfg))")
_DRIVER = re.compile(r"\bpsycopg2\b", re.IGNORECASE)
_POM = re.compile(r"<groupId>((org\.)?postgresql|com\.impossibl\.pgjdbc-ng)")
_GEM = re.compile(r"^ +(pg|jdbc-postgres|activerecord-jdbcpostgresql-adapter) \(", re.MULTILINE)


def ordered(copy: Copy, buildpacks: tuple[str, ...]) -> bool:
    """Whether the last buildpack of a copy would order a database, and a buildpack after it prevents that."""
    last = buildpacks[-1] if buildpacks else ""
    if last == "heroku/python":
        texts = (copy.text(name) or "" for name in copy.files if _PYTHON.fullmatch(name))
        return "manage.py" in copy.files and any(map(_DRIVER.search, texts))
    return last == "heroku/java" and bool(_POM.search(copy.text("pom.xml") or ""))


def prevent(copy: Copy, buildpacks: tuple[str, ...]) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """The buildpacks and the variables with which no database is ordered. The content's own files stay."""
    if buildpacks[-1:] == ("heroku/ruby",) and _GEM.search(copy.text("Gemfile.lock") or ""):
        return buildpacks, {_RUBY: "1"}
    if not ordered(copy, buildpacks) or NOTHING.keys() & copy.files.keys():
        return buildpacks, {}
    for path, text in NOTHING.items():
        copy.add(path, text, copy.component.span, executable=True)
    return (*buildpacks, INLINE), {}
