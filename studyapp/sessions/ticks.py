"""Counts of seconds, with and without the time that the machine is suspended, and the boot that they count from."""

import sys
import time
from functools import cache
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

if sys.platform == "win32":
    import ctypes

    def without_suspend() -> float:
        """Seconds that stand still while the machine is suspended."""
        count = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(count))
        return count.value / 1e7

    def with_suspend() -> float:
        """Seconds that go on while the machine is suspended."""
        return time.monotonic()

elif sys.platform == "darwin":

    def without_suspend() -> float:
        """Seconds that stand still while the machine is suspended."""
        return time.clock_gettime(time.CLOCK_UPTIME_RAW)

    def with_suspend() -> float:
        """Seconds that go on while the machine is suspended."""
        return time.clock_gettime(time.CLOCK_MONOTONIC)

else:
    _ALL_TIME = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

    def without_suspend() -> float:
        """Seconds that stand still while the machine is suspended."""
        return time.monotonic()

    def with_suspend() -> float:
        """Seconds that go on while the machine is suspended."""
        return time.clock_gettime(_ALL_TIME)


@cache
def boot_id() -> str:
    """The name of this boot; empty where the system has none."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""
