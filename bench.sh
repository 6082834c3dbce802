#!/bin/bash
# The benchmarks: ./bench.sh lists them, ./bench.sh NAME [options] runs one, ./bench.sh NAME --help explains it.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'TEXT'
./bench.sh ingest   durable ingest of real CT slices over 1 to 64 associations, Noctis beside storescp and Orthanc
./bench.sh query    queries by REST, QIDO-RS and C-FIND over an index of 1,000,000 instances, and growth from 100,000
./bench.sh jobs     jobs that do nothing, from the ledger to workers and back, jobs per second; ingest while analyses run
./bench.sh viewer   the web application in headless Chromium, beside OHIF on the same server
./bench.sh memory   resident memory: idle, 64 associations sending, one instance of 2 GiB
./bench.sh disk     files per second that this disk keeps with an fsync each: the limit of every durable receiver
./bench.sh ai       errors of the analysers against phantoms with known truth, their time and memory
./bench.sh peers    installs the peers to compare with (Debian packages, no service is started)

Options follow the name: --quick for a look, --help for all. Results and method: docs/performance.md, docs/ai.md
TEXT
}

build() {
  [[ -f build/build.ninja ]] || cmake --preset release >/dev/null
  cmake --build build --target noctis-fleet noctis-disk slow_sync >/dev/null
}

name=${1:-}
(($# == 0)) || shift
case $name in
"" | -h | --help) usage ;;
ingest | jobs | memory | query)
  build
  PYTHONDONTWRITEBYTECODE=1 exec python3 "bench/$name.py" "$@"
  ;;
viewer)
  source scripts/lib/common.sh
  scripts/install-browser-tests.sh
  use_node
  if [[ -z ${NOCTIS_PROGRAMS:-} ]]; then
    [[ -f build/build.ninja ]] || cmake --preset release >/dev/null
    cmake --build build --target noctisd noctisctl web >/dev/null
  fi
  exec tests/browser/node_modules/.bin/tsx --tsconfig tests/browser/tsconfig.json bench/viewer/main.ts "$@"
  ;;
disk)
  build
  exec build/bin/noctis-disk "$@"
  ;;
ai)
  [[ -f build/build.ninja ]] || cmake --preset release >/dev/null
  cmake --build build --target noctis-ai >/dev/null
  exec build/bin/noctis-ai "$@"
  ;;
peers) exec bench/peers/install.sh ;;
*)
  echo "bench.sh: no benchmark is called $name" >&2
  usage >&2
  exit 2
  ;;
esac
