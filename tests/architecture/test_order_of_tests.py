"""The order in which two processes take the test files: slow ones first, each file whole, the demo's files together."""

from pathlib import Path

from tests.harness.order import SLOW, TOGETHER, scope, slow_first

ROOT = Path(__file__).parents[2]


def test_what_is_called_slow_is_there() -> None:
    assert [name for name in (*SLOW, *TOGETHER) if not (ROOT / name).exists()] == []


def test_slow_files_come_first_then_those_with_most_tests_and_each_stays_whole() -> None:
    tests = ["a/test_one.py::x", "a/test_many.py::x", "tests/e2e/test_desk.py::x", "a/test_many.py::y"]
    found = [tests[place] for place in slow_first(tests)]
    assert found == [tests[2], tests[1], tests[3], tests[0]]


def test_the_demo_is_made_by_one_process_and_other_files_go_where_there_is_room() -> None:
    demo, others = "tests/treasury/demo/test_{}.py::x", "a/test_{}.py::x"
    assert scope(demo.format("lives")) == scope(demo.format("history"))
    assert scope(others.format("one")) != scope(others.format("many"))
