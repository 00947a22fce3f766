#!/bin/bash
# Installs the programs of the service clock.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp clock: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/clock.installed # contains the digest of the version
digest=$(cat "$0" /opt/built/clock.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/built/clock && sha256sum --check --strict --quiet /opt/built/clock.sha256)
version=$(java --version | sed -n '1s/[^0-9]*\([0-9]*\).*/\1/p')
say "Java $version"
say "building clock"
/usr/local/lib/camp/build /opt/built/clock -- /usr/local/lib/camp/java-project maven jar
ln -sfn "/opt/built/clock/$(cat /opt/built/clock/.camp-result)" /opt/built/clock.jar

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
