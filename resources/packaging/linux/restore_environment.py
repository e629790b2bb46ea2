"""Runs in the frozen program before anything else.

PyInstaller's starter points the loader at the bundle for the whole process, and so for every program that this one
opens: a file manager or an editor would get our Qt in place of its own. The loader has read the variable by now.
"""

import os

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
os.environ.pop("LD_LIBRARY_PATH", None)
if _before:
    os.environ["LD_LIBRARY_PATH"] = _before
