"""PHP: the folder that Apache serves."""

from __future__ import annotations

import re

from camp2iac.detect.files import aside
from camp2iac.detect.rules import variables
from camp2iac.detect.starts import Line, Project, Start

KEY = "org.php.documentRoot"
_SQLITE = re.compile(r"^DB_CONNECTION=sqlite\b", re.MULTILINE)
_SQLITE_URL = re.compile(r"^DATABASE_URL=[\"']?(?:pdo-)?sqlite:", re.MULTILINE)


def find(project: Project) -> list[Start]:
    """A usual web root with an index.php, else the top, else the only folder that has one."""
    notes: tuple[str, ...] = ()
    if any("/" in name for name in project.dependencies) and "composer.lock" not in project.folder:
        notes = (f"Run  composer update  and add {project.shown('composer.lock')}: Heroku needs it.",)
    if any(_SQLITE.search(project.folder.lines(name)) for name in variables().examples):
        notes += ("The examples use SQLite: instances and dynos lose such a database when they are replaced.",)
    if _SQLITE_URL.search(project.folder.lines(".env")):  # Symfony's defaults
        name = project.shown(".env")
        notes += (f"{name} has SQLite. If the plan has another database, check that the migrations fit it.",)
    roots = [root for root in project.language.roots if f"{root}/index.php" in project.folder]
    if roots and not ("index.php" in project.folder and roots[0] in ("html", "www")):
        return [_start(roots[0], project, notes)]
    if "index.php" in project.folder or "index.html" in project.folder:
        return [Start(why=project.shown("index.php" if "index.php" in project.folder else "index.html"), notes=notes)]
    found = [name.rpartition("/")[0] for name in project.folder.matching("*/index.php") if not aside(name)]
    if len(found) == 1:
        return [_start(found[0], project, notes)]
    question = "The folder that Apache serves"
    return [Start(question=question, default=found[0], key=KEY, notes=notes)] if found else []


def _start(root: str, project: Project, notes: tuple[str, ...]) -> Start:
    return Start(options=(Line(KEY, root, project.shown(f"{root}/index.php")),), notes=notes)
