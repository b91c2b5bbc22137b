def f():
    return input("password: ")
