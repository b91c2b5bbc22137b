"""From a version to its index card and indexed texts. Publishing calls it in its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.expressions import Combinable

from questionbank.completeness import LanguageState, state_of
from questionbank.definition import QuestionDefinition, QuestionText
from questionbank.linting.subject import texts_in
from questionbank.models import IndexCard, IndexedText, Question, QuestionVersion
from questionbank.questions import definition_of, latest_versions, variant_of
from questionbank.searchable import folded, readable, words
from questionbank.similarity import bands, normalised
from questionbank.variant import Variant

#: Raise it when what is written here changes: `index_missing` makes every older card again.
RULES = 3
#: Of PostgreSQL, by base language; words of another language are found as they are written.
_CONFIGURATIONS = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "nb": "norwegian",
    "pt": "portuguese",
    "sv": "swedish",
}


@dataclass(frozen=True)
class SearchableText:
    """One language of a question; a line of readable text each."""

    title: str
    stem: str
    options: str
    explanations: str

    def lines(self) -> str:
        return "\n".join((self.title, self.stem, self.options, self.explanations))

    def compared(self) -> str:
        """What near-duplicates share."""
        return f"{self.stem} {self.options}"

    @classmethod
    def from_lines(cls, text: str) -> SearchableText:
        return cls(*text.split("\n", 3))


def configuration_of(language: str) -> str:
    return _CONFIGURATIONS.get(language.split("-")[0], "simple")


def searchable_text(title: str, text: QuestionText, language: str, variant: Variant) -> SearchableText:
    stem, options, explanations = [], [], []
    for place, written in texts_in(text):
        line = readable(written, language, variant)
        if place == ("stem",):
            stem.append(line)
        elif place[0] in ("options", "choices", "gaps") and place[-1] != "explanation":
            options.append(line)
        else:
            explanations.append(line)
    title = readable(title, language, variant)
    return SearchableText(title, " ".join(stem), " · ".join(filter(None, options)), " ".join(explanations))


def states_of(question: QuestionDefinition) -> dict[str, LanguageState]:
    """Every language that the site asks for or the question has."""
    languages = sorted({*settings.BANK_LANGUAGES, *question.texts})
    return {language: state_of(question, language) for language in languages}


def key_text(question: QuestionDefinition, variant: Variant) -> str:
    """The right answer, equal where answers are equal; empty: the item has none that could be compared."""
    number = question.key if variant.key is None else variant.key
    if number is not None:
        return f"{number:g}"
    language = question.source_language
    text = question.texts.get(language) or next(iter(question.texts.values()))

    def said(written: str) -> str:
        return normalised(readable(written, language, variant))

    options = {name: said(option.text) for name, option in text.options.items()}
    right = [options.get(option.id, option.id) for option in question.options if option.correct]
    pairs = [
        f"{options.get(option.id, option.id)}={said(text.choices.get(option.match, option.match))}"
        for option in question.options
        if option.match
    ]
    return "|".join(sorted(right + pairs))


def document_of(text: SearchableText, language: str, names: str) -> Combinable:
    """Stemmed with accents and without, so that either is found; `names` (slug and source) as they are."""
    configuration = configuration_of(language)
    weighted = (("A", f"{text.title} {text.stem}"), ("B", text.options), ("C", text.explanations))
    vector: Combinable = SearchVector(Value(folded(words(names))), config="simple", weight="B")
    for weight, written in weighted:
        found = words(written)
        for spelling in dict.fromkeys((found, folded(found))):
            vector += SearchVector(Value(spelling), config=configuration, weight=weight)
    return vector


@transaction.atomic(savepoint=False)
def index_version(
    version: QuestionVersion, question: QuestionDefinition, variants: Sequence[Variant]
) -> None:
    """Replaces what was indexed of the question. Four statements."""
    variant = variants[0] if variants else Variant()
    card = IndexCard(
        question=version.question,
        version=version,
        level=question.level,
        generator=question.generator or _own_way(question),
        variant_count=len(variants),
        titles=dict(question.objective),
        source=question.source,
        texts=dict(states_of(question)),
        key=key_text(question, variant),
        made_by=RULES,
    )
    kept = [field.name for field in IndexCard._meta.fields if not field.primary_key]
    IndexCard.objects.bulk_create(
        [card], update_conflicts=True, unique_fields=["question"], update_fields=kept
    )
    rows = [_indexed(version.question, question, language, variant) for language in question.texts]
    IndexedText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["question", "language"],
        update_fields=["text", "document", "bands"],
    )
    gone = IndexedText.objects.filter(question=version.question).exclude(language__in=question.texts)
    gone.delete()


def _indexed(row: Question, question: QuestionDefinition, language: str, variant: Variant) -> IndexedText:
    text = searchable_text(title_in(question, language), question.texts[language], language, variant)
    return IndexedText(
        question=row,
        language=language,
        text=text.lines(),
        document=document_of(text, language, f"{row.slug} {question.source}"),
        bands=bands(text.compared()),
    )


def title_in(question: QuestionDefinition, language: str) -> str:
    titles = question.objective
    return titles.get(language) or titles.get(question.source_language) or next(iter(titles.values()), "")


def index_missing() -> int:
    """Makes the card of every question that has none, an old one, or one of an older version; how many. Safe to repeat."""
    outdated = latest_versions().filter(
        Q(question__card__isnull=True)
        | ~Q(question__card__made_by=RULES)
        | ~Q(question__card__version=F("pk"))
    )
    made = 0
    for version in outdated.prefetch_related("variants"):
        with transaction.atomic():
            Question.objects.select_for_update().get(pk=version.question_id)
            index_version(
                version, definition_of(version), [variant_of(each) for each in version.variants.all()]
            )
        made += 1
    return made


def _own_way(question: QuestionDefinition) -> str:
    """For a question that draws without a generator of the catalogue; no name of one has a hyphen."""
    if question.parameters:
        return "declared-parameters"
    return "own-program" if question.generator_source else ""
