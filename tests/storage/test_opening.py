import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from storage import dialect
from storage.models import OutletRow
from storage.store import Store, StoreError

NOW = datetime(2024, 7, 1, tzinfo=UTC)


def _refusal(url, **how):
    with pytest.raises(StoreError) as refusal:
        Store.open(str(url), **{"must_exist": False} | how)
    message = str(refusal.value)
    assert "\n" not in message
    assert len(message) < 300
    return message


def test_a_file_that_is_no_database_is_named(tmp_path):
    file = tmp_path / "letter.db"
    file.write_text("Dear reader, this is a letter and no database at all. " * 20)
    assert _refusal(file) == f"{file} is not a SQLite database; name another file"


def test_somebody_elses_database_is_left_alone(tmp_path):
    file = tmp_path / "cookies.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE cookies (name)")
    other.close()
    assert "another program" in _refusal(file)
    with pytest.raises(StoreError, match="another program"):
        Store.upgrade(str(file))


def test_a_missing_database_is_not_made_for_reading(tmp_path):
    assert "take in pages first (zaporuka ingest" in _refusal(tmp_path / "none.db", must_exist=True)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_database_is_made_for_writing(tmp_path):
    with Store.open(str(tmp_path / "new.db"), must_exist=False) as store:
        assert store.is_empty
        assert not store.is_demo


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    assert "check that the folder exists" in _refusal(tmp_path / "no" / "such.db")


def test_a_folder_one_may_not_write_to_is_named(tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    script = (
        "import os, sqlite3, sys\n"
        "from storage.store import Store, StoreError\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try: Store.open(sys.argv[1], must_exist=False)\n"
        "except StoreError as error: print(error)\n"
    )
    for above in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        above.chmod(above.stat().st_mode | 0o555)  # else another user cannot even look
    said = subprocess.run(
        [sys.executable, "-c", script, folder / "x.db"], check=True, capture_output=True, text=True
    ).stdout
    assert said.count("\n") == 1
    assert "check that the folder exists and is yours" in said


@pytest.mark.parametrize(
    ("revision", "said"),
    [("0000-older", "newer"), ("9999", "newer schema 9999; install a newer zaporuka")],
)
def test_a_newer_schema_is_not_touched(new_database, revision, said):
    url = new_database()
    _set_revision(url, revision)
    assert said in _refusal(url)
    with pytest.raises(StoreError, match="newer"):
        Store.upgrade(url)


def test_an_older_schema_asks_for_an_upgrade(new_database, monkeypatch):
    url = new_database()
    monkeypatch.setattr("storage.schema.REVISIONS", ("0001", "0002"))
    assert "older schema 0001; run: zaporuka db upgrade" in _refusal(url)


def _set_revision(url, revision):
    engine = dialect.make_engine(dialect.parse_url(url), read_only=False).execution_options(writes=True)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    engine.dispose()


def test_a_database_opened_for_reading_cannot_be_written(database_url):
    with Store.open(database_url, must_exist=True, read_only=True) as store:
        assert store.status()["tables"]["pages"] == 0
        with pytest.raises(StoreError, match="may only be read"):
            store.start_run("crawl", None, None, NOW)


def test_a_server_that_cannot_be_reached_is_named_without_password():
    said = _refusal("postgresql://reader:hunter2@127.0.0.1:1/news?password=hunter3")
    assert "postgresql://reader@127.0.0.1:1/news cannot be reached" in said
    assert "hunter" not in said


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "postgres//x://"])
def test_other_addresses_are_refused(url):
    assert _refusal(url)


def test_a_missing_postgres_database_is_named(postgres):
    assert "does not exist" in _refusal(postgres.url("none"))


@pytest.mark.parametrize("prefix", ["postgres", "postgresql", "postgresql+psycopg"])
def test_usual_spellings_of_postgres_are_understood(prefix):
    assert dialect.parse_url(f"{prefix}://host/db").drivername == "postgresql+psycopg"


