"""studyapp: practice for Google Cloud's Data Engineer and ML Engineer exams, offline."""

__version__ = "0.1.0"
