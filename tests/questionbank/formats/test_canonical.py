import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from questionbank.definition import QuestionDefinition
from questionbank.formats.canonical import canonical, comment_lines
from questionbank.formats.writing import write_file
from questionbank.formats.yaml_file import read_questions
from tests.questionbank.samples import FILE

HERE = Path("questions.yaml")
SHIPPED = sorted(settings.QUESTIONS_DIR.glob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_the_shipped_files_are_in_canonical_form_and_survive_the_database(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    questions = [each.definition for each in read_questions(text, file).questions]
    assert write_file(questions[0].topic, questions) == text, "manage.py format_bank writes it"
    stored = json.loads(json.dumps([question.to_json() for question in questions]))
    assert [QuestionDefinition.from_json(each) for each in stored] == questions


def test_the_canonical_form_says_the_same_and_stays_what_it_is() -> None:
    once = canonical(FILE, HERE).text
    assert once is not None
    assert once != FILE
    assert canonical(once, HERE).text == once
    before, after = (
        [each.definition for each in read_questions(text, HERE).questions] for text in (FILE, once)
    )
    assert before == after


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: 1\n", []),
        ("# head\na: 1\n", [1]),
        ("a: 1 # one\nb: '# no' # two\nc: x#y\n", [1, 2]),
        ("a: |\n  # no comment\n  b\n# a comment\n", [4]),
        ("a: | # header\n  text\nb: >-\n  # no\n", [1]),
        ('a: {b: "x", # inside\n  c: y}\n', [1]),
        ("- 'it''s # not'\n- a\n#", [3]),
    ],
)
def test_comments_are_found_where_they_are(text: str, lines: list[int]) -> None:
    assert list(comment_lines(text)) == lines


def test_a_file_with_a_comment_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = FILE.replace("level: recall\n", "level: recall # hm\n", 1)
    file = tmp_path / "quantization.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("format_bank", "--directory", str(tmp_path))
    assert file.read_text(encoding="utf-8") == text
    assert ":5: error [comment] a comment would be lost" in capsys.readouterr().out


def test_checking_changes_nothing_and_writing_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "quantization.yaml"
    file.write_text(FILE, encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("format_bank", "--check", "--directory", str(tmp_path))
    assert file.read_text(encoding="utf-8") == FILE
    call_command("format_bank", "--directory", str(tmp_path))
    call_command("format_bank", "--check", "--directory", str(tmp_path))
    assert "1 files: 1 canonical already, 0 to be written anew, 0 faulty" in capsys.readouterr().out
