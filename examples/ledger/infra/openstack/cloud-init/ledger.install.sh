#!/bin/bash
# Installs the programs of the service ledger.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp ledger: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/ledger.installed # contains the digest of the version
digest=$(cat "$0" /opt/ledger/ledger.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

rm -f "$installed"
say "checking the content"
(cd /opt/ledger/ledger && sha256sum --check --strict --quiet /opt/ledger/ledger.sha256)
version=$(java --version | sed -n '1s/[^0-9]*\([0-9]*\).*/\1/p')
say "Java $version"
say "building ledger"
/usr/local/lib/camp/build /opt/ledger/ledger -- /usr/local/lib/camp/java-project maven jar
ln -sfn "/opt/ledger/ledger/$(cat /opt/ledger/ledger/.camp-result)" /opt/ledger/ledger.jar

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
