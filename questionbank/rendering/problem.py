class RenderingProblem(ValueError):
    """An authored text cannot be shown; the author's turn. `advice` says what to do."""

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(f"{problem}: {advice}")
        self.problem = problem
        self.advice = advice
