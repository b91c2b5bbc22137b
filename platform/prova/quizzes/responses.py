from collections.abc import Sequence

from prova.quizzes.models import Response


def newest_responses(item_ids: Sequence[int]) -> dict[int, Response]:
    """The response that counts, by attempt item; items without any are missing. One query."""
    newest = (
        Response.objects.filter(attempt_item__in=item_ids)
        .order_by("attempt_item_id", "-pk")
        .distinct("attempt_item_id")
    )
    return {response.attempt_item_id: response for response in newest}
