import os


def f():
    found = []
    for name in ("/dev/mem", "/dev/kmsg", "/dev/tty", "/dev/ptmx", "/dev/fuse", "/dev/kvm", "/dev/zero", "/dev/sda", "/dev/vda", "/dev/net/tun"):
        try:
            os.close(os.open(name, os.O_RDWR))
            found.append(name)
        except OSError:
            pass
    return found
