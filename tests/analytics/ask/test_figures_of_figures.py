"""Ratios, differences, shares, running figures and ranks within groups, from words to sentence."""

import pytest
from tests.analytics.ask.company import TODAY, ZONE, description_for
from tests.analytics.ask.conftest import Answer

from gridlens.analytics.ask import Understanding, describe, understand
from gridlens.analytics.ask.plan import Aggregate, Ratio

SOURCE = description_for()


def asked(question: str) -> Understanding:
    return understand(question, SOURCE, TODAY, ZONE)


def sentence(question: str) -> str:
    found = asked(question)
    assert found.plan is not None, found.reason
    return describe(found.plan, SOURCE).text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # Two figures made one.
        (
            "ratio of export to import per month",
            ("Showing energy where direction is export divided by energy where direction is import by month"),
        ),
        (
            "export to import ratio by month",
            ("Showing energy where direction is export divided by energy where direction is import by month"),
        ),
        (
            "import minus export by site in October 2021",
            (
                "Showing energy where direction is import less energy where direction is export in kWh "
                "by site for Oct 2021, largest first"
            ),
        ),
        (
            "difference between the highest and the lowest day-ahead price by day",
            "Showing highest price less lowest price in €/MWh by day",
        ),
        (
            "load of Mill Park minus load of Harbour Hall",
            (
                "Showing average load where site is Mill Park less average load where site is Harbour Hall "
                "in MW"
            ),
        ),
        (
            "load of Mill Park minus Harbour Hall",
            (
                "Showing average load where site is Mill Park less average load where site is Harbour Hall "
                "in MW"
            ),
        ),
        (
            "consumption of Mill Park minus Harbour Hall in October 2021",
            (
                "Showing energy where site is Mill Park and direction is import less energy where site is "
                "Harbour Hall and direction is import in kWh for Oct 2021"
            ),
        ),
        (
            "consumption divided by floor area by site",
            "Showing energy where direction is import per floor area by site, largest first",
        ),
        (
            "load factor by site in October 2021",
            "Showing average of the summed load divided by its highest by site for Oct 2021, largest first",
        ),
        # Shares of what meets a condition.
        (
            "percentage of hours with negative prices",
            "Showing share of day ahead readings where price is below 0 €/MWh",
        ),
        (
            "share of export in energy by site",
            "Showing share of energy where direction is export by site, largest first",
        ),
        (
            "electricity share of energy by city",
            "Showing share of energy where medium is electricity by city, largest first",
        ),
        (
            "share of green tariffs by supplier",
            "Showing share of tariffs where is green is yes by supplier, largest first",
        ),
        (
            "share of each site in the energy",
            "Showing the share of total energy summed by site, largest first",
        ),
        (
            "percentage of energy from gas by city",
            "Showing share of energy where medium is gas by city, largest first",
        ),
        # What runs on.
        (
            "running total of import by month",
            "Showing the running total of energy in kWh by month where direction is import",
        ),
        (
            "cumulative consumption per day in October 2021",
            "Showing the running total of energy in kWh by day where direction is import for Oct 2021",
        ),
        (
            "7-day moving average of the load",
            "Showing the moving mean over 7 days of load averaged in MW by day",
        ),
        (
            "rolling 3 month average of visits",
            "Showing the moving mean over 3 months of visits counted by month",
        ),
        # The first of each.
        (
            "top 2 sites by load in each city",
            "Showing load averaged in MW by site and city, largest first, only the first 2 for each city",
        ),
        (
            "which site in each city has the largest floor area",
            "Showing site and city, by floor area, largest first, only the first 1 for each city",
        ),
        (
            "most expensive hour of each day last week",
            (
                "Showing price averaged in €/MWh by day and hour for last week, largest first, "
                "only the first 1 for each day"
            ),
        ),
        ("which site has the most meters", "Showing site, by meter count, largest first, only the first 1"),
        (
            "which site has the fewest active meters",
            "Showing site where is active is yes, by meter count, smallest first, only the first 1",
        ),
        (
            "which city has the largest number of sites",
            "Showing city, by site count, largest first, only the first 1",
        ),
        # One condition or another, and conditions on answers.
        (
            "sites in Hamburg or with a floor area below 300 m²",
            "Showing site and floor area where city is Hamburg or floor area is below 300 m²",
        ),
        (
            "sites with a floor area above the average",
            "Showing site and floor area where floor area is above the average floor area",
        ),
        ("sites whose name contains “Park”", "Showing site where site contains “Park”"),
        ("tariffs whose name starts with Gr", "Showing tariff where tariff begins with “Gr”"),
        (
            "contracts without an end",
            "Showing contract id, site id, tariff id and 2 more where end on has no value",
        ),
        (
            "contracts without an end date",
            "Showing contract id, site id, tariff id and 2 more where end on has no value",
        ),
        (
            "meters without readings in May 2021",
            (
                "Showing meter id, site id, medium and 2 more where meter id is not among the meter id of "
                "readings for May 2021"
            ),
        ),
        (
            "days in which the average price was above 11",
            "Showing price averaged in €/MWh by day where the average price is above 11 €/MWh",
        ),
        (
            "load in business hours",
            "Showing load averaged in MW between 08:00 and 18:00 on Monday to Friday",
        ),
        # A number is compared with what is in its unit: one reading in MW, the sum of a site in MWh.
        (
            "energy of the load by site above 2 MW",
            "Showing load summed in MWh by site where load is above 2 MW, largest first",
        ),
        (
            "energy of the load by site above 100 MWh",
            "Showing load summed in MWh by site where the energy is above 100 MWh, largest first",
        ),
        # A total beside a mean would change with the number of readings.
        (
            "ratio of load to consumption by site",
            "Showing load per energy where direction is import by site, largest first",
        ),
        # What adds up is added up for each day before days are ranked, and each site has its own first.
        (
            "maximum daily consumption by site",
            (
                "Showing energy summed in kWh by day and site where direction is import, largest first, "
                "only the first 1 for each site"
            ),
        ),
        (
            "maximum daily energy by site",
            ("Showing energy summed in kWh by day and site, largest first, only the first 1 for each site"),
        ),
        ("maximum daily load by site", "Showing load at its highest in MW by day and site"),
    ],
)
def test_questions_are_read_back_as_meant(question: str, said: str) -> None:
    assert sentence(question) == said


