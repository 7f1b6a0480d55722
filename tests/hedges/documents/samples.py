"""Documents as banks send them; the forward has the numbers of the published FpML sample (EUR 10m, USD 9.175m)."""

NAMESPACE = "http://www.fpml.org/FpML-5/confirmation"
OURS, THEIRS = "BFXS5XCH7N0Y05NIXW11", "213800QILIUD4ROSUO03"


def payment(number, payer, receiver, currency, amount):
    return (
        f'<exchangedCurrency{number}><payerPartyReference href="{payer}"/><receiverPartyReference href="{receiver}"/>'
        f"<paymentAmount><currency>{currency}</currency><amount>{amount}</amount></paymentAmount>"
        f"</exchangedCurrency{number}>"
    )


def quoted(base="EUR", quote="USD"):
    return (
        f"<quotedCurrencyPair><currency1>{base}</currency1><currency2>{quote}</currency2>"
        "<quoteBasis>Currency2PerCurrency1</quoteBasis></quotedCurrencyPair>"
    )


FORWARD = (
    "<fxSingleLeg>"
    + payment(1, "party2", "party1", "EUR", "10000000")
    + payment(2, "party1", "party2", "USD", "9175000")
    + f"<valueDate>2001-12-21</valueDate><exchangeRate>{quoted()}<rate>0.9175</rate><spotRate>0.9130</spotRate>"
    "<forwardPoints>0.0045</forwardPoints></exchangeRate></fxSingleLeg>"
)
NON_DELIVERABLE = (
    "<fxSingleLeg>"
    + payment(1, "party2", "party1", "USD", "10000000")
    + payment(2, "party1", "party2", "INR", "434000000")
    + f"<valueDate>2002-04-11</valueDate><exchangeRate>{quoted('USD', 'INR')}<rate>43.40</rate></exchangeRate>"
    f"<nonDeliverableSettlement><settlementCurrency>USD</settlementCurrency><fixing>{quoted('USD', 'INR')}"
    "<fixingDate>2002-04-09</fixingDate><fxSpotRateSource><primaryRateSource><rateSource>Reuters</rateSource>"
    "</primaryRateSource></fxSpotRateSource></fixing></nonDeliverableSettlement></fxSingleLeg>"
)
SWAP = (
    "<fxSwap><productType>FxSwap</productType><nearLeg>"
    + payment(1, "party2", "party1", "GBP", "10000000")
    + payment(2, "party1", "party2", "USD", "14800000")
    + f"<valueDate>2002-01-25</valueDate><exchangeRate>{quoted('GBP')}<rate>1.48</rate></exchangeRate></nearLeg>"
    "<farLeg>"
    + payment(1, "party1", "party2", "GBP", "10000000")
    + payment(2, "party2", "party1", "USD", "15000000")
    + f"<valueDate>2002-02-25</valueDate><exchangeRate>{quoted('GBP')}<rate>1.5</rate></exchangeRate></farLeg></fxSwap>"
)
OPTION = (
    '<fxOption><buyerPartyReference href="party1"/><sellerPartyReference href="party2"/><europeanExercise>'
    "<expiryDate>2002-06-04</expiryDate><expiryTime><hourMinuteTime>14:00:00</hourMinuteTime><businessCenter>USNY"
    "</businessCenter></expiryTime><cutName>NewYork</cutName><valueDate>2002-06-06</valueDate></europeanExercise>"
    "<putCurrencyAmount><currency>AUD</currency><amount>75000000</amount></putCurrencyAmount><callCurrencyAmount>"
    "<currency>USD</currency><amount>36900000</amount></callCurrencyAmount><strike><rate>0.4920</rate>"
    "<strikeQuoteBasis>CallCurrencyPerPutCurrency</strikeQuoteBasis></strike><premium><payerPartyReference"
    ' href="party1"/><receiverPartyReference href="party2"/><paymentDate><adjustableDate><unadjustedDate>2001-12-06'
    "</unadjustedDate><dateAdjustments><businessDayConvention>NONE</businessDayConvention></dateAdjustments>"
    "</adjustableDate></paymentDate><paymentAmount><currency>USD</currency><amount>36900</amount></paymentAmount>"
    "</premium></fxOption>"
)


