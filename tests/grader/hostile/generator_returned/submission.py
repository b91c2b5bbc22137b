def f():
    return (x for x in range(3))


async def g():
    return 1
