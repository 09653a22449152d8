"""What stands in deploy/ is what Prefect, systemd, cron and a shell make of it."""

import configparser
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from prefect.cli.deploy._models import DeploymentConfig, PrefectYamlModel, RawScheduleConfig
from prefect.flows import load_flow_from_entrypoint
from prefect.workers.process import ProcessJobConfiguration

from flows.cli import INTERRUPTED, run
from flows.errors import UserError
from flows.schedules import KYIV, checked_cron, is_missed
from flows.settings import Settings
from storage.compare import compare
from storage.terms import AlarmKind

REPO = Path(__file__).parents[2]
DEPLOY = REPO / "deploy"
DEFAULTS = {name: field.default for name, field in Settings.model_fields.items()}

PREFECT_YAML = yaml.safe_load((DEPLOY / "prefect.yaml").read_text(encoding="utf-8"))
DEPLOYMENTS = {one["name"]: one for one in PREFECT_YAML["deployments"]}


def test_prefect_takes_the_file_and_knows_every_key_of_it():
    read = PrefectYamlModel.model_validate(PREFECT_YAML)
    assert [one.name for one in read.deployments] == ["nightly", "poll", "backfill"]
    assert set(PREFECT_YAML) <= set(PrefectYamlModel.model_fields)
    for one in DEPLOYMENTS.values():
        assert set(one) <= set(DeploymentConfig.model_fields)
        for schedule in one["schedules"]:
            RawScheduleConfig.model_validate(schedule)  # raises for a key it does not know


def test_nothing_is_pulled_and_no_machine_is_named():
    assert PREFECT_YAML["pull"] == []  # an empty list; without one Prefect writes down this machine's folder
    text = yaml.safe_dump(PREFECT_YAML)
    assert not re.search(r"://|localhost|\d+\.\d+\.\d+|ZAPORUKA_|PREFECT_|/home|/root|/srv", text)


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_an_entrypoint_is_a_flow_of_that_name_that_takes_its_parameters(name):
    entrypoint = DEPLOYMENTS[name]["entrypoint"]
    assert ":" not in entrypoint  # a file would be loaded under a name of its own, beside the package
    flow = load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False)
    assert flow.name == name
    days = {"first": "2024-02-10", "last": "2024-02-20"} if name == "backfill" else {}
    given = DEPLOYMENTS[name].get("parameters", {}) | days
    assert set(days) <= set(flow.validate_parameters(given))


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_run_works_in_the_folder_of_its_worker(name, monkeypatch, tmp_path):
    pool = DEPLOYMENTS[name]["work_pool"]
    assert pool["name"] == "zaporuka"
    monkeypatch.chdir(tmp_path)
    assert ProcessJobConfiguration(**pool["job_variables"]).working_dir.resolve() == tmp_path


def test_workers_keep_the_hours_that_the_service_keeps():
    (night,), (look,) = DEPLOYMENTS["nightly"]["schedules"], DEPLOYMENTS["poll"]["schedules"]
    assert (night["cron"], night["timezone"]) == (DEFAULTS["nightly"], KYIV)
    assert timedelta(seconds=look["interval"]) == timedelta(minutes=DEFAULTS["poll_minutes"])
    assert DEPLOYMENTS["backfill"]["schedules"] == []
    two_in_kyiv = datetime(2027, 7, 1, 23, tzinfo=UTC)
    hours = checked_cron(night["cron"])
    assert is_missed(two_in_kyiv - timedelta(minutes=1), hours, two_in_kyiv)
    assert not is_missed(two_in_kyiv, hours, two_in_kyiv + timedelta(hours=23, minutes=59))


UNIT = DEPLOY / "zaporuka.service"


@pytest.fixture
def unit():
    """The unit's sections, each a mapping."""
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str
    parser.read_string(UNIT.read_text(encoding="utf-8"))
    return parser


