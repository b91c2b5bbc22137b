"""The part of the sandbox that runs inside it, next to the student's code.

The files are sent to the zygote as text (`launch.bundle`), so no file of ours exists where a student could read it.
They import the standard library, numpy and one another. `wire` and `frames` are used on the trusted side too.
"""
