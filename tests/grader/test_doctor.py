import pytest

from grader import doctor
from grader.sandbox import Profile
from grader.sandbox.profiles import inspect_machine


@pytest.mark.sandbox
@pytest.mark.parametrize("profile", list(Profile))
def test_the_doctor_tries_the_profile_it_is_asked_about(profile: Profile) -> None:
    lines: list[str] = []
    missing = inspect_machine().missing(profile)

    code = doctor.main(["--profile", profile], write=lines.append)

    text = "\n".join(lines)
    assert code == (1 if missing else 0)
    assert ("Student code CANNOT run here" in text) == bool(missing)
    assert all(sentence in text for sentence in missing)
    assert missing or "A canary tried" in text


def test_the_doctor_knows_this_machine() -> None:
    machine = inspect_machine()

    text = "\n".join(doctor.describe(machine))

    assert machine.kernel in text
    assert f"ABI {machine.landlock_abi}" in text
    assert f"worker {machine.worker_uid}" in text
