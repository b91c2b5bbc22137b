"""The leaderboard for programs: what its page shows, and no more."""

from typing import Any, cast

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from prova.accounts.models import User
from prova.assignments.api import Reads, assignments_for
from prova.assignments.leaderboard.board import Board, read_board
from prova.assignments.leaderboard.rows import BoardRow
from prova.courses.access import role_in
from prova.courses.models import Role


class Leaderboard(APIView):
    throttle_classes = [Reads]

    def get(self, request: Request, assignment: int) -> Response:
        user = cast(User, request.user)
        found = get_object_or_404(assignments_for(user), pk=assignment)
        sees_names = role_in(user, found.course) is Role.INSTRUCTOR
        board = read_board(found, user, sees_names=sees_names, all_rows=True)
        if board is None:
            raise Http404(_("This exercise has no leaderboard."))
        return Response(_data(board))


def _data(board: Board) -> dict[str, Any]:
    mine = board.mine
    return {
        "ranked_by": board.name,
        "more_is_better": board.rises,
        "against": board.against_name or None,
        "in_tenths": board.tells_tenths,
        "count": board.count,
        "you": mine
        and {
            "rank": mine.rank,
            "sharing": mine.sharing,
            "submission": mine.submission,
            "missing": mine.missing_number if mine.missing else None,
            "to_rank": mine.to_rank or None,
        },
        "rows": [_row(row) for row in board.rows if row.rank],
        "known_methods": [_row(row) for row in board.rows if not row.rank],
    }


def _row(row: BoardRow) -> dict[str, Any]:
    data: dict[str, Any] = {"name": row.name, "value": row.number, "against": row.against_number}
    if row.rank:
        data |= {"rank": row.rank, "low": row.low, "high": row.high, "is_you": row.is_mine}
        data |= {"submitted_at": row.submitted_at}
    return data
