"""PHP: the pages, served by Apache, with the extensions and packages of composer.json."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping

from camp2iac.targets.containers.images import ImageBuild, httpd
from camp2iac.targets.programs.contents import ContentFiles

_PORTS = "Listen ${PORT}\nServerName localhost\nServerTokens Prod\n"
_SITE = """\
<VirtualHost *:${{PORT}}>
  DocumentRoot "{root}"
  DirectoryIndex index.php index.html
  <Directory "{root}">
    AllowOverride All
    Require all granted
  </Directory>
  <FilesMatch "^\\.">
    Require all denied
  </FilesMatch>
  ErrorLog /proc/self/fd/2
  CustomLog /proc/self/fd/1 common
{more}</VirtualHost>
"""


def prepare(build: ImageBuild) -> None:
    """Find the extensions and packages, and write the configuration of Apache and PHP."""
    names, read = build.copy.home
    files = ContentFiles(names, read, build.origin)
    composer = _json(files, "composer.json")
    if composer is None:
        build.wrong(
            "has a composer.json that is not a JSON object",
            "Composer cannot read it",
            "write a JSON object into composer.json",
        )
        return
    required = composer.get("require")
    wanted = list(required) if isinstance(required, dict) else []
    _extensions(build, files, wanted)
    build.facts["composer"] = any("/" in name for name in wanted) or "autoload" in composer
    limit = build.attribute("upload", "{} MiB, in PHP's configuration")
    size = f"upload_max_filesize = {limit}M\npost_max_size = {int(limit) + 1}M\n" if limit.isdecimal() else ""
    build.beside["camp.ini"] = f"variables_order = EGPCS\n{size}"
    build.beside["ports.conf"] = _PORTS
    root = httpd.document_root(build, f"/app/{build.component.content.at}".rstrip("/"))
    more = httpd.aliases(build, "SetHandler default-handler\n  ") + httpd.passed(build)
    build.beside["site.conf"] = _SITE.format(root=root, more="".join(f"  {line}\n" for line in more.splitlines()))
    build.processes["web"] = "exec apache2-foreground"


def _json(files: ContentFiles, name: str) -> Mapping[str, object] | None:
    try:
        found = json.loads(files.text(name).removeprefix("\ufeff") or "{}")
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _extensions(build: ImageBuild, files: ContentFiles, wanted: list[str]) -> None:
    """Those that composer.json and the locked packages require, and those of linked services, that PHP lacks."""
    locked = (_json(files, "composer.lock") or {}).get("packages")
    for package in locked if isinstance(locked, list) else []:
        required = package.get("require") if isinstance(package, dict) else None
        wanted = [*wanted, *(required if isinstance(required, dict) else ())]
    names = {name.lower().removeprefix("ext-") for name in wanted if name.lower().startswith("ext-")}
    for link in build.component.links:
        names.update(build.runtime.linked.get(build.topology.services[link.service].product.name, ()))
    known = {name: build.runtime.extensions[name] for name in sorted(names) if name in build.runtime.extensions}
    plain = [name for name, each in known.items() if not each.pecl]
    pecl = [each.pecl for each in known.values() if each.pecl]
    lines = [f"docker-php-ext-configure {name} {each.configure}" for name, each in known.items() if each.configure]
    if plain:
        lines.append(f"docker-php-ext-install {shlex.join(plain)}")
    if pecl:
        lines.append(f"pecl install {shlex.join(pecl)} && docker-php-ext-enable {shlex.join(pecl)}")
    headers = {package for each in known.values() for package in each.packages}
    build.facts |= {"extensions": tuple(lines), "headers": tuple(sorted(headers))}
