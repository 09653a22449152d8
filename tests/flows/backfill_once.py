"""One backfill of a replica in a process of its own; what it needs is said in JSON as the one argument."""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.demo.replica.setting import SLUGS
from flows.fetching import Fetching
from flows.fill import fill, open_roads
from flows.ingest import Place
from flows.knowledge import load_knowledge
from flows.past import roads_of
from flows.plan import Span
from flows.reference import reference_rows
from flows.settings import Settings
from storage.store import Store

said = json.loads(sys.argv[1])
home, offset = Path(said["home"]), timedelta(seconds=said["offset"])
span = Span(date.fromisoformat(said["first"]), date.fromisoformat(said["last"]))
knowledge = load_knowledge(Settings())
with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=False) as store:
    store.load_reference(*reference_rows(knowledge))
    fetching = Fetching("test", 0.02, said["endpoints"], Path(said["ca_file"]), clock_offset=offset)
    place = Place(store, home / "archive", knowledge, lambda: datetime.now(UTC) + offset)
    outlets = [knowledge.outlets[slug] for slug in said.get("outlets", SLUGS)]
    languages = {outlet.slug: outlet.languages for outlet in outlets}
    roads = {one.slug: open_roads(roads_of(one, languages[one.slug], span), place) for one in outlets}
    fill(outlets, roads, languages, span, place, fetching)
