#!/usr/bin/env bash
# Runs the tests on this machine: installs packages, builds, runs, and ends with `N passed, N failed`.
#   ./run-tests.sh [unit|actor|process|system|conformance|web|browser|fault|asan|tsan|sanitizers|style|all]…
# `all` runs unit and actor tests under the address sanitizer alone, and leaves the thread sanitizer out
# (docs/developer-guide.md).
# The parts' results lie in build/test-results as JUnit files.
set -euo pipefail
cd "$(dirname "$0")"
source scripts/lib/common.sh
source scripts/lib/tests.sh

(($#)) || set -- all
for part in "$@"; do
  [[ $part =~ ^(unit|actor|process|system|conformance|web|browser|fault|asan|tsan|sanitizers|style|all)$ ]] ||
    fail "unknown part '$part'" "usage: $0 [unit|actor|process|system|conformance|web|browser|fault|asan|tsan|sanitizers|style|all]…"
done
[[ " $* " != *" all "* ]] || set -- style asan process system conformance web browser fault

rm -rf "$results"
mkdir -p "$results"
step packages scripts/install-packages.sh build run test
for part in "$@"; do "run_$part"; done
/usr/bin/python3 scripts/count_results.py "$results"