def test_a_full_disk_is_said_in_one_line():
    error = OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    assert str(dialect.in_one_line(error, "x.db")).startswith("x.db does not fit its disk; nothing of this batch")


def test_a_full_disk_leaves_nothing_half_written(tmp_path):
    url = str(tmp_path / "small.db")
    with Store.open(url, must_exist=False) as store:
        rows = [
            OutletRow(
                outlet=f"o{n}",
                name="x" * 1000,
                kind="ngo",
                side="UA",
                tier="primary",
                languages=[],
                homepage="h",
                rights="r",
                is_known_to_block=False,
            )
            for n in range(2000)
        ]

        @sa.event.listens_for(store._engine, "connect")
        def _small(connection, _):
            connection.execute("PRAGMA max_page_count = 400")

        store._engine.dispose()
        with pytest.raises(StoreError, match="does not fit its disk"):
            store.load_reference(rows)
        assert store.status()["tables"]["outlets"] == 0


def test_errors_hold_no_article_text(store, made):
    row, _ = made.page(made.reading(title="very secret headline"))
    batch = made.batch()
    batch.pages = [row]
    with pytest.raises(StoreError) as refusal:
        store.save(batch, NOW)
    assert "secret" not in str(refusal.value)
    assert "secret" not in str(refusal.value.__cause__)


def test_a_demo_database_says_so_and_a_real_one_cannot_become_one(filled, made, more_stores):
    demo = more_stores()
    demo.mark_demo()
    assert demo.is_demo
    filled.save(made.batch(made.page(made.reading())), NOW)
    with pytest.raises(StoreError, match="holds real pages"):
        filled.mark_demo()
    assert not filled.is_demo


def test_several_writers_wait_for_each_other(filled, made, database_url):
    def work(number):
        with Store.open(database_url, must_exist=True) as store:
            for step in range(5):
                store.save(made.batch(made.article(f"w{step}", day=step), made.article(f"{number}-{step}")), NOW)
            return store.acquire_lease("unit", "one", f"w{number}", NOW, timedelta(minutes=5))

    with ThreadPoolExecutor(4) as pool:
        leases = list(pool.map(work, range(4)))
    assert leases.count(True) == 1
    assert filled.status()["tables"]["articles"] == 25


def test_check_sees_a_quote_that_does_not_stand(filled, made, database_url):
    filled.save(made.batch(made.page(made.reading())), NOW)
    sound = Store.check(database_url)
    assert sound.is_sound
    assert sound.tables["articles"] == 1
    with filled._write() as connection:
        connection.execute(sa.text("UPDATE evidence SET quote = 'Someone else said so.'"))
    broken = Store.check(database_url)
    assert not broken.is_sound
    assert broken.quote_mismatches == 1
    assert "NOT SOUND" in broken.as_text()


def test_check_sees_a_damaged_file(tmp_path):
    file = tmp_path / "damaged.db"
    Store.upgrade(str(file))
    data = bytearray(file.read_bytes())
    data[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    file.write_bytes(data)
    assert "damaged" in _refusal_or_report(file)


def _refusal_or_report(file):
    try:
        report = Store.check(str(file))
    except StoreError as refusal:
        return str(refusal)
    return "sound" if report.is_sound else f"damaged: {report.engine_says}"


def test_a_writer_that_is_killed_leaves_nothing_half_written(filled, database_url):
    script = (
        "import os, sys\n"
        "from storage.dialect import upsert\n"
        "from storage.models import TABLES\n"
        "from storage.store import Store\n"
        "store = Store.open(sys.argv[1], must_exist=True)\n"
        "with store._write() as connection:\n"
        "    upsert(connection, TABLES['zaporuka_info'], [{'key': f'k{n}', 'value': ''} for n in range(5000)])\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, database_url], check=False)
    assert killed.returncode == -9
    assert filled.rows("SELECT count(*) AS n FROM zaporuka_info") == [{"n": 2}]
    filled.mark_demo()
