#!/bin/bash
# Installs the application of the service web-background.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp web-background: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

app=/opt/letters/web-background
venv=/opt/letters/web-background.venv
installed=/var/lib/camp/web-background.installed # contains the digest of the version
digest=$(cat "$0" /opt/letters/web-background.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

build() { /usr/local/lib/camp/build "$@"; }
pip() { build "$app" "$venv" -- "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }

rm -f "$installed"
id camp-web-background > /dev/null 2>&1 ||
  useradd --system --uid 71753 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin camp-web-background
say "checking the content"
(cd /opt/letters/web-background && sha256sum --check --strict --quiet /opt/letters/web-background.sha256)
version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
say "Python $version"
if [ ! -x "$venv/bin/pip" ]; then
  say "creating a virtual environment"
  build "$venv" -- python3 -m venv "$venv"
fi

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
