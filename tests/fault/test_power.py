"""A power cut under load: what was not synced is gone, and what was acknowledged is not."""

import random
import time

import pytest
from fleet import Fleet, assert_kept
from power import Power


@pytest.mark.parametrize("whole", [False, True], ids=["of the store", "of everything"])
def test_a_power_cut_takes_nothing_that_was_acknowledged(system, kills, whole):
    with Power(system, system.data if whole else system.data / "storage", whole) as power:
        with Fleet(system.dicom_port) as fleet:
            for _ in range(max(kills // 4, 1)):
                fleet.wait_for_more(50)
                time.sleep(random.uniform(0.2, 1.0))
                power.cut()
                system.start()
            fleet.wait_for_more()
            promised = fleet.stop()
        assert_kept(system, promised)
