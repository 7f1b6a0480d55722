"""The paragraphs that entries cite cover every line that they carry."""

import pytest

from hedges.domain.posting_rules import RULES
from hedges.enums import AccountRole


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.rule}-{'-'.join(rule.hedge_types)}")
def test_an_entry_with_costs_of_hedging_cites_their_paragraphs(rule) -> None:
    if AccountRole.COST_OF_HEDGING_RESERVE in rule.roles():
        assert "6.5.15" in rule.paragraph("IFRS9") and "6.5.16" in rule.paragraph("IFRS9")
