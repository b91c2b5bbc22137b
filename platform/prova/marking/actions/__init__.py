"""What changes marks of answers; each verb is one transaction, in the module named after it.

Every one locks the attempt's row first (after the submission's, where there is one), then changes the item, adds a
`MarkChange`, and sets the attempt's score and the grade.
"""
