"""A comparison in words and as JSON values. Pure."""

from collections.abc import Mapping
from typing import Any

from flows.cite import Citation
from flows.cite_words import proof_values
from flows.compare_csv import Comparison, Finding, Verdict
from flows.ledger_words import in_words
from flows.own_days import Days
from flows.own_table import OwnTable, Row


def days_in_words(days: Days | None) -> str:
    """Days of a row as they are printed."""
    if days is None:
        return "no day"
    first, last = days
    if first == last:
        return in_words(last)
    return f"{in_words(first)} – {in_words(last)}" if first else f"by {in_words(last)}"


def comparison_values(comparison: Comparison, table: OwnTable, cited: Mapping[int, Citation]) -> dict[str, Any]:
    """A comparison as JSON values: the counts, each finding with row, line and evidence, rows not understood."""

    def finding(one: Finding) -> dict[str, Any]:
        return {
            "row": _row_values(one.row) if one.row else None,
            "ledger": one.line.model_dump(mode="json") if one.line else None,
            "notes": one.notes,
            "evidence": proof_values(cited[one.line.best_claim]) if one.line and one.line.best_claim in cited else None,
            "near": [
                {
                    "ledger": line.model_dump(mode="json"),
                    "evidence": proof_values(cited[line.best_claim]) if line.best_claim in cited else None,
                }
                for line in one.near
            ],
        }

    return {
        "encoding": table.encoding,
        "columns": table.columns,
        "rows": len(table.rows) + len(table.not_understood),
        "counts": comparison.counts,
        **{verdict.value: [finding(one) for one in comparison.of(verdict)] for verdict in Verdict},
        "not_understood": [{"line_number": one.n, "cells": one.said, "why": one.why} for one in table.not_understood],
        "outside": [line.model_dump(mode="json") for line in comparison.outside],
    }


def _row_values(row: Row) -> dict[str, Any]:
    return {
        "line_number": row.n,
        "cells": row.said,
        "guarantor": row.guarantor,
        "stages": row.label.stages,
        "acting_side": row.label.side,
        "is_negated": row.label.is_negated,
        "is_unsure": row.label.is_unsure,
        "day_min": row.days[0] if row.days else None,
        "day_max": row.days[1] if row.days else None,
        "families": sorted(row.families),
        "documents": sorted(row.documents),
    }
