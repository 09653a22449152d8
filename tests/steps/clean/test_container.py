"""The body by a page's own structure: the element around its prose, boxes set apart in it, links at the end."""

import pytest

from flows.steps.clean.container import prose_container
from flows.steps.clean.decode import parsed
from storage.records import Reading

URL = "https://elsewhere.example/a-story"
TITLE = "Two gardens agree to share water"
PROSE = (
    "The invented ministry of Orchard Town said on Monday that the two gardens would share their water.",
    "The neighbours have argued about the pump since the spring, and nobody expects a quick end to it.",
    "The mayor promised on Tuesday that the pump would be mended before the apples are ripe in autumn.",
    "Both gardens will send a gardener to the pump every morning, and the two will write down the hours.",
    "A plumber from the next village looked at the pump for an hour and asked for a new ring of brass.",
    "The ring will be cast in the old mill, whose owner promised not to ask for money this year or next.",
)
SHORT = "Both sides shook hands."


def _blocks(*texts, tag="p"):
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def _page(inside, marks="class='article-text'", beside=""):
    head = f"<html><head><title>{TITLE}</title></head><body><ul><li><a href='/'>Home</a></li></ul><h1>{TITLE}</h1>"
    return f"{head}<div {marks}>{inside}</div>{beside}</body></html>"


def _texts(reading):
    assert isinstance(reading, Reading), reading
    return [p.text for p in reading.paragraphs]


@pytest.mark.parametrize("tag", ["p", "div", "section"])
def test_the_element_around_the_prose_is_the_body(cleaned, tag):
    reading = cleaned(_page(_blocks(*PROSE, tag=tag)), url=URL)
    assert _texts(reading) == list(PROSE)
    assert reading.sources["body"] == "structure"


def test_lists_headings_and_short_answers_of_the_body_stay(cleaned):
    inside = (
        _blocks(*PROSE[:3]) + "<h2>What was agreed</h2><ul><li>a ring of brass;</li><li>a book of hours.</li></ul>"
        f"<p>{SHORT}</p>" + _blocks(*PROSE[3:])
    )
    texts = _texts(cleaned(_page(inside), url=URL))
    assert texts == [*PROSE[:3], "What was agreed", "a ring of brass;", "a book of hours.", SHORT, *PROSE[3:]]


def test_prose_in_large_parts_outside_leaves_it_to_trafilatura(cleaned):
    beside = f"<div class='one'>{_blocks(*PROSE[:2])}</div><div class='two'>{_blocks(*PROSE[2:4])}</div>"
    reading = cleaned(_page(_blocks(*PROSE[4:]), marks="", beside=beside), url=URL)
    assert not isinstance(reading, Reading) or reading.sources["body"] != "structure"


@pytest.mark.parametrize(
    ("marks", "is_sure"),
    [("class='article-text'", True), ("itemprop='articleBody'", True), ("id='post-12'", True), ("class='x7f'", False)],
)
def test_the_markup_must_call_it_an_article(clutter, marks, is_sure):
    found = prose_container(parsed(_page(_blocks(*PROSE), marks=marks)), clutter)
    assert found.is_pure
    assert found.is_sure is is_sure


def test_many_bare_links_among_the_prose_are_no_article(clutter):
    items = "".join(
        f"<p><a href='/{n}'>Story number {n} of the day</a></p><p>{text}</p>" for n, text in enumerate(PROSE)
    )
    found = prose_container(parsed(_page(items)), clutter)
    assert not found.is_dense


def test_a_page_without_prose_has_no_container(clutter):
    assert prose_container(parsed(_page("<p>Home</p><p>News</p>")), clutter) is None


