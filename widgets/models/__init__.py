"""Models of tables: an index array over the rows, never a proxy."""
