"""How passwords are kept: Argon2id with the least figures that OWASP's Password Storage Cheat Sheet accepts.

A whole class signs in within a minute before an exam. PBKDF2 with Django's million rounds takes ten times as long
on the processors that serve the exam, and resists a graphics card less.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
