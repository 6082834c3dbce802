#!/usr/bin/env bash
# Starts Noctis in production: settings from .env.prod, HTTPS with config/nginx/ssl/{fullchain,privkey}.pem.
# Refuses default and weak secrets. Stays in the foreground; with --detach it returns once the system answers.
set -euo pipefail
cd "$(dirname "$0")"
source scripts/lib/server.sh
source scripts/lib/production.sh

settings=.env.prod
chain=$root/config/nginx/ssl/fullchain.pem
key=$root/config/nginx/ssl/privkey.pem

[[ -r $settings ]] || fail "$settings is missing" "cp .env.prod.example $settings, and fill it in"
load_environment "$settings"
export DEPLOYMENT_MODE=production USE_HTTPS=1 HTTP_HOST=${HTTP_HOST:-0.0.0.0} HTTP_PORT=${HTTP_PORT:-443}
scripts/install-packages.sh build run
mapfile -t problems < <(secret_problems && setting_problems "$settings" && certificate_problems "$chain" "$key")
((${#problems[@]} == 0)) || fail "production does not start with these settings:" "${problems[@]/#/- }"
export HTTPS_CERTIFICATE=$chain HTTPS_PRIVATE_KEY=$key
run_system "$@"
