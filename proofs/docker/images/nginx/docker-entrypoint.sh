#!/bin/sh
# Before nginx starts: templates get the environment's variables, and the scripts in /docker-entrypoint.d run.
set -e
if [ "$1" = nginx ]; then
  defined=$(printf "\${%s} " $(awk 'BEGIN { for (name in ENVIRON) print name }'))
  for template in /etc/nginx/templates/*.template; do
    [ -e "$template" ] || continue
    made=/etc/nginx/conf.d/$(basename "$template" .template)
    envsubst "$defined" < "$template" > "$made"
  done
  for script in /docker-entrypoint.d/*.sh; do
    [ ! -x "$script" ] || "$script"
  done
fi
exec "$@"
