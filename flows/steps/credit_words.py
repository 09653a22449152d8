"""The wordings that credit a source, on folded text: those that end where its name begins, and those that follow it.

In each the group `cue` is what is quoted beside the name.
"""

import re
from collections.abc import Mapping

_GENUS = (
    # en
    r"(?:the|an?|news|press|state|national|local|german|\w+(?:ish|ian|ese|ch)|american|media|online|daily|weekly|tabloid"
    r"|agenc(?:y|ies)|newspapers?|papers?|magazine|outlets?|broadcasters?|channels?|websites?|portal|site|broadcaster"
    r"|correspondents? (?:of|for)|reporters? (?:of|for)|journalists? (?:of|for|from)|colleagues (?:of|from)"
    # uk, ru
    r"|\w+[сзц]ьк\w+|\w+[сц]к(?:ая|ое|ий|ую|ой|ого|ому|ие|их)|державн\w+|государственн\w+|національн\w+|национальн\w+"
    r"|інформаційн\w+|информационн\w+|ділов\w+|делов\w+|впливов\w+|влиятельн\w+|місцев\w+|местн\w+|щоденн\w+"
    r"|(?:інформ|информ)?аге[н]тств\w*|агенці\w+|(?:інтернет-|интернет-)?видан\w+|издани\w+|газет\w*|(?:теле)?канал\w*"
    r"|сайт\w*|портал\w*|журнал(?:у|і|ом|а|е)?|тижневик\w*|еженедельник\w*|таблоїд\w*|таблоид\w*|медіа|медиа|ресурс\w*"
    r"|телерадіокомпані\w+|телерадиокомпани\w+|мовник\w*|власн\w+|собственн\w+|спец\w*кор\w*|кореспондент\w*"
    r"|корреспондент\w*|журналіст\w*|журналист\w*|редакці\w+|редакци\w+|колег\w*|коллег\w*|для|із|з|из|от|від)"
)
_TAIL = rf'(?:\s+{_GENUS})*\s+"?\s?(?:the\s+|www\.)?$'
GENUS = re.compile(rf'(?<!\w){_GENUS.replace("|для|із|з|из|от|від", "").replace("the|an?|", "")}\s+"?$')
"""A word before a name that says it is that of an outlet."""

_SAYS_EN = (
    r"(?:reports|reported|writes|wrote|informs|says|has learn(?:ed|t)|learn(?:ed|t)|has reported|notes|reveals"
    r"|revealed)"
)
_SAYS_UK = (
    r"(?:пиш(?:е|уть)|писа(?:в|ла|ло|ли)|написа(?:в|ла|ло|ли)|повідомля(?:є|ють|в|ла|ло|ли)|повідоми(?:в|ла|ло|ли)"
    r"|переда(?:є|ють|в|ла|ло|ли)|інформу(?:є|ють|вав|вала|вало)|зазнача(?:є|ють)|стверджу(?:є|ють)|дізна(?:вся|лася|лося|лись|лися)"
    r"|розповіда(?:є|ють)|цитує|з'ясува(?:в|ла|ло|ли))"
)
_SAYS_RU = (
    r"(?:пиш(?:ет|ут)|писа(?:л|ла|ло|ли)|написа(?:л|ла|ло|ли)|сообща(?:ет|ют|л|ла|ло|ли)|сообщи(?:л|ла|ло|ли)"
    r"|переда(?:ет|ют|л|ла|ло|ли|вал|вала|вало)|информиру(?:ет|ют)|отмеча(?:ет|ют)|утвержда(?:ет|ют)|узна(?:л|ла|ло|ли)"
    r"|рассказыва(?:ет|ют)|цитирует|выясни(?:л|ла|ло|ли))"
)
_TOLD = (
    r"(?:ска(?:зав|зала|зали|зал)|розпові(?:в|ла|ли)|заяви(?:в|ла|ли|л)|підтверди(?:в|ла|ли)|поясни(?:в|ла|ли)"
    r"|рассказа(?:л|ла|ли)|подтверди(?:л|ла|ли)|поясни(?:л|ла|ли))"
)
_PIECE = (
    r"(?:матеріал|статт|публікаці|розслідуванн|сюжет|випуск|репортаж|материал|стать|публикаци|расследовани|выпуск)\w*"
)


