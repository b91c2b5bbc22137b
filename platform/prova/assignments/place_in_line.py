"""Where a job stands in the line, counted by the database: asked at every poll of everybody who waits.

The order is that of `fair_order` (tests hold the two together): learners take turns within their course, then courses do.
A party's job of the n-th round comes after all of the round before; in a round goes first whose predecessor has been
handed out, then whose last turn is longest ago, then whose job is oldest.
"""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from prova.assignments.models import State, Submission

_PLACE = """
WITH waiting AS (
  SELECT DISTINCT s.id AS number, a.course_id AS course, s.learner_id AS learner, s.created_at
  FROM assignments_outboxmessage m
  JOIN assignments_submission s ON s.id = m.submission_id
  JOIN assignments_assignment a ON a.id = s.assignment_id
  WHERE m.sent_at IS NULL AND m.due_at <= %(now)s AND s.shadow_of_id IS NULL
), had AS (
  SELECT a.course_id AS course, s.learner_id AS learner, max(s.published_at) AS last_at,
         count(*) FILTER (WHERE s.state IN ('queued', 'running')) AS under_way
  FROM assignments_submission s JOIN assignments_assignment a ON a.id = s.assignment_id
  WHERE s.shadow_of_id IS NULL AND s.published_at IS NOT NULL
    AND (s.state IN ('queued', 'running') OR s.published_at >= (SELECT min(created_at) FROM waiting))
  GROUP BY 1, 2
), course_had AS (
  SELECT course, max(last_at) AS last_at, sum(under_way) AS under_way FROM had GROUP BY 1
), of_learners AS (
  SELECT number, course, learner,
         row_number() OVER (PARTITION BY course, learner ORDER BY number) AS place,
         min(number) OVER (PARTITION BY course, learner) AS oldest
  FROM waiting
), of_courses AS (
  SELECT number, course, min(number) OVER (PARTITION BY course) AS oldest,
         row_number() OVER (PARTITION BY course ORDER BY coalesce(under_way, 0) + place, place,
                            coalesce(last_at, '-infinity'), oldest) AS place
  FROM of_learners LEFT JOIN had USING (course, learner)
), line AS (
  SELECT number, row_number() OVER (ORDER BY coalesce(under_way, 0) + place, place,
                                    coalesce(last_at, '-infinity'), oldest) AS place
  FROM of_courses LEFT JOIN course_had USING (course)
)
SELECT (SELECT count(*) FROM assignments_submission WHERE state = 'queued' AND published_at IS NOT NULL)
     + coalesce((SELECT place FROM line WHERE number = %(number)s), (SELECT count(*) + 1 FROM line))
"""


def position_of(submission: Submission, now: datetime | None = None) -> int:
    """Of a queued submission of a learner's own; 1: the next that a grader starts. One query."""
    if submission.published_at is not None:
        ahead = Submission.with_shadows.filter(state=State.QUEUED, published_at__lt=submission.published_at)
        return 1 + ahead.count()
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, {"now": now or timezone.now(), "number": submission.pk})
        return int(cursor.fetchone()[0])
