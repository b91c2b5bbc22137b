from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from questionbank.linting import beside
from questionbank.models import Question, QuestionVersion
from tests.questionbank.samples import FILE

COUNT = FILE.count("\n  - id: ")
FAULTY = FILE.replace("{id: none_of_these, pin: last}", "{id: none_of_these}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "quantization.yaml").write_text(FILE, encoding="utf-8")
    return tmp_path


def said(command: str, folder: Path, *options: str) -> str:
    out = StringIO()
    call_command(command, "--directory", str(folder), *options, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_loading_twice_loads_once(folder: Path) -> None:
    assert f"{COUNT} questions, {COUNT} new, 0 changed, 0 unchanged" in said("load_bank", folder)
    assert f"{COUNT} questions, 0 new, 0 changed, {COUNT} unchanged" in said("load_bank", folder)
    assert QuestionVersion.objects.count() == COUNT


@pytest.mark.django_db
def test_a_changed_question_is_loaded_and_its_translation_pointed_out(folder: Path) -> None:
    said("load_bank", folder)
    changed = FILE.replace("stem: What is the ratio?", "stem: Which ratio results?")
    (folder / "quantization.yaml").write_text(changed, encoding="utf-8")
    told = said("load_bank", folder)
    assert f"0 new, 1 changed, {COUNT - 1} unchanged" in told
    assert "ratio-of-sharing version 2: the source text changed and pt-br did not" in told


@pytest.mark.django_db
@pytest.mark.parametrize("worth_a_process", [1, 1000])
def test_nothing_is_loaded_while_one_question_is_faulty(
    folder: Path, monkeypatch: pytest.MonkeyPatch, worth_a_process: int
) -> None:
    monkeypatch.setattr(beside, "WORTH_A_PROCESS", worth_a_process)
    (folder / "quantization.yaml").write_text(FAULTY, encoding="utf-8")
    with pytest.raises(
        CommandError, match=r"Nothing was published: .*\n.*quantization\.yaml:\d+: error \[pin\]"
    ):
        said("load_bank", folder)
    assert Question.objects.count() == 0


def test_the_linter_counts_and_shows_the_table(folder: Path) -> None:
    told = said("lint_bank", folder, "--report")
    assert f"{COUNT} questions, {COUNT} variants: 0 errors" in told
    assert "quantization/ratio-of-sharing" in told


def test_the_linter_ends_with_exit_code_1_on_errors(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "quantization.yaml").write_text(FAULTY, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("lint_bank", "--directory", str(folder))
    assert ended.value.code == 1
    assert "add “pin: last”" in capsys.readouterr().out


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        said("lint_bank", tmp_path)


def test_our_own_bank_has_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("lint_bank")
    assert " 0 errors" in capsys.readouterr().out
