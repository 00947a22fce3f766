#!/bin/bash
# Installs the application of the service runtime.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp runtime: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

app=/opt/todo/todo
ready=/var/lib/camp/runtime.installed # there when the last run succeeded

# install_packages FOLDER: what package.json names, unless just that is installed
install_packages() {
  local wanted
  wanted=$(find "$1" -maxdepth 1 -name 'package*.json' -exec sha256sum {} + | sort)
  if [ "$(cat "$1/node_modules/.camp" 2> /dev/null)" = "$wanted" ]; then return; fi
  say "installing what package.json names"
  if [ -e "$1/package-lock.json" ]; then
    (cd "$1" && npm ci --omit=dev --no-audit --no-fund --loglevel=error)
  else
    (cd "$1" && npm install --omit=dev --no-audit --no-fund --no-package-lock --loglevel=error)
  fi
  mkdir -p "$1/node_modules"
  echo "$wanted" > "$1/node_modules/.camp"
}

rm -f "$ready"
say "checking the content that was sent"
(cd /opt/todo/todo && sha256sum --check --strict --quiet /opt/todo/todo.sha256)
version=$(node --version | sed 's/^v//; s/\..*//')
say "Node.js $version"
if ! command -v npm > /dev/null; then
  say "installing npm" # without what the distribution recommends with it, six hundred packages
  DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet --yes --no-install-recommends install npm > /dev/null
fi
if [ -e "$app/package.json" ]; then
  install_packages "$app"
fi

say "starting the process; systemd lets it wait for what it needs"
systemctl enable --quiet --now --no-block todo-todo.service

install -D -m 0644 /dev/null "$ready"
say "done"
