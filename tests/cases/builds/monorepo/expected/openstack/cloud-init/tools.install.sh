#!/bin/bash
# Installs the application of the service tools.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp tools: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

app=/opt/greetings/tools
venv=/opt/greetings/tools.venv
installed=/var/lib/camp/tools.installed # contains the digest of the version
digest=$(cat "$0" /opt/greetings/tools.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

build() { /usr/local/lib/camp/build "$@"; }
pip() { build "$app" "$venv" -- "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }

rm -f "$installed"
say "checking the content"
(cd /opt/greetings/tools && sha256sum --check --strict --quiet /opt/greetings/tools.sha256)
version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
say "Python $version"
if [ ! -x "$venv/bin/pip" ]; then
  say "creating a virtual environment"
  build "$venv" -- python3 -m venv "$venv"
fi

top=/opt/greetings/tools
say "building tools"
/usr/local/lib/camp/build "$top" -- /usr/bin/env "PATH=$top.venv/bin:$PATH" /bin/bash -e -c 'python -m compileall -q .'

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
