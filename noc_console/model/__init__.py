"""The words of the program as frozen data: what crosses a thread or a layer.

Everything here can be written to bytes; nothing here imports more than NumPy.
"""
