"""Names of states that stand for somebody else: a company, a town, a university of theirs."""

import re

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.mentions import Mention
from storage.terms import Language

_REACH = 4
_OF_A_STATE = {"name", "adjective", "demonym"}
_ENTITY = re.compile(
    r"compan(?:y|ies)|firms?|manufacturers?|makers?|producers?|giant|startups?|start-ups?|corporation|conglomerate|holding"
    r"|shipbuilder|contractor|banks?|insurers?|universit(?:y|ies)|institutes?|academ(?:y|ies)|colleges?|museum|hospitals?"
    r"|schools?|foundations?|charit(?:y|ies)|ngos?|associations?|federation|clubs?|teams?|regions?|province|count(?:y|ies)"
    r"|municipalit(?:y|ies)|city|cities|town|towns|district|voivodeship|canton|mayors?|governors?|airlines?|plants?|shipyards?"
    r"|editors?|scientists?|students?|artists?|farmers?|volunteers?|businessm[ae]n"
    r"|компані\w+|фірм\w+|виробник\w*|концерн\w*|корпораці\w+|холдинг\w*|підприємств\w+|завод\w*|стартап\w*|банк\w*"
    r"|університет\w*|інститут\w*|академі\w+|музе\w+|лікарн\w+|шкіл\w*|школ\w+|фонд\w*|асоціаці\w+|федерац\w+|клуб\w*"
    r"|регіон\w*|провінц\w+|област\w+|міст(?:о|а|у|ом|і)|мер(?:и|ів|а|ом|у)?|громад(?:а|и|ою)|воєводств\w+|муніципалітет\w*"
    r"|губернатор\w*|округ\w*|авіакомпані\w+|судноверф\w*|волонтер\w*|бізнесмен\w*"
    r"|компани\w+|фирм\w+|производител\w+|корпораци\w+|предприяти\w+|университет\w*|институт\w*|академи\w+|больниц\w+"
    r"|ассоциаци\w+|федераци[яи]|регион\w*|провинци\w+|город(?:а|у|ом|е)?|мэр(?:ы|ов|а|ом|у)?|общин\w+|воеводств\w+"
    r"|муниципалитет\w*|авиакомпани\w+|верф\w+|бизнесмен\w*|гигант\w*"
)
_MINISTRY = re.compile(r"ministr(?:y|ies)|agenc(?:y|ies)|міністерств\w+|агентств\w+|агенці\w+|министерств\w+")
_OTHER_FIELD = re.compile(
    r"health|culture|education|economy|energy|digital|agriculture|justice|environment|sport|tourism|infrastructure|labour"
    r"|space|охорони|культури|освіти|економіки|енергетики|цифров\w+|аграрн\w+|юстиції|довкілля|спорту|туризму|інфраструктури"
    r"|космічн\w+|здравоохранения|культуры|образования|экономики|энергетики|юстиции|туризма|инфраструктуры|космическ\w+"
)
_LATIN_NAME = re.compile(r"[ \u00a0][\"'\u00ab\u201e\u201c]?(?![A-Z]{2,3}\b)[A-Z][A-Za-z]{2,}")
_QUOTED_NAME = re.compile(r"[ \u00a0][\u00ab\u201e\u201c\"][^\W\d_a-zа-яіїєґё]")
_OWNED_NAME = re.compile(r"['\u2019]s ([A-Z][\w'\u2019-]+)(?! [A-Z])(?! (?:and|of) [A-Z])")


def is_somebody_else(text: ToldText, here: ToldSentence, mention: Mention, after: int) -> bool:
    """Whether a state's name or adjective only says whose company, town, university or agency of another field acts.

    `after` is the word after the mention.
    """
    if mention.form not in _OF_A_STATE:
        return False
    words = here.view.words
    following = words[after : after + _REACH]
    end = mention.end - here.sentence.start
    is_owner = mention.form == "adjective" or "'s" in here.folded[end - 2 : end + 2]
    for number, one in enumerate(following):
        if one.folded in {",", ".", ";", ":", "and", "та", "і", "и", "with", "з", "с"} or one.has("speech.say"):
            break
        if (is_owner or mention.form == "name") and number == 0 and one.folded in {"'s", "s"}:
            continue
        if is_owner and _ENTITY.fullmatch(one.folded):
            return True
        if is_owner and _MINISTRY.fullmatch(one.folded):
            return any(_OTHER_FIELD.fullmatch(other.folded) for other in words[after : after + 2 * _REACH])
    if not is_owner:
        return False
    return _is_of_proper_name(text, here, mention)


def _is_of_proper_name(text: ToldText, here: ToldSentence, mention: Mention) -> bool:
    """Whether a name that is no person's follows directly: "Norway's Kongsberg", "турецкая Baykar"."""
    full, end = text.text_full, mention.end
    people = {one.start for one in (*here.mentions, *here.unlisted) if one.kind == "person"}
    named = {one.start for one in here.mentions}
    if text.language is Language.EN:
        owned = _OWNED_NAME.match(full, end) or _OWNED_NAME.match(full, end - 2)
        if owned is None:
            return False
        start = owned.start(1)
        words = here.view.words
        word = words[here.word_at(start - here.sentence.start)]
        is_office = word.cues or word.folded in text.lexicon.triggers("titles")
        if sum(one.kind == "guarantor" and _OWNED_NAME.match(full, one.end) is not None for one in here.mentions) > 1:
            return False  # "Estonia's Karis, Latvia's Rinkevics": people of several states
        return not is_office and start not in named | people and word.folded not in _INSTITUTIONS
    following = next(
        (
            one
            for one, (start, _) in zip(here.view.words, here.view.spans, strict=True)
            if start >= end - here.sentence.start and one.folded.isalpha()
        ),
        None,
    )
    if following is not None and (
        following.has("actors.parliament", "actors.government") or following.folded in _INSTITUTIONS
    ):
        return False
    latin = _LATIN_NAME.match(full, end)
    if latin is not None:
        return not any(end <= start <= latin.end() for start in named | people)
    quoted = _QUOTED_NAME.match(full, end)
    return quoted is not None and not any(end <= start <= quoted.end() for start in named)


_INSTITUTIONS = frozenset(
    {
        "foreign",
        "defence",
        "defense",
        "ministry",
        "parliament",
        "government",
        "cabinet",
        "president",
        "prime",
        "premier",
    }
    | {"supreme", "constitutional", "social", "christian", "labour", "conservative", "liberal", "green", "federal"}
    | {
        "national",
        "security",
        "state",
        "council",
        "embassy",
        "king",
        "queen",
        "crown",
        "ten-year",
        "bilateral",
        "deputy",
    }
)
