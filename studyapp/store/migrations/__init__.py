"""Alembic's environment and revisions. Revisions are numbered 0001, 0002, …; ``schema.HEAD`` names the newest."""
