#!/usr/bin/env bash
# Stops what start-dev.sh or start-prod.sh started for NOCTIS_DATA, within 20 s. Nothing acknowledged is lost.
set -euo pipefail
cd "$(dirname "$0")"
source scripts/lib/common.sh
source scripts/lib/processes.sh

use_data_directory
[[ -d $run_directory ]] || { say "Nothing was started in $NOCTIS_DATA" && exit 0; }
stop_system
