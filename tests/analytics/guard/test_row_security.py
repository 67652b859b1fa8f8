"""PostgreSQL's own row security is the judge: access rules leave the rows that a role of it would see.

The role's policies and column grants say what ``restricted.restrictions`` says; a masked column, of which
PostgreSQL knows nothing, holds nothing in its database.
"""

import asyncio
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.analytics.engines import Engine, open_postgres
from tests.analytics.guard.random_queries import queries
from tests.analytics.guard.restricted import HIDDEN, KNOWN, comparable

from gridlens.analytics.guard import guard
from gridlens.core.errors import GridlensError

EXAMPLES = 150
POLICIES = {
    "site": "city = 'Hamburg' OR city IS NULL",
    "meter": "site_id IN (1, 2) AND label <> 'PV'",
    "reading": "meter_id IN (10, 20) AND kwh > 0.5",
    "Größe": '"Wert je Zähler" > 2',
}
GRANTED = "meter_id, site_id, label, installed_on, details"
STAR = re.compile(r"SELECT (?:\*|(r\d+)\.\*) FROM meter\b")

SHAPES = """
SELECT s.name, m.label FROM site s LEFT JOIN meter m ON m.site_id = s.site_id
SELECT s.name, m.label FROM site s RIGHT JOIN meter m ON m.site_id = s.site_id
SELECT s.name, m.label FROM meter m FULL JOIN site s ON m.site_id = s.site_id AND s.city = 'Köln'
SELECT m.label FROM meter m WHERE NOT EXISTS (SELECT FROM site s WHERE s.site_id = m.site_id)
SELECT s.name, (SELECT count(*) FROM meter m WHERE m.site_id = s.site_id) FROM site s
SELECT name FROM site WHERE site_id <> ALL (SELECT site_id FROM meter)
SELECT name FROM site UNION ALL SELECT label FROM meter
SELECT site_id FROM meter EXCEPT SELECT site_id FROM site
SELECT label, count(*) OVER (), sum(site_id) OVER (ORDER BY meter_id) FROM meter
WITH meter AS (SELECT meter_id, label FROM meter) SELECT * FROM meter
WITH site AS (SELECT 1 AS site_id) SELECT site_id, label FROM site JOIN public.meter USING (site_id)
WITH site AS (SELECT 2 AS site_id) SELECT site.site_id, p.name FROM site JOIN public.site AS p ON true
WITH RECURSIVE site AS (SELECT 2 AS site_id UNION SELECT site_id - 1 FROM site WHERE site_id > 0) TABLE site
SELECT label.name FROM site AS label
SELECT site.label FROM meter AS site WHERE site.site_id = 1
SELECT site_id, name, label FROM site JOIN meter USING (site_id)
SELECT name, t.label FROM site s CROSS JOIN LATERAL (SELECT label FROM meter m WHERE m.site_id = s.site_id) t
SELECT count(*), max(kwh) FROM reading WHERE meter_id IN (SELECT meter_id FROM meter)
SELECT label FROM meter ORDER BY details, label
SELECT details, count(*) FROM meter GROUP BY details
SELECT label FROM meter WHERE details IS NOT NULL
SELECT label FROM meter WHERE details->>'phase' = '3'
SELECT min(label) FROM meter HAVING count(details) = 0
SELECT is_smart FROM meter
SELECT label FROM meter ORDER BY is_smart
SELECT label FROM meter WHERE is_smart
SELECT count(is_smart) FROM meter
SELECT label FROM meter m JOIN site s ON m.is_smart
SELECT public.meter.label FROM public.meter
SELECT public.meter.is_smart FROM public.meter
SELECT "Wert je Zähler" FROM "Größe"
SELECT id FROM "Größe" WHERE "Wert je Zähler" IS NULL
SELECT label FROM ONLY meter
SELECT DISTINCT ON (site_id) site_id, label FROM meter ORDER BY site_id, meter_id DESC
SELECT site_id, label, count(*) FROM meter GROUP BY GROUPING SETS ((site_id), (label), ())
SELECT name FROM site WHERE city = (SELECT city FROM site WHERE site_id = 2)
SELECT 1 / (site_id - 2) FROM site
SELECT CAST(name AS integer) FROM site WHERE city = 'Köln'
"""


@pytest.fixture(scope="module")
def role_engine(postgres_server: str) -> Iterator[Engine]:
    """The same rows behind policies and grants, asked as the role that they bind."""
    role = f"gridlens_reader_{uuid4().hex[:12]}"
    with ExitStack() as closing:
        _on_server(postgres_server, f"CREATE ROLE {role}")
        closing.callback(_on_server, postgres_server, f"DROP ROLE {role}")
        secured = [
            step
            for table, condition in POLICIES.items()
            for step in (
                f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
                f'CREATE POLICY seen ON "{table}" FOR SELECT TO {role} USING ({condition})',
            )
        ]
        grants = [f'GRANT SELECT ON site, reading, price, "Größe" TO {role}']
        grants.append(f"GRANT SELECT ({GRANTED}) ON meter TO {role}")
        masked = "UPDATE meter SET details = NULL"
        become = f"SET SESSION AUTHORIZATION {role}"
        yield open_postgres(postgres_server, closing, [masked, *secured, *grants, become])


def _on_server(server: str, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(f"postgresql://{server}/postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())


def _given(engine: Engine, sql: str) -> list[tuple[Any, ...]] | None:
    """The rows of a query, or nothing where there are none to be had."""
    try:
        return comparable(engine.rows(sql))
    except asyncpg.InsufficientPrivilegeError:
        # A star asks PostgreSQL for every column; here it stands for those that are granted.
        spelled = STAR.sub(lambda star: f"SELECT {_granted(star[1])} FROM meter", sql)
        return None if spelled == sql else _given(engine, spelled)
    except asyncpg.PostgresError:
        return None


def _granted(name: str | None) -> str:
    return ", ".join(f"{name}.{column}" for column in GRANTED.split(", ")) if name else GRANTED


def _through_rules(engine: Engine, sql: str) -> list[tuple[Any, ...]] | None:
    try:
        return _given(engine, guard(sql, KNOWN["postgres"], most_rows=100_000).sql)
    except GridlensError:
        return None


@pytest.mark.parametrize("sql", SHAPES.strip().splitlines())
def test_a_query_gives_the_rows_that_a_role_is_given(
    postgres_engine: Engine, role_engine: Engine, sql: str
) -> None:
    assert _through_rules(postgres_engine, sql) == _given(role_engine, sql)


def test_random_queries_give_the_rows_that_a_role_is_given(
    postgres_engine: Engine, role_engine: Engine
) -> None:
    ran = 0

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(sql=queries("postgres"))
    def same(sql: str) -> None:
        nonlocal ran
        rows = _through_rules(postgres_engine, sql)
        if rows is None and HIDDEN in sql:
            # PostgreSQL asks for no right to a column in a WITH that nothing reads; the rules do.
            return
        assert rows == _given(role_engine, sql)
        ran += rows is not None

    same()
    assert ran > EXAMPLES / 4, "too few of the random queries run at all"
