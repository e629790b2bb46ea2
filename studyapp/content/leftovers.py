"""What a program that was killed left beside a file: it is cleared when that file is next written."""

import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_OLD = 3600
"""Seconds after which nobody can still be writing, where the process itself cannot be asked for."""


def beside(target: Path) -> Path:
    """Where the file or folder that becomes ``target`` is made, by this process."""
    return target.with_name(f".{target.name}.{os.getpid()}.tmp")


def leftovers(target: Path) -> list[Path]:
    """What stands at ``beside(target)`` of processes that no longer run."""
    return [path for path, process in _made_beside(target) if _is_left(path, process)]


def clear(target: Path) -> None:
    """Remove the leftovers, as far as they can be."""
    for path in leftovers(target):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _made_beside(target: Path) -> Iterator[tuple[Path, int]]:
    named = re.compile(rf"\.{re.escape(target.name)}\.(\d{{1,9}})\.tmp")
    try:
        names = os.listdir(target.parent)
    except OSError:
        return
    for name in names:
        if found := named.fullmatch(name):
            yield target.with_name(name), int(found[1])


def _is_left(path: Path, process: int) -> bool:
    if process == os.getpid():
        # We write one file at a time: a former process had our number, as happens in containers.
        return True
    if sys.platform == "win32":
        # To ask for a process by signal would end it there.
        with suppress(OSError):
            return time.time() - path.lstat().st_mtime > _OLD
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False
