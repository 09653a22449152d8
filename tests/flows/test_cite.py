"""A claim cited: found by number, line or words; told with all that leads back to its words; unknown ones refused."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.archive import read_page
from crawlers.imports.files import RawInput
from flows.cite import Asked, citation_of, citations, claim_asked
from flows.cli import run
from flows.errors import UserError
from flows.ingest import Place, ingest
from flows.reference import reference_rows
from storage.store import Store
from tests.deciding import decide

NOW = datetime(2024, 4, 11, 20, tzinfo=UTC)
DAY = datetime(2024, 4, 11, 9, tzinfo=UTC)
URL = "https://www.ukrinform.net/rubric-polytics/4000001-made-up.html"
FILL = (
    "The agreement holds security guarantees for ten years, the office said.",
    "The two sides will meet again in the autumn.",
    "Ukraine has been asking its partners for such agreements for three years.",
)


def capture(who, hours, more=(), title="{} signs 100% of a {{security}} agreement with Ukraine"):
    """The made-up article as captured some hours after its publication, once it tells of this state."""
    told = f"{who} and Ukraine signed a bilateral security agreement in Riga on 11 April, the president's office said."
    body = "".join(f"<p>{text}</p>" for text in (told, *FILL, *more))
    head = title.format(who)
    payload = (
        f'<html><head><title>{head}</title><meta property="article:published_time" content="{DAY.isoformat()}">'
        f'</head><body><article><h1 class="newsTitle">{head}</h1><div class="newsDate">'
        f'<time datetime="{DAY.isoformat()}">–</time></div><div class="newsText">{body}</div></article></body></html>'
    ).encode()
    at = DAY.replace(hour=DAY.hour + hours)
    return RawInput(
        item="made-up",
        url=URL,
        payload=payload,
        is_flat_text=False,
        content_type="text/html; charset=utf-8",
        fetched_at=at,
        outlet=None,
        source_name="made up",
        http_status=200,
    )


def made(knowledge, home, *, is_demo=False):
    """A place whose archive lies where the settings look for it, with the one article of Latvia."""
    store = Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=False)
    if is_demo:
        store.mark_demo()
    store.load_reference(*reference_rows(knowledge))
    found = Place(store, home / "archive", knowledge, lambda: NOW)
    ingest([capture("Latvia", 1)], found)
    return found


@pytest.fixture(scope="module")
def place(knowledge, tmp_path_factory):
    """A place that tests only read."""
    with (found := made(knowledge, tmp_path_factory.mktemp("cite"))).store:
        yield found


@pytest.fixture
def own(knowledge, tmp_path):
    """A place of a test's own."""
    with (found := made(knowledge, tmp_path)).store:
        yield found


@pytest.fixture
def cite(place, capsys):
    """Run `cite` on a place and give its exit code, output and complaint."""

    def ask(*words, at=place):
        code = run(["cite", *words, "--home", str(at.archive.parent)])
        return code, *capsys.readouterr()

    return ask


def values(cite, *words, **at):
    code, out, err = cite(*words, "--json", **at)
    assert code == 0, err
    return json.loads(out)


def test_a_line_a_number_and_words_lead_to_the_same_claim(cite, place):
    told = values(cite, "LV/bilateral/signed")
    number = str(told["claim_id"])
    [row] = place.store.rows("select history_id from ledger where line = 'LV/bilateral/signed'")
    for asked in (
        [number],
        [f"claim:{number}"],
        ["lv/bilateral/SIGNED"],
        ["latvia", "signed"],
        ["Латвія", "підписано"],
        [str(row["history_id"])],
    ):
        assert values(cite, *asked)["claim_id"] == told["claim_id"], asked


def test_what_is_cited_stands_where_it_says(cite, place):
    told = values(cite, "latvia", "signed")
    [page] = place.store.rows("select payload_sha256 from pages")
    archived = read_page(place.archive, told["warc_file"], told["warc_offset"])
    assert told["payload_sha256"] == page["payload_sha256"] == hashlib.sha256(archived.payload).hexdigest()
    [row] = place.store.rows("select text_full from readings where is_current = 1")
    step = next(one for one in told["evidence"] if one["role"] == "step")
    assert row["text_full"][step["start"] : step["end"]] == step["quote"]
    assert "Latvia" in step["quote"]
    assert (told["url"], told["outlet"], told["version"], told["versions"]) == (URL, "ukrinform", 1, 1)
    assert told["published_at"].startswith("2024-04-11T09:00")
    assert told["captured_at"].startswith("2024-04-11T10:00")
    assert told["rules_version"] == place.knowledge.rules_version
    assert told["is_current"]


def test_the_text_names_everything_a_reader_needs(cite):
    told = values(cite, "latvia", "signed")
    code, out, _ = cite("latvia", "signed")
    assert code == 0
    step = next(one for one in told["evidence"] if one["role"] == "step")
    for needed in (
        "LV/bilateral/signed · signed · 11 Apr 2024",
        URL,
        "11 Apr 2024 12:00 Kyiv",
        "11 Apr 2024 13:00 Kyiv",
        told["payload_sha256"],
        f"{told['warc_file']}, byte {told['warc_offset']}",
        "1 of 1",
        f"{step['start']}–{step['end']}  “{step['quote']}”",
        told["rules_version"],
        str(told["claim_id"]),
    ):
        assert needed in out, needed


