#!/usr/bin/env bash
# Builds the web application of http/viewer into a directory: scripts/build-web.sh build/web
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/lib/common.sh

(($# == 1)) || fail "usage: $0 DIRECTORY"
out=$(realpath -m "$1")
sources=http/viewer
installed=$sources/node_modules/.package-lock.json

# One at a time: builds of several presets share what npm installs.
mkdir -p build
exec 7>build/.web-lock
flock 7

scripts/install-node.sh
use_node
cd "$sources"
if [[ ! -e $root/$installed || package-lock.json -nt $root/$installed ]]; then
  npm ci --ignore-scripts --no-audit --no-fund ||
    fail "what http/viewer/package-lock.json names could not be installed (see above)" "check the network, then run this again"
  touch node_modules/.package-lock.json
fi
rm -rf "$out.new" "$out.old"
NOCTIS_WEB_OUT=$out.new npm run --silent build || fail "the web application could not be built (see above)"
[[ -e $out.new/worklist/index.html ]] || fail "the build of the web application left no worklist/index.html"
# A server that runs sees the old files or the new ones, never some of each.
if [[ -e $out ]]; then mv "$out" "$out.old"; fi
mv "$out.new" "$out"
touch "$out/worklist/index.html"
rm -rf "$out.old"
