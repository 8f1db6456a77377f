"""What is wrong with a machine is said once, with the remedy, and leaves nothing half
done."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

from dev.workbench import debs, paths, server
from dev.workbench.say import Problem


def call(code: str, **environment: str) -> subprocess.CompletedProcess:
    """Run workbench code in a process of its own, as `./recruit` would."""
    program = (
        "import sys\n"
        "from dev.workbench import cluster, debs, odoo_home, paths, say, server\n"
        f"try:\n    {code}\n"
        "except say.Problem as error:\n    sys.exit(say.problem(error))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=paths.ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_broken_archive_is_named_and_nothing_is_unpacked(tmp_path):
    archive = tmp_path / "odoo.tar.xz"
    archive.write_bytes(b"this is no archive")
    cache = tmp_path / "cache"
    done = call(
        "odoo_home.find()",
        RECRUIT_ODOO_ARCHIVE=str(archive),
        RECRUIT_CACHE=str(cache),
        RECRUIT_ODOO_HOME="",
    )
    assert done.returncode == 1
    assert f"{archive} cannot be unpacked" in done.stderr
    assert "RECRUIT_ODOO_ARCHIVE" in done.stderr
    assert not list(cache.glob("odoo*"))


def test_a_folder_without_odoo_is_refused(tmp_path):
    done = call("odoo_home.find()", RECRUIT_ODOO_HOME=str(tmp_path))
    assert done.returncode == 1
    assert f"There is no Odoo in {tmp_path}" in done.stderr


def test_another_odoo_than_19_is_refused(tmp_path):
    (tmp_path / "odoo").mkdir()
    release = "version_info = (18, 0, 0, 'final', 0, '')\n"
    (tmp_path / "odoo" / "release.py").write_text(release, encoding="utf-8")
    done = call("odoo_home.find()", RECRUIT_ODOO_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "is not Odoo 19" in done.stderr


def test_a_port_in_use_is_named():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = call("server.http_port()", RECRUIT_PORT=str(port))
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert "RECRUIT_PORT" in done.stderr


def test_without_a_wanted_port_a_taken_one_is_passed_over():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert server.free_port(taken) != taken


def test_an_archive_that_cannot_be_reached_is_said(tmp_path):
    source = debs.debian_source("http://127.0.0.1:9/debian", "sid")
    with pytest.raises(Problem, match="package lists cannot be fetched") as caught:
        debs.PrivateApt(tmp_path, source).update()
    assert "network" in caught.value.remedy


def test_a_machine_without_apt_is_told_so(tmp_path):
    done = call("debs.PrivateApt(paths.CACHE)", PATH=str(tmp_path))
    assert done.returncode == 1
    assert "apt-get is not on this machine" in done.stderr


def test_a_database_address_of_another_kind_is_refused():
    done = call("cluster.ensure()", RECRUIT_DATABASE_URL="mysql://me@localhost/x")
    assert done.returncode == 1
    assert "postgresql://user:password@host:port" in done.stderr


def test_a_machine_without_python_is_told_the_names_of_the_packages(tmp_path):
    for name in ("bash", "dirname", "readlink", "id", "env"):
        (tmp_path / name).symlink_to(shutil.which(name))
    done = subprocess.run(
        [str(tmp_path / "bash"), str(paths.ROOT / "recruit")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "python3 and python3-venv" in done.stderr


def test_an_unknown_command_lists_the_commands():
    done = call("from dev.workbench import cli; sys.exit(cli.run(['dance']))")
    assert done.returncode == 2
    assert "no command 'dance'" in done.stderr
    assert "./recruit COMMAND" in done.stderr
