import tempfile


def f():
    files = []
    while True:
        file = tempfile.NamedTemporaryFile(delete=False)
        file.write(bytes(8 << 20))
        file.flush()
        files.append(file)


def g():
    with tempfile.TemporaryFile() as file:
        while True:
            file.write(bytes(1 << 20))
            file.flush()


def h():
    folder = tempfile.mkdtemp()
    for number in range(100_000):
        open(f"{folder}/{number}", "w").close()
