"""One file per view; each ends in its declaration `VIEW`. Views never import each other or the main window."""
