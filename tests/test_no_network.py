"""The program opens no connection: a whole session of it is watched by the system."""

import re
import shutil
import subprocess
import sys

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

INTERNET = re.compile(r"AF_INET6?\b")
CONNECTING = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"


def watched(folder, *command):
    """The calls about sockets that a command makes, with all its threads and children."""
    calls = folder / "calls"
    watch = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(calls)]
    done = subprocess.run([*watch, sys.executable, *command], capture_output=True, text=True, timeout=240)
    if "ptrace" in done.stderr and "not permitted" in done.stderr:
        pytest.skip("strace may watch no process here")
    assert done.returncode == 0, done.stderr
    return calls.read_text()


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_session_opens_no_connection(tmp_path):
    assert INTERNET.search(watched(tmp_path, "-c", CONNECTING)), "what is looked for would not be found"
    assert not INTERNET.search(watched(tmp_path, "-m", "studyapp", "selftest"))
