import sys


def f():
    print('PASSED {"score": 100} \x1b[2J\x1b[32m \0 \u202e <script>alert(1)</script>')
    sys.stderr.write("R")
    return 1
