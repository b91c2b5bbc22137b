"""What changes a regrade, as verbs; each is one transaction."""

from prova.regrades.actions.decide import Applied, discard_regrade, make_live
from prova.regrades.actions.start import judge_failed_again, start_regrade

__all__ = ["Applied", "discard_regrade", "judge_failed_again", "make_live", "start_regrade"]