def test_bibtex_is_one_entry_with_its_signs_escaped(cite):
    code, out, _ = cite("latvia", "signed", "--bibtex")
    assert code == 0
    assert out.startswith("@misc{ukrinform-2024-04-11-")
    assert r"title = {{Latvia signs 100\% of a \{security\} agreement with Ukraine}}" in out
    assert "year = {2024},\n  month = apr,\n  day = {11}" in out
    assert f"url = {{{URL}}}" in out
    assert "urldate = {2024-04-11}" in out
    assert "SHA-256" in out
    plain = out.replace(r"\{", "").replace(r"\}", "")
    assert plain.count("{") == plain.count("}")
    assert "DEMO" not in out


def test_a_claim_the_outlet_edited_away_is_still_cited_and_says_so(cite, own):
    before = values(cite, "latvia", "signed", at=own)
    ingest([capture("Lithuania", 3)], own)
    told = values(cite, str(before["claim_id"]), at=own)
    assert (told["version"], told["versions"], told["is_current"]) == (1, 2, False)
    assert told["payload_sha256"] == before["payload_sha256"]
    assert told["headline"] == before["headline"]
    assert told["on_ledger"] is None
    code, out, _ = cite("LV/bilateral/signed", at=own)
    assert code == 0
    assert "not on the ledger now" in out
    assert "holds this claim no more" in out
    assert values(cite, "lithuania", "signed", at=own)["version"] == 2


def test_a_claim_that_several_versions_hold_is_cited_from_the_one_shown_now(cite, own):
    before = values(cite, "latvia", "signed", at=own)
    ingest([capture("Latvia", 3, more=("The ministers then visited a new bridge over the river.",))], own)
    told = values(cite, str(before["claim_id"]), at=own)
    assert (told["version"], told["versions"], told["is_current"]) == (2, 2, True)
    assert told["payload_sha256"] != before["payload_sha256"]


def test_both_engines_give_the_same_citation(place_of, database_url):
    place = place_of(database_url, now=NOW)
    ingest([capture("Latvia", 1)], place)
    by_line, by_words = (
        claim_asked(words, place.store, lambda _: "LV") for words in (["lv/bilateral/signed"], ["latvia", "signed"])
    )
    assert by_line == by_words
    cited = citation_of(place.store, by_line)
    assert (cited.line, cited.filed.published_at, cited.captured_at) == (by_line.line, DAY, DAY.replace(hour=10))
    assert (cited.authors, cited.version, cited.versions, cited.is_current) == ((), 1, 1, True)
    assert cited.step.quote.startswith("Latvia")
    with pytest.raises(UserError, match="has the number 5"):
        claim_asked(["5"], place.store, lambda _: "LV")


def test_a_persons_word_stands_beside_the_claim(cite, own):
    number = values(cite, "latvia", "signed", at=own)["claim_id"]
    decide(own.store, number, "accept", "KS", DAY)
    assert values(cite, str(number), at=own)["reader"] == "KS"
    assert "KS: accept" in cite(str(number), at=own)[1]
    corrected = {"event_on_min": "2024-04-11", "event_on_max": "2024-04-11", "precision": "day"}
    decide(own.store, number, "correct", "OM", DAY + timedelta(hours=1), correction=corrected)
    assert "OM: correct: day 2024-04-11" in cite(str(number), at=own)[1]


def test_citations_of_the_demo_say_so(cite, knowledge, tmp_path):
    with (own := made(knowledge, tmp_path, is_demo=True)).store:
        for form in ([], ["--bibtex"], ["--json"]):
            _, out, _ = cite("latvia", "signed", *form, at=own)
            assert "INVENTED ARTICLES" in out
        assert values(cite, "latvia", "signed", at=own)["is_demo"] is True


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["12345"], "has the number 12345"),
        (["9999999999999999999"], "has the number"),
        (["LV/bilateral/ratified"], "cite one of: LV/bilateral/signed"),
        (["XX/bilateral/signed"], "ledger --all"),
        (["latvia", "ratified"], "cite one of: LV/bilateral/signed"),
        (["atlantis", "signed"], "no guarantor with a step"),
        (["hugged"], "no ledger line"),
        (["latvia", "signed", "--json", "--bibtex"], "--bibtex or --json"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_cited_is_one_line_and_exit_2(asked, said, cite):
    code, out, err = cite(*asked)
    assert code == 2
    assert out == ""
    assert err.startswith("zaporuka: ")
    assert err.count("\n") == 1
    assert said in err


def test_claims_that_are_not_on_file_have_no_citation(place):
    assert citations(place.store, [1, 2]) == {}
    with pytest.raises(UserError, match="Claim 1 behind LV/bilateral/signed is on file no more"):
        citation_of(place.store, Asked(1, "LV/bilateral/signed"))
