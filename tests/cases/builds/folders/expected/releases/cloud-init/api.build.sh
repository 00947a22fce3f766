#!/bin/bash
# api.build FOLDER: builds a release of api in FOLDER. The current release keeps running.
set -Eeuo pipefail
say() { echo "camp build api: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

top=$1/app
app=$top/services/api
venv=$1/app.venv

build() { /usr/local/lib/camp/build "$@"; }
pip() { build "$app" "$top" "$venv" -- "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }

build "$venv" -- python3 -m venv "$venv"
say "installing the packages of the application"
if [ -e "$app/requirements.txt" ]; then
  pip gunicorn --requirement "$app/requirements.txt"
elif [ -e "$app/pyproject.toml" ] || [ -e "$app/setup.py" ]; then
  pip gunicorn "$app"
else
  pip gunicorn
fi

top=$1/app
say "building api"
/usr/local/lib/camp/build "$top" -- /usr/bin/env "PATH=$top.venv/bin:$PATH" /bin/bash -e -c 'cd services/api
python -m compileall -q .'
