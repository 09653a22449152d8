"""Whether the words around an act take it back: held for likely, denied, withdrawn, pretended or only spoken of.

Read on the folded words of the sentence, joined by blanks; a mark is a word of its own. All three languages are read
at once, since no word of doubt of one is a word of another with another sense.
"""

import re
from dataclasses import replace
from typing import Final

from flows.steps.claims.view import SentenceView, Step
from storage.terms import BlockKind, Factuality, Stage


def _any(*ways: str) -> str:
    return "(?<![\\w'-])(?:" + "|".join(ways) + ")(?![\\w'-])"


_HELD = frozenset(
    {Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE, Stage.JOINED_DECLARATION}
    | {Stage.TEXT_AGREED, Stage.AMENDED, Stage.ENDED, Stage.SUBMITTED}
)
"""Steps on documents: what is said of them in doubt is no fact."""
_THAT = r"(?: (?:that|що|что))?"
_TELL = (
    r"(?:announc|declar|report|sa(?:y|id)|claim|proclaim|tell|told|boast|congratulat|celebrat|hail|writ|wrot"
    r"|оголо|повідом|заяв|напис|сказа|казати|похвал|привіт|відзвіт|відсвят"
    r"|объяв|сообщ|заяв|отчит|похваст|поздрав|отпраздн)\w*"
)
_PERHAPS = re.compile(
    _any(
        r"perhaps|maybe|possibly|probably|presumably|supposedly|conceivably|seemingly|apparently|evidently|allegedly",
        r"(?:almost|nearly|virtually) (?:certainly|surely|definitely)|(?:most|more than|very|quite) likely"
        r"|likely(?! to (?!have))",
        r"(?:by|to|in|from) all (?:likelihood|probability|appearances|accounts|indications)|in all likelihood",
        rf"(?:it|this) (?:now |still |also )?(?:seems?|seemed|appears?|appeared|looks?|sounds?)(?: like"
        rf"| as (?:if|though)){{0,1}}{_THAT}",
        r"(?:seems?|seemed|appears?|appeared|looks?) to (?:\w+ )?have",
        r"(?:is|are|was|were|be|been) (?:\w+ )?(?:believed|thought|said|rumou?red|assumed|presumed|understood|reported"
        r"|alleged|claimed|suspected|reckoned|supposed|likely|sure|certain|bound) to (?:\w+ )?(?:have|be)",
        r"it (?:is|was|may be|could be|might be|seems|appears) (?:\w+ )?(?:possible|likely|probable|conceivable"
        r"|plausible"
        r"|believed|thought|rumou?red|assumed|presumed|expected|planned|supposed|not (?:excluded|impossible"
        r"|unlikely|ruled out))",
        r"(?:chances|odds|signs|indications) are|there (?:is|are|was|were) (?:\w+ ){0,2}(?:chance|possibility"
        r"|likelihood"
        r"|probability|speculation|suspicion|rumou?rs?|talk|hints?|signs|whispers?|an? impression)",
        r"(?:rumou?r|word|gossip|legend) has it|(?:gets?|got|get) the impression|(?:one|i|we) (?:would"
        r"|might) (?:guess|bet)",
        # Ukrainian
        r"можливо|мабуть|ймовірно|імовірно|вірогідно|напевно|напевне|певно|певне|либонь|здається"
        r"|скидається на те|вочевидь",
        r"схоже(?: ,| на те| ,? що| \w+ ,)|очевидно ,|найімовірніше|найпевніше|може ,|може бути ,|мабуть що|здавалося",
        r"(?:скоріше|скоріш|радше|швидше) (?:за|від) (?:все|усе|всього|усього)|(?:судячи|видно) (?:з|із|по"
        r"|за) (?:\w+ )?(?:усього|всього|всьому|усьому)",
        r"(?:не|не можна) (?:виключено|виключати|виключають|виключає|відкидають|відкинути)|припуска\w+"
        r"|подейкують|кажуть|гадають",
        r"(?:усе|все) (?:вказує|указывает|свідчить|говорит) \w+ те|(?:як|как) (?:видається|представляется)"
        r"|за всіма ознаками|вважалося|считалось",
        r"(?:everyone|everybody|many|most|all|some) (?:assumed|supposed|thought|believed|guessed)"
        r"|as far as (?:anyone|one|we|i)|is to be believed",
        r"(?:склада|створю|виника)\w+ враження|є (?:\w+ )?(?:підозра|підозри|ймовірність|імовірність|відчуття"
        r"|шанс|шанси|ознаки|чутки)",
        r"нібито|ніби|начебто|неначе|наче|буцімто|мовби|очікувалося|очікувалось|передбачалося|передбачалось"
        r"|планувалося",
        # Russian
        r"возможно|вероятно|видимо|по-видимому|наверное|наверно|наверняка|пожалуй|небось|предположительно"
        r"|думается|похоже",
        r"кажется|вроде|вроде бы|якобы|будто|будто бы|скорее всего|должно быть ,|надо полагать|очевидно ,"
        r"|может ,|может быть",
        r"судя по (?:всему|\w+ признакам)|по (?:всей|всем|слухам)(?: (?:видимости|вероятности|признакам))?",
        r"не исключ(?:ено|ают|ает|ен)|нельзя исключ\w+|поговаривают|говорят|полагают|(?:склад|созда)\w+ впечатление",
        r"есть (?:\w+ )?(?:вероятность|подозрени[ея]|ощущение|мнение|шансы?|признаки|слухи)|ходят слухи|ходять чутки",
        r"предполагалось|предполагают|ожидалось|планировалось|казалось",
    )
)
_MODAL: Final = re.compile(
    r"(?:^| )(?:may|might|could|must|should|would|ought to|(?:was|were|is|are) to) (?:\w+ ){0,2}have (?:\w+ ){0,2}$"
    r"|(?:^| )(?:supposed|due|meant|scheduled|obliged|expected|promised|pledged|vowed|planned|hoped|required|committed"
    r"|agreed|intended|undertaken) to (?:\w+ )?have (?:\w+ ){0,2}$"
)
"""A perfect of likelihood or duty right before the act: "may already have signed", "was due to have signed"."""
_ASIDE = re.compile(
    r" ?(?:more|most|not|because|due to|owing|thanks|to|for|in (?:response|order|return)|as a|with|un\w+ly"
    r"|\w+ly ,|the most"
    r"|через|завдяки|тому|щоб|аби|щонай\w+|най\w+|не|из-за|благодаря|потому|чтобы|сам\w+|наиболее|более|більш) "
)
"""What makes a "perhaps" a word on something else: perhaps more importantly, perhaps because of, perhaps to please."""
_ANOTHER = re.compile(
    r"[;.:()]| - |(?:^| )(?:but|while|although|though|whereas|which|who|yet|however|але|проте|однак|хоча|зате"
    r"|який|яка|яке|які"
    r"|но|однако|хотя|зато|который|которая|которое|которые) "
)
"""What parts a word of doubt from the act: another clause."""
_AS_SAID = re.compile(r"(?:^|[ ,])(?:як|как|as)(?: і| й| и)? $")
"""What makes a word of expectation one of fulfilment: "як і очікувалося"."""
_RELATIVE = re.compile(r", (?:which|who|whose|який|яка|яке|які|которая|который|которое|которые)(?: \w+)* $")
_SAYING = (
    r"(?: (?:to|сказати|стверджувати|казати|говорити|вважати|думати|сказать|утверждать|говорить|считать"
    r"|думать|писать)(?: \w+)?){0,2}"
)
_REPORT = (
    r"(?:reports?|news|claims?|statements?|announcements?|rumou?rs?|word|talk|assertions?|story|stories"
    r"|information|posts?"
    r"|tweets?|message|item|release|headline|dispatch|article"
    r"|повідомлен\w+|новин\w+|інформаці\w+|чутк\w+|заяв\w*|твердженн\w+|допис\w*|пост\w?|публікаці\w+|твіт\w*|реліз\w*"
    r"|сообщени\w+|новост\w+|информаци\w+|слух\w*|заявлени\w+|утверждени\w+|запис\w+|публикаци\w+|твит\w*|релиз\w*)"
)
_NOT_SO = re.compile(
    _any(
        r"(?:not|isn't|wasn't|hardly|far from|anything but|scarcely|never) (?:\w+ )?(?:true|correct|accurate"
        r"|right|fair|the case|a fact)"
        rf"(?: to \w+)?{_THAT}",
        r"(?:false|wrong|untrue|incorrect|mistaken|inaccurate|misleading|erroneous|premature|nonsense|fiction"
        r"|too (?:early|soon)"
        r"|an? (?:mistake|error|lie|myth|exaggeration|stretch|falsehood|fabrication|fake)) (?:to \w+(?: that)?|that)",
        r"(?:no|little|any|not|without) (?:\w+ )?(?:evidence|proof|signs?|indication|confirmation"
        r"|confirmed)(?: that)?|nothing to (?:suggest|indicate|show)",
        r"(?:nobody|no one|not|never) (?:\w+ )?confirm(?:ed|s)?(?: that)?|mis(?:spoke|spoken)|dream(?:ed|t|s|ing)",
        rf"(?:withdr[ae]w|retract|delet|correct|recall)\w* (?:\w+ ){{0,2}}{_REPORT}|обмови\w+|оговори\w+",
        rf"(?:відклика|видали|спростува|отозва|удали|опроверг)\w* (?:\w+ )?{_REPORT}",
        r"(?:немає|нема|нет|без) (?:\w+ )?(?:доказ\w+|підтверджен\w+|доказательств\w*|подтвержден\w+)"
        r"|не дов(?:едено|одить)|не доказано",
        r"(?:can ?not|can't|could not|couldn't|cannot|nobody can|no one can) (?:\w+ )?(?:be said|say|claim"
        r"|state|be claimed|argue)",
        r"(?:not to say|does not (?:mean|follow)|doesn't (?:mean|follow)|did not mean)(?: that)?|stop(?:s"
        r"|ped)? short of saying",
        rf"(?:неправда|неправдою|брехня|брехнею|вигадка|міф|фейк|нісенітниця|помилка|помилкою|хибно|неправильно"
        rf"|помилково"
        rf"|невірно|некоректно|не так|не факт|зарано|рано|передчасно|перебільшення|перебільшенням|не означає"
        rf"|не значить)"
        rf"(?: (?:було|буде|б|би))*{_SAYING} ,? ?(?:що|ніби|нібито|наче|начебто|буцімто|буцім)",
        rf"(?:неправда|неправдой|ложь|ложью|выдумка|миф|фейк|чушь|ошибка|ошибкой|неверно|неправильно|ошибочно"
        rf"|некорректно"
        rf"|не так|не факт|рано|преждевременно|преувеличение|преувеличением|не значит|не означает)"
        rf"(?: (?:было|будет|бы))*{_SAYING} ,? ?(?:что|будто|якобы|будто бы|словно)",
        r"не (?:можна|варто|слід|доводиться) (?:\w+ )?(?:сказати|стверджувати|казати|говорити"
        r"|вважати) ,? ?(?:що|ніби|нібито)",
        r"(?:нельзя|не стоит|не следует|не приходится|неправомерно) (?:\w+ )?(?:сказать|утверждать|говорить"
        r"|считать) ,? ?(?:что|будто)",
        r"не (?:відповіда\w+ дійсності|соответству\w+ действительности)",
    )
)
_IT = r"(?:that|this|it|he|she|they|це|цe|він|вона|воно|це все|это|он|она|оно)"
_FALSE = (
    r"(?:premature|false|untrue|wrong|unfounded|incorrect|inaccurate|baseless|mistaken|fake|groundless|wishful"
    r"|an? (?:myth|lie|hoax|mistake|error|fiction|fake|fabrication|invention|exaggeration)|not (?:true|so"
    r"|the case|confirmed)"
    r"|передчасн\w+|хибн\w+|неправд\w+|брехн\w+|помилк\w+|помилков\w+|вигадк\w+|фальш\w+|фейк\w*|качк\w+|не так"
    r"|преждевременн\w+|ложн\w+|ложью|ошибочн\w+|ошибк\w+|выдумк\w+|уткой|недостоверн\w+|недостовірн\w+)"
)
_PROVED = (
    r"(?:prove[dns]?|turn(?:ed|s) out|was|were|is|are|has been|have been|had been|виявил\w+|виявив\w+|було|була"
    r"|були|був|є"
    r"|оказал\w+|было|была|были|был)(?: (?:to be|later|soon|since|simply|entirely|just|quite|only|згодом"
    r"|пізніше|просто|позже|потом))*"
)
_UNSAID = (
    r"(?:deleted|removed|withdrawn|pulled|retracted|taken (?:down|back|offline)|disappeared|vanished|scrubbed"
    r"|erased|corrected|amended"
    r"|видал\w+|прибра\w+|зник\w*|відклика\w+|спросту\w+|виправ\w+|стер\w*|вилуч\w+"
    r"|удал\w+|убра\w+|исчез\w*|отозва\w+|опроверг\w*|исправ\w+)"
)
_LATER = (
    r"(?:(?:was|were|has|have|had|been|later|then|soon|since|quickly|hastily|but|and|before|being|also|після"
    r"|потім|пізніше|згодом|швидко"
    r"|було|був|була|вже|потом|позже|вскоре|быстро|был|была|было|уже|затем) ){0,4}"
)
_REPORT_FELL = re.compile(
    _any(
        rf"(?:{_REPORT}|{_IT}) (?:(?!of |about |on |про |о |об )\w+ ){{0,3}}{_PROVED} {_FALSE}",
        rf"{_REPORT} {_LATER}{_UNSAID}",
        rf"(?:deleted|removed|withdrew|retracted|pulled|corrected|deleting|removing|retracting|видали\w+"
        rf"|прибра\w+|відклика\w+"
        rf"|спростува\w+|удали\w+|убра\w+|отозва\w+|опроверг\w*) (?:(?:the|its|his|her|their|that|this|a|свій"
        rf"|своє|цей|це|своё|свое|этот|это|свой) ){{0,2}}{_REPORT}",
        r"(?:took|taken|takes|walked|walks) (?:\w+ ){0,2}(?:it|that|this|words?|statement|claim"
        r"|announcement) back|took back (?:\w+ )?(?:words|statement)",
        r"correct(?:ed|ing|s)? (?:him|her|it|them|my|our)sel(?:f|ves)|misspoke|misspoken|slip of the tongue"
        r"|backtracked|back-?pedal+ed",
        r"виправи(?:вся|лася|лися|лось)|поправи(?:вся|лася|лися)|поправи(?:в|ла|ли) себе|обмови(?:вся|лася"
        r"|лися)|(?:взя|забра)\w+ (?:свої )?слова назад",
        r"поправил(?:ся|ась|ись)|поправил[аи]? себя|оговорил(?:ся|ась|ись)|(?:взял"
        r"|забрал)[аи]? (?:свои )?слова (?:обратно|назад)",
        r"(?:records?|minutes|registers?|archives?|journals?|gazette|transcripts?) (?:\w+ ){0,3}(?:no|nothing"
        r"|not|neither|without)",
        r"(?:протокол|реєстр|стенограм|журнал|архів|реестр|стенограмм|архив)\w* (?:\w+ ){0,5}(?:не|немає|нема"
        r"|нет|жодн\w+|нічого|ничего)",
        r"(?:never happened|did not happen|nothing of the (?:sort|kind)|нічого такого не|ничего подобного не"
        r"|насправді ні|на самом деле нет)",
    )
)
"""Words behind the act by which what was told falls: deleted, corrected, proved false, not on the record."""
_TOO_SOON = re.compile(
    _any(
        rf"(?:rush\w*|hurr(?:y|ied|ies)|hasten\w*|too (?:quick|fast|eager|hasty)|overhasty|prematurely"
        rf"|too (?:early|soon)) (?:\w+ ){{0,2}}{_TELL}",
        rf"{_TELL} (?:\w+ ){{0,2}}(?:prematurely|too (?:early|soon))|jump\w* the gun",
        rf"(?:поспіши|поквапи|заквапи|поторопи|поспеши)\w* (?:\w+ ){{0,2}}{_TELL}",
        rf"(?:передчасно|завчасно|зарано|преждевременно|поспішно|поспешно|рановато) (?:\w+ ){{0,2}}{_TELL}",
        rf"{_TELL} (?:передчасно|завчасно|зарано|преждевременно|поспішно|поспешно)",
    )
)
_FEIGNED = re.compile(
    _any(
        r"pretend\w*|feign\w*|purport\w*|ma(?:de|kes?|king) believe|act(?:s|ed|ing)? as (?:if|though)|as (?:if|though)",
        r"(?:в|у)дава(?:в|ла|ли|є|ють|ло)|(?:в|у)да(?:в|ла|ли|ло) ,? ?(?:що|ніби|нібито)|прикину\w+|прикида\w+"
        r"|(?:зроби|роби)\w+ вигляд",
        r"(?:сделал|делал|дела)\w* вид|притвори\w+|притворя\w+|изобраз\w+|изобража\w+|прикинул\w+",
    )
)
_FIGURE = re.compile(
    _any(
        r"in (?:our|their|his|her|its|my) (?:own )?(?:hearts?|dreams?|minds?|heads?|thoughts|imaginations?)"
        r"|in spirit|in words|on paper only"
        r"|only on paper|mentally|figuratively|metaphorically|in theory|in name only|(?:in|at|during|as) (?:a "
        r"|the )?(?:\w+ )?rehearsal|mock",
        r"(?:у|в|во) (?:(?:своїй|своїх|наших|їхніх|своей|своих|наших|их|самій) )?(?:душі|серці|серцях|мріях"
        r"|думках|уяві|снах"
        r"|душе|сердце|сердцах|мечтах|мыслях|воображении)|подумки|мысленно|фігурально|фигурально|образно кажучи"
        r"|образно говоря",
        r"на словах|лише словами|тільки на папері|лише на папері|только на бумаге|лишь на бумаге|(?:на|під час"
        r"|во время) репетиці\w+|на репетиции",
        r"(?:only|just|solely) (?:by )?one (?:of the )?(?:\w+ )?(?:sides?|part(?:y|ies))|by (?:only|just) one"
        r"|one (?:side|party) (?:only|alone)",
        r"(?:лише|тільки|поки що|поки|только|лишь|пока) (?:\w+ )?одн\w+ (?:(?:зі|із|з|из|со) )?(?:двох "
        r"|двух )?стор\w+|в односторонньому порядку",
    )
)
"""A figure of speech, a rehearsal, or one side's signature, told in one breath with the act."""
_MIND = re.compile(
    _any(
        r"(?:chang(?:ed|es|ing) (?:its|his|her|their) minds?|thought better of it|had second thoughts"
        r"|got cold feet|backed out|pulled out"
        r"|relented|reneged)",
        r"передума(?:в|ла|ло|ли)|розду?мала|роздума(?:в|ла|ли)|передумал[аои]?|раздумал[аои]?",
    )
)
_BROKEN = re.compile(
    _any(
        r"(?:br(?:oke|eaks|oken|eaking)|reneged on|went back on|backed out of|failed to keep|did not keep"
        r"|abandoned|dropped|betrayed)"
        r" (?:(?:its|his|her|their|a|the|own) ){0,2}(?:promise|pledge|word|commitment|vow)s?",
        r"(?:поруши|злама|не стрима|не дотрима|не викона)\w+ (?:\w+ )?(?:обіцянк\w+|слов\w+|зобов'язанн\w+)",
        r"(?:наруши|не сдержа|не выполни|не исполни)\w+ (?:\w+ )?(?:обещани\w+|слов\w+|обязательств\w+)",
    )
)
_INITIALLED = re.compile(r"initial+ed|парафува\w+|парафован\w+|парафиров\w+")
_CONTRAST = re.compile(
    r"(?:,|but|а|але|но|-|rather than|and)(?: \w+)? (?:not|didn't|не)(?: yet| signed)? (?:\w+ ){0,2}$|(?:, "
    r"|but |and )(?:did |was |were )?not $"
)
_SHORT = 9
_FAR = 22


