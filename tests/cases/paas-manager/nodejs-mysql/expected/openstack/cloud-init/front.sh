#!/bin/bash
# Installs the application of the service front.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp front: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

ready=/var/lib/camp/front.installed # there when the last run succeeded

rm -f "$ready"
say "checking the content that was sent"
(cd /opt/nodejs-and-mysql/front && sha256sum --check --strict --quiet /opt/nodejs-and-mysql/front.sha256)
version=$(node --version | sed 's/^v//; s/\..*//')
say "Node.js $version"
if ! dpkg --compare-versions "$version" ge 12 || ! dpkg --compare-versions "$version" lt 25; then
  say "the plan wants "'Node.js [12,25)'", the distribution has $version"
  exit 1
fi

say "starting the process; systemd lets it wait for what it needs"
systemctl enable --quiet --now --no-block nodejs-and-mysql-front.service

install -D -m 0644 /dev/null "$ready"
say "done"
