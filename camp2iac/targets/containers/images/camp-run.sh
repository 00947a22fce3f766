#!/bin/sh
# camp-run COMMAND...: runs COMMAND with the secrets of the application as environment variables. Each is a file in
# /run/secrets with the variable's name.
set -eu
for file in /run/secrets/*; do
  name=${file##*/}
  case $name in *[!A-Za-z0-9_]* | [0-9]*) continue ;; esac
  if [ ! -f "$file" ]; then continue; fi
  # The dot keeps the ends of lines, which the shell would remove
  value=$(cat "$file" && printf .)
  export "$name=${value%.}"
done
exec "$@"
