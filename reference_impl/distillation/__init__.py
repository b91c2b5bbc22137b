"""A small network that learns from the outputs of a large one."""
