"""What is pruned inside an article's body is told, with the rule that did it."""

import pytest

URL = "https://orchard.example/eng/news/17/"
ELSEWHERE = "https://elsewhere.example/a-story"


def _told(reading):
    return [(gone.why, gone.text) for gone in reading.removed]


def test_a_selectors_text_is_told_once_without_scripts(cleaned, article):
    inside = "<div class='ad'>Buy a <b>spade</b> today.<script>x()</script><p class='ad'>And save.</p></div>"
    assert _told(cleaned(article(inside=inside), url=URL)) == [("selector: .ad", "Buy a spade today. And save.")]


@pytest.mark.parametrize("url", [URL, ELSEWHERE])
@pytest.mark.parametrize("tag", ["aside", "nav", "footer", "form"])
def test_an_elements_text_is_told_by_its_tag(cleaned, article, url, tag):
    inside = f"<{tag}>Share it with a friend</{tag}><p>The pump stays where it is, the mayor of the town added.</p>"
    assert (f"tag: {tag}", "Share it with a friend") in _told(cleaned(article(inside=inside), url=url))


def test_a_share_box_of_an_unlisted_site_is_told(cleaned, article):
    inside = "<div class='box share'><a href='/f'>Facebook</a> <a href='/t'>Telegram</a></div>"
    reading = cleaned(article(inside=inside), url=ELSEWHERE)
    assert "Telegram" not in reading.text
    assert ("selector: div.box.share", "Facebook Telegram") in _told(reading)


def test_what_no_reader_sees_is_not_told(cleaned, article):
    inside = "<aside> </aside><aside hidden>Secret.</aside><style>a{}</style><div class='ad'><script>x()</script></div>"
    assert _told(cleaned(article(inside=inside), url=URL)) == []


def test_notes_are_short_and_not_endless(cleaned, article):
    inside = "<aside>" + "Spades are cheap today. " * 50 + "</aside>"
    told = _told(cleaned(article(inside=inside * 150), url=URL))
    assert len(told) == 100
    assert max(len(text) for _, text in told) <= 300
