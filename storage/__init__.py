"""What is kept: one file of queries a noun, one text of SQL for SQLite and PostgreSQL.

Instants are epoch seconds (``BIGINT``), days ISO text, flags 0 or 1, lists and texts in several languages JSON.
Placeholders are ``$1, $2 …`` in both databases.
"""
