"""What the command `prova` on a student's machine asks for: packages of exercises, and reports as values."""
