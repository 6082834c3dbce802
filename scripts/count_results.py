#!/usr/bin/python3
"""Adds up the results of a test run: prints what failed, then `N passed, N failed` as the last line.

The argument is a directory where each step left NAME.status (the exit status of its command) and, where the step ran
single tests, NAME.xml (JUnit, as ctest and pytest write it). A step without tests counts as one. A step that ended
with a failure which none of its tests shows counts as one failed. Exit status: 0 when something passed and nothing
failed.
"""

import sys
import xml.etree.ElementTree as xml
from pathlib import Path


def read_cases(path):
    """Returns (passed, skipped, names of the failed) of a JUnit file; None where it is missing or unreadable."""
    try:
        cases = list(xml.parse(path).getroot().iter("testcase"))
    except (OSError, xml.ParseError):
        return None
    failed, skipped = [], 0
    for case in cases:
        if case.find("failure") is not None or case.find("error") is not None or case.get("status") == "fail":
            failed.append(case.get("name", "?"))
        elif case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
            skipped += 1
    return len(cases) - len(failed) - skipped, skipped, failed


def read_step(status_file):
    """Returns (passed, skipped, names of the failed) of one step."""
    status = int(status_file.read_text().strip() or 1)
    cases = read_cases(status_file.with_suffix(".xml"))
    if cases is None:
        return (1, 0, []) if status == 0 else (0, 0, [f"exit status {status}"])
    passed, skipped, failed = cases
    if status != 0 and not failed:
        failed = [f"exit status {status}"]
    return passed, skipped, failed


def main(directory):
    passed_in_all, failed_in_all = 0, 0
    print()
    for status_file in sorted(Path(directory).glob("*.status")):
        passed, skipped, failed = read_step(status_file)
        passed_in_all += passed
        failed_in_all += len(failed)
        print(f"{status_file.stem:24} {passed:5} passed {len(failed):4} failed {skipped:4} skipped")
        for name in failed:
            print(f"    failed: {name}")
    print(f"{passed_in_all} passed, {failed_in_all} failed")
    return 0 if failed_in_all == 0 and passed_in_all > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
