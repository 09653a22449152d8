"""What a run fetched, recorded: every archive file once, and every request that brought no page."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from crawlers.archive import adopt_open
from crawlers.plan import OutcomeLine, read_outcomes
from flows.ingest import Place, Report, keep_alive, load_archive
from flows.judge import new_batch
from storage import keys
from storage.models import OutcomeRow, PageRow, RecordType
from storage.terms import Outcome


class Recorder:
    """Records what the spider left in the archive folder for one run; what was recorded is not looked at again."""

    def __init__(self, place: Place, report: Report) -> None:
        self.place = place
        self.report = report
        self._done: set[Path] = set()

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Whatever ends the fetching (its end, Ctrl-C, a dead spider), what was archived until then is recorded."""
        try:
            yield
        finally:
            self.record()

    def record(self) -> None:
        """Record every new archive file and outcome of the run."""
        folder, run_id = self.place.archive, self.report.run_id
        for path in sorted(folder.glob(f"{run_id}-*.warc.gz.open")):
            adopt_open(path)
        for path in self._new(folder.glob(f"{run_id}-*.warc.gz")):
            outlet = path.name.removeprefix(f"{run_id}-")
            self.place.doing(f"record {outlet}", partial(load_archive, path, self.place, self.report))
            self._done.add(path)
            keep_alive(self.place, run_id)
        files = self._new(folder.glob(f"{run_id}-*.outcomes.jsonl"))
        if files:
            self._save([one for path in files for one in read_outcomes(path)])
            self._done |= set(files)

    def _new(self, paths: Iterable[Path]) -> list[Path]:
        return sorted(path for path in paths if path not in self._done)

    def _save(self, answered: list[OutcomeLine]) -> None:
        now = self.place.clock()
        judged = {item: Outcome(outcome) for item, outcome, _ in self.report.dropped}  # records of no page, by place
        batch = new_batch(self.place.knowledge)
        batch.pages = _unchanged(answered, self.place, self.report.run_id, now)
        batch.outcomes = [
            OutcomeRow(
                run_id=self.report.run_id,
                stage="fetch",
                item=one.url,
                outlet=one.outlet,
                url=one.url,
                outcome=judged.get(f"{one.warc_file}@{one.warc_offset}", Outcome(one.outcome)),
                detail=one.detail,
                at=now,
            )
            for one in answered
        ]
        self.place.store.save(batch, now)


def _unchanged(answered: Iterable[OutcomeLine], place: Place, run_id: str, now: datetime) -> list[PageRow]:
    """A page that a server says is as before is one more capture of what its latest capture showed."""
    said = {one.url: one for one in answered if Outcome(one.outcome) is Outcome.NOT_MODIFIED and one.why != "index"}
    return [
        before.model_copy(
            update={
                "page_id": keys.page_id(url, now, before.payload_sha256),
                "fetched_at": now,
                "http_status": said[url].status,
                "warc_file": said[url].warc_file,
                "warc_offset": said[url].warc_offset,
                "record_type": RecordType.REVISIT,
                "run_id": run_id,
            }
        )
        for url, before in place.store.latest_pages(said).items()
    ]
