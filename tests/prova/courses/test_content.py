"""The content of a site as files, and back: byte for byte, all or nothing, and nothing outside of the folder."""

import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from prova.accounts.models import User
from prova.assignments.models import Exercise
from prova.courses.models import Course
from prova.quizzes.authoring import define_quiz
from prova.quizzes.definitions import parse_quizzes
from prova.quizzes.models import Accommodation, Quiz

from questionbank.actions import publish_question
from questionbank.collections import add_to_collection, make_collection
from questionbank.content_files.folder import FILES, FOLDERS
from questionbank.images import asset_of
from questionbank.models import Asset, Collection, Origin, Question, QuestionVersion, Tag, Variant
from questionbank.pictures import ImageDefinition
from questionbank.tags import add_tag
from questionbank.variant import Variant as Drawn
from tests.people import make_course
from tests.prova.assignments.samples import make_assignment, make_exercise
from tests.questionbank.samples import FILE, RATIO_VARIANT, numeric, single_choice

pytestmark = pytest.mark.django_db

QUESTIONS = FILE.count("\n  - id: ")
PROGRAM = 'def generate(rng):\n    n = rng.randint(2, 9)\n    return {"params": {"n": n}, "key": n / 4}\n'


def picture() -> bytes:
    """One grey pixel as PNG."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def author() -> User:
    return User.objects.create_superuser("head", password="head")


def a_course_of_our_own(exercise: Exercise) -> None:
    """What people make on the web: a question with an instructor's own generator, one with a picture, in one language,
    words and lists, and work with every rule that differs from the usual one."""
    ada = author()
    text = numeric().texts["pt-br"]
    own = replace(
        numeric(),
        id="own-numbers",
        texts={
            "pt-br": replace(
                text, stem="Quanto é [[n]] / 4?\n\n- um\n- dois", slips={}, explanation="É isso."
            )
        },
        objective={"pt-br": "Dividir."},
        convention={"pt-br": "nenhuma"},
        source_language="pt-br",
        note="Two lines\nfor the next author.",
        slips={},
        generator=None,
        generator_source=PROGRAM.rstrip(),
        variant_count=2,
    )
    drawn = [Drawn({"n": 3}, key=0.75), Drawn({"n": 8}, key=2.0)]
    publish_question(own, drawn, origin=Origin.WEB, by=ada)
    file = asset_of(picture())
    Asset.objects.create(
        name=file.name, media_type=file.media_type, content=file.content, file_name="grey.png"
    )
    seen = replace(
        numeric(),
        id="with-a-picture",
        images=(ImageDefinition("plot", asset=file.name),),
        generator="sharing_ratio",
    )
    shown = {
        language: replace(text, stem=f"{text.stem}\n\n![A plot](image:plot)")
        for language, text in seen.texts.items()
    }
    publish_question(replace(seen, texts=shown), [RATIO_VARIANT], origin=Origin.WEB, by=ada)
    questions = list(Question.objects.order_by("-slug")[:3])
    add_tag("Exam: 2026", questions)
    mine = make_collection(ada, {"en": "For the exam", "pt-br": "Para a prova: já"}, is_shared=False)
    add_to_collection(mine, questions)
    opens = datetime(2026, 12, 1, 9, tzinfo=UTC)
    course = make_course()
    for changes in ({}, {"opens_at": opens, "points": 7.5, "counts": "last", "is_published": False}):
        slug = f"halving-{len(changes)}"
        make_assignment(course, exercise, slug=slug, titles={"en": "Halving"}, **changes)
    for quiz in parse_quizzes(QUIZZES, "quizzes"):
        define_quiz(course, quiz)
    Quiz.objects.filter(course=course, slug="basics").update(
        opens_at=opens, layout="question", is_one_way=True, networks=["10.0.0.0/8"], tells_key=False
    )


QUIZZES = """
- slug: basics
  titles: {en: Basics, pt-br: Fundamentos}
  time_limit_min: 20
  attempts: 3
  counts: last
  questions:
    - {id: own-numbers, points: 2.5}
