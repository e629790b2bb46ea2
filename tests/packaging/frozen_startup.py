"""How quickly the frozen program opens beside the same version from a virtual environment.

    python tests/packaging/frozen_startup.py [PROGRAM] [RUNS]

PROGRAM is a frozen ``studyapp`` (default: the one that build.py leaves). Run it with the Python into which studyapp is
installed. Both run their selftest in turn; prints medians from the start of the process and their ratio (goal: first
paint at most 1.2).
"""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

BUILT = Path(__file__).resolve().parents[2] / "build/bundle/studyapp/studyapp"
FIGURES = ("first_paint_ms", "ready_ms", "rss_mb")


def selftest(*program: str | Path) -> dict[str, float]:
    """The figures of one run."""
    done = subprocess.run([*program, "selftest", "--json"], stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Measure and print."""
    frozen = Path(sys.argv[1]) if len(sys.argv) > 1 else BUILT
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    found: dict[str, list[dict[str, float]]] = {"frozen": [], "installed": []}
    for _ in range(runs):
        found["frozen"].append(selftest(frozen))
        found["installed"].append(selftest(sys.executable, "-m", "studyapp"))
    for figure in FIGURES:
        there, here = (median(run[figure] for run in found[kind]) for kind in ("frozen", "installed"))
        print(f"{figure:15} frozen {there:6.0f}   installed {here:6.0f}   {there / here:.2f} x")


if __name__ == "__main__":
    main()
