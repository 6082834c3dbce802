#!/usr/bin/env python3
"""Durable ingest of Noctis and its peers, side by side: interleaved rounds, medians, ratios."""
import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import load
from peers import ALL, Storescp, Unavailable
from table import render

DISK_THREADS = [1, 4, 16]


def say(text):
    print(text, file=sys.stderr, flush=True)


def median_of(runs):
    """The median of every figure; the worst of memory and failures."""
    figures = [asdict(run) for run in runs]
    middle = {key: statistics.median(run[key] for run in figures) for key in figures[0]}
    for key in ("peak_mib", "failures"):
        middle[key] = max(run[key] for run in figures)
    return middle


def start_all(stack, names, work, **options):
    """The receivers that could be started; the others are named with the reason."""
    started = []
    for name in names:
        try:
            started.append(stack.enter_context(ALL[name](work, **options)))
        except Unavailable as why:
            say(f"without {name}: {why}")
    return started


def phase(given, associations, instances, sync_delay_ms):
    """All receivers under one disk: {associations: {receiver: figures}} and the disk's limit."""
    measured, limits = {}, {}
    with ExitStack() as stack:
        work = tempfile.mkdtemp(dir=given.work)
        Path(work).chmod(0o755)
        receivers = start_all(stack, given.peers, work, sync_delay_ms=sync_delay_ms)
        for receiver in receivers:
            load.measure(receiver, "-a", 2, "-n", 20)
        for turn in range(given.rounds):
            for threads, rate in load.disk_limit(work, DISK_THREADS, given.disk_seconds, sync_delay_ms).items():
                limits.setdefault(threads, []).append(rate)
            for count in associations:
                for receiver in receivers:
                    run = load.measure(receiver, "-a", count, "-n", max(instances, 8 * count))
                    measured.setdefault(count, {}).setdefault(receiver.name, []).append(run)
                    say(f"round {turn + 1}, {count:2} associations, {receiver.name}: {run.per_second:.0f}/s"
                        + (f", {run.failures} FAILED" if run.failures else ""))
    medians = {count: {name: median_of(runs) for name, runs in by_name.items()} for count, by_name in measured.items()}
    return medians, {threads: statistics.median(rates) for threads, rates in limits.items()}


def as_shipped(given):
    """An unmodified storescu over one association to servers with Nagle on: {receiver: instances/s}."""
    rates = {}
    with ExitStack() as stack:
        work = tempfile.mkdtemp(dir=given.work)
        Path(work).chmod(0o755)
        receivers = start_all(stack, given.peers, work, nodelay=False)
        copies = stack.enter_context(Storescp(Path(work) / "copies"))
        for _ in range(given.rounds):
            load.fleet(copies.port, copies.ae_title, "-n", given.storescu + 1)
            first, *others = sorted((copies.work / "received").iterdir())
            one, many = Path(work) / "one", Path(work) / "many"
            for folder, files in ((one, [first]), (many, others)):
                folder.mkdir()
                for file in files:
                    shutil.move(file, folder)
            for receiver in receivers:
                start = load.storescu(receiver, one)
                took = load.storescu(receiver, many) - start
                rates.setdefault(receiver.name, []).append((given.storescu - 1) / took)
            one.rename(f"{one}-{len(rates[receivers[0].name])}")
            many.rename(f"{many}-{len(rates[receivers[0].name])}")
    return {name: statistics.median(values) for name, values in rates.items()}


def print_phase(title, medians, limits):
    print(f"\n{title}\n")
    print("disk alone: " + ", ".join(f"{rate:.0f} files/s with {threads} threads" for threads, rate in limits.items()) + "\n")
    head = ["associations, receiver", "inst./s", "with sync", "MB/s", "p50 ms", "p95 ms", "CPU ms", "peak MiB", "failed",
            "% of disk", "noctis is"]
    rows = []
    for count, by_name in medians.items():
        limit = limits[max(threads for threads in limits if threads <= count)]
        ours = by_name.get("noctis")
        for name, f in by_name.items():
            ratio = f"{ours['per_second'] / f['per_second']:.2f} ×" if ours and name != "noctis" and f["per_second"] else ""
            rows.append([f"{count:2}, {name}", f"{f['per_second']:.0f}", f"{f['durable_per_second']:.0f}",
                         f"{f['mb_per_second']:.0f}", f"{f['p50_ms']:.1f}", f"{f['p95_ms']:.1f}", f"{f['cpu_ms']:.2f}",
                         f"{f['peak_mib']:.0f}", f"{f['failures']:.0f}", f"{100 * f['durable_per_second'] / limit:.0f}",
                         ratio])
    print(render(head, rows))


def print_as_shipped(rates):
    print("\nUnmodified storescu (Nagle on), 1 association, servers as shipped\n")
    ours = rates.get("noctis")
    print(render(["receiver", "inst./s", "noctis is"],
                 [[name, f"{rate:.0f}", f"{ours / rate:.2f} ×" if ours and name != "noctis" else ""]
                  for name, rate in rates.items()]))


def arguments():
    numbers = lambda text: [int(part) for part in text.split(",")]
    parser = argparse.ArgumentParser(prog="./bench.sh ingest", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--associations", type=numbers, default=[1, 4, 16, 64])
    parser.add_argument("--instances", type=int, default=400, help="of each run")
    parser.add_argument("--sync-delay", type=float, default=5, help="ms that each sync takes longer in a second part; 0: none")
    parser.add_argument("--peers", type=lambda text: text.split(","), default=list(ALL), help=", ".join(ALL))
    parser.add_argument("--storescu", type=int, default=100, help="instances for the unmodified storescu; 0: not at all")
    parser.add_argument("--disk-seconds", type=float, default=1.5, help="for each number of threads")
    parser.add_argument("--dir", help="folder on the disk to measure (default: the system's for temporary files)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all medians")
    parser.add_argument("--quick", action="store_true", help="one round, few instances: a look, no result")
    given = parser.parse_args()
    if unknown := set(given.peers) - set(ALL):
        parser.error(f"unknown peers: {', '.join(sorted(unknown))} (known: {', '.join(ALL)})")
    if given.quick:
        given.rounds, given.instances, given.storescu, given.disk_seconds = 1, 100, min(given.storescu, 30), 0.5
    return given


def main():
    given = arguments()
    # Nothing is removed before the end: ext4 makes files slowly for minutes after it removed many.
    with tempfile.TemporaryDirectory(prefix="noctis-bench-", dir=given.dir) as given.work:
        Path(given.work).chmod(0o755)
        run(given)


def run(given):
    begin = time.monotonic()
    result = {}
    try:
        load.need_programs()
        medians, limits = phase(given, given.associations, given.instances, 0)
        print_phase("Durable ingest of 526 KB CT slices, TCP_NODELAY on both sides", medians, limits)
        result["as it is"] = {"receivers": medians, "disk": limits}
        if given.sync_delay > 0:
            few = [count for count in given.associations if count in (1, 16)] or given.associations[:1]
            medians, limits = phase(given, few, max(given.instances // 4, 50), given.sync_delay)
            print_phase(f"The same with {given.sync_delay:g} ms more for each sync", medians, limits)
            result["slow sync"] = {"delay_ms": given.sync_delay, "receivers": medians, "disk": limits}
        if given.storescu > 0:
            result["storescu"] = as_shipped(given)
            print_as_shipped(result["storescu"])
    except Unavailable as why:
        sys.exit(f"ingest: {why}")
    print(f"\n{given.rounds} rounds, medians; {time.monotonic() - begin:.0f} s")
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
