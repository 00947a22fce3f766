#!/bin/bash
# web.build FOLDER: builds a release of web in FOLDER. The current release keeps running.
set -Eeuo pipefail
say() { echo "camp build web: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

app=$1/app
venv=$1/app.venv

build() { /usr/local/lib/camp/build "$@"; }
pip() { build "$app" "$venv" -- "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }

build "$venv" -- python3 -m venv "$venv"
say "installing the packages of the application"
if [ -e "$app/requirements.txt" ]; then
  pip gunicorn --requirement "$app/requirements.txt"
elif [ -e "$app/pyproject.toml" ] || [ -e "$app/setup.py" ]; then
  pip gunicorn "$app"
else
  pip gunicorn
fi