def _before(cue: str, start: str = r"(?<!\w)") -> re.Pattern[str]:
    return re.compile(rf"{start}(?P<cue>{cue}){_TAIL}")


def _after(cue: str) -> re.Pattern[str]:
    return re.compile(rf'(?P<cue>"?{cue})(?!\w)')


BEFORE: Mapping[str, re.Pattern[str]] = {
    "source_line": re.compile(
        r"(?:^|(?<=[.!?…\"]\s))(?P<cue>(?:джерел[оа]|источники?|sources?)\s*:|(?:via|за матеріалами|по материалам):?)"
        + _TAIL
    ),
    "source_list": _before(
        r"(?:джерело|джерела|источники?|sources?)\s*:[^.!?\n]{1,100}?(?:[,;]|коментар[^.!?,;\n]{0,50}"
        r"|комментари[^.!?,;\n]{0,50})",
    ),
    "contributed": _before(r"(?:additional |with )*reporting (?:by|from)|with (?:files|material) from"),
    "citing": _before(
        r"cit(?:ing|es|ed)|quoting|quotes|with reference to|referring to"
        r"|[зі]і?з? (?:посиланням|покликанням) на|посилаючись на|покликаючись на|посила(?:ється|ються|вся|лася) на"
        r"|со ссылкой на|ссылаясь на|ссыла(?:ется|ются|лся|лась) на"
    ),
    "according_to": _before(
        r"according to|as per|за (?:даними|інформацією|повідомленням|відомостями|версією)"
        r"|по (?:данным|информации|сообщению|сведениям|версии)"
    ),
    "reported_by": _before(
        r"(?:as )?(?:first )?(?:reported|written|published|quoted|cited|revealed|seen|obtained|reviewed) by"
    ),
    "interview": _before(
        r"told|speaking (?:on condition of anonymity )?(?:to|with)|speaks to|spoke (?:to|with)"
        r"|(?:in )?(?:an )?(?:exclusive )?interviews? (?:with|to|for)"
        r"|in (?:an? )?(?:comments?|commentary|remarks|column|article|op-ed|essay) (?:to|for|in)"
        r"|(?:[ву] )?інтерв'ю|(?:[ву] )?коментар\w*|[ву] ефірі|на хвилях|(?:в )?интервью|(?:в )?комментари\w*|в эфире"
        rf"|{_TOLD}"
    ),
    "piece_in": _before(rf"(?:[ву]|про це йдеться [ву]) {_PIECE}|говориться [ву] {_PIECE}|говорится в {_PIECE}"),
    "says_before": _before(rf"{_SAYS_UK}|{_SAYS_RU}", start=r"(?<!\w)(?<!не )"),
}
"""Wordings before the name, by rule."""

OFFICIAL: Mapping[str, re.Pattern[str]] = {
    "source_line": BEFORE["source_line"],
    "citing": BEFORE["citing"],
    "press_service": _before(
        rf"(?:{_SAYS_EN}|reported by|according to|citing|{_SAYS_UK}|{_SAYS_RU}|(?:в|у) повідомленні|в сообщении"
        r"|посиланням на|посилаючись на|ссылкой на|за даними|по данным)"
        r"(?: [ву]| в| на)? (?:the )?(?:прес-?служб\w+|пресс-?служб\w+|press (?:service|office) of"
        r"|(?:офіційному |официальном )?сайт[іе]|(?:official )?website of)"
    ),
}
"""What credits a government: its news is what it says, so naming it is not enough."""

_WHEN = (
    r"(?=\s*(?:[.,;:!?\"]|$)|\s+(?:on|in|that|citing|quoting|from|about|earlier|last|this|today|yesterday|how|why)\b)"
)
AFTER: Mapping[str, re.Pattern[str]] = {
    "contributed": _after(r"(?: (?:also )?contributed)(?: (?:to|reporting))?"),
    "correspondent": _after(rf"(?:'s)? (?:own )?(?:correspondents?|reporters?) {_SAYS_EN}"),
    "says_after": re.compile(rf'(?P<cue>"?,? (?:(?:was |were )?(?:the )?first )?(?:has |have )?{_SAYS_EN}){_WHEN}'),
    "said_after": re.compile(
        r'(?P<cue>"? said)(?=\s*(?:[.;]|$)|,? (?:citing|quoting)| on (?:mon|tues|wednes|thurs|fri|satur|sun)day)'
    ),
    "says_after_slavic": _after(rf",? (?:(?:уже |вже |ранее |раніше )?(?:{_SAYS_UK}|{_SAYS_RU}))"),
}
"""Wordings after the name, by rule."""

