"""Load SQL once, in an app's release command.

The run image of each stack has ``psql``, whatever the application's language. Heroku runs the release command after
each build, change of configuration and new add-on. A table in the database itself records what has been loaded, so the
record exists as long as the data.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Sequence

from camp2iac.camp.package import Package, PackageFile
from camp2iac.synth.stream import FileData, beginning, sha256
from camp2iac.targets.kit.copies import Copy
from camp2iac.topology.model import Job

FOLDER = ".camp2iac"
_CUSTOM = b"PGDMP"  # how pg_dump's custom format begins
_LONGEST_MARK = 6  # bytes
_OTHER = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x03\x04")  # gzip, bzip2, xz, ZIP

_BEGIN = """\
-- Loads each SQL artifact of the plan into this database once, before the processes that use it start.
-- psql runs this at every release (see Procfile). A table records what has been loaded.
-- One transaction: if a statement fails, nothing is loaded, the release fails and the previous release stays active.
begin;

-- If another release is loading, this one waits here and then has nothing to load.
select pg_advisory_xact_lock(hashtext('camp2iac_loaded')) as locked \\gset

-- "create table if not exists" would write a notice into the log at every release.
select to_regclass('public.camp2iac_loaded') is null as first_release \\gset
\\if :first_release
  create table public.camp2iac_loaded (
    artifact  text primary key,
    sha256    text not null,
    loaded_at timestamptz not null default now()
  );
\\endif
"""

_JOB = """
-- artifact: {id} ({shown})
\\set sha256 {sha256}
select count(*) = 0 as is_new, coalesce(bool_or(sha256 <> :'sha256'), false) as is_changed
  from public.camp2iac_loaded where artifact = '{id}' \\gset
\\if :is_new
  \\echo '{id}: loading {quoted}'
{includes}
  insert into public.camp2iac_loaded (artifact, sha256) values ('{id}', :'sha256');
\\elif :is_changed
  \\warn '{id}: {quoted} has changed since it was loaded; it is not loaded again'
\\endif
"""


def files(job: Job, package: Package) -> dict[str, FileData] | None:
    """The SQL of a job by file name, in the order of loading. A dump in pg_dump's custom format ends in ``.dump``.

    None if the content is a URL or compressed.
    """
    content = job.content
    if content.path is None and content.data is None:
        return None
    if content.data is not None or package.is_file(content.path or ""):
        data: FileData = (
            content.data if content.data is not None else PackageFile(package, content.path or "").checked()
        )
        start = beginning(data, _LONGEST_MARK)
        if start.startswith(_OTHER):
            return None
        return {f"{job.id}.{'dump' if start.startswith(_CUSTOM) else 'sql'}": data}
    assert content.path is not None  # noqa: S101 - said above
    root = content.path.strip("/")
    found = [path for path in package.files(root) if path.endswith(".sql")]
    return {
        f"{job.id}/{path[len(root) + 1 :] if root else path}": PackageFile(package, path).checked() for path in found
    }


def add(copy: Copy, jobs: Sequence[Job], package: Package, variable: str, script: str) -> str:
    """Add the script and the SQL to a copy. Return the command that runs it on the database in ``variable``."""
    text, commands = _BEGIN, []
    for job in jobs:
        sql = files(job, package) or {}
        for name, data in sql.items():
            place = f"{FOLDER}/load/{name}"
            copy.add(place, data, job.content.href.span if job.content.href else job.content.span)
            if name.endswith(".dump"):  # psql includes only SQL, and a dyno's disk is writable
                made = f"{place.removesuffix('.dump')}.sql"
                commands.append(f"pg_restore --no-owner --no-privileges --file={made} {place}")
        text += _JOB.format(
            id=job.id,
            shown=_line(shown(job)),
            quoted=_line(shown(job)).replace("\\", "/").replace("'", "''"),
            sha256=_digest(sql),
            includes="\n".join(f"  \\ir {_argument(f'load/{_included(name)}')}" for name in sql),
        )
    copy.add(f"{FOLDER}/{script}", text + "\ncommit;\n", jobs[0].statement.span)
    path = posixpath.join(FOLDER, script)
    commands.append(f'psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --file={path} "${variable}"')
    return " && ".join(commands)


def _included(name: str) -> str:
    return f"{name.removesuffix('.dump')}.sql" if name.endswith(".dump") else name


def shown(job: Job) -> str:
    """The name of a job's content: its path in the package, or the job's id."""
    return job.content.path or job.id


def _digest(sql: dict[str, FileData]) -> str:
    if len(sql) == 1:
        return sha256(next(iter(sql.values())))
    lines = (f"{sha256(data)}  {name}\n" for name, data in sql.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _argument(path: str) -> str:
    """A file name as an argument of a backslash command."""
    plain = path.replace("/", "").replace("-", "").replace("_", "").replace(".", "")
    if plain.isascii() and plain.isalnum():
        return path
    return "'" + path.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n") + "'"
