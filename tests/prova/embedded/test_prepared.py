import pytest
from prova.embedded.prepared import fingerprint, recall, remember

URL = "postgresql://here/prova"


@pytest.fixture
def root(tmp_path):
    content = tmp_path / "root" / "questionbank" / "content"
    content.mkdir(parents=True)
    (content / "one.yaml").write_text("stem: what")
    return tmp_path / "root"


def test_an_unchanged_bank_keeps_its_fingerprint(root):
    assert fingerprint(root, URL) == fingerprint(root, URL)


@pytest.mark.parametrize("name", ["one.yaml", "two.yaml", "generator.py", "images/plot.png", "weights.npz"])
def test_a_changed_or_new_source_changes_it(root, name):
    before = fingerprint(root, URL)
    file = root / "questionbank" / "content" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("stem: why")
    assert fingerprint(root, URL) != before


def test_what_a_run_leaves_behind_does_not_change_it(root):
    before = fingerprint(root, URL)
    (root / "questionbank" / "content" / "one.pyc").write_text("compiled")
    (root / "questionbank" / "report.json").write_text("{}")
    assert fingerprint(root, URL) == before


def test_a_renamed_source_changes_it(root):
    before = fingerprint(root, URL)
    content = root / "questionbank" / "content"
    (content / "one.yaml").rename(content / "other.yaml")
    assert fingerprint(root, URL) != before


def test_another_database_has_nothing_loaded_yet(root):
    assert fingerprint(root, URL) != fingerprint(root, URL + "2")


def test_logins_are_recalled_for_the_same_content_only(tmp_path):
    remember(tmp_path / "prepared", "abc", ["login: lin secret learner"])
    assert recall(tmp_path / "prepared", "abc") == ["login: lin secret learner"]
    assert recall(tmp_path / "prepared", "abd") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"fingerprint": "abc"}'])
def test_a_damaged_memory_means_loading_again(tmp_path, text):
    (tmp_path / "prepared").write_text(text)
    assert recall(tmp_path / "prepared", "abc") is None
    assert recall(tmp_path / "missing", "abc") is None
