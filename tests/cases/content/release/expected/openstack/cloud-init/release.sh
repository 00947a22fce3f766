#!/bin/bash
# release NAME: what this machine is to run of NAME is fetched, made ready beside what runs, and put in use when it is
# this machine's turn. What does not answer then is taken back. The first release is put in use at once.
# /etc/camp/release/NAME: where things are, and what is restarted. NAME.url: where it is told which release is meant:
# lines of a word and a value, an empty line, the variables. The word url is the archive's.
set -Eeuo pipefail
name=$1
say() { echo "camp release $name: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

etc=/etc/camp/release
state=/var/lib/camp/release
turn=180   # seconds of a machine's turn: with N machines, each has every Nth
answer=90  # seconds that a new release has to answer, what runs before its processes included
back=60    # seconds that the old one has when it is put back
steady=10  # seconds that all must be well
again=15   # minutes before what could not be made ready is tried once more
asking=(--noproxy '*' --silent --output /dev/null --max-time 3 --write-out '%{http_code}')

declare -A it=() # of /etc/camp/release/NAME
while read -r word value; do it[$word]=$value; done < "$etc/$name"
read -ra units <<< "${it[units]:-}"
folder=${it[folder]}
current=$state/$name.current # the release in use
next=$state/$name.next       # the one that is meant
failed=$state/$name.failed   # one that was taken back, or not made ready, and a line for camp-status

# ask CONFIG FILE: fetches what a configuration of curl names
ask() { curl --fail --silent --show-error --location --proto '=http,https' --retry 5 --max-time 600 --config "$1" --output "$2"; }

# take FILE: $said is what a release says
declare -A said=()
take() {
  said=()
  local word value
  while read -r word value && [ "$word" ]; do said[$word]=$value; done < "$1"
}
variables() { sed '1,/^$/d' "$1"; }

# mark FILE: what tells one release from another; not where it is fetched, nor how many machines there are
mark() {
  take "$1"
  { echo "${said[sha256]} ${said[form]} ${said[name]} ${said[health]:-}" && variables "$1"; } | sha256sum | cut -c 1-64
}

# fetch FOLDER: the archive or file that $said names, checked, unpacked into FOLDER/app
fetch() {
  local file=$1/${said[name]} inside
  ask <(printf 'url = "%s"\n' "${said[url]//\\/\\\\}") "$file"
  if ! echo "${said[sha256]}  $file" | sha256sum --check --status; then
    say "what was fetched is not what is meant: its SHA-256 is $(sha256sum < "$file" | cut -c 1-64)"
    exit 1
  fi
  if [ "${said[form]}" = file ]; then
    local place=$1/${it[file]:-app/${said[name]}}
    mkdir -p "$1/app"
    mv "$file" "$place"
    chmod 0644 "$place"
    return
  fi
  mkdir "$1/unpacked"
  case $file in # dated now: what bears the date of the release before is the same to browsers that have that
    *.zip) python3 -m zipfile -e "$file" "$1/unpacked" ;;
    *) tar --extract --touch --no-same-owner --file "$file" --directory "$1/unpacked" ;;
  esac
  chmod -R u+rwX,go+rX,go-w "$1/unpacked"
  inside=$(find "$1/unpacked" -mindepth 1 -maxdepth 1) # one folder that holds all of it is left out
  [ -d "$inside" ] || inside=$1/unpacked
  mv "$inside" "$1/app"
  rm -rf "$1/unpacked" "$file"
}

# prepare: what $said names, ready to run in builds/SHA256
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

# use FILE: that release, from the next start of its processes
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

# well: all runs, and answers as the balancer wants it, or at least where something listened before
well() {
  local unit
  for unit in "${units[@]}"; do systemctl --quiet is-active "$unit" || return 1; done
  if [ "${it[port]:-}" ] && [ "${said[health]:-}" ]; then
    [ "$(curl "${asking[@]}" "http://127.0.0.1:${it[port]}${said[health]}")" = 200 ]
  elif [ "${listened:-}" ]; then
    listening
  fi
}

# answers SECONDS: restarted, it is well for a while
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

# my_turn: the clock says so, and the turn has just begun. The number is that of the machine's name.
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
exec 9> "$state/lock" # one release at a time on this machine, too
flock 9
(umask 077 && ask "$etc/$name.url" "$next")
wanted=$(mark "$next")
if [ -e "$current" ] && [ "$(mark "$current")" = "$wanted" ]; then
  mv "$next" "$current"
  rm -f "$failed"
  exit 0
fi
if [ -e "$failed" ] && [ -e "$current" ]; then
  read -r before how < "$failed"
  if [ "$before" = "$wanted" ] && { [ "$how" = back ] || [ -z "$(find "$failed" -mmin "+$again")" ]; }; then exit 0; fi
fi

take "$next"
new=${said[sha256]:0:12}
prepare & # apart, so that any failure in it ends it
wait "$!" || give_up "$wanted" unready "$new could not be made ready; tried again in $again minutes"
if [ ! -e "$current" ]; then
  use "$next"
  mv "$next" "$current"
  say "$new is in use"
  exit 0
fi

listened=
if [ "${it[port]:-}" ] && listening; then listened=yes; fi
if [ "${said[machines]}" -gt 1 ]; then
  say "$new is ready; waiting for this machine's turn"
  until my_turn; do sleep 1; done
fi
take "$current"
old=${said[sha256]}
use "$next"
if ! answers "$answer"; then
  say "$new does not answer: ${old:0:12} is put back"
  use "$current"
  answers "$back" || say "${old:0:12} does not answer either"
  give_up "$wanted" back "$new did not answer and was taken back; ${old:0:12} runs"
fi
take "$next"
mv "$next" "$current"
rm -f "$failed"
find "$folder/builds" -mindepth 1 -maxdepth 1 ! -name "${said[sha256]}" ! -name "$old" -exec rm -rf {} +
say "$new is in use"
