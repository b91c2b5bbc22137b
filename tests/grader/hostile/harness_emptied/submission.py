import sys


def f():
    frame = sys._getframe()
    while frame is not None:
        if frame.f_globals is not globals():
            frame.f_globals.clear()
        frame = frame.f_back