OWN_NEWS = re.compile(
    r'"?\s+(?:\w+ ){0,2}(?:that )?(?:its|their) (?:own )?'
    r"(?:journalist|reporter|correspondent|office|staff|employee|camera|photo|editor)"
    r'|"?\s+(?:said|says|reported|reports) (?:that )?it (?:was|is|had|has|would|will)\b'
    r'|"?\s+reported (?:an? |its )?(?:\w+ )?(?:profits?|loss(?:es)?|revenues?|surplus|sales|earnings)\b'
)
"""After a name: the outlet tells of itself."""

PERSON_OF = re.compile(
    r"(?<!\w)(?:founder|editor|editor-in-chief|host|head|owner|columnist|analyst|засновни\w+|голов\w+|ведуч\w+|редактор\w*"
    r"|директор\w*|власник\w*|аналітик\w*|колумніст\w*|оглядач\w*|основател\w+|глав\w+|ведущ\w+|владел\w+|аналитик\w*"
    r"|колумнист\w*|обозревател\w+)(?: of| at)?(?: the)? \"?$"
)
"""Before a name: what follows it is said by a person of the house, not by the house."""

NOT_MEANT = re.compile(
    r"(?<!\w)(?:fake|faked|hoax|forged|doctored|allegedly|supposedly|фейк\w*|нібито|начебто|підробл\w+|якобы|поддел\w+"
    r"|будто|не підлягають|не подлежат|all rights|розміщен\w+ на цьому сайті|размещен\w+ на этом сайте)(?!\w)"
)
"""In a sentence: the credit is told of as false, or the sentence is a notice about copying."""

READ_ON = re.compile(
    r"(?<!\w)(?:read|watch|listen|see|more details|читайте|дивіться|смотрите|слухайте|слушайте|детальніше|докладніше"
    r"|подробнее|подробности|подробиці)(?!\w)"
)
"""In a sentence: a piece is recommended, not credited."""

FOREIGN = re.compile(
    r"(?<!\w)(?!україн|украин|ukrain)(?:\w+[сзц]ьк(?:е|а|ого|ої|ому|ій|им|ою)|\w+[сц]к(?:ое|ая|ого|ой|ому|им|ую)"
    r"|\w+(?:ish|an|ese|french))\s+\"?$"
)
"""Before the name of a ministry: the adjective of another country."""

EARLIER = re.compile(
    r"(?<!\w)(?:earlier|previously|recall|as (?:was )?reported before|нагада(?:ємо|ти|ла|в)|нагадуємо|раніше|напомн\w+"
    r"|ранее"
    r"|як повідомлялося|як уже повідомлялося|как сообщалось|передісторія|предыстория|що передувало|что предшествовало"
    r"|як (?:вже |уже )?(?:повідомля|писа|передава)(?:в|ла|ло|ли)"
    r"|как (?:уже )?(?:сообща|писа|передава)(?:л|ла|ло|ли))(?!\w)"
)
"""In a sentence: what is credited is older news."""

JOINED = re.compile(rf'"?\s*(?:,| and|, and| та| і| й| и)(?:\s+{_GENUS})*\s+"?(?:the\s+)?')
"""Between two names: what holds for the first holds for the second."""

PLACE = re.compile(r"[^().,\n]{2,30}(?:, [^().,\n]{2,20}){0,2} ?\(")
"""What stands in a paragraph before a name in a dateline."""

WIRE = re.compile(r"[A-ZА-ЯІЇЄҐ][A-ZА-ЯІЇЄҐ' -]{2,24}[.,]? (?:\d{1,2} [^\W\d_]{3,9}\.?,?\s*)?(?:[-–—]\s*)?")
"""What stands in a paragraph, as it is written, before a name in a dateline without brackets: "ОСЛО, 3 мая – "."""

STOP = re.compile(r"\s?\.(?=\s)|\s-\s")
"""What stands after it."""

DASH = re.compile(r"\) ?-")
"""What stands after it."""
