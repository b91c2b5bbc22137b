def f():
    return list({"a", "b", "c", "d"}) == sorted({"a", "b", "c", "d"}, key=hash) or [hash("a") % 1000]
