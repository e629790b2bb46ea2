"""What can be done where the database is damaged."""
