"""The only threading code: one worker for what would hold up the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


class Jobs(QObject):
    """Runs functions on one worker thread and hands their results to the GUI thread, in order."""

    _over = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._stopped = False
        self._over.connect(self._deliver)

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Run ``work`` on the worker; then ``done`` with its result, or ``failed``, on the GUI thread."""
        if self._stopped:
            return
        if self._pool is None:
            # 10 ms to import, which the first paint need not wait for.
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")

        def over(future: "Future[Any]") -> None:
            if not future.cancelled():
                self._over.emit(future, done, failed)

        self._pool.submit(work).add_done_callback(over)

    def stop(self) -> None:
        """Wait for the running job, drop it and those that wait, and take no more."""
        self._stopped = True
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(object, object, object)
    def _deliver(
        self, future: "Future[Any]", done: Callable[[Any], None], failed: Callable[[BaseException], None]
    ) -> None:
        if self._stopped:
            return
        error = future.exception()
        if error is None:
            done(future.result())
        else:
            failed(error)
