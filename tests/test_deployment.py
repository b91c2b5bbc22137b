"""The files for Docker, read as data: there may be no Docker where the tests run."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured
from prova.environment import postgresql

from grader.broker import celery_settings

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = (ROOT / "docker-compose.yml").read_text()
#: What .env must hold.
SECRETS = {"SECRET_KEY": "s", "POSTGRES_PASSWORD": "p", "RABBITMQ_PASSWORD": "r"}
#: Read by Python or Django themselves.
KNOWN_ELSEWHERE = {"DJANGO_SETTINGS_MODULE", "PYTHONUNBUFFERED", "PATH"}


def interpolated(text: str) -> str:
    """Compose's own rules for ${NAME}, ${NAME:-default} and ${NAME:?message}."""

    def value(found: re.Match[str]) -> str:
        name, _, default = found[1].partition(":")
        if name in SECRETS:
            return SECRETS[name]
        assert default.startswith("-"), (
            f"{name} has no default and is not among the secrets that .env must hold"
        )
        return default[1:]

    return re.sub(r"\$\{([^}]+)\}", value, text)


SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(interpolated(COMPOSE))["services"]
OURS = sorted(name for name, service in SERVICES.items() if service["image"] == "prova")


def environment(name: str) -> dict[str, str]:
    return SERVICES[name].get("environment", {})


