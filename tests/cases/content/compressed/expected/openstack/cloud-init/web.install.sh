#!/bin/bash
# Installs the application of the service web.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp web: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

app=/opt/customs/web
venv=/opt/customs/web.venv
installed=/var/lib/camp/web.installed # contains the digest of the version
digest=$(cat "$0" /opt/customs/web.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

# unpack FILE FOLDER: unless FOLDER has this archive. Removes a top folder that contains everything
unpack() {
  local digest inside
  digest=$(sha256sum < "$1" | cut -d ' ' -f 1)
  if [ "$(cat "$2.unpacked" 2> /dev/null)" = "$digest" ]; then return; fi
  say "unpacking $1"
  rm -rf "$2.new"
  mkdir -p "$2.new"
  case $1 in # with the current time, so that browsers see that files changed
    *.zip) python3 -m zipfile -e "$1" "$2.new" ;;
    *) tar --extract --touch --no-same-owner --file "$1" --directory "$2.new" ;;
  esac
  chmod -R u+rwX,go+rX,go-w "$2.new"
  inside=$(find "$2.new" -mindepth 1 -maxdepth 1)
  rm -rf "$2"
  if [ -d "$inside" ]; then
    mv "$inside" "$2"
    rm -rf "$2.new"
  else
    mv "$2.new" "$2"
  fi
  echo "$digest" > "$2.unpacked"
}

build() { /usr/local/lib/camp/build "$@"; }
pip() { build "$app" "$venv" -- "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }

rm -f "$installed"
say "checking the content"
(cd /opt/customs/web.packed && sha256sum --check --strict --quiet /opt/customs/web.sha256)
unpack /opt/customs/web.packed/content.tar.gz /opt/customs/web
version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
say "Python $version"
if [ ! -x "$venv/bin/pip" ]; then
  say "creating a virtual environment"
  build "$venv" -- python3 -m venv "$venv"
fi
say "installing the packages of the application"
if [ -e "$app/requirements.txt" ]; then
  pip gunicorn --requirement "$app/requirements.txt"
elif [ -e "$app/pyproject.toml" ] || [ -e "$app/setup.py" ]; then
  pip gunicorn "$app"
else
  pip gunicorn
fi

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
