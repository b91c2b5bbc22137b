"""At the door: whether a worker's report is one about this question."""

from grader.draw_job import DrawOutcome, DrawReport
from questionbank.definition import QuestionDefinition
from questionbank.draw_problem import DrawProblem
from questionbank.drawing import refuse_incomplete
from questionbank.drawn_values import stored
from questionbank.variant import Variant


def must_fit(report: DrawReport, question: QuestionDefinition) -> None:
    """ValueError, TypeError, KeyError, AttributeError: it is not."""
    if report.outcome is DrawOutcome.REFUSED:
        DrawProblem.from_json(report.problem)
    if report.outcome is not DrawOutcome.DRAWN:
        return
    if len(report.variants) != question.variant_count:
        raise ValueError(f"{len(report.variants)} variants; {question.variant_count} were asked for")
    for data in report.variants:
        variant = Variant.from_json(data)
        if stored(variant).to_json() != dict(data):
            raise ValueError("a variant is not as it would be stored")
        if question.is_generated:
            refuse_incomplete(question, variant)
    for redraw in report.redraws:
        int(redraw["variant"]), int(redraw["draw"]), DrawProblem.from_json(redraw["why"])
