"""How fast tagging and claims are: on topic, off topic, and whether time grows with length alone up to 1 MB."""

import gc
import json
import re
import time
from collections import Counter
from datetime import date
from functools import cache
from itertools import islice, product
from statistics import median

import pytest

from flows.findings import find
from flows.knowledge import load_knowledge
from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.settings import Settings
from flows.steps.claims import claims, told
from flows.steps.lemmas import lemmas
from flows.steps.persons import persons
from flows.steps.scanned import ScannedText
from flows.steps.tag import UMBRELLA, tag
from flows.steps.text import lay_out, normal
from storage.terms import Language, Zone

pytestmark = [pytest.mark.prove]

ARTICLE = 2_000  # code points
SHORTEST = 1_000
TURNS = 5
ARTICLES_A_SECOND = 1_500
YARDSTICKS = 30
SMALL, LARGE = 10_000, 1_000_000
GROWTH = 2.5 * LARGE / SMALL
LEAST = 0.005
"""CPU seconds below which a clock tells nothing of growth."""


def scanned(title, paragraphs, language, day):
    text, laid = lay_out(title, paragraphs)
    return ScannedText(normal(title), laid, text, Language(language), day, load_lexicon())


def labelled(shared, wanted):
    with (shared / "corpus" / "topical.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["is_security_guarantees"] is wanted and len(row["text"]) >= SHORTEST:
                lines = [line for line in row["text"].split("\n") if line.strip()]
                zones = [Zone.LEAD] + [Zone.BODY] * len(lines)
                day = date.fromisoformat(row["published"][:10]) if row["published"] else None
                yield (row["title"] or "").strip(), list(zip(lines, zones, strict=False)), row["language"], day


def tagged_and_told(article):
    text = scanned(*article)
    is_about, _, topics = tag(text)
    if any(one.topic == UMBRELLA for one in topics):
        claims(told(text, load_stages()), only_background=not is_about)


def tagged(article):
    tag(scanned(*article))


def counted(article):
    """The yardstick: the words of the article counted, which a busy machine slows as much as it slows the rest."""
    Counter(re.findall(r"\w+", " ".join([article[0], *(text for text, _ in article[1])]).lower()))


def first_turn(article):
    """CPU seconds of one turn, per 2,000 code points, while most of its words are new."""
    start = time.process_time()
    tagged_and_told(article)
    return (time.process_time() - start) * ARTICLE / len(lay_out(*article[:2])[0])


def best_turns(articles, *works):
    """For each way to work, the best CPU seconds of some turns, an article each, per 2,000 code points."""
    for article in articles:
        for work in works:
            work(article)
    best = [[float("inf")] * len(articles) for _ in works]
    gc.collect()
    for _ in range(TURNS):
        for number, article in enumerate(articles):
            scale = ARTICLE / len(lay_out(*article[:2])[0])
            for place, work in enumerate(works):
                start = time.process_time()
                work(article)
                best[place][number] = min(best[place][number], (time.process_time() - start) * scale)
    return best


@pytest.mark.shared
def test_an_article_on_topic_costs_little_more_than_counting_its_words(shared):
    articles = list(labelled(shared, wanted=True))
    half = len(articles) // 2
    for article in articles[:half]:
        tagged_and_told(article)
    first = [first_turn(article) for article in articles[half:]]
    ours, words = best_turns(articles, tagged_and_told, counted)
    ratio = median(ours) / median(words)
    print(
        f"\ntagging and claims, on topic: {1000 * median(ours):.2f} ms for {ARTICLE} characters (n={len(articles)}), "
        f"{ratio:.1f} x counting words; of an article never read before, {half} others read: "
        f"{1000 * median(first):.2f} ms"
    )
    assert ratio < YARDSTICKS


@pytest.mark.shared
def test_articles_without_the_topic_a_second(shared):
    articles = [one for one in labelled(shared, wanted=False) if not tag(scanned(*one))[2]]
    (seconds,) = best_turns(articles, tagged)
    rate = 1 / median(seconds)
    print(f"\ntagging, labelled texts without a topic: {rate:.0f} a second of {ARTICLE} characters, n={len(articles)}")
    assert rate > ARTICLES_A_SECOND


HARVEST = {
    "en": "Farmers of the Poltava region began the harvest. Mr. Almada of Portugal came to it and sold 3.5 tonnes. ",
    "uk": "Фермери Полтавщини почали жнива. Міністр Польщі та Олена Вигадко приїхали на свято, продано 3,5 т зерна. ",
    "ru": "Фермеры Полтавщины начали жатву. Министр Польши и Елена Выдумко приехали на праздник, продано 3,5 т зерна. ",
}


@pytest.mark.parametrize("language", HARVEST)
def test_plain_articles_a_second_with_their_people(language):
    article = ("Harvest", [(HARVEST[language] * 4, Zone.BODY)] * 5, language, date(2024, 5, 1))

    def with_people(one):
        text = scanned(*one)
        tag(text)
        persons(text)

    quick, whole = best_turns([article], tagged, with_people)
    print(f"\nplain, {language}: {1 / quick[0]:.0f} articles a second, {1 / whole[0]:.0f} with their people")
    assert 1 / quick[0] > ARTICLES_A_SECOND


LINES = {
    "plain": HARVEST["en"],
    "on topic": "Ukraine and Norway signed a security agreement on Friday, Jonas Hagen said in Kyiv. ",
    "no sentence ends": "Україна та Норвегія підписали угоду про гарантії безпеки у Києві, сказала Олена Вигадко ",
    "all capitals": "УКРАЇНА ТА НОРВЕГІЯ ПІДПИСАЛИ УГОДУ ПРО ГАРАНТІЇ БЕЗПЕКИ, СКАЗАЛА ОЛЕНА ВИГАДКО. ",
    "mixed scripts": "Ukraine и Норвегія signed угоду про security гарантии 安全保障 ضمانات أمنية für Україна. ",
    "only guarantees": "security guarantees ",
    "only discussed": "discussed security guarantees, ",
    "capitals of states": "in Kyiv and ",
    "first names": "Ivan ",
    "stops": ".",
    "stops and quotes": '."',
    "quotes": '"',
    "white space": " ",
    "one word": "Безпека",
    "hyphens": "Аб-",
    "apostrophes": "О'",
    "number": "1",
    "numbers": "1,5 ",
    "money": "security guarantee $1 billion 1.5 1.5 ",
    "combining marks": "e\u0301",
    "brackets": "(",
    "no day": "Ukraine and Norway signed a security agreement. ",
    "no guarantee": "It was signed by the two leaders, and ministers discussed security guarantees. ",
    "troops refused": "France refused to send troops. ",
    "others' deal": "Norway signed a security agreement with Poland. ",
    "credits": "Reuters reports that Norway came. ",
    "names": "",
}


@cache
def knowledge():
    return load_knowledge(Settings())


def people():
    """Sentences that each name somebody else."""
    for letters in product("vnrmlkdtsz", "aeiou", "lnrstkdmvz", "aeiou", "nrlskmvtdz"):
        yield f"Ivan {''.join(letters).title()} said Norway would sign a security agreement with Ukraine. "


def seconds(line, size, *, as_headline):
    text = ((line * (size // len(line) + 1)) if line else "".join(islice(people(), size // 50)))[:size]
    language = Language.UK if any(char >= "\u0400" for char in line) else Language.EN
    parts = (text, []) if as_headline else ("", [(text, Zone.BODY)])
    known = knowledge()
    start = time.process_time()
    text_full, paragraphs = lay_out(*parts)
    find(normal(parts[0]), paragraphs, text_full, language, date(2024, 5, 1), known)
    lemmas(text)
    return time.process_time() - start


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("as_headline", [False, True], ids=["body", "headline"])
def test_time_grows_with_length_up_to_a_megabyte_in_one_line(name, as_headline):
    line = LINES[name]
    seconds(line, SMALL, as_headline=as_headline)
    small = min(seconds(line, SMALL, as_headline=as_headline) for _ in range(TURNS))
    middle = seconds(line, LARGE // 10, as_headline=as_headline)
    assert middle < GROWTH / 10 * max(small, LEAST)  # before a megabyte of what runs away is begun
    large = seconds(line, LARGE, as_headline=as_headline)
    print(f"\n{name}: {small:.3f} s for 10 kB, {large:.2f} s for 1 MB, {large / small:.0f} x")
    assert large < GROWTH * max(small, LEAST)