- slug: exam
  titles: {en: Exam}
  guessing_penalty: true
  sections:
    - titles: {en: One, pt-br: Um}
      shuffled: true
      questions:
        - {id: what-pruning-removes, pin: last}
        - {pool: {topic: quantization, level: recall}, draws: 2, points: 1.5}
    - questions:
        - {pool: {slugs: [own-numbers, with-a-picture]}}
"""


def emptied() -> None:
    """The authored part of the site as on its first day; exercises are software and stay."""
    tables = [model._meta.db_table for model in (Question, Tag, Collection, Asset, Course)]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


def export(folder: Path, *options: str) -> dict[str, bytes]:
    call_command("export_content", str(folder), *options, stdout=StringIO())
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def imported(folder: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_content", str(folder), *options, stdout=out)
    return out.getvalue()


def counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Question, QuestionVersion, Variant, Tag, Quiz, Course, Asset)
    )


def test_export_into_an_empty_site_and_export_again_is_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "quantization.yaml").write_text(FILE, encoding="utf-8")
    call_command("load_bank", "--directory", str(tmp_path / "shipped"), stdout=StringIO())
    drawn = replace(numeric(), id="of-another-topic", topic="weight_sharing", variant_count=2)
    publish_question(drawn, [RATIO_VARIANT, replace(RATIO_VARIANT, params={**RATIO_VARIANT.params, "n": 9})])
    a_course_of_our_own(make_exercise())
    before = export(tmp_path / "first")
    assert {path.split("/")[0] for path in before} == {*FOLDERS, *FILES}
    emptied()
    told = imported(tmp_path / "first")
    assert f"questions new: {Question.objects.count()}" in told
    assert export(tmp_path / "second") == before
    there = counts()
    told = imported(tmp_path / "first")
    assert "new" not in told
    assert "changed" not in told.replace("unchanged", "")
    assert counts() == there
    own = Question.objects.get(slug="own-numbers").latest_version()
    assert own is not None
    assert [variant.key for variant in own.variants.order_by("number")] == [
        {"value": 0.75, "slips": {}},
        {"value": 2.0, "slips": {}},
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small folder, as an author would write it by hand."""
    (tmp_path / "content" / "questions").mkdir(parents=True)
    (tmp_path / "content" / "questions" / "quantization.yaml").write_text(FILE, encoding="utf-8")
    course = "slug: small\ntitles: {en: Small}\nassignments: []\n"
    quizzes = (
        "quizzes:\n  - slug: one\n    titles: {en: One}\n    questions: [{id: ratio-of-sharing, points: 2}]\n"
    )
    (tmp_path / "content" / "courses" / "small").mkdir(parents=True)
    (tmp_path / "content" / "courses" / "small" / "course.yaml").write_text(course)
    (tmp_path / "content" / "courses" / "small" / "quizzes.yaml").write_text(quizzes)
    shelves = "tags:\n  - {name: exam, questions: [ratio-of-sharing]}\ncollections: []\n"
    (tmp_path / "content" / "shelves.yaml").write_text(shelves)
    return tmp_path / "content"


def test_what_was_written_by_hand_is_imported_and_comes_out_canonical(folder: Path, tmp_path: Path) -> None:
    imported(folder)
    first = export(tmp_path / "out")
    assert Quiz.objects.get().items.get().points == 2
    emptied()
    imported(tmp_path / "out")
    assert export(tmp_path / "again") == first


