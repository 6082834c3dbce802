#!/usr/bin/env bash
# Stops what start-dev.sh or start-prod.sh started here, within 20 s: in NOCTIS_DATA, or without it in ./var and in
# the data directory that .env.prod names. Nothing acknowledged is lost.
set -euo pipefail
cd "$(dirname "$0")"
source scripts/lib/common.sh
source scripts/lib/processes.sh

stop_in() {
  NOCTIS_DATA=$1
  use_data_directory
  if [[ -d $run_directory ]]; then stop_system; fi
}

if [[ -n ${NOCTIS_DATA:-} ]]; then
  stop_in "$NOCTIS_DATA"
else
  production=$([[ ! -r .env.prod ]] || { load_environment .env.prod && printf '%s' "${NOCTIS_DATA:-}"; })
  stop_in "$root/var"
  if [[ -n $production ]]; then stop_in "$production"; fi
fi
