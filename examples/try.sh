#!/usr/bin/env bash
# Installs camp2iac into .venv, compiles examples/guestbook for both platforms and shows the output.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/environment.sh

make_environment "." run
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cp -R examples/guestbook "$out/"
cd "$out/guestbook"
rm -rf infra
camp2iac="$OLDPWD/.venv/bin/camp2iac"

for target in openstack heroku; do
  echo "\$ camp2iac synth camp.yaml -e environments/$target.yaml -o infra/$target"
  "$camp2iac" synth camp.yaml -e "environments/$target.yaml" -o "infra/$target"
  (cd "infra/$target" && find . -type f ! -name '.camp2iac.json' | sort | xargs wc -l | sed 's/^/  /')
  echo
done
echo "\$ head -n 24 infra/openstack/web.tf"
head -n 24 infra/openstack/web.tf
echo
echo "\$ camp2iac port camp.yaml --target openstack,heroku -e environments/openstack.yaml -e environments/heroku.yaml"
"$camp2iac" port camp.yaml --target openstack,heroku -e environments/openstack.yaml -e environments/heroku.yaml
