#!/bin/bash
# release NAME: fetches the current release of NAME, builds it, and deploys it when it is this instance's turn. If it does
# not respond, the previous release is rolled back. The first release is deployed at once.
# /etc/camp/release/NAME: folders, and the units to restart. NAME.url: the URL of the object that names the release. The
# object has lines of a word and a value, an empty line, and the environment variables. Its url is that of the archive.
# Without NAME.url, NAME.release is that object without the digest, which is in the instance's metadata.
set -Eeuo pipefail
name=$1
say() { echo "camp release $name: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

etc=/etc/camp/release
state=/var/lib/camp/release
turn=180   # seconds of an instance's turn: with N instances, each has every Nth
answer=90  # seconds that a new release has to respond, with the commands before its processes
back=60    # seconds that the previous release has after a rollback
steady=10  # seconds that it must be healthy
again=15   # minutes before a failed build is tried again
soon=2     # minutes before a failed download is tried again
asking=(--noproxy '*' --silent --output /dev/null --max-time 3 --write-out '%{http_code}')

declare -A it=() # of /etc/camp/release/NAME
while read -r word value; do it[$word]=$value; done < "$etc/$name"
read -ra units <<< "${it[units]:-}"
folder=${it[folder]}
current=$state/$name.current # the release that runs
next=$state/$name.next       # the release to deploy
failed=$state/$name.failed   # a release that failed, and a line for camp-status
why=$state/$name.why         # why the last download failed
metadata=(--noproxy '*' --fail --silent --show-error --retry 5 --retry-connrefused --max-time 60
  http://169.254.169.254/openstack/latest/meta_data.json)

# ask CONFIG FILE: fetches the URL in a configuration file for curl
ask() { curl --fail --silent --show-error --globoff --location --proto '=http,https' --retry 5 --max-time 600 --config "$1" --output "$2"; }

# take FILE: reads a release into $said
declare -A said=()
take() {
  said=()
  local word value
  while read -r word value && [ "$word" ]; do said[$word]=$value; done < "$1"
}
variables() { sed '1,/^$/d' "$1"; }

# announced FILE: the current release, as the object store has it, or with the digest in the instance's metadata
announced() {
  local value sha256 machines url
  if [ -e "$etc/$name.url" ]; then
    ask "$etc/$name.url" "$1"
    return
  fi
  value=$(curl "${metadata[@]}" | python3 -c "import json, sys; print(json.load(sys.stdin)['meta']['release-$name'])")
  read -r sha256 machines url <<< "$value"
  { printf 'sha256 %s\nmachines %s\nurl %s\n' "$sha256" "$machines" "$url" && cat "$etc/$name.release"; } > "$1"
}

# mark FILE: the identity of a release, without its URL and the number of instances
mark() {
  take "$1"
  { echo "${said[sha256]} ${said[form]} ${said[name]:-} ${said[health]:-}" && variables "$1"; } | sha256sum | cut -c 1-64
}

# download: the URL in $said, and how the request is authorised, for curl
download() {
  printf 'url = "%s"\n' "${said[url]//\\/\\\\}"
  if [ -e "$etc/$name.curl" ]; then cat "$etc/$name.curl"; fi
}

# get PATH: fetches what $said names to PATH, from the repository or by its URL, and checks it
get() {
  if [ "${it[path]:-}" ]; then
    if ! /usr/local/lib/camp/repository "${it[path]}" "${said[sha256]}" "$1" "${it[left_out]}" 2> "$why"; then
      cat "$why"
      exit 1
    fi
    rm -f "$1.revision" "$why"
    return
  fi
  if ! ask <(download) "$1" 2> "$why"; then
    cat "$why"
    exit 1
  fi
  if ! echo "${said[sha256]}  $1" | sha256sum --check --status; then
    say "the archive has the wrong SHA-256: $(sha256sum < "$1" | cut -c 1-64)" | tee "$why"
    exit 1
  fi
}

# fetch FOLDER: fetches the archive, file or folder of $said to FOLDER/app, unpacked
fetch() {
  if [ "${said[form]}" = folder ]; then
    get "$1/app"
    return
  fi
  local file=$1/${said[name]} inside
  get "$file"
  if [ "${said[form]}" = file ]; then
    local place=$1/${it[file]:-app/${said[name]}}
    mkdir -p "$1/app"
    mv "$file" "$place"
    chmod 0644 "$place"
    return
  fi
  mkdir "$1/unpacked"
  case $file in # with the current time, so that browsers see that files changed
    *.zip) python3 -m zipfile -e "$file" "$1/unpacked" ;;
    *) tar --extract --touch --no-same-owner --file "$file" --directory "$1/unpacked" ;;
  esac
  chmod -R u+rwX,go+rX,go-w "$1/unpacked"
  inside=$(find "$1/unpacked" -mindepth 1 -maxdepth 1) # removes a top folder that contains everything
  [ -d "$inside" ] || inside=$1/unpacked
  mv "$inside" "$1/app"
  rm -rf "$1/unpacked" "$file"
}

