"""Days off of currencies in a year, and what one day is to them."""

from datetime import date

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEverybody
from treasury.api.views import ApiView
from treasury.domain import calendars
from treasury.kernel.errors import InputError
from treasury.queries import manual_quotes


class DayOffSerializer(serializers.Serializer):
    day = serializers.DateField()
    currencies = serializers.ListField(child=serializers.CharField(), help_text="Whose market is closed.")


class DayAskedSerializer(serializers.Serializer):
    day = serializers.DateField()
    is_business_day = serializers.BooleanField(help_text="Of all of the currencies.")
    closed = serializers.ListField(child=serializers.CharField())
    spot_date = serializers.DateField(
        help_text="Of a trade of that day; of two currencies that of their pair."
    )


class CalendarsSerializer(serializers.Serializer):
    year = serializers.IntegerField()
    calendars = serializers.DictField(child=serializers.CharField(), help_text="By currency.")
    day = DayAskedSerializer(allow_null=True)
    results = DayOffSerializer(many=True)


class Calendars(ApiView):
    """The days of the week on which the markets of currencies are closed in a year; weekends are not listed."""

    permission_classes = (OfEverybody,)
    operation = "calendars"
    response_schema = CalendarsSerializer
    parameters = (
        Parameter("currencies", "Such as EURUSD, or EUR,USD; not given: EUR.", default="EUR"),
        Parameter("year", "Not given: that of `day`, or of today.", "integer"),
        Parameter("day", "Whether this is a business day, and what its spot date is.", "date"),
    )

    def get(self, request: Request) -> Response:
        values = self.read_query(request)
        codes = calendars.currencies_of(values["currencies"])
        if not codes:
            raise InputError("currencies", "currencies such as EURUSD", got="nothing")
        day: date | None = values.get("day")
        year = values["year"] if "year" in values else (day or manual_quotes.today()).year
        asked = calendars.day_asked(day, codes) if day else None
        return Response(
            {
                "year": year,
                "calendars": {code: calendars.centre(code) for code in codes},
                "day": asked
                and {
                    "day": asked.day,
                    "is_business_day": asked.is_business_day,
                    "closed": list(asked.closed),
                    "spot_date": asked.spot_date,
                },
                "results": [
                    {"day": off.day, "currencies": list(off.currencies)}
                    for off in calendars.days_off(codes, year)
                ],
            }
        )
