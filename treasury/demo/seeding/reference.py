"""The reference data of the demo: entities, banks, risks, futures contracts, in one named action."""

from decimal import Decimal
from typing import Any

from hedges.models import FuturesContract
from treasury.demo.company.listed import futures_contracts
from treasury.demo.company.parties import COUNTERPARTIES, ENTITIES
from treasury.demo.company.risks import risks
from treasury.domain import audit
from treasury.models import Counterparty, Entity, Risk

ACTION = "treasury.reference_data.recorded"


def record_reference(*, actor: Any, reason: str) -> None:
    with audit.action(ACTION, actor=actor, reason=reason):
        Entity.objects.bulk_create(
            Entity(
                code=spec.code,
                name=spec.name,
                functional_currency_id=spec.currency,
                accounting_framework=spec.framework,
                time_zone=spec.time_zone,
                lei=spec.lei,
            )
            for spec in ENTITIES
        )
        Counterparty.objects.bulk_create(
            Counterparty(
                code=spec.code, name=spec.name, lei=spec.lei, country=spec.country, credit_rating=spec.rating
            )
            for spec in COUNTERPARTIES
        )
        Risk.objects.bulk_create(
            Risk(
                code=spec.code,
                name=spec.name,
                kind=spec.kind,
                base_unit_id=spec.base_unit,
                quote_currency_id=spec.quote_currency,
                market_symbol=spec.market_symbol,
            )
            for spec in risks()
        )
        by_code = {risk.code: risk for risk in Risk.objects.filter(code__in=["WTI", "US500"])}
        FuturesContract.objects.bulk_create(
            FuturesContract(
                code=spec.code,
                name=spec.name,
                exchange=spec.exchange,
                risk=by_code[spec.risk],
                contract_multiplier=spec.multiplier,
                tick_size=Decimal(spec.tick),
                price_currency_id="USD",
                last_trade_date=spec.last_trade_date,
            )
            for spec in futures_contracts()
        )
