import os
from collections.abc import Iterator

import pytest

from grader.sandbox import Profile, Zygote
from grader.sandbox.profiles import inspect_machine


@pytest.fixture(scope="module", params=list(Profile), ids=lambda profile: f"profile_{profile}")
def profile(request: pytest.FixtureRequest) -> Iterator[Profile]:
    """One that this machine can give; students' processes run as a uid of this test process's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROVA_SANDBOX_UID", str(20_000 + os.getpid() % 20_000))
        missing = inspect_machine().missing(request.param)
        if missing:
            pytest.skip(f"PROFILE {request.param} IS NOT TESTED HERE: {' '.join(missing)}")
        yield request.param


@pytest.fixture(scope="module")
def zygote(profile: Profile) -> Iterator[Zygote]:
    with Zygote(profile, ("numpy",)) as zygote:
        yield zygote
