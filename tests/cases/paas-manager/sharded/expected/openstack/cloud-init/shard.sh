#!/bin/bash
# Installs the application of the service shard.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp shard: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

app=/opt/sharded/shard
venv=/opt/sharded/shard.venv
ready=/var/lib/camp/shard.installed # there when the last run succeeded

pip() { "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }

rm -f "$ready"
say "checking the content that was sent"
(cd /opt/sharded/shard && sha256sum --check --strict --quiet /opt/sharded/shard.sha256)

version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
say "mounting the volumes"
systemctl start camp-volume-part.service
id camp-shard > /dev/null 2>&1 || useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin camp-shard
chown camp-shard: /srv/part
if [ ! -x "$venv/bin/pip" ]; then
  say "making a virtual environment with Python $version"
  python3 -m venv "$venv"
fi
say "installing requirements.txt"
pip gunicorn --requirement "$app/requirements.txt"

say "starting the process; systemd lets it wait for what it needs"
systemctl enable --quiet --now --no-block sharded-shard.service

install -D -m 0644 /dev/null "$ready"
say "done"
