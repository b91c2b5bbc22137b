"""A class submits at once: how long until all is graded, and who waits for whom."""
