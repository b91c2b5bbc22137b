from prova.embedded.secret_key import secret_key


def test_it_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "key"
    key = secret_key(path)
    assert len(key) >= 50
    assert secret_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_empty_file_left_by_a_full_disk_is_filled(tmp_path):
    path = tmp_path / "key"
    path.touch()
    assert len(secret_key(path)) >= 50


def test_two_sites_have_different_keys(tmp_path):
    assert secret_key(tmp_path / "one") != secret_key(tmp_path / "two")
