"""Other ways to grade the same files by the same checks on the same inputs."""
