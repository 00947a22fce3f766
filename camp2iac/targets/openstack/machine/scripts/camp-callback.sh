#!/bin/bash
# camp-callback URL: tells URL whether this machine is ready, when camp-report has found out. Never why: that may name
# what is nobody's business. A URL that does not answer changes nothing here.
set -euo pipefail
result=failed
if [ "${SERVICE_RESULT:-}" = success ]; then result=ready; fi
curl --silent --show-error --fail --max-time 20 --retry 5 --retry-all-errors --output /dev/null \
  --data-urlencode "machine=$(hostname)" --data-urlencode "result=$result" "$1"
