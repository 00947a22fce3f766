#!/bin/bash
# Makes a release of web ready to run, beside what runs: web.build FOLDER
set -Eeuo pipefail
say() { echo "camp build web: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

app=$1/app
venv=$1/app.venv

pip() { "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }

python3 -m venv "$venv"
say "installing what the application needs"
if [ -e "$app/requirements.txt" ]; then
  pip gunicorn --requirement "$app/requirements.txt"
elif [ -e "$app/pyproject.toml" ] || [ -e "$app/setup.py" ]; then
  pip gunicorn "$app"
else
  pip gunicorn
fi