def as_sure(view: SentenceView, step: Step) -> Step | None:  # noqa: PLR0911 - one return a reading
    """The step with the factuality its sentence leaves it, as an opinion or denied; None where it tells of none."""
    before = " ".join(word.folded for word in view.words[: step.act])
    if step.rule == "blocked.not-signed" and _INITIALLED.search(before) and _CONTRAST.search(f"{before} "):
        return None
    if step.factuality not in {Factuality.FACT, Factuality.PLANNED}:
        return step
    after = " ".join(word.folded for word in view.words[step.act + 1 :])
    if step.stage is Stage.SIGNING_ANNOUNCED:
        return _announced(step, before, after)
    if step.stage not in _HELD or step.factuality is not Factuality.FACT:
        return step
    if _governs(_NOT_SO, before) or _REPORT_FELL.search(after) or _falls_after_report(before, after):
        return replace(step, factuality=Factuality.NEGATED, rule=f"{step.rule}.denied")
    beside = f"{before.rpartition(',')[2]} | {after.partition(',')[0]}"
    is_doubted = _MODAL.search(f"{before} ") or any(_governs(one, before) for one in (_PERHAPS, _TOO_SOON, _FEIGNED))
    if is_doubted or _FIGURE.search(beside):
        return replace(step, factuality=Factuality.OPINION, rule=f"{step.rule}.doubted", is_hedged=True)
    return step


