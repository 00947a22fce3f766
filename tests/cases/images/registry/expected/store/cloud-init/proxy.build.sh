#!/bin/bash
# proxy.build FOLDER: builds a release of proxy in FOLDER. The current release keeps running.
set -Eeuo pipefail
say() { echo "camp build proxy: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

state=/var/lib/camp/release/proxy

fail() {
  echo "$1" > "$state.why" # for camp-status
  say "FAILED: $1"
  exit 1
}

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

# load_image FILE NAME: from an archive, unless this archive was loaded before
load_image() {
  local digest loaded
  digest=$(sha256sum < "$1" | cut -d ' ' -f 1)
  if podman image exists "$2" && [ "$(cat "$1.loaded" 2> /dev/null)" = "$digest" ]; then return; fi
  say "loading $2"
  # podman 4.3 cannot read all compressed archives
  local unpack="cat"
  if gzip --test "$1" 2> /dev/null; then
    unpack="zcat"
  elif xz --test "$1" 2> /dev/null; then
    unpack="xzcat"
  fi
  "$unpack" "$1" > "$1.plain"
  loaded=$(podman load --quiet --input "$1.plain")
  rm "$1.plain"
  podman tag "${loaded##*: }" "$2"
  echo "$digest" > "$1.loaded"
}

# A release is the name of an image in a registry, or an archive of one. Its units run the image with this id
name=localhost/shop/proxy
if [ "$(head -c 11 "$1/image.tar" | tr -d '\0')" = CAMP_IMAGE= ]; then
  pull_image "$(sed -n 's/^CAMP_IMAGE=//p' "$1/image.tar")" "$name" /etc/shop/proxy.registry.json
else
  load_image "$1/image.tar" "$name"
fi
id=$(id_of "$name")
echo "CAMP_IMAGE=$id" > "$1/app/image"

# Images of earlier releases that this instance no longer has
touch "$state.images"
while read -r old; do
  if ! cat "${1%/*}"/*/app/image | grep --quiet "=$old$"; then podman image rm "$old" > /dev/null 2>&1 || true; fi
done < "$state.images"
cat "${1%/*}"/*/app/image | cut -d = -f 2 | sort --unique > "$state.images"
