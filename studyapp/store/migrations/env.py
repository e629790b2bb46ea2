"""Runs the migrations on the connection that ``schema.upgrade`` hands over, within its transaction."""

from alembic import context

# SQLite can change a schema within a transaction, which Alembic does not expect of it.
context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
