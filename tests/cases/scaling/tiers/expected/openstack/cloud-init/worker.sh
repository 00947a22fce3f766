#!/bin/bash
# Installs the application of the service worker.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp worker: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

venv=/opt/elastic/worker.venv
ready=/var/lib/camp/worker.installed # there when the last run succeeded

pip() { "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }

rm -f "$ready"
say "checking the content that was sent"
(cd /opt/elastic/worker && sha256sum --check --strict --quiet /opt/elastic/worker.sha256)

version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
say "mounting the volumes"
systemctl start camp-volume-spool.service
id camp-worker > /dev/null 2>&1 || useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin camp-worker
chown camp-worker: /srv/spool
if [ ! -x "$venv/bin/pip" ]; then
  say "making a virtual environment with Python $version"
  python3 -m venv "$venv"
fi

say "starting the process; systemd lets it wait for what it needs"
systemctl enable --quiet --now --no-block elastic-worker.worker.service

install -D -m 0644 /dev/null "$ready"
say "done"
