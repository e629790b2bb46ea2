"""Failures that the user's environment or files caused: a sentence and a next step, never a traceback."""


class StudyError(Exception):
    """Something outside the program is not as it must be.

    ``message`` says what happened, ``next_step`` what the person can do about it; both are whole sentences.
    """

    def __init__(self, message: str, next_step: str) -> None:
        super().__init__(f"{message} {next_step}")
        self.message = message
        self.next_step = next_step


class DataFolderError(StudyError):
    """The data folder cannot be created, read or written."""


class DatabaseError(StudyError):
    """The database cannot be opened, or a write did not reach the disk."""


class DamagedDatabaseError(DatabaseError):
    """The database file is damaged, or is no database at all. Nothing was changed."""


class NewerDatabaseError(DatabaseError):
    """The database was written by a later version of the program."""


class DeckFolderError(StudyError):
    """The deck folder is missing, or no syllabus can be read from it."""
