from prova.embedded.status import Status, read_status

STATUS = Status(
    url="http://127.0.0.1:8000",
    supervisor=7,
    ready=True,
    database_url="postgresql://prova:password@there/prova",
    broker_url="redis+socket:///valkey.sock",
    pids={"web": 8},
    restarts={"web": 1},
)


def test_what_is_written_is_read(tmp_path):
    STATUS.write(tmp_path / "status.json")
    assert read_status(tmp_path / "status.json") == STATUS
    assert read_status(tmp_path / "none") is None


def test_nobody_else_may_read_it_for_it_may_hold_a_password(tmp_path):
    STATUS.write(tmp_path / "status.json")
    STATUS.write(tmp_path / "status.json")
    assert (tmp_path / "status.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["status.json"]
