"""Parts of the Alarms view: the painted rows, the table, the filter, the preview, the line for a note."""
