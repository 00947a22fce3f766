"""Apache httpd: static files, and CGI programs in ``cgi-bin``."""

from __future__ import annotations

import posixpath
import re

from camp2iac.targets.containers.images import ImageBuild, sites

_FOLDER = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")
_MODULES = ("mpm_event", "auth_basic", "authn_file", "authz_core", "authz_host", "authz_user", "authn_core", "unixd",
            "mime", "dir", "alias", "rewrite", "headers", "env", "setenvif", "log_config", "deflate",
            "filter", "expires")  # fmt: skip
_CONFIGURATION = """\
# The processes have no rights, and the code is read-only, so Apache writes to /tmp.
ServerRoot /usr/local/apache2
{modules}Listen ${{PORT}}
PidFile /tmp/httpd.pid
DefaultRuntimeDir /tmp
ServerName localhost
ServerTokens Prod
ErrorLog /proc/self/fd/2
LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
CustomLog /proc/self/fd/1 common
TypesConfig conf/mime.types

<Directory />
  Require all denied
</Directory>
DocumentRoot "{root}"
DirectoryIndex index.html
<Directory "{root}">
  Options FollowSymLinks
  AllowOverride All
  Require all granted
</Directory>
<FilesMatch "^\\.">
  Require all denied
</FilesMatch>
{more}"""
_PROGRAMS = """\
ScriptSock /tmp/cgid.sock
ScriptAlias "/cgi-bin/" "{root}/cgi-bin/"
<Directory "{root}/cgi-bin">
  Options ExecCGI
  AllowOverride None
  Require all granted
</Directory>
"""
_ALIAS = """\
Alias "{path}" "{folder}/"
<Directory "{folder}">
  Options None
  AllowOverride None
  Header set X-Content-Type-Options nosniff
  {handler}Require all granted
</Directory>
"""


def prepare(build: ImageBuild) -> None:
    """Write Apache's configuration."""
    top = sites.root(build)
    programs = any(name.startswith("cgi-bin/") for name in build.copy.home[0]) and not build.facts["output"]
    build.facts["programs"] = f"{top}/cgi-bin" if programs else ""
    more = f"ErrorDocument 404 /{page}\n" if (page := sites.page(build)) else ""
    more += aliases(build)
    if programs:
        more += _PROGRAMS.format(root=top) + passed(build)
    loaded = "".join(
        f"LoadModule {name}_module modules/mod_{name}.so\n" for name in (*_MODULES, *(("cgid",) if programs else ()))
    )
    build.beside["httpd.conf"] = _CONFIGURATION.format(modules=loaded, root=document_root(build, top), more=more)
    build.processes["web"] = "exec httpd -DFOREGROUND"


def document_root(build: ImageBuild, top: str) -> str:
    """The folder that the plan names in the content, or its top."""
    option = build.component.options.get("root")
    if option is None:
        return top
    folder = (option.value.literal or "").strip("/")
    if folder and (not _FOLDER.fullmatch(folder) or ".." in folder.split("/")):
        build.lose(option, "It is not a path in the content.", "Write a folder, such as  public.")
        return top
    build.keep(option, "Apache's document root")
    return posixpath.join(top, folder).rstrip("/")


def aliases(build: ImageBuild, handler: str = "") -> str:
    """The folders of volumes that are served."""
    return "".join(_ALIAS.format(path=path, folder=folder, handler=handler) for path, folder in sites.folders(build))


def passed(build: ImageBuild) -> str:
    """The variables of the component, which Apache passes on by name."""
    names = {variable.name for variable in build.component.variables}
    names |= {name for link in build.component.links for name in link.variables}
    return "".join(f"PassEnv {name}\n" for name in sorted(names))