# prepare: builds the release of $said in builds/SHA256
prepare() {
  local build=$folder/builds/${said[sha256]}
  if [ -e "$build/ready" ]; then return; fi
  say "fetching ${said[sha256]:0:12}"
  rm -rf "$build"
  install -d -m 0755 "$folder" "$folder/builds" "$build"
  fetch "$build"
  if [ "${it[build]:-}" ]; then "${it[build]}" "$build"; fi
  touch "$build/ready"
}

# use FILE: selects a release for the next start of its processes
use() {
  take "$1"
  local file
  for file in ${it[environment]:-}; do
    mkdir -p "${file%/*}"
    (umask 077 && variables "$1" > "$file.new")
    mv "$file.new" "$file"
  done
  rm -f "$folder/builds/${said[sha256]}/prepared"
  ln -sfn "builds/${said[sha256]}" "$folder/current.new"
  mv -T "$folder/current.new" "$folder/current"
}

restart() {
  if [ "${#units[@]}" = 0 ]; then return; fi
  timeout 20 systemctl stop "${units[@]}" || systemctl kill --signal=KILL "${units[@]}"
  systemctl reset-failed "${units[@]}" 2> /dev/null || true
  systemctl start --no-block "${units[@]}"
}

listening() { (exec 3<> "/dev/tcp/127.0.0.1/${it[port]}") 2> /dev/null; }

# well: all units run, and the health check passes. Without one, the port is open if it was before
well() {
  local unit
  for unit in "${units[@]}"; do systemctl --quiet is-active "$unit" || return 1; done
  if [ "${it[port]:-}" ] && [ "${said[health]:-}" ]; then
    [ "$(curl "${asking[@]}" "http://127.0.0.1:${it[port]}${said[health]}")" = 200 ]
  elif [ "${listened:-}" ]; then
    listening
  fi
}

# answers SECONDS: restarts the units and waits until they are well for some time
answers() {
  local end=$((SECONDS + $1)) good=0
  restart
  while [ "$SECONDS" -lt "$end" ]; do
    if well; then good=$((good + 1)); else good=0; fi
    if [ "$good" -ge "$steady" ]; then return; fi
    sleep 1
  done
  return 1
}

# my_turn: whether the turn of this instance has just begun. Its number is in its host name
my_turn() {
  local now number=1
  printf -v now '%(%s)T' -1
  if [[ $(hostname --short) =~ -([0-9]+)$ ]]; then number=$((10#${BASH_REMATCH[1]})); fi
  [ $((now / turn % said[machines])) = $(((number - 1) % said[machines])) ] && [ $((now % turn)) -lt 15 ]
}

# give_up MARK HOW WHY
give_up() {
  printf '%s %s\n%s\n' "$1" "$2" "$name: $3" > "$failed"
  say "$3"
  exit 1
}

install -d -m 0755 "$state"
exec 9> "$state/lock" # one release at a time on this instance
flock 9
(umask 077 && announced "$next")
wanted=$(mark "$next")
if [ -e "$current" ] && [ "$(mark "$current")" = "$wanted" ]; then
  mv "$next" "$current"
  rm -f "$failed"
  exit 0
fi
if [ -e "$failed" ] && [ -e "$current" ]; then
  read -r before how < "$failed"
  if [ "$how" = away ]; then again=$soon; fi
  if [ "$before" = "$wanted" ] && { [ "$how" = back ] || [ -z "$(find "$failed" -mmin "+$again")" ]; }; then exit 0; fi
fi

take "$next"
new=${said[sha256]:0:12}
rm -f "$why"
prepare & # in a subshell, so that any failure ends it
if ! wait "$!"; then
  if [ -s "$why" ]; then
    reason=$(tail -n 1 "$why" | sed 's/^camp [^:]*: //; s/\.$//')
    give_up "$wanted" away "$new was not fetched: $reason. The next attempt is in $soon minutes"
  fi
  give_up "$wanted" unready "the build of $new failed. The next attempt is in $again minutes"
fi
if [ ! -e "$current" ]; then
  use "$next"
  mv "$next" "$current"
  say "$new is deployed"
  exit 0
fi

listened=
if [ "${it[port]:-}" ] && listening; then listened=yes; fi
if [ "${said[machines]}" -gt 1 ]; then
  say "$new is built. Waiting for the turn of this instance"
  until my_turn; do sleep 1; done
fi
take "$current"
old=${said[sha256]}
use "$next"
if ! answers "$answer"; then
  say "$new does not respond: rolling back to ${old:0:12}"
  use "$current"
  answers "$back" || say "${old:0:12} does not respond either"
  give_up "$wanted" back "$new did not respond and was rolled back. ${old:0:12} runs"
fi
take "$next"
mv "$next" "$current"
rm -f "$failed"
find "$folder/builds" -mindepth 1 -maxdepth 1 ! -name "${said[sha256]}" ! -name "$old" -exec rm -rf {} +
say "$new is deployed"
