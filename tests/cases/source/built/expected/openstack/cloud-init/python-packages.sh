#!/bin/bash
# python-packages TOOL VENV: installs the packages in the lock file of TOOL (uv, poetry or pipenv) into VENV, each with the
# version and the digest in that file. It runs in the folder of the application, as the user of builds. TOOL is in an
# environment of its own, which only exists during the build.
set -euo pipefail
tool=$1 venv=$2
case $tool in
  uv) range='>=0.7,<1' ;;
  poetry) range='>=2,<3' ;;
  pipenv) range='>=2024,<2028' ;;
esac
"$venv/bin/python" -m venv "$HOME/tools"
"$HOME/tools/bin/pip" install --quiet --disable-pip-version-check "$tool$range"

export VIRTUAL_ENV=$venv PATH=$HOME/tools/bin:$venv/bin:$PATH
case $tool in
  uv)
    export UV_PROJECT_ENVIRONMENT=$venv UV_PYTHON_DOWNLOADS=never
    uv sync --quiet --frozen --no-default-groups --no-editable --inexact --compile-bytecode --python "$venv/bin/python"
    ;;
  poetry)
    export POETRY_KEYRING_ENABLED=false
    poetry install --no-ansi --no-interaction --only main --compile
    ;;
  pipenv)
    export PIPENV_NOSPIN=1 PIPENV_YES=1 PIPENV_VERBOSITY=-1
    pipenv install --deploy
    ;;
esac
