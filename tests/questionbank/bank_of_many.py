"""Questions that need no file: published ones with given words, and many rows of an index at once."""

from dataclasses import replace
from random import Random

from questionbank.actions import publish_question
from questionbank.definition import QuestionDefinition
from questionbank.indexing import RULES, SearchableText, document_of
from questionbank.models import IndexCard, IndexedText, Question, QuestionVersion, Variant
from questionbank.similarity import bands
from tests.questionbank.samples import RATIO_VARIANT, numeric

TOPICS = ("pruning", "quantization", "distillation", "entropy_coding")
_LETTERS = "abcdefgilmnoprstuv"


def question(slug: str, en: str, pt: str | None = None, **changes: object) -> QuestionDefinition:
    """A numeric question whose stems are these."""
    texts = {"en": replace(numeric().texts["en"], stem=en)}
    if pt is not None:
        texts["pt-br"] = replace(numeric().texts["pt-br"], stem=pt)
    return replace(numeric(), id=slug, texts=texts, **changes)  # type: ignore[arg-type]


def published(slug: str, en: str, pt: str | None = None, **changes: object) -> Question:
    return publish_question(question(slug, en, pt, **changes), [RATIO_VARIANT]).version.question


def _prose(random: Random) -> str:
    return " ".join("".join(random.choices(_LETTERS, k=random.randint(3, 9))) for _ in range(25))


def many(count: int, seed: int = 0) -> list[Question]:
    """As publishing leaves them, in a few statements."""
    random = Random(seed)
    content = numeric().to_json()
    rows = Question.objects.bulk_create(
        Question(slug=f"many-{n:05}", topic=random.choice(TOPICS), item_type="numeric") for n in range(count)
    )
    versions = QuestionVersion.objects.bulk_create(
        QuestionVersion(question=row, number=1, content=content | {"id": row.slug}, content_hash=row.slug)
        for row in rows
    )
    Variant.objects.bulk_create(Variant(version=version, number=0) for version in versions)
    IndexCard.objects.bulk_create(
        IndexCard(
            question=version.question,
            version=version,
            level=random.choice(("recall", "apply", "analyse")),
            variant_count=1,
            titles={"en": version.question.slug},
            source="-",
            texts={"en": "ok", "pt-br": "ok"},
            key=str(n % 50),
            made_by=RULES,
        )
        for n, version in enumerate(versions)
    )
    texts = [(row, "en", SearchableText(row.slug, _prose(random), "", "")) for row in rows]
    IndexedText.objects.bulk_create(
        IndexedText(
            question=row,
            language=language,
            text=text.lines(),
            bands=bands(text.compared()),
            document=document_of(text, language, row.slug),
        )
        for row, language, text in texts
    )
    return rows
