def measure(fn, clock, warmup, repeats):
    """Return how long each of `repeats` calls of fn took, after `warmup` calls that are not timed."""
    raise NotImplementedError


def summarise(times):
    """Return the pair (median, 90th percentile by the nearest rank)."""
    raise NotImplementedError


def calls_per_sample(fn, clock, shortest):
    """Return (n, time of one call) for the first n = 1, 2, 4, ... whose n calls together last at least `shortest`."""
    raise NotImplementedError
