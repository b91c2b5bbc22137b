import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from prova.assignments.catalogue import load_packages, read_packages
from prova.assignments.demo import create_demo_assignment
from prova.assignments.models import Exercise
from prova.assignments.statements import statement_html


@pytest.fixture
def folder(tmp_path):
    """A copy of the exercises, free to be changed."""
    import shutil

    shutil.copytree(settings.EXERCISES_DIR, tmp_path / "exercises")
    return tmp_path / "exercises"


@pytest.mark.django_db
def test_loading_twice_changes_nothing(capsys):
    call_command("load_exercises")
    before = list(Exercise.objects.values_list("pk", "version"))
    call_command("load_exercises")
    assert list(Exercise.objects.values_list("pk", "version")) == before
    assert "unchanged" in capsys.readouterr().out


def test_a_changed_package_is_a_new_version_and_assignments_move_to_it(folder, course):
    load_packages(read_packages(folder))
    assignment = create_demo_assignment(course)
    old = assignment.exercise
    starter = folder / "affine-quantization" / "starter.py"
    starter.write_text(starter.read_text() + "# changed\n")
    load_packages(read_packages(folder))
    assignment.refresh_from_db()
    assert assignment.exercise != old
    assert "# changed" in assignment.exercise.metadata["starter"]
    assert Exercise.objects.filter(pk=old.pk).exists()


def test_solutions_mutants_and_check_code_stay_out_of_the_database(folder, db):
    load_packages(read_packages(folder))
    stored = str(Exercise.objects.get(slug="affine-quantization").metadata)
    for secret in ("@given", "expect.", "import hypothesis", "# fails:"):
        assert secret not in stored


def test_a_broken_package_loads_nothing(folder, db, settings):
    settings.EXERCISES_DIR = folder
    (folder / "affine-quantization" / "statement.en.md").write_text("An open formula $x")
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_exercises")
    assert not Exercise.objects.exists()


def test_the_demo_assignment_is_made_once(folder, course):
    load_packages(read_packages(folder))
    assert create_demo_assignment(course) == create_demo_assignment(course)


def test_headings_of_a_statement_are_below_those_of_the_page():
    html = statement_html("# One\n\n## Two\n\n### Three\n\n```python\n# a comment\n```\n", "en")
    assert html.count("<h3>") == 2
    assert html.count("<h4>") == 1
    assert "# a comment" in html


def test_what_may_scroll_can_be_reached_by_keyboard():
    html = statement_html("$$\nx\n$$\n\n```\ncode\n```\n", "en")
    assert html.count('tabindex="0"') == 2


def test_the_empty_corner_of_a_table_is_no_heading():
    html = statement_html("| | a |\n| --- | --- |\n| `<th></th>` | 1 |\n", "en")
    assert "<td></td>\n<th>a</th>" in html
    assert "&lt;th&gt;&lt;/th&gt;" in html
