from prova.quizzes.models import Quiz


def paper_size(quiz: Quiz) -> dict[str, float]:
    """How many questions one attempt asks, and what they are worth together. One query."""
    rows = list(quiz.items.values_list("pool_id", "pool__draws", "points"))
    pools = {pool: (draws, points) for pool, draws, points in rows if pool}
    fixed = [points for pool, _draws, points in rows if pool is None]
    return {
        "item_count": len(fixed) + sum(draws for draws, _points in pools.values()),
        "points": sum(fixed) + sum(draws * points for draws, points in pools.values()),
    }
