import socket


def f():
    found = []
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, 40):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
            try:
                socket.socket(family, kind)
                found.append([int(family), int(kind)])
            except OSError:
                pass
    return found


def g():
    return socket.getaddrinfo("example.org", 80)


def h():
    return socket.create_connection(("127.0.0.1", 5432), 1)
