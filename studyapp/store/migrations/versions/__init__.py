"""One module for each revision; they never use the tables of today."""
