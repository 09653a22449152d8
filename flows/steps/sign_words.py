"""The words by which a promise of security to Ukraine is known where nothing calls it so, in three languages.

All are sought in folded text (`flows.steps.text.fold`).
"""

import re


def _any(*words: str) -> str:
    """One group of alternatives, each a piece of a pattern."""
    return f"(?:{'|'.join(words)})"


def _stems(written: str) -> tuple[str, ...]:
    return tuple(written.split(","))


_HOURS = _any(
    r"(?:24|48|72|12|twenty[- ]four|twelve|forty-eight)[- ]hours?|(?:a|one|the same|a single) day\b|one hour",
    r"(?:24|48|72|12|двадцят\w+ чотир\w+|дванадцят\w+) годин\w*|доб[иу]\b|(?:24-|двадцятичотири)годинн\w+",
    r"(?:24|48|72|12|двадцат\w+ четыр\w+|двенадцат\w+) час\w*|сут(?:ок|ки)\b|(?:24-|двадцатичетырех)часов\w+",
)
_CONFER = _any(
    r"consult\w*|confer(?:s|red|ring)?\b|conven\w+",
    r"консульт\w+|рад(?:яться|итися|итись|имося)|зателефону\w+|порад\w+",
    r"совеща\w+|советовать\w+|посовет\w+|созвон\w+",
)
_FIGHTING = {
    "en": r"(?:fighting|shooting|war|firing|guns|hostilities)",
    "uk": r"(?:збро[яї]|гармати|бо[їй]|бойов\w+ ді[їй]|стрілянин\w|війн\w|вогонь)",
    "ru": r"(?:оружие|орудия|пушки|бои|боевы\w+ действи\w+|стрельб\w|войн\w|огонь)",
}
_STOPS = {
    "en": r"(?:ends?|ended|stops?|stopped|over|silent|ceases?|ceased)\b",
    "uk": r"(?:замовк|вщух|стихн|припин|скінч|заверш)\w*",
    "ru": r"(?:умолк|смолк|замолч|стихн|прекрат|законч|заверш)\w*",
}
_TRUCE = _any(
    r"cease-?fires?|truces?|armistice|peace (?:deal|agreement|settlement)|shot has been fired",
    r"припинен\w+ вогню|перемир\w*|тиш[аіуи]\b|мирн\w+ угод\w+",
    r"прекращени\w+ огня|тишин\w|мирн\w+ соглашени\w+",
    *(rf"{_FIGHTING[one]} (?:\w+ ){{0,3}}{_STOPS[one]}|{_STOPS[one]} (?:\w+ )?{_FIGHTING[one]}" for one in _STOPS),
)
_FOREIGN_FORCE = _any(
    r"troops?|soldiers?|contingents?|battalions?|brigades?|compan(?:y|ies)\b|sappers?|engineers?|observers?|frigates?",
    r"peacekeepers?|(?:a|the|european|western|allied|multinational|stabili[sz]ation|international) (?:mission|force)s?",
    r"військ\w*|контингент\w*|батальйон\w*|бригад\w*|рот[ауи]\b|сапер\w*|спостерігач\w*|місі[яїюєй]\w*|сил(?:и|ами|ах)?\b",
    r"солдат\w*|миротворц\w*|войск\w*|воен(?:ны[ехм]\w*)|батальон\w*|наблюдател\w*|мисси\w+|сил(?:ы|ами|ах)\b",
)
_SENT = _any(
    r"deploy\w*|send\w*|sent|dispatch\w*|station\w*|enter\w*|arriv\w*|contribut\w*|provid\w*|go(?:es)? in\b",
    r"join\w*|take part|on the ground",
    r"відправ\w*|надат\w*|надад\w*|направ\w*|ввести|введ\w*|надісла\w*|надішл\w*|розмі[щс]\w*|розгор[нт]\w*|зайд\w*|увій\w*|прибу\w*|виділ\w*|долуч\w*",
    r"отправ\w*|предостав\w*|ввести|введ\w*|присл\w*|пришл\w*|разме[сщ]\w*|развер\w*|войд\w*|зайти|выдел\w*|присоедин\w*|послат\w*",
)
TRUCE_WORDS, FORCE_WORDS, SENT_WORDS = (re.compile(rf"(?<!\w){words}") for words in (_TRUCE, _FOREIGN_FORCE, _SENT))
STRONG = {
    "consult": re.compile(rf"(?<!\w)(?:{_CONFER}.{{0,70}}?(?<!\w){_HOURS}|{_HOURS}.{{0,50}}?(?<!\w){_CONFER})"),
    "aid": re.compile(
        _any(
            r"mutual (?:defen[cs]e|assistance)|collective defen[cs]e",
            r"come to (?:its|our|each other's|ukraine's|kyiv's) (?:aid|defen[cs]e|help|rescue)",
            r"(?:in case|in the event|against|should|\bif\b|after any?\b)[^.;]{0,40}?(?:new|fresh|renewed|another"
            r"|second|repeated|future|further|armed) (?:russian )?(?:armed )?(?:attack|aggression|invasion)",
            r"(?:attack|strike|invade)s? (?:ukraine |us |it )?(?:again|anew|once more)",
            r"взаємн\w+ (?:оборон\w+|допомог\w+)|колективн\w+ оборон\w+|прийти на (?:допомогу|поміч|захист)",
            r"(?:у разі|якщо|при|після|проти)[^.;]{0,30}?(?:нов|повторн|наступн|збройн)\w+ (?:російськ\w+ )?"
            r"(?:напад|агресі|вторгненн)\w*|(?:напад|вдар)\w+ знову|знову (?:напад|вдар)\w+",
            r"взаимн\w+ (?:оборон\w+|помощ\w+)|коллективн\w+ оборон\w+|прийти на (?:помощь|выручку|защиту)",
            r"(?:в случае|если|при|после|против)[^.;]{0,30}?(?:нов|повторн|вооруженн)\w+ (?:российск\w+ )?"
            r"(?:нападени|агресси|вторжени)\w+|(?:напад|удар)\w+ снова|снова (?:напад|удар)\w+",
        )
    ),
    "seven": re.compile(
        _any(
            r"\bg-?7(?:'s)? (?:\w+ )?declaration|declaration of the (?:g-?7|group of seven)",
            r"vilnius (?:declaration|text|paper)|declaration (?:\w+ ){0,2}in vilnius",
            r"деклараці\w+ (?:країн )?(?:g7|\"?груп\w+ семи|сімки)|вільнюськ\w+ (?:деклараці\w+|текст\w*)",
            r"деклараци\w+ (?:стран )?(?:g7|\"?групп\w+ семи|семерки)|вильнюсск\w+ (?:деклараци\w+|текст\w*)",
        )
    ),
    "security": re.compile(
        _any(
            r"security (?:and defen[cs]e )?(?:cooperation|co-operation|support|ties)|long-term (?:security|support)",
            r"(?:співробітництв|співпрац|підтримк)\w* [ув] (?:сфері|галузі|царині) (?:\w+ (?:та|і|й) )?безпеки",
            r"(?:сотрудничеств|поддержк)\w* в (?:сфере|области) (?:\w+ и )?безопасности",
            r"(?:безпеков|долгосрочн|довгостроков)\w+ (?:співробітництв|співпрац|підтримк|поддержк)\w+",
        )
    ),
    "force": re.compile(
        _any(
            r"coalition of the willing|multinational force|(?:reassurance|stabili[sz]ation) force",
            r"коаліці\w+ (?:охочих|рішучих)|багатонаціональн\w+ сил\w*",
            r"коалици\w+ (?:желающих|решительных)|многонациональн\w+ сил\w*",
        )
    ),
}
WEAK = {
    "years": re.compile(
        _any(
            r"\b(?:ten|10|hundred|100)[- ]years?\b|\b(?:a|one) decade\b|decade-long|century-long",
            r"десятирічн\w+|10-річн\w+|(?:десять|10) років|десятиліт\w+|сторічн\w+|столітн\w+",
            r"десятилетн\w+|10-летн\w+|(?:десять|10) лет\b|десятилети\w+|столетн\w+",
        )
    ),
    "force_of_law": re.compile(
        _any(
            r"(?:legally|politically|not) binding|non-?binding",
            r"(?:no|without|not need|not require|requires? no) (?:a )?ratif",
            r"юридично обов'язков\w+|політичн\w+ (?:обов'язк|зобов'язанн)\w+|не (?:потребу|вимага)\w+ ратиф",
            r"юридически обяз[аы]\w+|не (?:требует|потребует) ратиф",
        )
    ),
    "guarantee": re.compile(
        _any(
            r"\b(?:with|of|no|such|any|those|these|real|firm|written|firmer|as|word) guarantees?\b",
            r"(?<!state )(?<!loan )(?<!bank )\bguarant(?:ees?(?= (?:of|that|to ukraine|to kyiv)|[,.\"':;-])|ors?\b)",
            r"(?<!\w)гаранті(?:я|ю|й|ї|єю|ями|ях)(?!\w)|(?<!\w)гаранти(?:я|ю|й|и|ей|ями|ях)(?!\w)",
            r"(?<!\w)гарант(?:а|ом|и|ів|ы|ов)(?!\w)",
        )
    ),
    "amended": re.compile(
        _any(
            r"amend|additional protocol|annex(?:es)?\b|(?:agreement|pact|text|accord|deal) of 2024",
            r"(?:revised|amended|updated|new) (?:agreement|pact|text|accord|treaty)",
            r"поправк|поправок|протокол|змін\w* до угод|додат(?:ок|ку|ком|ки) до|угод\w+ 2024",
            r"изменени\w+ в соглашени|приложени\w+ к|соглашени\w+ 2024",
        )
    ),
    "arms": re.compile(
        _any(
            r"\bweapons?\b|\barms\b|air defen[cs]e|military (?:aid|help|support|assistance)|interceptor|ammunition",
            r"defen[cs]e (?:aid|support)|of (?:its )?gdp|\btroops?\b|\bsoldiers?\b",
            r"(?<!\w)збро[яїю]|озброєн|(?<!\w)ппо\b|військов\w+ (?:допомог|підтримк)|перехоплювач|боєприпас|солдат",
            r"оруж|вооружени|(?<!\w)пво\b|военн\w+ (?:помощ|поддержк)|перехватчик|боеприпас|(?<!\w)войск(?:а|ах)?\b",
        )
    ),
}
SIGNS = {**STRONG, **WEAK}
STEMS = {
    "consult": _stems("consult,confer,conven,консульт,рад,зателефон,совещ,совет,созвон"),
    "aid": _stems(
        "mutual,collective,come to,attack,aggress,invasion,invade,strike,взаємн,взаимн,колективн,"
        "коллективн,прийти,напад,агрес,вторгн,вторжен,вдар,удар"
    ),
    "seven": _stems("declaration,vilnius,декларац,вільнюськ,вильнюсск"),
    "security": _stems("security,long-term,безпек,безопасност,долгосрочн,довгостроков"),
    "force": _stems("coalition,force,коаліц,коалиц,національн,национальн"),
    "troops": _stems(
        "fire,truce,armistice,peace,end,stop,over,silent,cease,вогн,огня,огонь,перемир,тиш,мирн,замовк,"
        "вщух,стихн,припин,скінч,заверш,умолк,смолк,замолч,прекрат,законч"
    ),
    "years": _stems("year,decade,century,річн,років,літ,летн,лет"),
    "force_of_law": _stems("binding,ratif,обов'язк,зобов'яз,ратиф,обяз"),
    "guarantee": _stems("guarant,гарант"),
    "amended": _stems("amend,protocol,annex,2024,revised,updated,new ,поправ,протокол,змін,додат,изменен,приложен"),
    "arms": _stems(
        "weapon,arms,air def,military,interceptor,ammunition,defence,defense,gdp,troop,soldier,збро,"
        "озброєн,ппо,військов,перехоплювач,боєприпас,солдат,оруж,вооруж,пво,военн,перехватчик,боеприпас,"
        "войск"
    ),
}
"""Of each sign, letters one of which it cannot be without."""
PARTY = re.compile(
    r"ukrain|україн|украин|(?<!\w)(?:kyiv|kiev|києв|київ|киев|зеленськ|зеленск|zelensky)|\bwith us\b"
    r"|(?<!\w)(?:з|із|с|со) нами(?!\w)"
)
MONEY = re.compile(
    r"\b(?:loans?|credit|export|exporters?|invest\w+|bank\w*|insur\w+|pensions?)\b"
    r"|кредит\w*|експорт\w*|інвест\w+|банк\w*|страхув\w+|пенсі\w+|соціальн\w+|державн\w+ гаранті\w+|трудов\w+"
    r"|экспорт\w*|инвест\w+|страхов\w+|пенси\w+|социальн\w+|государственн\w+ гаранти\w+"
)
COMMON = frozenset({"arms", "guarantee"})
"""Signs that say nothing without others: half of all news on the war speaks of arms."""
MORE_PAPERS = re.compile(r"arrangements?|papers?|protocols?|протокол\w*|папер(?:у|и|ом|ів|ами)?|папір|бумаг\w*")
CITY = re.compile(r"ки[їє]вськ|киевск")
PEOPLE_EXCHANGED = re.compile(r"prisoner|полонен|пленн")
STATES = re.compile(r"\b(?:countries|states|nations|governments|allies)\b|країн|держав|союзник|стран|государств")
