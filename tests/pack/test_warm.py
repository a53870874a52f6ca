"""A process made ready gives the same reports as one that is not, and reads nothing more."""

from __future__ import annotations

import subprocess
import sys

from varddialog.assessment.ground import hand_over
from varddialog.config import DEFAULT_CYCLE

ONE = """
import sys
from pathlib import Path
from varddialog.assessment import ground
from varddialog.pack import open_pack
if len(sys.argv) > 1:
    from varddialog.pack.warm import ready
    ready(sys.argv[1])
    ground.load_catalogue = None  # calling it would fail
pack = open_pack(3, "Gotland")
pieces = [pack.header(), pack.summary(), pack.overview(), *(pack.area(a.slug) for a in pack.dimension.leaves())]
print("".join(piece.html for piece in pieces))
"""


def test_a_ready_process_gives_the_same_and_reads_nothing(project, tmp_path):
    hand_over(project, DEFAULT_CYCLE, tmp_path / "ground")
    plain, ready = (
        subprocess.run([sys.executable, "-c", ONE, *more], check=True, capture_output=True, text=True).stdout
        for more in ([], [str(tmp_path / "ground")])
    )
    assert len(plain) > 10_000
    assert ready == plain
