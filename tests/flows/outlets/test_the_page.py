"""The page "Add an outlet in ten minutes" is followed as it is written, on a made-up site."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SLUG = "lypneve-misto"
PAGE = Path(__file__).parents[3] / "docs" / "add-an-outlet.md"


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def shell(desk, site):
    """Carries out blocks of commands one after the other; what they export stays."""
    told, _ = site
    programs = Path(sys.executable).parent
    environment = {**os.environ, "ZAPORUKA_REPLICA": str(told), "PATH": f"{programs}:{os.environ['PATH']}"}
    exports = []

    def do(block):
        script = "\n".join([*exports, block])
        said = {"cwd": desk, "env": environment, "capture_output": True, "text": True}
        done = subprocess.run(["bash", "-c", script], check=False, **said)
        exports.extend(line for line in block.splitlines() if line.startswith("export "))
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return do


@pytest.mark.prove
def test_the_page_is_true_from_its_first_command_to_its_last(shell, desk, site):
    folder, new, check, well, live, crawl = blocks("sh")
    assert shell(folder).returncode == 0
    written = shell(new)
    assert written.returncode == 0, written.stderr
    files = re.findall(r"^\| `(my-outlets/[^`]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert {str(path.relative_to(desk)) for path in desk.rglob("*") if path.is_file()} == set(files)

    failed = shell(check)
    assert failed.returncode == 1
    shown = [line for block in blocks("text") for line in block.splitlines()]
    assert len(shown) == 2
    assert [line for line in shown if line not in failed.stdout] == []

    outlet = desk / "my-outlets" / "lypneve_misto.py"
    [lead], [checked] = blocks("python"), blocks("json")
    outlet.write_text(outlet.read_text("utf-8").replace("    facts=(", f"{lead}    facts=("), "utf-8")
    case = desk / "my-outlets" / "cases" / SLUG / "first.json"
    draft = '  "checked_by": "",\n'
    assert draft in case.read_text("utf-8")
    case.write_text(case.read_text("utf-8").replace(draft, checked), "utf-8")
    assert shell(well).returncode == 0

    seen = shell(live)
    assert seen.returncode == 0, seen.stdout
    assert "Nothing was stored" in seen.stdout
    assert not (desk / "data").exists()
    assert not Path(os.environ["ZAPORUKA_HOME"]).exists()
    read = shell(crawl)
    assert re.search(rf"{SLUG} +3 +3 +3\b", read.stdout), read.stdout
    assert {agent for _, agent in site[1]} == {"zaporuka-demo (a server on this machine)"}


def test_the_page_names_the_made_up_site_alone():
    assert set(re.findall(r"https?://([^/\s]+)", PAGE.read_text("utf-8"))) == {f"{SLUG}.example"}
