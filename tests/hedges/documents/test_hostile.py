"""Documents made to do harm get a clear answer, at once."""

import time

import pytest

from hedges.domain.documents import fpml_read
from hedges.domain.documents.problems import DocumentRefused
from tests.hedges.documents import samples

PLAIN = samples.fpml().decode()
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _in(text: str, content: str = PLAIN) -> str:
    return content.replace(">DB5678<", f">{text}<")


CORPUS = {
    "external entity": ('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;", "dtd"),
    "external dtd": ('<!DOCTYPE r SYSTEM "http://127.0.0.1:9/evil.dtd">', "1", "dtd"),
    "parameter entity": ('<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>', "1", "dtd"),
    "billion laughs": (f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]>', "&l9;", "dtd"),
    "empty dtd": ("<!DOCTYPE r>", "1", "dtd"),
}
RAW = {
    "huge": (b" " * (300 * 1024), "empty"),
    "huge text": (_in("x" * 300_000).encode(), "too_large"),
    "long text": (_in("x" * 500).encode(), "too_long"),
    "many elements": (_in("<a/>" * 6_000).encode(), "too_large"),
    "deep": (_in("<a>" * 2_000 + "</a>" * 2_000).encode(), "too_deep"),
    "not closed": (PLAIN[:-20].encode(), "not_xml"),
    "two roots": ((PLAIN + "<a/>").encode(), "not_xml"),
    "unknown entity": (_in("&nothing;").encode(), "not_xml"),
    "NUL": (_in("\x00").encode(), "nul"),
    "NUL by number": (_in("&#0;").encode(), "not_xml"),
    "UTF-16": (PLAIN.replace("utf-8", "utf-16").encode("utf-16"), "nul"),
    "declared otherwise": (PLAIN.replace("utf-8", "iso-8859-1").encode(), "encoding"),
    "UTF-7": (PLAIN.replace("utf-8", "utf-7").encode(), "encoding"),
    "not UTF-8": (_in("é").encode("latin-1"), "encoding"),
    "lone surrogate": (_in("\ud800").encode("utf-8", "surrogatepass"), "encoding"),
    "duplicate id": (PLAIN.replace('id="party2"', 'id="party1"').encode(), "duplicate_id"),
    "duplicate attribute": (PLAIN.replace('id="party2"', 'id="party2" id="p"').encode(), "not_xml"),
    "dangling reference": (PLAIN.replace('href="party2"', 'href="party9"').encode(), "reference"),
    "no namespace": (PLAIN.replace(f' xmlns="{samples.NAMESPACE}"', "").encode(), "namespace"),
    "other namespace": (PLAIN.replace("FpML-5/confirmation", "FpML-5/reporting").encode(), "namespace"),
    "second namespace": (PLAIN.replace("<rate>", '<rate xmlns="urn:x">').encode(), "namespace"),
    "hidden in a prefix": (
        PLAIN.replace("<valueDate>", '<e:valueDate xmlns:e="urn:x">2031-01-01</e:valueDate><valueDate>').encode(),
        "namespace",
    ),
    "xsi:nil": (
        PLAIN.replace("<rate>", '<rate xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true">').encode(),
        "unsupported",
    ),
    "text between elements": (PLAIN.replace("<exchangeRate>", "<exchangeRate>0.5").encode(), "text_between_elements"),
    "value with elements": (PLAIN.replace("9175000<", "9175000<b/><").encode(), "text_between_elements"),
    "two trades": (PLAIN.replace("</trade>", "</trade><trade/>").encode(), "one_trade"),
    "other root": (PLAIN.replace("requestConfirmation", "html").encode(), "unsupported_message"),
    "empty": (b"", "empty"),
}  # fmt: skip


def answer(content: bytes) -> set[str]:
    began = time.process_time()
    with pytest.raises(DocumentRefused) as caught:
        fpml_read.read(content, frozenset({samples.OURS}))
    assert time.process_time() - began < 1
    assert all(len(str(problem.got or "")) < 120 for problem in caught.value.problems)
    assert "root:" not in str(caught.value)
    return {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize("name", CORPUS)
def test_entities_and_dtds(name):
    before, text, code = CORPUS[name]
    assert answer(_in(text, samples.fpml(before=before).decode()).encode()) == {code}


@pytest.mark.parametrize("name", RAW)
def test_the_rest_of_the_corpus(name):
    content, code = RAW[name]
    assert code in answer(content)


def test_a_comment_inside_a_value_does_not_cut_it():
    content = PLAIN.replace("10000000<", "1000<!-- -->0000<").encode()
    assert fpml_read.read(content, frozenset({samples.OURS})).trade.base_amount == 10_000_000


def test_a_byte_order_mark_is_no_harm():
    assert fpml_read.read(b"\xef\xbb\xbf" + samples.fpml(), frozenset({samples.OURS})).trade.rate
