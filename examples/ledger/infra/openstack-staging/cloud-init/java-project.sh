#!/bin/bash
# java-project TOOL [KIND]: builds the project in the current folder with TOOL (maven or gradle), as the user of builds.
# With KIND (jar or war), the file .camp-result then names the archive to run: the only one of this kind, or the only JAR
# with a main class.
set -euo pipefail
tool=$1 kind=${2:-}
javac=$(readlink --canonicalize "$(command -v javac)")
export JAVA_HOME=${javac%/bin/javac}

# Java reads neither $HOME nor the variables for proxies.
options="-Duser.home=$HOME"
proxies=
for scheme in http https; do
  variable=${scheme}_proxy
  if [[ ${!variable:-} =~ ^https?://([A-Za-z0-9._-]+):([0-9]+)/?$ ]]; then
    host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]}
    options+=" -D$scheme.proxyHost=$host -D$scheme.proxyPort=$port"
    proxies+="<proxy><id>$scheme</id><protocol>$scheme</protocol><host>$host</host><port>$port</port></proxy>"
  fi
done

case $tool in
  maven)
    mkdir -p "$HOME/.m2"
    echo "<settings><proxies>$proxies</proxies></settings>" > "$HOME/.m2/settings.xml"
    export MAVEN_OPTS=$options MAVEN_USER_HOME=$HOME/.m2
    command=(mvn)
    if [ -f mvnw ]; then command=(sh mvnw); fi
    "${command[@]}" --batch-mode --quiet --no-transfer-progress -DskipTests clean package
    ;;
  gradle)
    export GRADLE_OPTS=$options GRADLE_USER_HOME=$HOME/.gradle
    sh gradlew --no-daemon --quiet --console=plain clean assemble
    ;;
esac
if [ -z "$kind" ]; then exit; fi

python3 - "$kind" > .camp-result << 'END'
import glob
import re
import sys
import zipfile

kind = sys.argv[1]
PLACES = ("target/*", "*/target/*", "build/libs/*", "*/build/libs/*", "target/quarkus-app/quarkus-run")
ASIDE = re.compile(r"-(sources|javadoc|tests|plain)\.|(^|/)original-")

def runs(path):
    if kind == "war":
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return re.search(rb"^Main-Class:", archive.read("META-INF/MANIFEST.MF"), re.MULTILINE) is not None
    except (KeyError, zipfile.BadZipFile):
        return False

every = {path for place in PLACES for path in glob.glob(place + "." + kind) if not ASIDE.search(path)}
found = sorted(path for path in every if runs(path))
if len(found) != 1:
    what = "JAR with a main class" if kind == "jar" else "web archive"
    sys.exit("the build created {} instead of one {}".format(" and ".join(found) or "no " + kind, what))
print(found[0])
END
