"""Tomcat: a web archive at its context path, or a project that creates one."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from camp2iac.targets.containers.images import ImageBuild, java
from camp2iac.targets.kit import paths
from camp2iac.targets.programs.java_projects import KINDS

_SERVER = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- One web archive, on the port of the container, which the command sets -->
<Server port="-1">
  <Listener className="org.apache.catalina.core.JreMemoryLeakPreventionListener"/>
  <Listener className="org.apache.catalina.core.ThreadLocalLeakPreventionListener"/>
  <Service name="Catalina">
    <Connector port="${{app.port}}" protocol="HTTP/1.1" connectionTimeout="20000" URIEncoding="UTF-8"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="/tmp/webapps" autoDeploy="false" deployOnStartup="false">
        <Valve className="org.apache.catalina.valves.RemoteIpValve" protocolHeader="X-Forwarded-Proto"/>
        <Valve className="org.apache.catalina.valves.ErrorReportValve" showReport="false" showServerInfo="false"/>
        <Context path={path} docBase={archive}/>
      </Host>
    </Engine>
  </Service>
</Server>
"""


def prepare(build: ImageBuild) -> None:
    """Write Tomcat's configuration. The archive is unpacked when Tomcat starts."""
    component, copy = build.component, build.copy
    at = component.content.at
    archive, link = f"/app/{copy.single or at}".rstrip("/"), ""
    build.facts |= {"tool": "", "drivers": _drivers(build)}
    if component.kind in KINDS:
        java.project(build, "war")
        # Tomcat knows an archive by its name.
        archive, link = "/tmp/app.war", 'ln -sf "$(cat /opt/archive)" /tmp/app.war && '  # noqa: S108
    build.beside["server.xml"] = _SERVER.format(path=quoteattr(_path(build)), archive=quoteattr(archive))
    heap = build.number("heap", "{} MiB, in the command")
    memory = f"-Xmx{heap}m " if heap else ""
    build.processes["web"] = (
        f'{link}mkdir -p /tmp/webapps && export CATALINA_OPTS="{memory}-Dapp.port=$PORT" && exec catalina.sh run'
    )


def _path(build: ImageBuild) -> str:
    context = build.component.options.get("context")
    if context is None:
        # Several components of one service keep the paths that they have in one Tomcat.
        return paths.below(build.component, build.component.id) if len(build.service.components) > 1 else ""
    path = paths.below(build.component)
    if path or not (context.value.literal or "").strip("/"):
        build.keep(context, path or "/")
        return path
    build.lose(context, "Tomcat cannot serve this path.", "Use letters, digits, dots and dashes.")
    return ""


def _drivers(build: ImageBuild) -> tuple[tuple[str, str], ...]:
    """The URLs of the drivers that the application needs, with the SHA-256 of each."""
    linked = {build.topology.services[link.service].product.name for link in build.component.links}
    found = (build.runtime.settings[name].split() for name in sorted(linked) if name in build.runtime.settings)
    return tuple((url, sha256) for url, sha256 in found)