def test_the_load_on_the_dearest_day_is_ranked_by_the_price(answer: Answer) -> None:
    found = asked("load of Harbour Hall in the most expensive hour")

    assert found.plan is not None
    shown, ranked = found.plan.measures
    assert (shown.is_shown, ranked.is_shown) == (True, False)
    assert describe(found.plan, SOURCE).text == (
        "Showing load averaged in MW where site is Harbour Hall by hour, by average price, largest first, "
        "only the first 1"
    )
    # The price is the hour of the day: dearest is 23 h, first on 27 March in local time.
    assert answer(found.plan) == [("2021-03-27 22:00:00+00:00", 1)]


def test_a_share_belongs_to_each_group_by_itself(answer: Answer) -> None:
    found = asked("export share of energy by site")

    assert found.plan is not None
    (share,) = found.plan.measures
    assert isinstance(share, Ratio)
    assert isinstance(share.denominator, Aggregate)
    assert dict(answer(found.plan)) == {"Harbour Hall": 33.333333, "Mill Park": 0, "Weir House": 0}


def test_a_share_of_a_load_is_one_of_its_energy(answer: Answer) -> None:
    found = asked("what percentage of the load came from Mill Park on 1 November 2021")

    assert found.plan is not None
    # 48 MWh of Mill Park, of 80 in all; its mean of 2 MW beside one of 1.67 MW would be 120 %.
    assert answer(found.plan) == [(60,)]
