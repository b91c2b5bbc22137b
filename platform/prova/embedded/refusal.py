class Refusal(Exception):
    """One sentence for the operator: what is wrong and what to do about it. Ends the command with exit code 1."""


#: Exit code of a process of ours whose last line is such a sentence.
REFUSED = 3
