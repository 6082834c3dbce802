# The parts of the test run. Each step leaves its exit status, and its JUnit file where it has single tests.
# shellcheck shell=bash

results=$root/build/test-results
jobs=$(nproc)

# step NAME COMMAND…: runs the command, shows how long it took, and keeps its status; true when it succeeded.
step() {
  local name=$1 status=0 started=$SECONDS
  shift
  say "$name"
  "$@" || status=$?
  printf '%s\n' $status >"$results/$name.status"
  printf '    %s: %s after %s s\n' "$name" "$( ((status == 0)) && echo passed || echo "failed ($status)")" $((SECONDS - started))
}

passed() { [[ $(cat "$results/$1.status" 2>/dev/null) == 0 ]]; }

# What runs in whole systems or beside independent readers, and what a sanitizer would change; unit and actor tests are built where they run.
programs=(noctisd noctisctl noctis-worker noctis-fleet noctis-disk noctis-ai web
  slow_sync power_cut power_cut_program worker_process_test worker_test imaging_test dicom_test
  example_model)

# build PRESET [TARGET…]: once for each run.
build() {
  local name=build-$1
  [[ $# == 1 ]] || name=build-programs
  [[ -e $results/$name.status ]] || step "$name" build_preset "$@"
  passed "$name"
}

build_preset() {
  local preset=$1 targets=(all)
  shift
  [[ $# == 0 ]] || targets=("$@")
  cmake --preset "$preset" && cmake --build --preset "$preset" --target "${targets[@]}"
}

build_programs() { build release "${programs[@]}"; }

# run_label NAME PRESET LABEL [TARGET…]
run_label() {
  if ! build "$2" "${@:4}"; then return 0; fi
  step "$1" ctest --test-dir "$(directory_of "$2")" -L "$3" --no-tests=error --output-on-failure \
    --timeout 300 -j "$jobs" --output-junit "$results/$1.xml"
}

directory_of() { if [[ $1 == release ]]; then echo build; else echo "build-$1"; fi; }

run_unit() { run_label unit release '^unit$'; }
run_actor() { run_label actor release '^actor$'; }
run_process() { run_label process release '^process$' "${programs[@]}"; }

run_asan() {
  export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1
  export LSAN_OPTIONS=suppressions=$root/.ci/lsan.supp
  run_label asan asan '^(unit|actor)$'
}

run_tsan() {
  export TSAN_OPTIONS=suppressions=$root/.ci/tsan.supp:second_deadlock_stack=1
  run_label tsan tsan '^(unit|actor)$'
}

run_sanitizers() {
  run_asan
  run_tsan
}

# run_pytest NAME [OPTION…]: tests/NAME, against the release build.
run_pytest() {
  local name=$1
  shift
  if ! build_programs; then return 0; fi
  step "$name" /usr/bin/python3 -B -m pytest "tests/$name" -m "$name" -v --tb=short -o cache_dir=build/.pytest_cache \
    --junitxml "$results/$name.xml" "$@"
}

# Most of their time the tests wait. Each worker has systems of its own; the tests of a file share one, in their order.
run_system() { run_pytest system -n $((2 * jobs)) --dist loadfile; }
run_fault() { run_pytest fault -n "$jobs"; }

run_conformance() {
  step clients scripts/install-clients.sh
  use_node
  run_pytest conformance
}

# run_web: types, lint, layout and unit tests of the web application.
run_web() {
  if ! build_programs; then return 0; fi
  use_node
  step web-style in_viewer npm run check
  step web in_viewer npx vitest run --reporter=default --reporter=junit --outputFile.junit="$results/web.xml"
}

in_viewer() { (cd http/viewer && "$@"); }

run_browser() {
  if ! build_programs; then return 0; fi
  step browser-tests scripts/install-browser-tests.sh
  use_node
  step browser in_browser_tests npx playwright test
  step browser-style in_browser_tests npm run check
}

in_browser_tests() { (cd tests/browser && "$@"); }

run_style() {
  step shellcheck check_shell
  step dependencies .ci/check-dependencies
  step names .ci/check-names
  step host-paths .ci/check-host-paths
  step clang-format check_format
  step clang-tidy .ci/check-tidy
}

check_shell() { shellcheck -x start-dev.sh start-prod.sh stop.sh run-tests.sh .ci/run scripts/*.sh; }

check_format() { git ls-files -z '*.cpp' '*.hpp' | xargs -0r clang-format --dry-run -Werror; }
