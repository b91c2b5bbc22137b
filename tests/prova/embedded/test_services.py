from importlib import import_module
from pathlib import Path

from gunicorn.workers.gthread import ThreadWorker
from prova.embedded import services
from prova.embedded.folders import Folders

FOLDERS = Folders(Path("checkout"), Path("data"))
ENVIRONMENT = {
    "PATH": "/usr/bin",
    "BROKER_URL": "redis+socket:///valkey.sock",
    "DATABASE_URL": "postgresql://prova:password@there/prova",
    "DATABASE_URL_FILE": "/run/secrets/database",
    "SECRET_KEY": "secret",
    "SECRET_KEY_FILE": "/run/secrets/key",
    "PGPASSWORD": "password",
    "DJANGO_SETTINGS_MODULE": "prova.settings",
}


def test_the_grading_worker_gets_the_broker_and_none_of_the_sites_secrets():
    assert set(services.grading_worker(FOLDERS, ENVIRONMENT).environment) == {"PATH", "BROKER_URL"}


def test_only_in_the_web_server_somebody_waits_for_the_database():
    assert services.web(FOLDERS, ENVIRONMENT, 9).environment["DATABASE_PATIENCE_S"] == "10"
    for service in (services.web_worker(FOLDERS, ENVIRONMENT), services.sweeper(FOLDERS, ENVIRONMENT)):
        assert dict(service.environment) == ENVIRONMENT


def test_the_web_server_listens_at_the_door_that_the_supervisor_holds_open():
    web = services.web(FOLDERS, ENVIRONMENT, 9)
    assert web.command[web.command.index("--bind") + 1] == "fd://9"
    assert web.inherits == (9,)


def test_every_process_writes_a_log_of_its_own():
    made = [
        services.web(FOLDERS, ENVIRONMENT, 9),
        services.web_worker(FOLDERS, ENVIRONMENT),
        services.grading_worker(FOLDERS, ENVIRONMENT),
        services.sweeper(FOLDERS, ENVIRONMENT),
    ]
    assert len({service.log for service in made}) == len(made)
    assert all(service.log == FOLDERS.logs / f"{service.name}.log" for service in made)


def test_the_web_server_gives_up_on_requests_that_come_too_slowly():
    command = services.web(FOLDERS, ENVIRONMENT, 9).command
    module, _dot, name = command[command.index("--worker-class") + 1].rpartition(".")
    assert issubclass(getattr(import_module(module), name), ThreadWorker)
    assert int(command[command.index("--threads") + 1]) >= 16
