"""Tomcat: ``heroku/java`` builds Maven projects only, so the copy is one that builds nothing and fetches a single jar,
webapp-runner, which is Tomcat for one web archive.
"""

from __future__ import annotations

import re
import shlex

from camp2iac.targets.base import Remedy
from camp2iac.targets.heroku.runtimes import Build

_POM = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- Builds nothing: fetches webapp-runner, which is Tomcat {tomcat} for one web archive (see Procfile). -->
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.camp2iac</groupId>
  <artifactId>{name}</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <build>
    <plugins>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-dependency-plugin</artifactId>
        <version>3.8.1</version>
        <executions>
          <execution>
            <phase>package</phase>
            <goals><goal>copy</goal></goals>
            <configuration>
              <artifactItems>
                <artifactItem>
                  <groupId>com.heroku</groupId>
                  <artifactId>webapp-runner-main</artifactId>
                  <version>{runner}</version>
                  <destFileName>webapp-runner.jar</destFileName>
                </artifactItem>
              </artifactItems>
            </configuration>
          </execution>
        </executions>
      </plugin>
    </plugins>
  </build>
</project>
"""


def prepare(build: Build) -> str | None:
    """Adds ``pom.xml`` and ``system.properties``; the archive is deployed at its context path."""
    ledger, copy, component = build.lowering.ledger, build.copy, build.component
    if "pom.xml" in copy.files:
        ledger.keep(component.said, "heroku/java, by its own pom.xml")
        return None
    release = build.release()
    if release is None:
        return None
    build.keep_version(f"{release}, in webapp-runner")
    if copy.single is None:
        copy.under("webapp")
    archive = copy.single or "webapp"
    origin = component.content.span
    runner = build.pack.extra["webapp_runner"][str(release)]
    copy.add("pom.xml", _POM.format(name=component.id, tomcat=release, runner=runner), origin)
    if "system.properties" not in copy.files:
        copy.add("system.properties", f"java.runtime.version={build.pack.extra['java']}\n", origin)
    ledger.keep(component.said, "heroku/java, webapp-runner")
    command = "java $JAVA_OPTS -jar target/dependency/webapp-runner.jar --port $PORT"
    if context := component.options.get("context"):
        path = "/" + (context.value.literal or "").strip("/")
        if re.fullmatch(r"/|(/[\w.~-]+)+", path):
            ledger.keep(context, path)
            command += f" --path {path}" if path != "/" else ""
        else:
            remedy = Remedy("Use letters, digits, dots and dashes.")
            ledger.lose(context, "webapp-runner cannot serve at this path.", remedy)
    return f"{command} {shlex.quote(archive)}"
