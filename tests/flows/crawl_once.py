"""One crawl of a replica in a process of its own; what it needs is said in JSON as the one argument."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.crawl import crawl
from flows.demo.replica.setting import SLUGS
from flows.fetching import Fetching
from flows.ingest import Place
from flows.knowledge import load_knowledge
from flows.reference import reference_rows
from flows.settings import Settings
from storage.store import Store

said = json.loads(sys.argv[1])
home, offset = Path(said["home"]), timedelta(seconds=said["offset"])
knowledge = load_knowledge(Settings())
with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=False) as store:
    store.load_reference(*reference_rows(knowledge))
    fetching = Fetching("test", 0.01, said["endpoints"], Path(said["ca_file"]), clock_offset=offset)
    place = Place(store, home / "archive", knowledge, lambda: datetime.now(UTC) + offset)
    crawl([knowledge.outlets[slug] for slug in SLUGS], place, fetching)
