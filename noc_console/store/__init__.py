"""What must last, in one SQLite file: one writer thread beside the path of a reading, any number of readers.

sqlite-utils owns the schema and its migrations; hot inserts are plain SQL on the same connection. `store.store.Store` is the
door; it is not imported here, so that who needs only the words of `reports` does not wait for SQLite's libraries.
"""
