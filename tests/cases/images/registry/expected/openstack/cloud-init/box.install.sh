#!/bin/bash
# Installs the images of the service box.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp box: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/box.installed # contains the digest of the version
digest=$(cat "$0" | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

fail() { say "FAILED: $1" && exit 1; }

# id_of IMAGE: empty if this instance does not have it
id_of() { podman image inspect --format '{{.Id}}' "$1" 2> /dev/null || true; }

# reason_of REFERENCE LOGIN: why podman could not pull it, from its messages in $said
reason_of() {
  local registry=${1%%/*} rest=${1#*/}
  case $said in
    *unauthorized* | *"authentication required"* | *"invalid username"* | *denied* | *Forbidden*)
      if [ -e "$2" ]; then
        echo "$registry refuses the credentials for $rest"
      else
        echo "$registry does not show $rest without a login"
      fi
      ;;
    *"manifest unknown"* | *"name unknown"* | *"not found"*) echo "$registry has no image $rest" ;;
    *x509* | *certificate*) echo "this instance does not trust the certificate of $registry" ;;
    *"does not match"* | *"verification failed"*) echo "$registry sent another image than $rest" ;;
    *"dial tcp"* | *"i/o timeout"* | *"server gave HTTP"* | "") echo "$registry cannot be reached by HTTPS" ;;
    *) tail -n 1 <<< "$said" | cut -c 1-150 ;;
  esac
}

# pull_image REFERENCE NAME LOGIN: from a registry, once. LOGIN: a file with the credentials, if the registry needs them
pull_image() {
  local attempt said='' id login=()
  id=$(id_of "$1")
  if [ "$id" ] && [ "$id" = "$(id_of "$2")" ]; then return; fi
  if [ -e "$3" ]; then login=(--authfile "$3"); fi
  for attempt in 1 2 3; do
    say "pulling $1"
    if said=$(timeout 600 podman pull --quiet "${login[@]}" "$1" 2>&1 > /dev/null); then
      podman tag "$1" "$2"
      return
    fi
    echo "$said"
    case $said in
      *unauthorized* | *"authentication required"* | *denied* | *"manifest unknown"* | *"name unknown"*) break ;;
    esac
    if [ "$attempt" -lt 3 ]; then sleep $((attempt * 10)); fi
  done
  fail "$(reason_of "$1" "$3")"
}

rm -f "$installed"
version=$(podman --version | sed 's/.* \([0-9]*\.[0-9]*\).*/\1/')
say "podman $version"
mkdir -p /opt/shop/web
pull_image registry.example.org:5000/team/shop@sha256:0000111122223333444455556666777788889999aaaabbbbccccddddeeeeffff localhost/shop/web /etc/shop/web.registry.json

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
