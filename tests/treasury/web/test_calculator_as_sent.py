"""The untouched form of every calculator, sent as a browser sends it: all fields as they are rendered."""

import json
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from tests.factories.web import signed_in
from treasury.quant import catalogue

pytestmark = pytest.mark.django_db


class RenderedForm(HTMLParser):
    """The fields of the form named Inputs: a list of choices sends the option selected, or else its first."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.inside = False
        self.name = self.area = self.chosen = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("aria-label") == "Inputs"
        if not self.inside:
            return
        name = given.get("name") or ""
        if tag == "input":
            self.sent[name] = given.get("value") or ""
        elif tag == "select":
            self.name, self.chosen = name, ""
        elif tag == "option" and (self.name not in self.sent or "selected" in given):
            self.sent[self.name] = given["value"] or ""
        elif tag == "textarea":
            self.area, self.sent[name] = name, ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":  # a browser drops the line break that a text area opens with, and sends CRLF
            self.sent[self.area] = self.sent[self.area].removeprefix("\n").replace("\n", "\r\n")
            self.area = ""
        elif tag == "form":
            self.inside = False


@pytest.mark.parametrize("code", list(catalogue.MEASURES))
def test_the_untouched_example_is_worked_out(code: str) -> None:
    person, address, measure = signed_in(), reverse("calculator", args=[code]), catalogue.MEASURES[code]
    sent = RenderedForm(person.get(address).content.decode()).sent
    assert set(sent) == {item.name for item in measure.inputs}
    answer = person.get(address, sent)
    assert not answer.context["form"].errors
    expected = json.loads(json.dumps(catalogue.calculate(code, measure.example)))
    assert json.loads(answer.context["answer_json"]) == expected
    again = RenderedForm(answer.content.decode()).sent
    assert {name: text.split() for name, text in again.items()} == {
        name: text.split() for name, text in sent.items()
    }


def test_after_clear_a_choice_that_may_be_left_out_is_not_given() -> None:
    page = signed_in().get(reverse("calculator", args=["hypothetical_derivative"]), {"clear": "1"})
    sent = RenderedForm(page.content.decode()).sent
    assert sent["option_kind"] == sent["side"] == sent["pay_fixed"] == ""
    assert sent["compounding"] == "continuous"
    assert ">not given<" in page.content.decode()
