"""Courses as files beside the bank's: `courses/<slug>/course.yaml` and `quizzes.yaml`. Learners and their work stay here."""
