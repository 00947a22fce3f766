#!/bin/bash
# Installs the application of the service web.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp web: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

venv=/opt/addresses/web.venv
ready=/var/lib/camp/web.installed # there when the last run succeeded

pip() { "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }

rm -f "$ready"
say "checking the content that was sent"
(cd /opt/addresses/web && sha256sum --check --strict --quiet /opt/addresses/web.sha256)

version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if [ ! -x "$venv/bin/pip" ]; then
  say "making a virtual environment with Python $version"
  python3 -m venv "$venv"
fi
say "installing gunicorn"
pip gunicorn

say "starting the process; systemd lets it wait for what it needs"
systemctl enable --quiet --now --no-block addresses-web.service

install -D -m 0644 /dev/null "$ready"
say "done"
