"""The sections of the editor's page, by item type."""

from __future__ import annotations

from django.utils.translation import gettext as _

from prova.authoring.choice_words import level_choices, rule_choices
from prova.authoring.editor.model import FormField, Group, Passage
from prova.authoring.editor.rows import RowBuilder
from prova.authoring.exercises import checks_of, exercise_choices
from prova.authoring.forms.ids import ids_of
from prova.authoring.forms.parts.code import CHECK


class Builder(RowBuilder):
    def about(self) -> tuple[FormField, ...]:
        return (
            self.one("id", _("Id"), help=_("names the question in files"), is_fixed=self.slug_is_fixed),
            self.one("topic", _("Topic"), is_fixed=False),
            self.one("level", _("Level"), "select", choices=level_choices()),
            self.one("source", _("Source"), "wide", help=_("paper and section, or book and page")),
            self.one("note", _("Note for other authors"), "wide", help=_("no student sees it")),
        )

    def numbers(self) -> tuple[FormField, ...]:
        found = [
            self.one("variants", _("Variants"), "number", help=_("how many are drawn, up to 50")),
            self.one(
                "generator",
                _("Built-in generator"),
                help=_("its name in the catalogue"),
                suggests="generators",
            ),
            self.one("parameters.key", _("Formula of the right number"), "wide"),
            self.one("parameters.where", _("Conditions, one a line"), "code", help=_("such as hi != -lo")),
            self.one("generator_source", _("A generator of your own (Python)"), "code"),
        ]
        if self.fields.get("parameters"):
            found.append(self.one("parameters", _("Declared parameters (YAML)"), "code"))
        return tuple(found)

    def scoring(self) -> tuple[FormField, ...]:
        of_type = {
            "hotspot": self._hotspot,
            "free_text": self._limits,
            "code": self._code,
            "short_answer": self._text_rules,
            "gaps": self._text_rules,
        }
        found = list(of_type[self.type]()) if self.type in of_type else []
        if self.shape.scoring:
            choices = rule_choices(self.shape.scoring)
            found.insert(0, self.one("scoring", _("Partial credit"), "select", choices=choices))
        if self.shape.program:
            found += self._program()
        if self.shape.number:
            found += self._number()
        return tuple(found)

    def _number(self) -> list[FormField]:
        found = []
        if not self.words.is_drawn(self.fields) or self.fields.get("key.value"):
            found.append(self.one("key.value", _("Right number"), "number"))
        found.append(self.one("unit", _("Unit"), help=_("shown beside the answer; may stay empty")))
        found += self.tolerance("tolerance")
        if ids_of(self.fields, "units"):
            found.append(self.tick("units.required", _("A number without a unit is no answer")))
        digits = [("least", _("Significant digits, at least")), ("most", _("Significant digits, at most"))]
        return [*found, *(self.one(f"digits.{name}", label, "number") for name, label in digits)]

    def _program(self) -> list[FormField]:
        return [
            self.one("program.code", _("Program"), "code"),
            self.one("program.output", _("Its output"), "code"),
            self.tick("program.ignore_case", _("Small and capital letters count as the same")),
            self.tick("program.ignore_spaces", _("Spaces do not count")),
        ]

    def _text_rules(self) -> list[FormField]:
        return [
            self.tick("text_rules.ignore_case.off", _("Small and capital letters matter")),
            self.tick("text_rules.ignore_accents.off", _("Accents matter")),
            self.tick("text_rules.ignore_punctuation.off", _("Hyphens and other marks matter")),
            self.one(
                "text_rules.typos", _("Letters that may be wrong"), "number", help=_("0 to 3; 0 if empty")
            ),
            self.one(
                "text_rules.typo_word_length",
                _("in words of at least so many letters"),
                "number",
                help=_("6 if empty"),
            ),
        ]

    def _hotspot(self) -> list[FormField]:
        ids = ids_of(self.fields, "images")
        return [
            self._one_of("hotspot.picture", _("Picture to be marked"), ids),
            self.one(
                "hotspot.points",
                _("Points to be set"),
                "number",
                help=_("as many as there are right regions, if empty"),
            ),
        ]

    def _limits(self) -> list[FormField]:
        return [
            self.one("words.least", _("Words, at least"), "number"),
            self.one("words.most", _("Words, at most"), "number"),
        ]

    def _code(self) -> list[FormField]:
        exercise = self.fields.get("code.exercise", "")
        choices = exercise_choices(exercise)
        ticked = [name.removeprefix(CHECK) for name in self.fields if name.startswith(CHECK)]
        names = [*checks_of(exercise), *(each for each in ticked if each not in checks_of(exercise))]
        checks = [
            self.one(f"{CHECK}{name}", name, "check", is_checked=name in ticked, is_code=True)
            for name in names
        ]
        return [
            self.one(
                "code.exercise",
                _("Exercise"),
                "select",
                choices=choices,
                help=_("Its checks score the answer. Tick those that count; none ticked: all of them."),
            ),
            *checks,
            self.one("code.starter", _("What the student opens"), "code"),
            self.one("code.solution", _("A solution that earns everything"), "code"),
        ]

    def groups(self) -> tuple[Group, ...]:
        kinds = {
            "short_answer": ["answers", "slips"],
            "gaps": ["gaps"],
            "hotspot": ["images", "regions"],
            "free_text": ["rubric"],
            "numeric": ["slips", "units"],
        }.get(self.type, [])
        if self.shape.options is not None:
            kinds = ["options", *kinds]
        if self.shape.choices:
            kinds = [*kinds, "choices"]
        found = [self.group(kind) for kind in kinds]
        found += [self.group(kind, "numbers") for kind in ("draw", "compute", "values")]
        if "images" not in kinds:
            found.append(self.group("images", "late"))
        return (*found, self.group("hints", "late"))

    def closing(self) -> tuple[Passage, ...]:
        explanation = self.passage(_("Explanation"), "explanation", help=_("after answering"))
        if self.type == "free_text":
            return explanation, self.passage(_("An answer that would earn everything"), "model_answer")
        return (explanation,)

    def hidden(self) -> tuple[tuple[str, str], ...]:
        names = ["type", "source_language", "languages", *(f"texts.{code}.revision" for code in self.codes)]
        return tuple((name, self.fields.get(name, "")) for name in names)
