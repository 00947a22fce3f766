#!/bin/bash
# MongoDB with its user, and what the plan loads into it.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp mongo: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/mongo
data=/srv/data/mongodb
port=27017
CAMP_USER=todo
CAMP_PASSWORD=$(cat /etc/todo/mongo.password)
export CAMP_USER CAMP_PASSWORD
ready=/var/lib/camp/mongo.installed # there when the last run succeeded

# use FILE PLACE: puts it there; $changed says whether anything is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

# The password goes by the environment, which others cannot read as they can a command line
mongo() { mongosh --quiet --norc --port "$port" "$@"; }
up() {
  for _ in $(seq 60); do
    if mongo --eval 'db.hello().ok' > /dev/null 2>&1; then return; fi
    sleep 1
  done
  say "the server does not answer"
  return 1
}

# load NAME DATABASE FILE: once in the life of the data: its mark is written when all of it is there
load() {
  if [ "$(mongo camp2iac --eval "db.loaded.countDocuments({_id: '$1'})")" = 1 ]; then
    say "$1 was loaded before: kept"
    return
  fi
  say "loading $1"
  case $3 in
    *.json) mongoimport --quiet --port "$port" --db "$2" --collection "$1" --drop --file "$3" ;;
    *)
      if [ -d "$3/$2" ]; then
        mongorestore --quiet --port "$port" --drop --db "$2" --dir "$3/$2"
      elif [ -d "$3" ]; then
        mongorestore --quiet --port "$port" --drop --db "$2" --dir "$3"
      else
        local packed=()
        if gzip --test "$3" 2> /dev/null; then packed=(--gzip); fi
        mongorestore --quiet --port "$port" --drop --nsInclude "$2.*" --archive="$3" "${packed[@]}"
      fi
      ;;
  esac
  mongo camp2iac --eval "db.loaded.insertOne({_id: '$1', at: new Date()})" > /dev/null
}

rm -f "$ready"
say "checking the content that was sent"
(cd /usr/local/lib/camp/tasks.dump && sha256sum --check --strict --quiet /usr/local/lib/camp/tasks.dump.sha256)
version=$(mongod --version | sed -n 's/^db version v\([0-9]*\.[0-9]*\).*/\1/p')
say "MongoDB $version, data in $data"
install -d -m 0750 -o mongodb -g mongodb "$data"
if ! cmp -s "$lib/open.conf" /etc/mongod.conf || [ ! -e "$data/camp2iac.done" ]; then
  systemctl enable --quiet mongod.service
  use "$lib/local.conf" /etc/mongod.conf
  use "$lib/unit.conf" /etc/systemd/system/mongod.service.d/camp.conf
  if [ "$changed" ]; then
    systemctl daemon-reload
    systemctl restart mongod.service
    changed=
  fi
  up

  say "user and database"
  mongo todo --eval '
    const user = process.env.CAMP_USER, pwd = process.env.CAMP_PASSWORD, roles = ["readWrite"];
    if (db.getUser(user)) db.updateUser(user, {pwd, roles}); else db.createUser({user, pwd, roles});' > /dev/null
  load tasks todo /usr/local/lib/camp/tasks.dump
  touch "$data/camp2iac.done"

  say "opening the port"
  use "$lib/open.conf" /etc/mongod.conf
  systemctl restart mongod.service
  up
fi

install -D -m 0644 /dev/null "$ready"
say "done"
