"""docker-compose.yml without a Docker engine: its schema and what it promises."""

import configparser
import re
import shutil
from pathlib import Path

import pytest
import yaml

from dev.workbench import database, lint, paths

FILE = paths.ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?P<otherwise>[^}]*)\}")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def services():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"].items()


def variables():
    """What stands behind the name of each variable, as often as it is used."""
    return [
        (match["name"], match["otherwise"])
        for match in VARIABLE.finditer(FILE.read_text(encoding="utf-8"))
    ]


def example():
    """The settings of .env.example."""
    lines = (paths.ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and line[0] != "#")


def bind_mounts(service):
    return [
        mount.split(":")
        for mount in service.get("volumes", [])
        if mount.startswith((".", "/"))
    ]


def judge(folder, text):
    """Let the gate look at a compose file with this text."""
    shutil.copy(paths.ROOT / ".dclintrc.yaml", folder)
    (folder / FILE.name).write_text(text, encoding="utf-8")
    work = lint.Work(folder, (Path(FILE.name),))
    return lint.judge(work, {"compose": lint.GATES["compose"]})


def test_the_file_follows_the_compose_specification(tmp_path):
    assert judge(tmp_path, FILE.read_text(encoding="utf-8")) == 0


def test_the_override_in_the_manual_follows_the_compose_specification(
    tmp_path, compose
):
    manual = (paths.ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (override,) = re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL)
    changed = yaml.safe_load(override)["services"]

    assert judge(tmp_path, f"name: recruit\n{override}") == 0
    assert changed["cron"]["extends"]["service"] in compose["services"]
    assert {"odoo", "cron"} == set(changed)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("restart: unless-stopped", "restrat: unless-stopped"),
        ("retries: 3", "retries: []"),
    ],
)
def test_a_file_outside_the_compose_specification_is_refused(
    tmp_path, capsys, good, bad
):
    text = FILE.read_text(encoding="utf-8")
    assert good in text

    assert judge(tmp_path, text.replace(good, bad)) == 1
    assert "invalid-schema" in capsys.readouterr().out


def test_the_example_names_every_setting_and_no_other():
    assert {name for name, _ in variables()} == set(example())


def test_passwords_have_no_default_and_are_asked_for():
    secrets = [(name, rest) for name, rest in variables() if "PASSWORD" in name]
    assert secrets
    for name, otherwise in secrets:
        assert otherwise.startswith(":?"), name
        assert example()[name] == "", name


def test_every_mounted_path_exists_and_is_read_only():
    mounts = [mount for _, service in services() for mount in bind_mounts(service)]
    assert mounts
    for source, _target, mode in mounts:
        assert (paths.ROOT / source).exists(), source
        assert mode == "ro", source


def test_every_named_volume_is_declared(compose):
    used = {
        mount.split(":")[0]
        for _, service in services()
        for mount in service.get("volumes", [])
        if not mount.startswith((".", "/"))
    }
    assert used == set(compose["volumes"])


@pytest.mark.parametrize(("name", "service"), services())
def test_every_service_tells_its_health_or_runs_once(compose, name, service):
    waited_for = {
        other["depends_on"][name]["condition"]
        for other in compose["services"].values()
        if name in other.get("depends_on", {})
    }
    if service["restart"] == "no":
        assert waited_for == {"service_completed_successfully"}
    else:
        assert service["healthcheck"]["test"]
        assert waited_for <= {"service_healthy"}


@pytest.mark.parametrize(("name", "service"), services())
def test_every_image_is_pinned(name, service):
    assert re.search(r":v?\d", service["image"]), name


@pytest.mark.parametrize(("name", "service"), services())
def test_every_published_port_names_the_address_it_listens_on(name, service):
    for port in service.get("ports", []):
        filled_in = VARIABLE.sub(lambda match: match["otherwise"][2:], port)
        assert filled_in.startswith("127.0.0.1:"), f"{name}: {port}"


def test_the_mail_catcher_starts_only_for_developers():
    profiles = {name: service.get("profiles", []) for name, service in services()}
    assert profiles == {"db": [], "init": [], "odoo": [], "mail": ["dev"]}


def test_the_first_start_installs_every_addon():
    script = (paths.ROOT / "docker" / "init.sh").read_text(encoding="utf-8")
    (installed,) = re.findall(r"^ +-i (\S+)$", script, re.MULTILINE)
    glue = {
        name for name in paths.ours() if database.manifest(name).get("auto_install")
    }
    assert set(installed.split(",")) == set(paths.ours()) - glue


def test_odoo_reads_its_addons_and_settings_from_the_mounts():
    settings = configparser.ConfigParser()
    settings.read(paths.ROOT / "docker" / "odoo.conf", encoding="utf-8")
    targets = {target for _, target, _ in bind_mounts(dict(services())["odoo"])}

    assert targets == {"/etc/odoo", settings["options"]["addons_path"]}
    assert settings["options"]["list_db"] == "False"
