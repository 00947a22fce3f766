#!/usr/bin/env bash
# Installs camp2iac into .venv, compiles examples/guestbook for each platform and shows the output. If a Docker engine and
# Terraform are there, it asks, and starts the application: examples/try.sh [--yes]. --yes does not ask.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/environment.sh

yes=
case ${1:-} in
  "") ;;
  --yes) yes=1 ;;
  *) echo "usage: examples/try.sh [--yes]" >&2 && exit 2 ;;
esac
make_environment "." run
out=$(mktemp -d)
kept=
trap '[ -n "$kept" ] || rm -rf "$out"' EXIT
cp -R examples/guestbook "$out/"
camp2iac=$PWD/.venv/bin/camp2iac
cd "$out/guestbook"
rm -rf infra

for target in openstack heroku docker; do
  echo "\$ camp2iac synth camp.yaml -e environments/$target.yaml -o infra/$target"
  "$camp2iac" synth camp.yaml -e "environments/$target.yaml" -o "infra/$target"
  (cd "infra/$target" && find . -type f ! -name '.camp2iac*' | sort | xargs wc -l | sed 's/^/  /')
  echo
done
echo "\$ head -n 24 infra/openstack/web.tf"
head -n 24 infra/openstack/web.tf
echo
targets=openstack,heroku,docker environments=()
for target in openstack heroku docker; do environments+=(-e "environments/$target.yaml"); done
echo "\$ camp2iac port camp.yaml --target $targets ${environments[*]}"
"$camp2iac" port camp.yaml --target "$targets" "${environments[@]}"

stop() { # WHY...: the application does not start
  printf '\nTo start the application in containers, %s. See docs/try.md.\n' "$*"
  exit 0
}

terraform=
for each in terraform tofu; do
  if [ -z "$terraform" ] && has "$each"; then terraform=$each; fi
done
has docker || stop "install Docker"
docker version > /dev/null 2>&1 || stop "start the Docker engine (\`docker version\` fails)"
[ -n "$terraform" ] || stop "install Terraform or OpenTofu"
cd infra/docker
"$terraform" init -input=false > "$out/log" 2>&1 || stop "let $terraform download its providers: $(tail -n 1 "$out/log")"
if [ -z "$yes" ]; then
  [ -t 0 ] || stop "run  examples/try.sh --yes"
  printf '\nStart the application in containers of this computer? It pulls some hundred MB of images. [y/N] '
  read -r answer
  case $answer in y | Y | yes) ;; *) stop "run  examples/try.sh  again" ;; esac
fi
kept=1
printf '\n$ cd %s\n$ %s apply\n' "$PWD" "$terraform"
status=0
"$terraform" apply -input=false -auto-approve -no-color || status=$?
if [ "$status" = 0 ]; then
  printf '\nThe page: %s\n' "$("$terraform" output -raw web_url)"
else
  printf '\nThe apply failed: see above.\n'
fi
printf 'To remove all of it:\n  %s -chdir=%s destroy\n  rm -rf %s\n' "$terraform" "$PWD" "$out"
exit "$status"