def test_systemd_understands_every_line_of_the_unit(tmp_path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd-analyze here; the unit's lines are only read as text")
    command = tmp_path / "zaporuka/.venv/bin/zaporuka"
    command.parent.mkdir(parents=True)
    shutil.copy("/bin/true", command)
    environment = os.environ | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    verify = [program, "--user", "--man=no", "verify", str(UNIT)]
    done = subprocess.run(verify, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_unit_serves_again_after_a_failure_and_not_after_a_mistake(unit):
    service = unit["Service"]
    assert service["ExecStart"].split() == [f"{service['WorkingDirectory']}/.venv/bin/zaporuka", "serve"]
    assert service["Restart"] == "on-failure"
    assert int(service["RestartPreventExitStatus"]) == UserError("").exit_code
    assert int(service["SuccessExitStatus"]) == INTERRUPTED
    assert (service["KillMode"], service["KillSignal"]) == ("mixed", "SIGINT")


CRONTAB = (DEPLOY / "crontab.example").read_text(encoding="utf-8")
LINES = [line for line in CRONTAB.splitlines() if line and not line.startswith("#")]


@pytest.fixture
def by_cron(tmp_path):
    """Call it to do what cron does at an hour of Kyiv, with a program that ends with a code; gives what is mailed."""

    def at(hour, code):
        (line,) = (line for line in LINES if "=" not in line.split()[0])
        programs = {"date": f'test "$TZ" = Europe/Kyiv && echo {hour:02}', "zaporuka/.venv/bin/zaporuka": SPEAKING}
        for name, text in programs.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
            path.chmod(0o700)
        settings = tmp_path / ".config/zaporuka/env"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f"CODE={code}\n", encoding="utf-8")
        command = re.split(r"(?<!\\)%", line.split(maxsplit=5)[5])[0].replace(r"\%", "%")  # a bare % ends it
        environment = {"HOME": str(tmp_path), "PATH": f"{tmp_path}:{os.environ['PATH']}"}
        done = subprocess.run(["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr, (tmp_path / "called").exists()

    return at


SPEAKING = 'echo "called as $*" | tee "$HOME/called"; echo "ALARM" >&2; exit "$CODE"'


@pytest.mark.parametrize(
    ("hour", "code", "mailed", "is_called"),
    [
        (2, 0, "", True),
        (2, 1, "called as crawl\nALARM\n", True),
        (2, 2, "called as crawl\nALARM\n", True),
        (1, 1, "", False),
        (14, 1, "", False),
    ],
)
def test_cron_reads_at_two_in_kyiv_and_mails_only_what_went_wrong(hour, code, mailed, is_called, by_cron):
    assert by_cron(hour, code) == (mailed, is_called)
    assert LINES[0].startswith("MAILTO=")


ENVIRONMENT = (DEPLOY / "env.example").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^#(ZAPORUKA_\w+)=(.*)$", ENVIRONMENT, re.MULTILINE))


def test_every_setting_is_there_with_its_meaning_and_its_default():
    assert list(EXAMPLES) == [f"ZAPORUKA_{name.upper()}" for name in DEFAULTS]
    for name, field in Settings.model_fields.items():
        meaning = rf"^# {re.escape(field.description)}$(\n# .*)*\n#ZAPORUKA_{name.upper()}="
        assert re.search(meaning, ENVIRONMENT, re.MULTILINE), name
        if field.default not in {"", None}:
            assert EXAMPLES[f"ZAPORUKA_{name.upper()}"].strip('"') == str(field.default)


def test_a_shell_reads_the_examples_and_each_can_be_used(tmp_path, monkeypatch):
    file = tmp_path / "env"
    file.write_text(re.sub(r"^#(?=[A-Z_]+=)", "", ENVIRONMENT, flags=re.MULTILINE), encoding="utf-8")
    said = subprocess.run(["/bin/sh", "-c", f"set -a; . {file}; env"], capture_output=True, text=True, check=True)
    found = dict(line.split("=", 1) for line in said.stdout.splitlines())
    assert found["DO_NOT_TRACK"] == "1"
    assert found["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    for name in EXAMPLES:
        monkeypatch.setenv(name, found[name])
    settings = Settings()
    checked_cron(settings.nightly)
    assert settings.model_fields_set == set(DEFAULTS)


def test_nothing_is_set_but_silence_until_somebody_sets_it():
    set_already = re.findall(r"^(\w+)=", ENVIRONMENT, re.MULTILINE)
    assert set_already == ["DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED"]


def kinds(page, heading):
    """Kinds of alarms in the first column of the table under a heading."""
    section = (REPO / page).read_text(encoding="utf-8").split(f"## {heading}\n")[1]
    return [kind for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for kind in re.findall(r"`(\w+)`", row)]


def test_the_runbook_says_what_to_do_about_every_alarm_there_is_a_meaning_of():
    said, meant = kinds("deploy/runbook.md", "An alarm came"), kinds("docs/running.md", "When something is wrong")
    assert sorted(said) == sorted(set(meant))
    assert set(said) <= {kind.value for kind in AlarmKind}


def test_what_the_archive_holds_is_made_anew_in_another_database(tmp_path, new_database, monkeypatch):
    monkeypatch.delenv("ZAPORUKA_DATABASE_URL", raising=False)
    old, new, database = tmp_path / "old", tmp_path / "new", new_database()
    assert run(["ingest", str(REPO / "flows/demo/manifest.jsonl"), "--home", str(old)]) in {0, 1}
    files = [str(path) for path in (old / "archive").glob("*.warc.gz")]
    assert run(["ingest", *files, "--home", str(new), "--database", database]) == 0
    found = compare(str(old / "zaporuka.db"), database)
    assert found.rows["claims"] > 0
    assert found.differences == []
