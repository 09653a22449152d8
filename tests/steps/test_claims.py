"""What one text says of whose promise came how far. All texts here are made up."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.lexicon import load_lexicon
from flows.lexicon.errors import LexiconFileError
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims
from flows.steps.claims import told as told_text
from flows.steps.scanned import ScannedText
from flows.steps.text import fold, lay_out, squeeze
from storage.records import Claim
from storage.terms import (
    BlockKind,
    EventPrecision,
    EvidenceRole,
    Factuality,
    Language,
    ReportType,
    Side,
    Stage,
    Zone,
)  # fmt: skip
from tests.timing import best_seconds

FRIDAY = date(2024, 5, 10)


def read(*texts, title="", language="en", published_on=FRIDAY) -> tuple[Claim, ...]:
    """Claims of a text given as paragraphs, each a string or (string, zone); quotes are checked on the way."""
    laid = [(text, Zone.BODY) if isinstance(text, str) else text for text in texts]
    full, paragraphs = lay_out(title, laid)
    scanned = ScannedText(title, paragraphs, full, Language(language), published_on, load_lexicon())
    found = claims(told_text(scanned, load_stages()))
    for claim in found:
        for evidence in claim.evidence:
            assert full[evidence.start : evidence.end] == evidence.quote
        assert {EvidenceRole.STEP, EvidenceRole.WHO} <= {evidence.role for evidence in claim.evidence}
    return found


def told(found) -> list[tuple[str, str]]:
    return sorted(
        {(claim.guarantor, str(claim.stage)) for claim in found if claim.factuality is not Factuality.OPINION}
    )


CASES = [
    (
        "en",
        "Kyiv has signed an agreement with Britain, and talks with Poland have begun on a security deal.",
        [("GB", "signed"), ("PL", "talks_started")],
    ),
    (
        "en",
        "Ukraine signed a security agreement with Germany while negotiations with Norway continue.",
        [("DE", "signed"), ("NO", "negotiating")],
    ),
    ("en", "The United States and Japan signed a new security pact in Washington.", []),
    ("en", "Ukraine and Poland signed an agreement on free trade.", []),
    (
        "en",
        "Zelensky will travel to Lisbon, where he is due to sign a security agreement with Portugal.",
        [("PT", "signing_announced")],
    ),
    ("en", "Had Germany signed the security agreement earlier, Ukraine would be safer.", []),
    ("en", "Ukraine and Spain are yet to sign a security agreement.", [("ES", "signed")]),
    (
        "en",
        "The Bundestag ratified the agreement on security cooperation between Germany and Ukraine.",
        [("DE", "ratified")],
    ),
    ("en", "Russia said Ukraine's security agreement with Britain signed in January meant nothing.", []),
    (
        "en",
        "Iceland's prime minister said her country had signed a ten-year security agreement with Ukraine.",
        [("IS", "signed")],
    ),
    ("en", "Denmark handed Ukraine a draft of the bilateral security agreement.", [("DK", "negotiating")]),
    ("en", "Zelenskyy signed a decree on the delegation for security talks with Italy.", []),
    (
        "en",
        "Croatia could become the next country to sign a security agreement with Ukraine.",
        [("HR", "signing_announced")],
    ),
    ("en", "After signing a security agreement with Ukraine in Kyiv, Sunak visited a hospital.", [("GB", "signed")]),
    (
        "en",
        "A security agreement with Belgium was not signed because of disagreements over Ukraine's debts.",
        [("BE", "blocked")],
    ),
    ("en", "Ukraine hopes to sign a security agreement with Greece this year.", [("GR", "signing_announced")]),
    ("en", "Australia pledged to contribute to a peacekeeping force in Ukraine.", [("AU", "commitment")]),
    ("en", "Turkey might act as a guarantor of Ukraine's security, Erdogan said.", [("TR", "proposed")]),
    ("en", "Ukraine's parliament ratified the 100-year partnership agreement with the UK.", [("GB", "ratified")]),
    ("en", "Italy rejected a proposal to provide Ukraine with security guarantees.", [("IT", "blocked")]),
    (
        "uk",
        "Україна підписала безпекову угоду з Фінляндією, а з Польщею переговори тривають.",
        [("FI", "signed"), ("PL", "negotiating")],
    ),
    ("uk", "Словаччина не підписуватиме безпекову угоду з Україною.", [("SK", "blocked")]),
    ("uk", "США та Японія підписали угоду про безпекову співпрацю.", []),
    ("uk", "Зеленський прибув до Берліна, щоб підписати з Німеччиною безпекову угоду.", [("DE", "signing_announced")]),
    ("uk", "Президент Литви підписав закон про ратифікацію безпекової угоди з Україною.", [("LT", "ratified")]),
    ("uk", "Безпекову угоду між Україною та Ісландією буде підписано у травні.", [("IS", "signing_announced")]),
    (
        "uk",
        "Хорватія приєдналась до Вільнюської декларації про гарантії безпеки для України.",
        [("HR", "joined_declaration")],
    ),
    ("uk", "Чехія ще не підписала безпекову угоду з Україною.", [("CZ", "signed")]),
    ("uk", "Австралія може стати гарантом безпеки України.", [("AU", "proposed")]),
    ("uk", "Сторони погодили текст безпекової угоди з Данією.", [("DK", "text_agreed")]),
    ("uk", "Україна підписала з Туреччиною угоду про вільну торгівлю.", []),
    ("uk", "Україна та Естонія завершили переговори щодо безпекової угоди.", [("EE", "text_agreed")]),
    (
        "ru",
        "Украина подписала соглашение о безопасности с Данией, а с Португалией ведет переговоры.",
        [("DK", "signed"), ("PT", "negotiating")],
    ),
    ("ru", "Хорватия пока не присоединилась к декларации G7 о гарантиях безопасности Украины.", [("HR", "blocked")]),
    (
        "ru",
        "Соглашение о безопасности с Эстонией будет подписано в июне, сообщили в Офисе президента Украины.",
        [("EE", "signing_announced")],
    ),
    ("ru", "Сейм Латвии ратифицировал соглашение о безопасности с Украиной.", [("LV", "ratified")]),
    ("ru", "Песков заявил, что подписанное Украиной и Францией соглашение о безопасности ничего не меняет.", []),
    (
        "ru",
        "Испания и Украина договорились завершить переговоры по соглашению о безопасности.",
        [("ES", "negotiating")],
    ),
    (
        "en",
        "Negotiations on a security agreement between Ukraine and Romania got under way in Bucharest.",
        [("RO", "talks_started")],
    ),
    ("en", "Ukraine and Ireland wrapped up negotiations on a security agreement.", [("IE", "text_agreed")]),
    (
        "en",
        "The text of Ukraine's security agreement with Portugal has been agreed, Zhovkva said.",
        [("PT", "text_agreed")],
    ),
    (
        "en",
        "A new round of consultations between Ukraine and Poland on security commitments took place in Warsaw.",
        [("PL", "negotiating")],
    ),
    ("en", "The security agreement with Latvia entered into force on 11 April.", [("LV", "in_force")]),
    ("en", "Ukraine and Sweden expect to sign a security agreement by the end of May.", [("SE", "signing_announced")]),
    (
        "en",
        "The ratification of the agreement with the UK was postponed by the Ukrainian parliament.",
        [("GB", "blocked")],
    ),
    (
        "en",
        "Finland formally signed up to the G7 declaration on security guarantees for Ukraine.",
        [("FI", "joined_declaration")],
    ),
    ("en", "Malta has declined to join the G7 declaration on security guarantees for Ukraine.", [("MT", "blocked")]),
    ("en", "Belgium intends to join the G7 declaration on security commitments to Ukraine.", [("BE", "proposed")]),
    ("en", "Zelensky and Meloni inked a ten-year security accord in Kyiv.", [("IT", "signed")]),
    ("en", "Ukraine proposed that Turkey act as one of the guarantors of its security.", [("TR", "proposed")]),
    ("en", "Kyiv is in talks with Canada over a security agreement.", [("CA", "negotiating")]),
    ("en", "Spain's parliament has yet to ratify the security agreement with Ukraine.", [("ES", "ratified")]),
    ("en", "Estonia's government approved the draft security agreement with Ukraine.", [("EE", "text_agreed")]),
    ("en", "Ukraine and Czechia initialled the security agreement.", [("CZ", "text_agreed")]),
    (
        "en",
        "The Netherlands will begin talks with Ukraine on security guarantees next month.",
        [("NL", "talks_announced")],
    ),
    ("en", "The security agreement with Norway has still not been signed.", [("NO", "signed")]),
    ("uk", "Зеленський та Макрон підписали безпекову угоду.", [("FR", "signed")]),
    ("uk", "Київ і Осло розпочали консультації щодо гарантій безпеки.", [("NO", "talks_started")]),
    ("uk", "Відбувся другий раунд переговорів між Україною та Канадою щодо безпекової угоди.", [("CA", "negotiating")]),
    ("uk", "Польща долучається до декларації G7 щодо гарантій безпеки України.", [("PL", "joined_declaration")]),
    ("uk", "Угоду з безпеки між Україною та Грецією підпишуть восени.", [("GR", "signing_announced")]),
    ("uk", "Норвегія передала Україні проєкт безпекової угоди.", [("NO", "negotiating")]),
    ("uk", "Парламент Болгарії не ратифікував безпекову угоду з Україною.", [("BG", "ratified")]),
    ("uk", "Італія готова стати гарантом безпеки України.", [("IT", "proposed")]),
    ("uk", "Угода про безпекове співробітництво з Японією набула чинності.", [("JP", "in_force")]),
    ("uk", "Україна веде переговори про гарантії безпеки з Португалією.", [("PT", "negotiating")]),
    (
        "uk",
        "Естонія висловила бажання приєднатися до декларації G7 про гарантії безпеки для України.",
        [("EE", "proposed")],
    ),
    ("uk", "Ірландія відмовилась підписувати безпекову угоду з Україною.", [("IE", "blocked")]),
    ("uk", "Україна підписала з Британією меморандум про співпрацю в галузі культури.", []),
    ("ru", "Киев и Варшава подписали соглашение о безопасности.", [("PL", "signed")]),
    ("ru", "Украина и Греция проводят консультации по соглашению о безопасности.", [("GR", "negotiating")]),
    ("ru", "Подписание соглашения о безопасности с Испанией состоялось в Мадриде.", [("ES", "signed")]),
    ("ru", "Италия готова предоставить Украине гарантии безопасности.", [("IT", "proposed")]),
    ("ru", "Столетнее соглашение с Великобританией вступило в силу.", [("GB", "in_force")]),
    (
        "ru",
        "Зеленский прибыл в Париж для подписания соглашения о безопасности с Францией.",
        [("FR", "signing_announced")],
    ),
    ("ru", "Польша отказалась подписывать соглашение о безопасности с Украиной.", [("PL", "blocked")]),
    ("ru", "Правительство Эстонии согласовало проект соглашения о безопасности с Украиной.", [("EE", "text_agreed")]),
    ("ru", "Украина рассчитывает на участие Турции в качестве гаранта безопасности.", [("TR", "proposed")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_one_sentence(language, text, expected):
    assert told(read(text, language=language)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Macron welcomed the signing of the security agreement between Ukraine and Germany.", [("DE", "signed")]),
        (
            "Zelensky met Scholz and thanked Britain, which signed the security agreement with Ukraine.",
            [("GB", "signed")],
        ),
        ("Poland urged Norway to sign a security agreement with Ukraine.", [("NO", "signing_announced")]),
        ("Norway denied it had signed a security agreement with Ukraine.", [("NO", "signed")]),
        ("Merz spoke about Denmark, where nobody signed anything.", []),
        ("In London, Zelensky signed a security agreement with Iceland.", [("IS", "signed")]),
        ("The Paris summit was followed by a security agreement signed by Ukraine and Latvia.", [("LV", "signed")]),
        (
            "NATO's secretary general praised Latvia, which signed a security agreement with Ukraine.",
            [("LV", "signed")],
        ),
    ],
)
def test_a_step_belongs_to_who_takes_it(text, expected):
    assert told(read(text)) == expected


def test_a_sentence_without_the_guarantee_is_proven_with_the_one_before():
    found = read(
        "The two ministers agreed to start preparing a document on security guarantees with Iceland.",
        '"We are already working with Norway and Denmark. Now with Iceland."',
    )
    assert told(found) == [("DK", "negotiating"), ("IS", "talks_announced"), ("NO", "negotiating")]
    norway = next(claim for claim in found if claim.guarantor == "NO")
    context = [evidence for evidence in norway.evidence if evidence.role is EvidenceRole.CONTEXT]
    assert "security guarantees" in context[0].quote


def test_working_with_somebody_on_something_else_is_nothing():
    assert read("Kyiv spoke of football.", "We are already working with Norway and Denmark.") == ()


def test_headline_in_the_present_is_a_fact_unless_the_body_only_announces():
    title = "Ukraine and Norway sign security agreement"
    fact = read("The agreement on security was signed in Oslo with Norway.", title=title)
    assert {claim.stage for claim in fact} == {Stage.SIGNED}
    plan = read("Ukraine and Norway will sign the security agreement on Monday.", title=title)
    assert {claim.stage for claim in plan} == {Stage.SIGNING_ANNOUNCED}
    assert not any(claim.stage is Stage.SIGNED for claim in plan)


def test_the_announced_day_is_not_the_day_of_the_announcement():
    (claim,) = read("Ukraine and Norway will sign a security agreement on 31 May.")
    assert claim.planned_on == date(2024, 5, 31)
    assert (claim.event_on_min, claim.event_on_max, claim.precision) == (None, FRIDAY, EventPrecision.BY)
    assert claim.factuality is Factuality.FACT


def test_a_day_named_for_one_sentence_holds_for_the_same_step_of_the_text():
    found = read(
        "Ukraine and Norway signed the deal on Thursday, a ten-year security agreement.",
        title="Ukraine and Norway sign security agreement",
    )
    assert {(claim.event_on_min, claim.precision) for claim in found} == {(date(2024, 5, 9), EventPrecision.DAY)}
    assert all(EvidenceRole.DATE in {evidence.role for evidence in claim.evidence} for claim in found)


def test_background_is_a_restatement():
    sentence = "Ukraine and Norway signed a security agreement."
    assert read(sentence)[0].report_type is ReportType.ORIGINAL
    assert read((sentence, Zone.BACKGROUND))[0].report_type is ReportType.RESTATEMENT
    assert read("Earlier, " + sentence)[0].report_type is ReportType.RESTATEMENT
    assert (
        read("Нагадаємо, Україна підписала безпекову угоду з Норвегією.", language="uk")[0].report_type
        is ReportType.RESTATEMENT
    )


def test_a_sum_is_one_unnamed_restatement_known_by_the_day_of_publication():
    (claim,) = read("Ukraine has already signed 27 security agreements.")
    assert (claim.guarantor, claim.report_type) == ("MULTI", ReportType.RESTATEMENT)
    assert (claim.event_on_min, claim.event_on_max, claim.precision) == (None, FRIDAY, EventPrecision.BY)


def test_a_rumoured_signing_is_no_fact():
    (claim,) = read("Norway has reportedly signed a security agreement with Ukraine, according to media reports.")
    assert claim.factuality is Factuality.OPINION
    assert claim.is_hedged
    assert claim.report_type is ReportType.THIRD_PARTY


def test_almost_signed_is_a_hedged_text():
    (claim,) = read("The security agreement between Ukraine and Norway is practically signed.")
    assert (claim.stage, claim.is_hedged) == (Stage.TEXT_AGREED, True)


def test_a_threat_not_to_sign_is_conditional():
    (claim,) = read("If parliament objects, Norway will not sign the security agreement with Ukraine.")
    assert (claim.stage, claim.factuality, claim.block_kind) == (
        Stage.BLOCKED,
        Factuality.CONDITIONAL,
        BlockKind.THREATENED,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Did Norway sign the security agreement with Ukraine?",
        "Moscow demanded security guarantees from Norway and NATO.",
        "Ukraine and Norway signed a treaty of friendship.",
        "Norway signed a loan guarantee agreement with a Ukrainian bank.",
        "The Norwegian prime minister signed a decree on social security guarantees.",
        "Ukraine and Norway signed an agreement on classified information.",
        "Ukraine and Norway signed a deal on drones.",
        "Norwegian experts discussed whether the security agreement with Ukraine matters.",
    ],
)
def test_what_is_not_a_signature_of_ours(text):
    assert not [claim for claim in read(text) if claim.stage is Stage.SIGNED]


WORDS = [
    *("Ukraine", "Norway", "NATO", "G7", "Zelensky", "Україна", "Польща", "with", "which", "and", "if", "on Friday"),
    *("signed", "sign", "will", "not", "joined", "began", "first round", "ready", "ratified", "refused", "підписала"),
    *("agreement", "security guarantees", "declaration", "talks", "draft", "parliament", "угоду", "гарантії безпеки"),
    *(",", ".", "?", ":", "-", '"'),
]


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.sampled_from(["en", "uk", "ru", "other"]))
def test_any_row_of_words_is_read_without_an_error(words, language):
    for claim in read(" ".join(words), language=language):
        assert claim.step_sentence == squeeze(fold(claim.evidence[0].quote))


def test_a_very_long_sentence_is_read_in_good_time():
    def seconds(times: int) -> float:
        return best_seconds(read, "Ukraine and Norway signed a security agreement, which Sweden welcomed, and " * times)

    seconds(10)
    assert seconds(400) < 40 * max(seconds(40), 0.005)


def test_a_wrong_field_of_the_rules_is_named(tmp_path):
    file = tmp_path / "stages.yaml"
    for content, field in [
        ("acts: {sign: {passt: {en: [x]}}}", "acts.sign.passt"),
        ("objects: {treaty: {de: [x]}}", "objects.treaty.de"),
        ("objects: {treaty: {en: ['(']}}", "objects.treaty.en"),
        ("objects: {treaty: {en: x}}", "objects.treaty.en"),
        ("nonsense: {a: {en: [x]}}", "nonsense"),
    ]:
        file.write_text(content, encoding="utf-8")
        load_stages.cache_clear()
        with pytest.raises(LexiconFileError) as caught:
            load_stages(file)
        assert caught.value.field == field
        assert str(file) in str(caught.value)


@pytest.mark.shared
def test_the_two_flattened_pages_give_exactly_their_claims(shared):
    expected = json.loads((shared / "seeds" / "expected.json").read_text(encoding="utf-8"))
    for page in expected.values():
        day = datetime.fromisoformat(page["published_at"]).date()
        found = read(*page["paragraphs"], title=page["title"], published_on=day)
        assert told(found) == sorted((one["guarantor"], one["stage"]) for one in page["claims"])
        for one in page["claims"]:
            mine = [claim for claim in found if (claim.guarantor, claim.stage) == (one["guarantor"], one["stage"])]
            if "date" in one:
                assert {(str(claim.event_on_min), claim.precision) for claim in mine} == {(one["date"], "day")}
            if "factuality" in one:
                assert {claim.factuality for claim in mine} == {Factuality.FACT}
            if one["stage"] == "negotiating":
                context = [evidence for evidence in mine[0].evidence if evidence.role is EvidenceRole.CONTEXT]
                assert "security guarantees" in context[0].quote
            if one["stage"] == "proposed":
                assert {claim.acting_side for claim in mine} == {Side.UA}
