#!/usr/bin/env python3
"""Lets power_cut_program work on a directory, cuts the power, and looks at what is left: power_cut_test.py LIBRARY PROGRAM"""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

LIBRARY, PROGRAM = sys.argv[1:3]
TOOL = Path(__file__).with_name("power_cut.py")


def run_and_cut(work, *options):
    data, side = work / "data", work / "side"
    data.mkdir(parents=True)
    side.mkdir()
    for name in ("old", "replaced", "removed"):
        (data / name).write_text("durable")
    environment = {**os.environ, "LD_PRELOAD": LIBRARY, "NOCTIS_POWER_DIR": str(data), "NOCTIS_POWER_JOURNAL": str(side)}
    died = subprocess.run([PROGRAM], cwd=data, env=environment, check=False)
    assert died.returncode == -9, died
    subprocess.run([sys.executable, TOOL, data, side, *options], check=True)
    return data


class PowerCut(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        strict, lenient = Path(cls.folder.name, "strict"), Path(cls.folder.name, "lenient")
        cls.data = run_and_cut(strict)
        cls.lenient = run_and_cut(lenient, "--lenient", lenient / "data")

    def test_synced_bytes_under_a_synced_name_stay(self):
        self.assertEqual((self.data / "kept").read_text(), "synced")

    def test_bytes_after_the_last_fsync_go(self):
        self.assertEqual((self.data / "half").read_text(), "synced")
        self.assertEqual((self.data / "unsynced").read_text(), "")
        self.assertEqual((self.data / "stream").read_text(), "")
        self.assertEqual((self.data / "old").read_text(), "durable")

    def test_names_go_with_a_directory_that_was_not_synced(self):
        self.assertFalse((self.data / "folder/file").exists())
        self.assertFalse((self.data / "folder/deep").exists())
        self.assertFalse((self.data / "nameless").exists())

    def test_renames_and_removals_are_taken_back(self):
        self.assertEqual((self.data / "replaced").read_text(), "durable")
        self.assertEqual((self.data / "removed").read_text(), "durable")

    def test_threads_keep_what_each_of_them_synced(self):
        files = sorted((self.data / "threads").iterdir())
        self.assertEqual(len(files), 400)
        for file in files:
            self.assertEqual(file.stat().st_size, 1000 if int(file.name.split("-")[0]) % 2 == 0 else 0, file.name)

    def test_a_lenient_folder_keeps_the_names_that_files_had_when_synced(self):
        self.assertEqual((self.lenient / "nameless").read_text(), "synced")
        self.assertEqual((self.lenient / "folder/file").read_text(), "synced")
        self.assertEqual((self.lenient / "new.part").read_text(), "synced")
        self.assertEqual((self.lenient / "replaced").read_text(), "durable")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