def read_by_the_code() -> set[str]:
    """Every variable that a setting or the grader reads."""
    names: set[str] = set()
    for path in [*ROOT.glob("platform/prova/**/*.py"), *ROOT.glob("grader/**/*.py")]:
        names |= set(re.findall(r"environment\.\w+\(\s*\"([A-Z_]+)\"", path.read_text()))
        names |= set(re.findall(r"os\.environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"", path.read_text()))
    return names


def test_there_is_one_service_for_each_process_of_the_embedded_site():
    assert set(OURS) == {"init", "web", "web-worker", "sweeper", "grading-worker"}


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_the_code_reads(name):
    assert set(environment(name)) <= read_by_the_code() | KNOWN_ELSEWHERE


def test_what_the_image_sets_is_read_too():
    dockerfile = (ROOT / "Dockerfile").read_text()
    block = re.findall(r"^ENV ((?:.*\\\n)*.*)$", dockerfile, re.MULTILINE)
    names = {pair.split("=")[0] for text in block for pair in text.replace("\\\n", " ").split()}
    assert names <= read_by_the_code() | KNOWN_ELSEWHERE


def test_the_grading_worker_holds_no_secret_of_the_site():
    assert set(environment("grading-worker")) == {"BROKER_URL"}
    assert "volumes" not in SERVICES["grading-worker"]
    assert "env_file" not in SERVICES["grading-worker"]


def test_the_grading_worker_reaches_the_broker_and_nothing_else():
    networks = yaml.safe_load(interpolated(COMPOSE))["networks"]
    assert SERVICES["grading-worker"]["networks"] == ["jobs"]
    assert networks["jobs"]["internal"]
    neighbours = {name for name in SERVICES if "jobs" in SERVICES[name]["networks"]}
    assert "database" not in neighbours


@pytest.mark.parametrize("name", [*OURS, "proxy"])
def test_our_containers_can_write_nowhere_and_gain_nothing(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_every_site_process_gets_the_same_settings():
    site = [environment(name) for name in OURS if name != "grading-worker"]
    patience = {"DATABASE_PATIENCE_S": "10"}
    assert all(each | patience == environment("web") for each in site)


@pytest.mark.parametrize("name", [name for name in OURS if name != "grading-worker"])
def test_the_urls_are_ones_the_settings_understand(name):
    database = postgresql(environment(name)["DATABASE_URL"])
    assert (database["HOST"], database["NAME"], database["PASSWORD"]) == ("database", "prova", "p")
    assert celery_settings(environment(name)["BROKER_URL"])["task_default_queue_type"] == "quorum"


@pytest.mark.parametrize("url", ["postgresql://x:a/b@host/x", "postgresql://[x/y"])
def test_a_database_url_that_cannot_be_read_says_how_to_write_it(url):
    with pytest.raises(ImproperlyConfigured, match=r"DATABASE_URL cannot be read .* write postgresql://"):
        postgresql(url)


def test_only_the_proxy_is_published_and_only_to_this_machine():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"proxy": ["127.0.0.1:8000:8080"]}
    networks = yaml.safe_load(interpolated(COMPOSE))["networks"]
    assert [name for name, network in networks.items() if not (network or {}).get("internal")] == ["outside"]
    assert [name for name, service in SERVICES.items() if "outside" in service.get("networks", [])] == [
        "proxy"
    ]


def test_the_proxy_is_an_ordinary_user_with_the_configuration_of_this_repository():
    proxy = SERVICES["proxy"]
    assert proxy["user"] == "101:101"
    assert proxy["volumes"] == ["./deploy/nginx.conf:/etc/nginx/nginx.conf:ro"]
    assert set(proxy["networks"]) & set(SERVICES["web"]["networks"]) == {"front"}


def nginx(name: str) -> list[str]:
    """The values of one directive, wherever it stands."""
    lines = [line.strip() for line in (ROOT / "deploy" / "nginx.conf").read_text().splitlines()]
    return [
        line.removeprefix(name).strip(" ;")
        for line in lines
        if line.startswith(f"{name} ") and line[-1] == ";"
    ]


def test_the_proxy_waits_for_no_slow_sender_and_passes_on_whole_requests():
    assert nginx("proxy_request_buffering") == ["on"]
    for name in ("client_header_timeout", "client_body_timeout", "send_timeout"):
        assert nginx(name) == ["10s"]


def test_proxy_and_site_agree_on_the_size_of_a_request(settings):
    assert nginx("client_max_body_size") == [f"{settings.MAX_REQUEST_BYTES // 1024**2}m"]
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == settings.MAX_REQUEST_BYTES


def test_the_proxy_says_who_asks_and_the_site_believes_what_this_one_saw():
    headers = dict(value.split(maxsplit=1) for value in nginx("proxy_set_header"))
    assert headers["X-Forwarded-For"] == "$proxy_add_x_forwarded_for"
    assert headers["X-Forwarded-Proto"] == "$outer_scheme"
    assert str(environment("web")["TRUSTED_PROXIES"]) == "1"


def test_the_proxy_writes_only_where_it_can():
    written = [
        *nginx("pid"),
        *(
            value
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            for value in nginx(f"{kind}_temp_path")
        ),
    ]
    assert len(written) == 6
    assert all(path.startswith("/tmp/") for path in written)


def test_nginx_itself_accepts_the_configuration(tmp_path):
    command = shutil.which("nginx")
    if command is None:
        pytest.skip("nginx is not installed")
    options = ["-t", "-q", "-e", "stderr", "-p", str(tmp_path), "-c", str(ROOT / "deploy" / "nginx.conf")]
    done = subprocess.run([command, *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_outlives_a_container_lies_in_volumes():
    assert SERVICES["database"]["volumes"] == ["database:/var/lib/postgresql"]
    assert SERVICES["broker"]["volumes"] == ["broker:/var/lib/rabbitmq"]


def test_the_comment_on_top_names_every_secret_and_no_value_is_in_the_file():
    for name in SECRETS:
        assert f"#   {name}=..." in COMPOSE
        assert all(
            f"{name}:?" in use or f"#   {name}" in use for use in COMPOSE.splitlines() if f"{{{name}" in use
        )


def compose_command() -> list[str] | None:
    docker = shutil.which("docker")
    if docker and subprocess.run([docker, "compose", "version"], capture_output=True).returncode == 0:
        return [docker, "compose"]
    standalone = shutil.which("docker-compose")
    return [standalone] if standalone else None


def test_compose_itself_accepts_the_file(tmp_path):
    command = compose_command()
    if command is None:
        pytest.skip("neither `docker compose` nor docker-compose is installed")
    (tmp_path / "env").write_text("".join(f"{name}={value}\n" for name, value in SECRETS.items()))
    command += ["--env-file", str(tmp_path / "env"), "config"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert set(yaml.safe_load(done.stdout)["services"]) == set(SERVICES)


def test_the_dockerfile_linter_finds_nothing():
    hadolint = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([hadolint, "Dockerfile"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


INSTRUCTIONS = [
    line
    for line in (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    if line and line[0] != "#"
]


def test_the_image_starts_as_an_ordinary_user_from_a_pinned_release():
    assert all(
        re.fullmatch(r"FROM python:3\.11-slim-\w+( AS \w+)?", line) for line in INSTRUCTIONS if "FROM" in line
    )
    assert INSTRUCTIONS.index("USER 10001") > max(
        i for i, line in enumerate(INSTRUCTIONS) if line.startswith("RUN")
    )
    assert json.loads(INSTRUCTIONS[-1].removeprefix("CMD "))[0] == "gunicorn"


def test_package_lists_do_not_stay_in_the_image():
    for line in INSTRUCTIONS:
        if "apt-get install" in line:
            assert "--no-install-recommends" in line
            assert "rm -rf /var/lib/apt/lists/*" in line


def test_secrets_and_histories_are_not_sent_to_the_builder():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".git", ".env", "var", ".venv"} <= set(ignored)


def test_the_readme_names_every_variable():
    readme = (ROOT / "README.md").read_text()
    ours = {name for name in read_by_the_code() if not name.startswith("PYTHON")}
    assert {name for name in ours if f"`{name.removesuffix('_FILE')}`" not in readme} == set()