def stream(
    payer,
    receiver,
    rate,
    *,
    number,
    currency="EUR",
    notional="50000000.00",
    count="ACT/360",
    extra="",
    every=6,
    begins="1994-12-14",
    ends="1999-12-14",
):
    centres = (
        "<businessDayConvention>MODFOLLOWING</businessDayConvention><businessCenters><businessCenter>EUTA"
        "</businessCenter></businessCenters>"
    )
    none = "<dateAdjustments><businessDayConvention>NONE</businessDayConvention></dateAdjustments>"
    frequency = f"<periodMultiplier>{every}</periodMultiplier><period>M</period>"
    return (
        f'<swapStream><payerPartyReference href="{payer}"/><receiverPartyReference href="{receiver}"/>'
        f'<calculationPeriodDates id="periods{number}"><effectiveDate><unadjustedDate>{begins}</unadjustedDate>{none}'
        f"</effectiveDate><terminationDate><unadjustedDate>{ends}</unadjustedDate><dateAdjustments>{centres}"
        f"</dateAdjustments></terminationDate><calculationPeriodDatesAdjustments>{centres}"
        f"</calculationPeriodDatesAdjustments><calculationPeriodFrequency>{frequency}<rollConvention>14</rollConvention>"
        f"</calculationPeriodFrequency></calculationPeriodDates><paymentDates>"
        f'<calculationPeriodDatesReference href="periods{number}"/><paymentFrequency>{frequency}</paymentFrequency>'
        f"<payRelativeTo>CalculationPeriodEndDate</payRelativeTo><paymentDatesAdjustments>{centres}"
        f"</paymentDatesAdjustments></paymentDates><calculationPeriodAmount><calculation><notionalSchedule>"
        f"<notionalStepSchedule><initialValue>{notional}</initialValue><currency>{currency}</currency>"
        f"</notionalStepSchedule></notionalSchedule>{rate}<dayCountFraction>{count}</dayCountFraction></calculation>"
        f"</calculationPeriodAmount>{extra}</swapStream>"
    )


FLOATING = (
    "<floatingRateCalculation><floatingRateIndex>EUR-EURIBOR-Reuters</floatingRateIndex><indexTenor>"
    "<periodMultiplier>6</periodMultiplier><period>M</period></indexTenor><spreadSchedule><initialValue>0.001"
    "</initialValue></spreadSchedule></floatingRateCalculation>"
)
FIXED = "<fixedRateSchedule><initialValue>0.06</initialValue></fixedRateSchedule>"
RATE_SWAP = (
    "<swap>"
    + stream("party1", "party2", FLOATING, number=1)
    + stream("party2", "party1", FIXED, number=2)
    + "</swap>"
)
#: As the market has it: the floating leg twice a year by actual days, the fixed one once by months of 30 days.
VANILLA_SWAP = (
    "<swap>"
    + stream("party1", "party2", FLOATING, number=1)
    + stream("party2", "party1", FIXED, number=2, every=12, count="30E/360")
    + "</swap>"
)
_PRINCIPALS = (
    "<principalExchanges><initialExchange>true</initialExchange><finalExchange>true</finalExchange>"
    "<intermediateExchange>false</intermediateExchange></principalExchanges>"
)
CROSS_CURRENCY = (
    "<swap>"
    + stream("party1", "party2", FIXED, number=1, extra=_PRINCIPALS, count="ACT/365.FIXED")
    + stream(
        "party2", "party1", FIXED, number=2, currency="USD", notional="60000000", extra=_PRINCIPALS,
        count="ACT/365.FIXED",
    )
    + "</swap>"
)  # fmt: skip
PRODUCTS = {
    "FORWARD": FORWARD, "NON_DELIVERABLE_FORWARD": NON_DELIVERABLE, "FX_SWAP": SWAP, "OPTION": OPTION,
    "INTEREST_RATE_SWAP": RATE_SWAP, "CROSS_CURRENCY_SWAP": CROSS_CURRENCY,
}  # fmt: skip


