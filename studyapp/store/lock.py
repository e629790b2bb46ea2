"""One program at a time: a lock on a file in the data folder, which the system releases when its holder dies."""

import sys
from pathlib import Path

from studyapp.core.errors import DatabaseError, DataFolderError

LOCK_NAME = "studyapp.lock"


class StoreInUseError(DatabaseError):
    """Another running studyapp uses the data folder."""


class FolderLock:
    """The exclusive right to use a data folder, from its creation until ``release``."""

    def __init__(self, folder: Path) -> None:
        """Create the folder where it is missing, and lock it.

        Raises:
            StoreInUseError: where another program (or this one) holds the lock.
            DataFolderError: where the folder cannot be created or written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = (folder / LOCK_NAME).open("ab")
        except OSError as error:
            raise _folder_error(folder, error) from error
        try:
            _lock(self._file.fileno())
        except BlockingIOError as error:
            self._file.close()
            raise StoreInUseError(
                f"Another studyapp window uses the data folder {folder}.",
                "Go on in that window, or close it and try again.",
            ) from error
        except OSError as error:
            self._file.close()
            raise _folder_error(folder, error) from error

    def release(self) -> None:
        """Give the folder free. The file stays: deleting it could take it from under another program's lock."""
        self._file.close()


def _folder_error(folder: Path, error: OSError) -> DataFolderError:
    return DataFolderError(
        f"The data folder {folder} cannot be used: {error.strerror}.",
        "Make it writable, or choose another one with --data-dir.",
    )


if sys.platform == "win32":
    import errno
    import msvcrt

    def _lock(file: int) -> None:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EDEADLK):
                raise BlockingIOError(*error.args) from error
            raise

else:
    import fcntl

    def _lock(file: int) -> None:
        # flock and not lockf: a second lock is refused within one process too, and closing some other handle of the
        # file does not release it.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
