"""Outlets, guarantors and documents as the database's own reference rows, so that its tables explain themselves."""

from crawlers.outlet import UNLISTED, Outlet
from flows.knowledge import Knowledge
from storage.models import DocumentRow, GuarantorRow, OutletRow


def reference_rows(knowledge: Knowledge) -> tuple[list[OutletRow], list[GuarantorRow], list[DocumentRow]]:
    """What `Store.load_reference` takes."""
    outlets = [outlet_row(outlet) for outlet in (*knowledge.outlets.values(), UNLISTED)]
    guarantors = [
        GuarantorRow(
            guarantor=code,
            name_en=one.name_en,
            name_uk=one.name_uk,
            name_ru=one.name_ru,
            kind=one.kind,
            groups=list(one.groups),
        )
        for code, one in knowledge.lexicon.guarantors.items()
    ]
    documents = [
        DocumentRow(
            document=slug,
            name=one.name,
            family=one.family,
            form=one.form,
            parties=list(one.parties),
            aliases=list(one.aliases),
        )
        for slug, one in knowledge.lexicon.documents.items()
    ]
    return outlets, guarantors, documents


def outlet_row(outlet: Outlet) -> OutletRow:
    """The row of an outlet."""
    return OutletRow(
        outlet=outlet.slug,
        name=outlet.name,
        kind=outlet.kind,
        side=outlet.side,
        tier=outlet.tier,
        languages=list(outlet.languages),
        homepage=outlet.homepage,
        rights=outlet.rights,
        terms_url=outlet.terms_url,
        is_known_to_block=outlet.known_to_block,
    )
