"""A list of many answers is read a page at a time, newest first."""

import pytest

from access import lookup
from portal.citizen.presenters import on_page, present_reports_page
from tests.portal.answers import TODAY, a_summary
from tests.portal.citizen.test_presenters import kari


def a_page(reports, page=""):
    found = lookup.ReportList(kari(), tuple(reports))
    return present_reports_page(found, today=TODAY, page=page)


def shown(page) -> list[str]:
    return [line.id for period in page.periods for line in period.lines]


def many(count: int, **fields):
    return [a_summary(**fields) for _n in range(count)]


def test_forty_are_shown_and_the_rest_is_a_click_away():
    reports = many(95)

    first, last = a_page(reports), a_page(reports, "3")

    assert shown(first) == [str(r.id) for r in reports[:40]]
    assert (first.newer, first.older) == (0, 2)
    assert len(shown(last)) == 15
    assert (last.newer, last.older) == (2, 0)


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999", "", "1.5"])
def test_an_odd_number_is_the_first_page(page):
    assert a_page(many(50), page).is_first


def test_a_page_that_is_too_far_is_the_last():
    assert a_page(many(50), "9").older == 0


def test_what_is_shown_is_what_is_counted():
    reports = many(95)

    assert [r.id for r in on_page(reports, page="2")] == [r.id for r in reports[40:80]]


def test_a_few_new_ones_are_told_by_themselves_wherever_they_stand():
    reports = [*many(60), a_summary(is_new=True)]

    page = a_page(reports)

    assert [line.id for line in page.news] == [str(reports[-1].id)]
    assert page.count == "61 svar, nyeste først. 1 er nytt."
    assert reports[-1] in on_page(reports, page="1")


def test_where_all_is_new_nothing_is_news():
    page = a_page(many(3, is_new=True))

    assert page.news == ()
    assert page.count.endswith("Du har ikke åpnet noen av dem.")
