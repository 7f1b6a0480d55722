"""The columns of an import that name something of the book: the entity, the risk, the currency or unit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from exposures.domain.importing.column_checks import ColumnChecks


class CodeChecks(ColumnChecks):
    def entities(self) -> None:
        places, different = pd.factorize(pd.Series(self.columns["entity"], dtype=object))
        read_only = np.array([text in self.reference.read_only for text in different.tolist()], dtype=bool)
        self.problems.add(
            "entity", read_only[places], "entity_read_only", "an entity whose exposures you may record"
        )
        codes = ", ".join(sorted(self.reference.entities)[:20])
        table = {code: entity.id for code, entity in self.reference.entities.items()}
        self.ids["entity"] = self._looked_up(
            "entity", table, "unknown_entity", f"one of {codes}"[:300], "the code of an entity"
        )

    def risks(self) -> None:
        """The risk by its code, or the pair of the currency and the entity's own; and the unit that amounts are in."""
        reference = self.reference
        if "currency" in self.columns:
            known = np.array([text in reference.units for text in self.columns["currency"]], dtype=bool)
            self.problems.add(
                "currency", self._empty("currency"), "missing", "a currency or unit such as USD"
            )
            self.problems.add(
                "currency", ~known, "unknown_unit", "a currency or unit of the book such as USD"
            )
        if "risk" in self.columns:
            table = {code: risk.id for code, risk in reference.risks.items()}
            self.ids["risk"] = self._looked_up(
                "risk", table, "unknown_risk", "a risk of the book such as USDEUR", "the code of a risk"
            )
        else:
            functional = {entity.id: entity.currency for entity in reference.entities.values()}
            pairs = [
                (currency, functional.get(entity, ""))
                for currency, entity in zip(
                    self.columns["currency"], self.ids["entity"].tolist(), strict=True
                )
            ]
            self.ids["risk"] = np.array([reference.pairs.get(pair, -1) for pair in pairs], dtype=np.int64)
            told = ~self.problems.wrong("currency") & ~self.problems.wrong("entity")
            own = np.array([base == quote for base, quote in pairs], dtype=bool)
            self.problems.add("currency", told & own, "functional_currency",
                              "another currency than the entity's own, which is no currency risk to it")  # fmt: skip
            self.problems.add(
                "currency", told & (self.ids["risk"] < 0), "no_risk_of_pair",
                [f"a currency pair that the book has; it has no risk {base}{quote}" for base, quote in pairs],
            )  # fmt: skip
        bases = {risk.id: risk.unit for risk in reference.risks.values()}
        self.units["unit"] = [bases.get(risk, "") for risk in self.ids["risk"].tolist()]
        if "currency" in self.columns and "risk" in self.columns:
            other = np.array(
                [
                    unit != text
                    for unit, text in zip(self.units["unit"], self.columns["currency"], strict=True)
                ]
            )
            self.problems.add(
                "currency", other & (self.ids["risk"] >= 0), "unit_of_risk",
                [f"{unit}, the unit of the risk" for unit in self.units["unit"]],
            )  # fmt: skip
