SELECT "Wert je Zähler" FROM "Größe" ORDER BY id
SELECT [name], `city` FROM [site] ORDER BY 1
SELECT strftime('%Y-%m-%d', ts) AS day, sum(kwh) FROM reading GROUP BY day ORDER BY day
SELECT date(ts), time(ts), datetime(ts, '+1 hour') FROM reading ORDER BY ts LIMIT 2
SELECT julianday(max(ts)) - julianday(min(ts)) FROM reading
SELECT date('2025-03-30', 'start of month', '+1 month', '-1 day')
SELECT unixepoch('2025-03-30 00:00:00')
SELECT total(kwh), group_concat(DISTINCT meter_id) FROM reading
SELECT group_concat(label, '; ') FROM (SELECT label FROM meter ORDER BY label)
SELECT iif(kwh > 5, 'high', 'low') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 3
SELECT ifnull(city, '-'), printf('%.2f', area_m2), typeof(area_m2) FROM site ORDER BY site_id
SELECT details ->> '$.phase', details -> '$.tags', json_extract(details, '$.phase') FROM meter ORDER BY meter_id
SELECT m.meter_id, t.value FROM meter m, json_each(m.details, '$.tags') AS t ORDER BY 1, 2
SELECT key, value FROM json_each('{"a": 1, "b": [2]}') ORDER BY key
SELECT json_group_array(label), json_object('n', count(*)) FROM meter
SELECT label FROM meter WHERE label GLOB 'M*' ORDER BY 1
SELECT label FROM meter WHERE label LIKE 'm%' ESCAPE '!' ORDER BY 1
SELECT name FROM site ORDER BY name COLLATE NOCASE DESC
SELECT name FROM site ORDER BY city NULLS LAST
SELECT meter_id, kwh FROM reading ORDER BY kwh DESC NULLS LAST LIMIT 3
SELECT max(1, 2, 3), min(4, 5), abs(-1), sign(-2)
SELECT meter_id IS NOT NULL, city ISNULL, city NOTNULL, city IS 'Köln' FROM meter JOIN site USING (site_id) ORDER BY 1, 2, 3, 4
SELECT count(*) FILTER (WHERE kwh > 5), sum(kwh) FILTER (WHERE meter_id = 10) FROM reading
SELECT ntile(4) OVER (ORDER BY kwh), percent_rank() OVER (ORDER BY kwh) FROM reading WHERE meter_id = 10 ORDER BY 1, 2
SELECT sum(kwh) OVER (ORDER BY ts ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT sum(kwh) OVER (ORDER BY ts GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT avg(kwh) OVER w FROM reading WHERE meter_id = 11 WINDOW w AS (PARTITION BY meter_id ORDER BY ts) LIMIT 3
WITH RECURSIVE hours(h) AS (VALUES (0) UNION ALL SELECT h + 1 FROM hours WHERE h < 23) SELECT count(*) FROM hours
WITH h(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM h WHERE x < 4) SELECT * FROM h
VALUES (1, 'a'), (2, 'b')
SELECT * FROM (VALUES (1), (2)) ORDER BY 1
SELECT 7 / 2, 7 % 3, 5 & 3, 5 | 2, 1 << 4, ~1
SELECT 'a' || 'b' || 1
SELECT CAST('12.5' AS REAL), CAST(3.9 AS INTEGER), CAST(12 AS TEXT)
SELECT (1, 2) = (1, 2), (1, 2) IN (SELECT 1, 2)
SELECT instr('meter', 't'), substr('meter', -3), char(77, 87), unicode('M'), hex('a')
SELECT rowid, name FROM site ORDER BY rowid
SELECT * FROM main.site ORDER BY site_id
SELECT x'41', 1e3, .5, 1 == 1, 1 <> 2, 1 != 2
SELECT * FROM site NATURAL JOIN meter ORDER BY meter_id
SELECT s.name FROM site s WHERE s.site_id = (SELECT max(site_id) FROM meter)
SELECT DISTINCT substr(ts, 1, 10) FROM reading ORDER BY 1
SELECT CASE WHEN EXISTS (SELECT 1 FROM site) THEN 'yes' ELSE 'no' END
SELECT meter_id, strftime('%H', ts) AS hour, avg(kwh) FROM reading GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 1, 2 LIMIT 5
SELECT nth_value(kwh, 2) OVER (ORDER BY ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 3
SELECT first_value(kwh) OVER (ORDER BY ts), cume_dist() OVER (ORDER BY kwh) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 3
SELECT Name FROM SITE ORDER BY 1
SELECT likely(1), quote('it''s'), trim('xxaxx', 'x'), ltrim('  a'), rtrim('a  ')
SELECT pi() > 3, round(ln(10), 3), round(log(100), 1), exp(0), degrees(0)
SELECT name FROM site WHERE area_m2 NOT BETWEEN 900 AND 2000
SELECT count(*) FROM reading WHERE ts >= '2025-03-30' AND ts < '2025-03-31'