def is_unsaid(view: SentenceView) -> bool:
    """Whether a short sentence takes back what the one before it told: "The post was later deleted"."""
    if len(view.words) > _SHORT:
        return False
    return _REPORT_FELL.search(" ".join(word.folded for word in view.words)) is not None


def _announced(step: Step, before: str, after: str) -> Step | None:
    """A signing that was to be: off if who promised it thought better; none if pretended, or only thought likely."""
    if _MIND.search(after) or _BROKEN.search(before):
        return replace(
            step,
            stage=Stage.BLOCKED,
            factuality=Factuality.FACT,
            rule="blocked.thought-better",
            block_kind=BlockKind.REFUSED,
        )
    is_modal = re.search(r"(?:may|might|could|must) (?:\w+ ){0,2}have (?:\w+ ){0,2}$", f"{before} ") is not None
    return None if is_modal or _governs(_FEIGNED, before) else step


def _falls_after_report(before: str, after: str) -> bool:
    """Reports that … proved premature: the verdict stands behind the act, the report before it."""
    if re.search(_any(_REPORT), before) is None:
        return False
    return (
        re.search(
            _any(
                rf"{_PROVED} {_FALSE}",
                rf"(?:was|were|been|було|була|були|было|была|были) {_LATER}{_UNSAID}",
                r"не підтверд\w+|не подтверд\w+|not confirmed",
            ),
            after,
        )
        is not None
    )


def _governs(doubt: re.Pattern[str], before: str) -> bool:
    """Whether a word of doubt before the act reaches it: no other clause, no apposition, not on something else."""
    for found in doubt.finditer(before):
        rest = before[found.end() :]
        if _AS_SAID.search(before[: found.start()]) or (_RELATIVE.search(before[: found.start()]) and "," in rest):
            continue
        if _ANOTHER.search(rest) or _ASIDE.match(rest) or rest.count(" ") > _FAR:
            continue
        is_apposition = before[: found.start()].endswith(", ") and not rest.startswith(" ,") and "," in rest
        if not is_apposition:
            return True
    return False
