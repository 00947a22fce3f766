#!/bin/bash
# Configures MongoDB with its data, and creates its user.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp mongo: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/mongo
data=/srv/data/mongodb
port=27017
CAMP_USER=todo
CAMP_PASSWORD=$(cat /etc/todo/mongo.password)
export CAMP_USER CAMP_PASSWORD
configured=/var/lib/camp/mongo.configured # exists if the last run succeeded

# use FILE PLACE: copies FILE to PLACE. $changed is set if a file is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

# The password is passed in the environment: other users can read command lines
mongo() { mongosh --quiet --norc --port "$port" "$@"; }
up() {
  for _ in $(seq 60); do
    if mongo --eval 'db.hello().ok' > /dev/null 2>&1; then return; fi
    sleep 1
  done
  say "the server does not respond"
  return 1
}

# load NAME DATABASE FILE: once in the life of the data. It gets its mark when it is complete
load() {
  if [ "$(mongo camp2iac --eval "db.loaded.countDocuments({_id: '$1'})")" = 1 ]; then
    say "$1 was loaded before: keeping it"
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

rm -f "$configured"
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

  say "creating the user and the database"
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

install -D -m 0644 /dev/null "$configured"
say "configured"