@pytest.mark.parametrize(
    "box",
    [
        "<div class='related-card'><h3>Pears are late</h3><p>The pears of the valley ripen late this year.</p></div>",
        "<p class='subscribe-line'>A letter from the garden every week</p>",
        "<div id='share-panel'>Pass it on</div>",
        "<ul class='tags'><li>water</li><li>pumps</li></ul>",
    ],
)
@pytest.mark.parametrize("known", [True, False], ids=["outlet", "unknown"])
def test_boxes_set_apart_by_their_class_are_no_part_and_are_told(cleaned, box, known):
    inside = _blocks(*PROSE[:3]) + box + _blocks(*PROSE[3:])
    url = "https://orchard.example/news/12" if known else URL
    reading = cleaned(_page(inside, marks="class='story-new article'"), url=url)
    assert _texts(reading) == list(PROSE)
    assert reading.path == ("outlet" if known else "generic")
    assert any(gone.why.startswith("selector: ") for gone in reading.removed)


def test_a_large_part_of_the_prose_is_never_taken_for_a_box(cleaned):
    inside = f"<div class='card'>{_blocks(*PROSE[:3])}</div>" + _blocks(*PROSE[3:])
    assert _texts(cleaned(_page(inside), url=URL)) == list(PROSE)


@pytest.mark.parametrize(
    ("tail", "cut"),
    [
        ('<a href="/x">The story of the pump from the beginning</a>', True),
        ('See more: <a href="/x">The story of the pump</a>', True),
        ('<a href="/x">Full text</a>', False),
        ('The mayor told <a href="/x">the Orchard Times about it</a>.', False),
        ('<a href="/x">the pump of the two gardens</a>', False),
        ('<a href="/x">The story of the pump</a> tells more about it.', False),
    ],
)
def test_a_link_that_is_a_clause_of_its_own_at_the_end_leads_elsewhere(cleaned, tail, cut):
    inside = _blocks(*PROSE[:3], f"{PROSE[3]} {tail}", *PROSE[4:])
    reading = cleaned(_page(inside, marks="class='story-new'"), url="https://orchard.example/news/12")
    assert (_texts(reading)[3] == PROSE[3]) is cut
    assert any(gone.why.endswith("_tail") for gone in reading.removed) is cut


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("<b>From the same shelf:</b> <a href='/x'>Who carried the old pump away</a>", True),
        ("<b>Source:</b> <a href='/x'>the ministry of water and orchards</a>", False),
        ("<b>Джерело:</b> <a href='/x'>міністерство води і садів області</a>", False),
        ("He said: <a href='/x'>water</a>", False),
    ],
)
def test_a_short_label_with_a_linked_headline_is_another_story(cleaned, line, goes):
    inside = _blocks(*PROSE[:3], line, *PROSE[3:])
    reading = cleaned(_page(inside, marks="class='story-new'"), url="https://orchard.example/news/12")
    assert (len(_texts(reading)) == len(PROSE)) is goes


def test_a_lead_with_a_class_of_its_own_stands_before_the_body(cleaned):
    lead = "Two gardens that have quarrelled over one pump for years have found a way to live with it."
    head = f"<div class='standfirst'>{lead}</div>"
    html = _page(_blocks(*PROSE)).replace("</h1>", f"</h1>{head}")
    assert _texts(cleaned(html, url=URL)) == [lead, *PROSE]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Надсилайте свої історії нам у чатбот", "appeal"),
        ("Знаєте більше про насос? Пишіть нам на пошту", "appeal"),
        ("Got a story? Email the newsroom", "appeal"),
        ("Этот материал доступен благодаря нашим читателям", "appeal"),
        ("Повернутися до списку", "page_tools"),
        ("Скачать PDF (1,2 МБ)", "page_tools"),
        ("Читайте бюджет. Це не реклама нашого звіту, а порада.", None),
        ("Надішліть запит через застосунок оператора. Відповідь надійде за добу.", None),
        ("«Пишіть нам на пошту», – сказав міністр.", None),
        ("– Підтримайте нас, кажуть вони.", None),
        ("The ministry asked residents to send their letters to our embassy, he said.", None),
    ],
)
def test_appeals_to_the_reader_are_clutter_and_sentences_about_them_are_not(clutter, line, kind):
    assert clutter.kind_of(line) == kind
