#!/usr/bin/env bash
# Starts Noctis on this machine: installs packages, builds, and runs PostgreSQL, Redis and noctisd under NOCTIS_DATA.
# Stays in the foreground until Ctrl-C; with --detach it returns once the system answers.
set -euo pipefail
cd "$(dirname "$0")"
source scripts/lib/server.sh

run_system "$@"
