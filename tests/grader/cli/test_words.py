import re
from pathlib import Path

import pytest

from grader.cli.command_line import main
from grader.cli.words import Voice, system_language, texts
from grader.messages import LANGUAGES

PARAMETER = re.compile(r"\{([a-z_]+)\}")
CLI = Path(__file__).resolve().parents[3] / "grader" / "cli"


@pytest.mark.parametrize("key", texts())
def test_every_sentence_is_there_in_both_languages_with_the_same_parameters(key: str) -> None:
    said = texts()[key]
    assert set(said) == set(LANGUAGES)
    assert set(PARAMETER.findall(said["en"])) == set(PARAMETER.findall(said["pt-br"]))


def test_every_sentence_is_said_somewhere_and_every_one_that_is_said_exists() -> None:
    code = "".join(file.read_text("utf-8") for file in CLI.glob("*.py"))
    quoted = set(re.findall(r'"([a-z_]+)"', code))
    assert not set(texts()) - quoted
    said = set(re.findall(r'(?:Problem\(|say\(|command\("[a-z-]+", |Message\(key=)\s*"([a-z_]+)"', code))
    assert said
    assert not said - set(texts())


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "pt_BR.UTF-8"}, "pt-br"),
        ({"LC_ALL": "pt_PT", "LANG": "en_US"}, "pt-br"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "pt_BR.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_systems(environment: dict[str, str], language: str) -> None:
    assert system_language(environment) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_in_the_language_asked_for(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["submit", "--help", "--language", language])
    assert Voice(language).say("help_submit") in " ".join(capsys.readouterr().out.split())


def test_what_is_not_understood_is_said_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["check", "--language", "pt-br"])
    assert "O comando não foi entendido" in capsys.readouterr().err