def fpml(
    product=FORWARD, *, ours=OURS, theirs=THEIRS, traded="2001-11-19", before="", root="requestConfirmation"
):
    head = (
        "<isCorrection>false</isCorrection><sequenceNumber>1</sequenceNumber>"
        if root == "requestConfirmation"
        else ""
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}<{root} xmlns="{NAMESPACE}" fpmlVersion="5-13">'
        f"{head}"
        '<trade><tradeHeader><partyTradeIdentifier><partyReference href="party1"/>'
        '<tradeId tradeIdScheme="urn:a">ABN1234'
        '</tradeId></partyTradeIdentifier><partyTradeIdentifier><partyReference href="party2"/>'
        "<tradeId>DB5678</tradeId>"
        f"</partyTradeIdentifier><tradeDate>{traded}</tradeDate></tradeHeader>{product}</trade>"
        f'<party id="party1"><partyId>{ours}</partyId></party><party id="party2"><partyId>{theirs}</partyId></party>'
        f"</{root}>"
    ).encode()


def mt300(**changed):
    """Party A, the bank, buys USD 9,175,000 and sells us EUR 10,000,000."""
    fields = {
        "15A": "", "20": "DB5678", "22A": "NEWT", "94A": "BILA", "22C": "DEUTFF0175ABNANL", "82A": "DEUTDEFF",
        "87A": "ABNANL2A", "15B": "", "30T": "20011119", "30V": "20011221", "36": "0,9175", "32B": "USD9175000,",
        "57A": "CHASUS33", "33B": "EUR10000000,00",
    }  # fmt: skip
    lines = [f":{tag}:{value}" for tag, value in (fields | changed).items() if value is not None]
    return ("{1:F01ABNANL2AXXXX0000000000}{2:O3001200011119DEUTDEFFXXXX00000000000111191200N}{4:\r\n"
            + "\r\n".join(lines) + "\r\n-}").encode()  # fmt: skip


def published():
    """The published sample of a forward (fx-ex03) as it is built: a declaration, comments before the root, a schema's
    place, header, correlation, schemes on every code, and line breaks between the elements."""
    scheme = "http://www.matchingservice.com"
    root = (
        '<requestConfirmation xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xmlns="{NAMESPACE}" fpmlVersion="5-13"'
        f' xsi:schemaLocation="{NAMESPACE} /schemas/fpml-5-13/confirmation/fpml-main-5-13.xsd">'
    )
    header = (
        f'<header><messageId messageIdScheme="{scheme}/coding-scheme/messageId">FX456a789b</messageId>'
        f'<sentBy messageAddressScheme="{scheme}/partyId">ABN</sentBy>'
        f'<sendTo messageAddressScheme="{scheme}/partyId">MATCHSRV</sendTo>'
        "<creationTimestamp>2001-11-19T08:57:00Z</creationTimestamp></header><isCorrection>false</isCorrection>"
        f'<correlationId correlationIdScheme="{scheme}/coding-scheme/correlationId">FX987</correlationId>'
        "<sequenceNumber>1</sequenceNumber>"
    )
    numbers = "".join(
        f'<partyTradeIdentifier><partyReference href="{key}"/><tradeId tradeIdScheme="{issuer}/fx/trade-id">{number}'
        "</tradeId></partyTradeIdentifier>"
        for key, issuer, number in (
            ("party1", "http://www.abn-amro.com", "ABN1234"), ("party2", "http://www.db.com", "DB5678"),
        )
    )  # fmt: skip
    parties = "".join(
        f'<party id="{key}"><partyId partyIdScheme="http://www.fpml.org/coding-scheme/external/iso17442">{lei}'
        "</partyId></party>"
        for key, lei in (("party1", OURS), ("party2", THEIRS))
    )
    trade = f"<tradeHeader>{numbers}<tradeDate>2001-11-19</tradeDate></tradeHeader>{FORWARD}"
    body = f"{header}<trade>{trade}</trade>{parties}"
    before = "<!--View is confirmation-->\n<!--Version is 5-13-->\n<!--\n    Who may use it, on several lines.\n-->\n"
    spaced = body.replace("><", ">\n    <")
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{before}{root}\n    {spaced}\n</requestConfirmation>\n'
    ).encode()
