"""How the editor speaks of a group of rows: its title, what it is for, and the button that adds a row."""

from django.utils.translation import gettext as _


def group_words() -> dict[str, tuple[str, str, str]]:
    return {
        "choices": (
            _("Choices"),
            _("What the rows are matched with. Add one or two that fit no row."),
            _("Add a choice"),
        ),
        "slips": (
            _("Known wrong numbers"),
            _("Who gives exactly this number is told which mistake leads to it."),
            _("Add a known wrong number"),
        ),
        "mistakes": (
            _("Known wrong answers"),
            _("Who gives one of these wordings is told which mistake leads to it."),
            _("Add a known wrong answer"),
        ),
        "hints": (
            _("Hints"),
            _("Taken one after the other; each costs a share of the question's points."),
            _("Add a hint"),
        ),
        "answers": (
            _("Accepted answers"),
            _("A wording of any language counts. An answer that is right in part has a share of the points."),
            _("Add an answer"),
        ),
        "gaps": (
            _("Gaps"),
            _("Write [[gap.ID]] once in the question of each language, where the gap is."),
            _("Add a gap"),
        ),
        "inner choices": (_("List to choose from"), "", _("Add to the list")),
        "regions": (
            _("Regions"),
            _("In the numbers of the axes, or in percent of an uploaded picture. The preview draws them."),
            _("Add a region"),
        ),
        "images": (
            _("Pictures"),
            _("In a text a picture stands as ![what it shows](image:ID)."),
            _("Add a picture"),
        ),
        "rubric": (
            _("Criteria"),
            _("What a person marks by. Levels go up from 0 points to the full mark."),
            _("Add a criterion"),
        ),
        "inner levels": (_("Levels"), "", _("Add a level")),
        "units": (
            _("Other units"),
            _("Units that are understood beside the question's own."),
            _("Add a unit"),
        ),
        "draw": (
            _("Drawn numbers"),
            _("Each from a range or from a list. Texts print it as [[name]]."),
            _("Add a drawn number"),
        ),
        "compute": (
            _("Computed numbers"),
            _("From drawn ones and from each other, as in 2 ** bits - 1."),
            _("Add a computed number"),
        ),
        "values": (
            _("Values of mistakes, options and gaps"),
            _("A formula for each known wrong number, option or gap, under its id."),
            _("Add a value"),
        ),
    }
