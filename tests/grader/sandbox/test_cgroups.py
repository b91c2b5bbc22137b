"""Which cgroup is ours to divide. Version 2 in the forms in which systems and containers show it; folders stand for groups."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox import cgroups
from grader.sandbox.cgroups import NoSubtree, Subtree, own_group

DEBIAN = (
    "35 24 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"
)
HYBRID = (
    "32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu\n"
    "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n"
)
OF_A_HOST = "35 24 0:30 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n"
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0\n\\. \t"), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("cgroup", "mountinfo", "folder"),
    [
        ("0::/system.slice/prova.service\n", DEBIAN, "/sys/fs/cgroup/system.slice/prova.service"),
        ("0::/\n", DEBIAN, "/sys/fs/cgroup"),
        ("8:pids:/\n4:memory:/x\n0::/\n", HYBRID, "/sys/fs/cgroup/unified"),
        ("0::/docker/abc/jobs\n", OF_A_HOST, "/sys/fs/cgroup/jobs"),
        ("0::/docker/other\n", OF_A_HOST, None),
        ("0::/../outside\n", DEBIAN, None),
        ("8:pids:/\n4:memory:/x\n", HYBRID, None),
        ("0::/x\n", HYBRID.splitlines()[0], None),
        ("0::/a b\n", "35 24 0:30 / /mnt/c\\040g rw - cgroup2 x rw\n", "/mnt/c g/a b"),
    ],
)
def test_the_groups_folder_is_found(cgroup: str, mountinfo: str, folder: str | None) -> None:
    assert own_group(cgroup, mountinfo) == (None if folder is None else Path(folder))


@given(st.lists(NAMES, max_size=4), st.integers(0, 4))
def test_a_mount_of_a_part_shows_the_rest_of_the_path(parts: list[str], shown_from: int) -> None:
    root, rest = parts[:shown_from], parts[shown_from:]
    mountinfo = f"1 2 0:3 /{'/'.join(root)} /cg rw - cgroup2 c rw\n"

    assert own_group(f"0::/{'/'.join(parts)}\n", mountinfo) == Path("/cg", *rest)


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """A service's group with the controllers that are needed, and this process in it."""
    group = tmp_path / "system.slice/prova.service"
    group.mkdir(parents=True)
    (group / "cgroup.controllers").write_text("cpu memory pids\n")
    (group / "cgroup.procs").write_text("")
    (group / "cgroup.subtree_control").write_text("")
    show(tmp_path, "/system.slice/prova.service")
    return group


def show(folder: Path, own: str) -> None:
    (folder / "cgroup").write_text(f"0::{own}\n")
    (folder / "mountinfo").write_text(f"1 2 0:3 / {folder} rw - cgroup2 c rw\n")


def test_a_delegated_group_is_ours(unit: Path, tmp_path: Path) -> None:
    assert cgroups.find(tmp_path, lambda path: path == unit) == Subtree(unit)


def test_a_worker_that_was_moved_aside_already_looks_above_itself(unit: Path, tmp_path: Path) -> None:
    (unit / cgroups.WORKERS).mkdir()
    show(tmp_path, f"/system.slice/prova.service/{cgroups.WORKERS}")

    assert cgroups.find(tmp_path, lambda path: path == unit) == Subtree(unit)


def reason(found: Subtree | NoSubtree) -> str:
    assert isinstance(found, NoSubtree)
    return found.reason


def test_a_group_that_somebody_else_manages_is_left_alone_however_writable_it_is(
    unit: Path, tmp_path: Path
) -> None:
    assert "Delegate=memory pids" in reason(cgroups.find(tmp_path))


def test_the_mark_of_systemd_is_read(unit: Path, tmp_path: Path) -> None:
    try:
        os.setxattr(unit, "user.delegate", b"1")
    except OSError as error:
        pytest.skip(f"NOT TESTED HERE: {tmp_path} takes no extended attributes: {error}")

    assert cgroups.find(tmp_path) == Subtree(unit)


@pytest.mark.parametrize(
    ("controllers", "lacking"), [("cpu memory", "pids"), ("", "memory and pids"), ("hugetlb pids", "memory")]
)
def test_controllers_that_are_not_given_are_named(
    unit: Path, tmp_path: Path, controllers: str, lacking: str
) -> None:
    (unit / "cgroup.controllers").write_text(controllers)

    sentence = reason(cgroups.find(tmp_path, lambda path: True))

    assert f"controllers {lacking}:" in sentence
    assert "Delegate=" in sentence


def test_a_tree_that_cannot_be_written_is_a_containers(unit: Path, tmp_path: Path) -> None:
    (unit / "cgroup.subtree_control").unlink()

    assert "writable-cgroups=true" in reason(cgroups.find(tmp_path, lambda path: True))


def test_a_machine_without_version_2_is_told_how_to_start(tmp_path: Path) -> None:
    (tmp_path / "cgroup").write_text("4:memory:/\n")
    (tmp_path / "mountinfo").write_text("")
    assert "systemd.unified_cgroup_hierarchy=1" in reason(cgroups.find(tmp_path))

    assert "mount cgroup v2" in reason(cgroups.find(tmp_path / "nothing"))
