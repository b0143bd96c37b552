"""The project on disk: a directory with ``project.duckdb``, ``vectors/`` and ``cache/``. The only place with SQL.

Every module holds one concept; its functions take the open Database first.
"""
