"""Canvases that the views paint on, and the plain geometry behind them."""
