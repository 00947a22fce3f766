#!/bin/bash
# Creates the user of the application in its databases, and loads its artifacts. The image runs this script when the
# data are new, camp-start at each later start. Until it ends, the server listens only on 127.0.0.1, without passwords.

camp_setup() (
  set -euo pipefail
  shopt -s nullglob
  export HOME=/tmp CAMP_PASSWORD
  CAMP_PASSWORD=$(cat /run/secrets/password) # other users can read command lines
  say() { echo "camp: $*"; }
  mongo() { mongosh --quiet --norc --port 27017 "$@"; }

  say "creating the user and the databases"
  local name
  for name in $CAMP_DATABASES; do
    mongo "$name" --eval '
      const user = process.env.CAMP_USER, pwd = process.env.CAMP_PASSWORD, roles = ["readWrite"];
      if (db.getUser(user)) db.updateUser(user, {pwd, roles}); else db.createUser({user, pwd, roles});' > /dev/null
  done

  # load NAME DATABASE FOLDER FILE...: once in the life of the data. It gets its mark when it is complete
  load() {
    local id=$1 database=$2 folder=$3 packed=()
    shift 3
    if [ "$(mongo camp2iac --eval "db.loaded.countDocuments({_id: '$id'})")" = 1 ]; then
      say "$id was loaded before: keeping it"
      return
    fi
    say "loading $id"
    if [ "$#" -gt 1 ]; then
      if [ -d "$folder/$database" ]; then
        folder=$folder/$database
      fi
      mongorestore --quiet --port 27017 --drop --db "$database" --dir "$folder"
    elif [[ $1 == *.json ]]; then
      mongoimport --quiet --port 27017 --db "$database" --collection "$id" --drop --file "$1"
    else
      if gzip --test "$1" 2> /dev/null; then
        packed=(--gzip)
      fi
      mongorestore --quiet --port 27017 --drop --nsInclude "$database.*" --archive="$1" "${packed[@]}"
    fi
    mongo camp2iac --eval "db.loaded.insertOne({_id: '$id', at: new Date()})" > /dev/null
  }

  local folder database files
  for folder in /srv/camp/load/*/*/*/; do
    folder=${folder%/}
    database=${folder%/*}
    database=${database##*/}
    mapfile -d '' -t files < <(find "$folder" -type f -print0)
    if [ "${#files[@]}" -gt 0 ]; then
      load "${folder##*/}" "$database" "$folder" "${files[@]}"
    fi
  done
)

camp_setup
