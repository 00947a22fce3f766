#!/bin/bash
# tools.build FOLDER: builds a release of tools in FOLDER. The current release keeps running.
set -Eeuo pipefail
say() { echo "camp build tools: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

app=$1/app
venv=$1/app.venv

build() { /usr/local/lib/camp/build "$@"; }
pip() { build "$app" "$venv" -- "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }

build "$venv" -- python3 -m venv "$venv"
say "installing the packages of the application"
if [ -e "$app/requirements.txt" ]; then
  pip --requirement "$app/requirements.txt"
elif [ -e "$app/pyproject.toml" ] || [ -e "$app/setup.py" ]; then
  pip "$app"
fi

top=$1/app
say "building tools"
/usr/local/lib/camp/build "$top" -- /usr/bin/env "PATH=$top.venv/bin:$PATH" /bin/bash -e -c 'python -m compileall -q .'
