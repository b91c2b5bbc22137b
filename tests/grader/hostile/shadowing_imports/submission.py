def f():
    found = []
    for name in ("django", "celery", "psycopg", "hypothesis", "grader", "prova", "pip", "yaml", "reference_impl"):
        try:
            __import__(name)
            found.append(name)
        except ImportError:
            pass
    return found
