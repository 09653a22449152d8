"""Made-up outlets and pages for the cleaning tests."""

import pytest

from crawlers.outlet import Edition, Outlet
from flows.lexicon.clutter import load_clutter
from flows.steps.clean import clean
from storage.records import RawPage

BODY = (
    "The invented ministry of Orchard Town said on Monday that the two gardens would share their water.",
    "Source: the ministry's press release",
    'Quote: "We will share the water for as long as it takes," the minister said.',
    "The neighbours have argued about the pump since the spring, and nobody expects a quick end to it.",
)


@pytest.fixture(scope="session")
def clutter():
    return load_clutter()


@pytest.fixture(scope="session")
def orchard():
    return Outlet(
        slug="orchard-times",
        name="The Orchard Times",
        homepage="https://orchard.example/",
        kind="newspaper",
        side="UA",
        tier="primary",
        editions=(
            Edition(language="en", hosts=("orchard.example",), path_prefix="/eng"),
            Edition(language="uk", hosts=("orchard.example",)),
        ),
        rights="made up",
        article_url=(r"/news/\d+",),
        not_article_url=(r"/topics/",),
        body=(".story-new", ".story-old"),
        title=("h1.headline",),
        date=(".stamp",),
        author=(".signed",),
        caption=(".under-picture",),
        clutter=(".ad",),
        clutter_lines=(r"Plant a tree with .*",),
        desks=("The Orchard Times gardening desk",),
        house_marks=(r"The Orchard Times gardening desk", r"^Orchard bulletin no\. \d+"),
    )


@pytest.fixture(scope="session")
def cleaned(orchard, clutter):
    """Clean one made-up page: HTML as str or bytes, or flattened text by keyword."""

    def run(html=None, **fields):
        if html is not None:
            fields["payload"] = html.encode() if isinstance(html, str) else html
        return clean(RawPage(id="made-up", **fields), {orchard.slug: orchard}, clutter)

    return run


@pytest.fixture(scope="session")
def article():
    """A made-up article's HTML; `head` and `body` are put in, `layout` is the class of the body."""

    def make(head="", inside="", layout="story-new", title="Two gardens agree to share water"):
        paragraphs = "".join(f"<p>{text}</p>" for text in BODY)
        return (
            f"<html><head><title>{title} | The Orchard Times</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
            f"<h1 class='headline'>{title}</h1><div class='{layout}'>{paragraphs}{inside}</div></body></html>"
        )

    return make
