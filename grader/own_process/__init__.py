"""Runs a student's file on the student's own machine where there is no sandbox: a plain process, no protection.

Never used by a worker or for a mark: whoever runs this runs their own code.
"""

from grader.own_process.machine import OwnMachine

__all__ = ["OwnMachine"]
