"""The PySide6 window, and the only place that imports Qt."""

import builtins

# PySide puts a hook into every import that follows its own: it reads the source of each imported module, to find out
# whether its opt-in naming features (``from __feature__ import ...``) may be meant, which nobody uses here. That takes
# half as long again as the imports themselves. They go on as they were; who imported Qt before us keeps the hook.
_plain_import = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _plain_import