def test_every_problem_is_named_with_file_and_line_and_nothing_is_imported(folder: Path) -> None:
    author()
    questions = folder / "questions" / "quantization.yaml"
    questions.write_text(FILE.replace("level: recall", "level: hard", 1).replace("value: 3.5556", "value: x"))
    (folder / "variants").mkdir()
    (folder / "variants" / "quantization.json").write_text("{\n")
    with pytest.raises(CommandError) as refused:
        imported(folder)
    said = str(refused.value)
    assert "questions/quantization.yaml:5: error [schema] what-pruning-removes: “level”" in said
    assert "“value” must be a number" in said
    assert "variants/quantization.json:2: error [variants] not readable as JSON" in said
    assert counts() == (0,) * 7


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "shelves.yaml",
            "[ratio-of-sharing]",
            "[nosuch]",
            "shelves.yaml:2: error [shelves] there is no question",
        ),
        (
            "courses/small/quizzes.yaml",
            "id: ratio-of-sharing",
            "id: nosuch",
            "quizzes.yaml:2: error [quiz] quiz one: not",
        ),
        ("courses/small/quizzes.yaml", "points: 2", "points: two", "quizzes.yaml:1: error [quiz]"),
        (
            "courses/small/course.yaml",
            "assignments: []",
            "assignments:\n  - {slug: a, exercise: nosuch}",
            "course.yaml:4: error [assignment] the exercise “nosuch” is not loaded",
        ),
        (
            "courses/small/course.yaml",
            "assignments: []",
            "assignments:\n  - slug: a\n    exercise: b\n    points: many\n    opens_at: soon\n",
            "course.yaml:6: error [schema]",
        ),
        ("questions/quantization.yaml", "pin: last", "pin: last, correct: true", "exactly one key"),
    ],
)
def test_one_fault_anywhere_keeps_everything_out(
    folder: Path, file: str, old: str, new: str, problem: str
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        imported(folder)
    assert problem in str(refused.value)
    assert counts() == (0,) * 7


def test_a_dry_run_says_what_would_happen_and_changes_nothing(folder: Path) -> None:
    told = imported(folder, "--dry-run")
    assert f"questions new: {QUESTIONS}" in told
    assert "quizzes new: 1" in told
    assert counts() == (0,) * 7


def test_what_was_changed_here_is_overwritten_only_when_told_to(folder: Path) -> None:
    imported(folder)
    Course.objects.update(titles={"en": "Changed here"})
    Quiz.objects.update(titles={"en": "Changed here"}, opens_at=datetime(2026, 12, 1, tzinfo=UTC))
    version = Question.objects.get(slug="ratio-of-sharing").latest_version()
    assert version is not None
    publish_question(
        replace(type(single_choice()).from_json(version.content), source="Changed here"),
        [Drawn()],
        origin=Origin.WEB,
    )
    changed = FILE.replace("stem: What is the ratio?", "stem: Which ratio results?")
    (folder / "questions" / "quantization.yaml").write_text(changed)
    with pytest.raises(CommandError) as refused:
        imported(folder)
    assert "ratio-of-sharing version 2 was written on the web, and the file has changed too" in str(
        refused.value
    )
    (folder / "questions" / "quantization.yaml").write_text(FILE)
    with pytest.raises(CommandError) as refused:
        imported(folder)
    assert "the course “small” says something else here" in str(refused.value)
    assert "quizzes.yaml:2: error [quiz] the quiz “one” says something else here" in str(refused.value)
    assert Course.objects.get().titles == {"en": "Changed here"}
    told = imported(folder, "--overwrite")
    assert "quizzes changed: 1" in told
    assert (Course.objects.get().titles, Quiz.objects.get().titles) == ({"en": "Small"}, {"en": "One"})
    assert Quiz.objects.get().opens_at is None


def test_what_was_written_by_hand_is_unchanged_when_it_is_read_again(folder: Path) -> None:
    imported(folder)
    told = imported(folder)
    assert "quizzes unchanged: 1" in told


def test_a_quiz_with_a_password_never_arrives_open(folder: Path, tmp_path: Path) -> None:
    imported(folder)
    Quiz.objects.update(password="swordfish", networks=["10.0.0.0/8"])
    Accommodation.objects.create(quiz=Quiz.objects.get(), learner=author(), extra_s=600)
    out = StringIO()
    call_command("export_content", str(tmp_path / "out"), stdout=out)
    assert "The passwords of these quizzes stay here: one." in out.getvalue()
    assert "What single learners are granted stays here (1)." in out.getvalue()
    files = contents(tmp_path / "out")
    assert not any(b"swordfish" in content for content in files.values())
    emptied()
    told = imported(tmp_path / "out")
    assert "the quiz “one” of “small” needs a password" in told
    quiz = Quiz.objects.get()
    assert (quiz.is_published, quiz.networks) == (False, ["10.0.0.0/8"])
    assert "quizzes unchanged: 1" in imported(tmp_path / "out")
    assert export(tmp_path / "again") == files


def test_a_silent_file_leaves_password_and_networks_even_when_it_overwrites(folder: Path) -> None:
    imported(folder)
    Quiz.objects.update(password="swordfish", networks=["10.0.0.0/8"], titles={"en": "Changed here"})
    imported(folder, "--overwrite")
    quiz = Quiz.objects.get()
    assert (quiz.title(), quiz.password, quiz.networks) == ("One", "swordfish", ["10.0.0.0/8"])
    assert "quizzes unchanged: 1" in imported(folder)


def test_stored_variants_that_fit_are_kept_and_others_are_drawn_again(tmp_path: Path) -> None:
    drawn = [Drawn({"lo": -1.0, "hi": 2.5}, {"steps": 0.5, "levels": 0.25})]
    publish_question(single_choice(), drawn)
    files = export(tmp_path / "out")
    emptied()
    imported(tmp_path / "out")
    assert Variant.objects.get().options == {"steps": 0.5, "levels": 0.25}
    emptied()
    path = tmp_path / "out" / "questions" / "quantization.yaml"
    path.write_text(
        path.read_text()
        .replace("variants: 1", "variants: 3")
        .replace("generator: affine_scale", PROGRAM_FIELD)
    )
    imported(tmp_path / "out")
    assert Variant.objects.count() == 3
    assert files["variants/quantization.json"].count(b"params") == 1


PROGRAM_FIELD = """parameters:
      draw: {lo: {from: -9, to: -1}, hi: {from: 2, to: 9}}
      options:
        steps: (hi - lo) / 255
        levels: (hi - lo) / 256"""


def links(folder: Path) -> Iterator[tuple[str, Path]]:
    outside = folder.parent / "outside.yaml"
    outside.write_text(FILE)
    os.symlink(outside, folder / "questions" / "link.yaml")
    yield "questions/link.yaml:1: error [file] a link", folder / "questions" / "link.yaml"
    os.symlink(folder.parent, folder / "images")
    yield "images:1: error [file] a link", folder / "images"
    os.mkfifo(folder / "questions" / "pipe.yaml")
    yield "questions/pipe.yaml:1: error [file] a link or no ordinary file", folder / "questions" / "pipe.yaml"


def test_links_and_pipes_are_refused_and_not_followed(folder: Path) -> None:
    for problem, path in links(folder):
        with pytest.raises(CommandError) as refused:
            imported(folder)
        assert problem in str(refused.value)
        with pytest.raises(CommandError):
            export(folder)
        path.unlink()
    assert (folder.parent / "outside.yaml").read_text() == FILE


def test_a_picture_of_a_question_cannot_name_a_file_elsewhere(folder: Path) -> None:
    text = FILE.replace(
        "    level: recall\n", "    level: recall\n    images: {a: {file: ../../secret.png}}\n", 1
    )
    (folder / "questions" / "quantization.yaml").write_text(text)
    (folder.parent / "secret.png").write_bytes(picture())
    with pytest.raises(CommandError, match="must be the bare name of a file"):
        imported(folder)


def test_an_export_keeps_what_is_the_authors_and_removes_what_is_gone(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "README.md").write_text("ours")
    (folder / "questions" / "gone.yaml").write_text("topic: gone\nquestions: []\n")
    publish_question(numeric(), [RATIO_VARIANT])
    assert set(export(folder)) == {
        *("README.md", "shelves.yaml", "questions/quantization.yaml", "variants/quantization.json")
    }
    assert (folder / ".git").is_dir()
    (folder / "questions" / "notes.txt").write_text("mine")
    with pytest.raises(CommandError, match=r"notes\.txt: a file of another kind"):
        export(folder)
    assert [path.name for path in folder.parent.iterdir()] == ["content"]


@pytest.mark.parametrize("what", ["nosuch", "empty"])
def test_a_folder_without_content_is_refused(tmp_path: Path, what: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError, match="Nothing was imported"):
        imported(tmp_path / what)


def test_a_folder_that_is_too_large_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("questionbank.content_files.folder.MAX_FILE_BYTES", 1000)
    with pytest.raises(
        CommandError, match=r"quantization\.yaml:1: error \[file\] it is larger than 1000 bytes"
    ):
        imported(folder)
