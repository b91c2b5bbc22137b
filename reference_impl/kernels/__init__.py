"""Arrays in, arrays out, as fast as the machine allows.

One module per kernel; a module that compiles something imports numba, this package itself does not.
"""
