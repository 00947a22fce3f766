"""Tomcat: ``heroku/java`` builds only Maven projects, so the copy is a project that builds nothing.

It downloads Tomcat, and the JDBC drivers of the databases that the component connects to, as on an instance. A project
of Maven becomes a module of that project.
webapp-runner, which is Tomcat in one JAR, does not initialise JSP (heroku/webapp-runner#507).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from camp2iac.targets.heroku.runtimes import Build
from camp2iac.targets.kit import paths
from camp2iac.targets.programs.java_projects import archive as archive_of

_PROJECT = "project"  # the folder of a Maven project in the copy
_POM = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- {does}. Downloads Tomcat, which serves {archive} (see Procfile and server.xml). -->
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.camp2iac</groupId>
  <artifactId>{name}</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
{modules}  <build>
    <plugins>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-dependency-plugin</artifactId>
        <version>3.8.1</version>
        <executions>
          <execution>
            <id>tomcat</id>
            <phase>package</phase>
            <goals><goal>unpack</goal></goals>
            <configuration>
              <artifactItems>
{tomcat}
              </artifactItems>
            </configuration>
          </execution>
{drivers}        </executions>
      </plugin>
    </plugins>
  </build>
</project>
"""

_DRIVERS = """\
          <execution>
            <id>drivers</id>
            <phase>package</phase>
            <goals><goal>copy</goal></goals>
            <configuration>
              <artifactItems>
{items}
              </artifactItems>
            </configuration>
          </execution>
"""

_ITEM = """\
                <artifactItem>
                  <groupId>{group}</groupId>
                  <artifactId>{artifact}</artifactId>
                  <version>{version}</version>
                  <type>{type}</type>
                  <outputDirectory>${{project.build.directory}}{folder}</outputDirectory>
                </artifactItem>"""

_SERVER = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- One web archive. The Procfile sets the port and the folder. -->
<Server port="-1">
  <Listener className="org.apache.catalina.core.JreMemoryLeakPreventionListener" />
  <Service name="Catalina">
    <Connector port="${{app.port}}" protocol="HTTP/1.1" URIEncoding="UTF-8" />
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="${{app.home}}" autoDeploy="false" deployOnStartup="false">
        <!-- Heroku's router terminates TLS and sends the addresses of clients in headers. -->
        <Valve className="org.apache.catalina.valves.RemoteIpValve" protocolHeader="x-forwarded-proto" />
        <Context path={path} docBase={archive} />
      </Host>
    </Engine>
  </Service>
</Server>
"""


def prepare(build: Build) -> str | None:
    """Add ``pom.xml``, ``server.xml`` and ``system.properties``. The archive is deployed at its context path."""
    copy, component = build.copy, build.component
    own = "Procfile" in copy.files or any(process.type == "web" for process in component.processes)
    war = archive_of(copy.text("pom.xml") or "", "war") if component.kind == "maven" and not own else ""
    if "pom.xml" in copy.files and not war:
        build.keep(component.statement, "heroku/java, with its own pom.xml")
        return None
    release = build.release()
    if release is None:
        return None
    tomcat = build.pack.runtime["tomcat"][str(release)]
    build.keep_version(tomcat)
    build.keep(component.statement, "heroku/java, Tomcat")
    properties = copy.files.get("system.properties")
    if copy.single is None:
        copy.under(_PROJECT if war else "webapp")
    if war and properties is not None:
        copy.add("system.properties", properties.content, properties.origin)
    archive, origin = f"{_PROJECT}/{war}" if war else copy.single or "webapp", component.content.span
    copy.add("pom.xml", _pom(build, tomcat, archive), origin)
    copy.add("server.xml", _SERVER.format(path=quoteattr(_path(build)), archive=quoteattr(archive)), origin)
    if "system.properties" not in copy.files:
        copy.add("system.properties", f"java.runtime.version={build.pack.runtime['java']}\n", origin)
    return (
        'CATALINA_OPTS="-Dapp.port=$PORT -Dapp.home=$PWD" '
        f'sh target/apache-tomcat-{tomcat}/bin/catalina.sh run -config "$PWD/server.xml"'
    )


def _path(build: Build) -> str:
    context = build.component.options.get("context")
    if context is None:
        return ""
    path = paths.below(build.component)
    if path or not (context.value.literal or "").strip("/"):
        build.keep(context, path or "/")
        build.path = path
        return path
    help_ = "Use letters, digits, dots and dashes."
    build.lose(context, "Tomcat cannot serve this path.", help_)
    return ""


def _pom(build: Build, tomcat: str, archive: str) -> str:
    linked = {build.topology.services[link.service].product.name for link in build.component.links}
    drivers: Mapping[str, Mapping[str, str]] = build.pack.runtime["drivers"]
    items = [
        _ITEM.format(**drivers[product], type="jar", folder=f"/apache-tomcat-{tomcat}/lib")
        for product in sorted(linked)
        if product in drivers
    ]
    return _POM.format(
        name=build.component.id,
        does=f"Builds {_PROJECT}" if archive.startswith(f"{_PROJECT}/") else "Builds nothing",
        modules=f"  <modules><module>{_PROJECT}</module></modules>\n" if archive.startswith(f"{_PROJECT}/") else "",
        archive=re.sub(r"[^\w./ ]|-(?=-)", "_", archive),
        tomcat=_ITEM.format(group="org.apache.tomcat", artifact="tomcat", version=tomcat, type="zip", folder=""),
        drivers=_DRIVERS.format(items="\n".join(items)) if items else "",
    )
