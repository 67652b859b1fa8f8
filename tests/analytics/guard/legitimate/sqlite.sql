#: windows
SELECT ntile(4) OVER (ORDER BY kwh), percent_rank() OVER (ORDER BY kwh) FROM reading WHERE meter_id = 10 ORDER BY 1, 2
SELECT sum(kwh) OVER (ORDER BY ts ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT sum(kwh) OVER (ORDER BY ts GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT avg(kwh) OVER w FROM reading WHERE meter_id = 11 WINDOW w AS (PARTITION BY meter_id ORDER BY ts) LIMIT 3
SELECT nth_value(kwh, 2) OVER (ORDER BY ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 3
SELECT first_value(kwh) OVER (ORDER BY ts), cume_dist() OVER (ORDER BY kwh) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 3
SELECT meter_id, ts, sum(kwh) OVER (PARTITION BY meter_id ORDER BY ts ROWS UNBOUNDED PRECEDING) FROM reading ORDER BY meter_id, ts LIMIT 10
SELECT kwh, avg(kwh) OVER (ORDER BY ts RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE NO OTHERS), sum(kwh) OVER (ORDER BY ts ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT lag(kwh, 24, 0) OVER w, lead(kwh) OVER w, first_value(kwh) OVER w, last_value(kwh) OVER w, nth_value(kwh, 2) OVER w, row_number() OVER w, rank() OVER w, dense_rank() OVER w FROM reading WHERE meter_id = 10 WINDOW w AS (PARTITION BY meter_id ORDER BY ts) ORDER BY ts LIMIT 5
SELECT sum(kwh) FILTER (WHERE temperature_c > 8) OVER (PARTITION BY meter_id) FROM reading LIMIT 3
SELECT * FROM (SELECT r.*, row_number() OVER (PARTITION BY meter_id ORDER BY kwh DESC, ts) AS rn FROM reading r) WHERE rn <= 2 ORDER BY meter_id, rn
SELECT percent_rank() OVER (ORDER BY kwh), cume_dist() OVER (ORDER BY kwh), ntile(3) OVER (ORDER BY kwh) FROM reading WHERE meter_id = 11 ORDER BY ts LIMIT 4
SELECT sum(kwh) OVER (ORDER BY ts ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING) / nullif(count(kwh) OVER (ORDER BY ts ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING), 0) FROM reading WHERE meter_id = 20 ORDER BY ts LIMIT 10
WITH hourly AS (SELECT strftime('%Y-%m-%d %H', ts) AS h, sum(kwh) AS kwh FROM reading GROUP BY 1), ranked AS (SELECT *, rank() OVER (ORDER BY kwh DESC) AS r FROM hourly) SELECT h, kwh FROM ranked WHERE r <= 3 ORDER BY r, h
WITH gaps AS (SELECT meter_id, ts, unixepoch(ts) - unixepoch(lag(ts) OVER (PARTITION BY meter_id ORDER BY ts)) AS gap FROM reading) SELECT meter_id, max(gap), sum(gap > 3600) FROM gaps GROUP BY meter_id ORDER BY 1
SELECT sum(sum(kwh)) OVER (ORDER BY meter_id) FROM reading GROUP BY meter_id ORDER BY 1
SELECT meter_id, ts, kwh FROM (SELECT *, max(kwh) OVER (PARTITION BY meter_id) AS peak FROM reading) AS x WHERE kwh = peak ORDER BY 1, 2
SELECT row_number() OVER (ORDER BY sum(kwh) DESC) AS r, meter_id FROM reading GROUP BY meter_id ORDER BY r

#: common table expressions
WITH RECURSIVE hours(h) AS (VALUES (0) UNION ALL SELECT h + 1 FROM hours WHERE h < 23) SELECT count(*) FROM hours
WITH h(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM h WHERE x < 4) SELECT * FROM h
WITH RECURSIVE days(d) AS (SELECT '2025-03-28' UNION ALL SELECT date(d, '+1 day') FROM days WHERE d < '2025-03-31') SELECT d, count(r.ts) FROM days LEFT JOIN reading r ON date(r.ts) = d GROUP BY d ORDER BY d
WITH RECURSIVE t(n) AS (VALUES(1) UNION ALL SELECT n + 1 FROM t LIMIT 100) SELECT sum(n) FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT n % 3 + 1 FROM t) SELECT n FROM t ORDER BY n
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5 ORDER BY 1 DESC) SELECT n FROM t
WITH a AS MATERIALIZED (SELECT 1 AS x), b AS NOT MATERIALIZED (SELECT x + 1 AS y FROM a) SELECT * FROM a, b
WITH a(x, y) AS (SELECT site_id, name FROM site) SELECT y FROM a ORDER BY x

#: lists, arrays, structs and maps
SELECT [name], `city` FROM [site] ORDER BY 1
SELECT key, value FROM json_each('{"a": 1, "b": [2]}') ORDER BY key
SELECT json_group_array(label), json_object('n', count(*)) FROM meter
SELECT details ->> '$.phase', details -> 'tags', json_extract(details, '$.phase', '$.tags'), json_array_length(details, '$.tags'), json_type(details, '$.phase') FROM meter ORDER BY meter_id
SELECT j.value FROM json_each('[1, 2, 3]') AS j WHERE j.value > 1
SELECT atom FROM json_tree('{"a": [1, {"b": 2}]}') WHERE atom IS NOT NULL ORDER BY atom
SELECT json_object('id', site_id, 'name', name), json_array(1, 'a', NULL), json_set('{}', '$.a', 1), json_insert('{"a": 1}', '$.b', 2), json_replace('{"a": 1}', '$.a', 2), json_remove('{"a": 1}', '$.a'), json_patch('{"a": 1}', '{"b": 2}'), json_valid('{}'), json_quote('a') FROM site ORDER BY site_id
SELECT json_group_array(label), json_group_object(label, meter_id) FROM (SELECT * FROM meter WHERE site_id = 1 ORDER BY meter_id)
SELECT [Wert je Zähler] AS [größter Wert] FROM [Größe] ORDER BY 1
SELECT 1 AS "select", 2 AS "from", 3 AS [order]
SELECT json_extract('{"a": {"b": [1, 2]}}', '$.a.b[1]'), '{"a": 1}' ->> 'a', '[1, 2]' -> 0, '[1,2]' ->> '$[#-1]'
SELECT name AS "a""b", name AS [c d], name AS `e``f` FROM site ORDER BY 1
SELECT json_extract(details, '$.tags[0]'), details ->> '$.tags[0]', json_extract(details, '$.phase') + 1 FROM meter ORDER BY meter_id

#: JSON
SELECT details ->> '$.phase', details -> '$.tags', json_extract(details, '$.phase') FROM meter ORDER BY meter_id
SELECT m.meter_id, t.value FROM meter m, json_each(m.details, '$.tags') AS t ORDER BY 1, 2
SELECT m.meter_id, j.key, j.value, j.type, j.fullkey FROM meter AS m, json_each(m.details) AS j ORDER BY 1, 2
SELECT m.label, t.value AS tag FROM meter m LEFT JOIN json_each(m.details, '$.tags') t ORDER BY 1, 2
SELECT value FROM json_each((SELECT details FROM meter WHERE meter_id = 10), '$.tags')
SELECT (SELECT group_concat(value, '+') FROM json_each(m.details, '$.tags')) FROM meter m ORDER BY meter_id
SELECT key, atom FROM meter, json_tree(meter.details) WHERE meter_id = 10 ORDER BY 1, 2

#: calendars and time
SELECT strftime('%Y-%m-%d', ts) AS day, sum(kwh) FROM reading GROUP BY day ORDER BY day
SELECT date(ts), time(ts), datetime(ts, '+1 hour') FROM reading ORDER BY ts LIMIT 2
SELECT julianday(max(ts)) - julianday(min(ts)) FROM reading
SELECT date('2025-03-30', 'start of month', '+1 month', '-1 day')
SELECT unixepoch('2025-03-30 00:00:00')
SELECT meter_id, strftime('%H', ts) AS hour, avg(kwh) FROM reading GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 1, 2 LIMIT 5
SELECT strftime('%Y-%m', ts) AS m, strftime('%w', ts), strftime('%H:%M', ts), count(*) FROM reading GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT 4
SELECT date(ts, 'start of month', '+1 month', '-1 day'), time(ts, '+90 minutes'), datetime(ts, 'localtime') IS NOT NULL, julianday(ts) - julianday('2025-01-01'), unixepoch(ts), date(0, 'unixepoch') FROM reading ORDER BY ts LIMIT 1
SELECT date('2025-03-30', 'weekday 0', '-7 days'), strftime('%s', '2025-03-30'), strftime('%j', '2025-03-30'), CAST(strftime('%d', '2025-03-30') AS INTEGER)
SELECT CURRENT_TIMESTAMP IS NOT NULL, CURRENT_DATE IS NOT NULL, CURRENT_TIME IS NOT NULL, date('now') IS NOT NULL
SELECT r.ts, p.eur_per_mwh FROM reading r JOIN price p ON p.ts <= r.ts AND r.ts < datetime(p.ts, '+1 hour') WHERE r.meter_id = 10 ORDER BY 1 LIMIT 3
SELECT DISTINCT date(ts) FROM reading ORDER BY 1
SELECT meter_id, strftime('%H', ts) AS hour, round(avg(kwh), 2) FROM reading GROUP BY meter_id, hour ORDER BY meter_id, hour LIMIT 10
SELECT unixepoch('2025-03-30', '+1 day'), strftime('%Y-W%W', '2025-03-30'), datetime(1743292800, 'unixepoch'), date('2025-03-30', '+1 year')
SELECT ts, kwh FROM reading WHERE time(ts) BETWEEN '08:00' AND '10:00' AND meter_id = 10 ORDER BY ts
SELECT meter_id, sum(kwh) / count(DISTINCT date(ts)) AS per_day FROM reading GROUP BY meter_id ORDER BY meter_id
SELECT count(*) FROM reading WHERE ts >= datetime('now', '-100 years')
SELECT CASE WHEN strftime('%H', ts) BETWEEN '08' AND '19' THEN 'peak' ELSE 'offpeak' END AS band, sum(kwh) FROM reading GROUP BY band ORDER BY band
SELECT strftime('%Y', ts) AS y, strftime('%m', ts) AS m, sum(kwh) FROM reading GROUP BY y, m ORDER BY y, m
SELECT date(ts, '-6 days', 'weekday 1') AS monday, sum(kwh) FROM reading GROUP BY monday ORDER BY monday
SELECT datetime(unixepoch(ts) / 900 * 900, 'unixepoch') AS q, avg(kwh) FROM reading GROUP BY q ORDER BY q LIMIT 3
SELECT CAST(strftime('%s', '2025-03-30') AS INTEGER) / 86400, julianday('2025-03-30') - julianday('2025-03-29'), strftime('%Y-%m-%dT%H:%M:%SZ', '2025-03-30 10:00')

#: joins and subqueries
SELECT group_concat(label, '; ') FROM (SELECT label FROM meter ORDER BY label)
SELECT meter_id IS NOT NULL, city ISNULL, city NOTNULL, city IS 'Köln' FROM meter JOIN site USING (site_id) ORDER BY 1, 2, 3, 4
SELECT (1, 2) = (1, 2), (1, 2) IN (SELECT 1, 2)
SELECT * FROM site NATURAL JOIN meter ORDER BY meter_id
SELECT s.name FROM site s WHERE s.site_id = (SELECT max(site_id) FROM meter)
SELECT CASE WHEN EXISTS (SELECT 1 FROM site) THEN 'yes' ELSE 'no' END
SELECT group_concat(label, '; '), group_concat(DISTINCT label), total(area_m2) FROM meter JOIN site USING (site_id)
SELECT s.name, (SELECT count(*) FROM meter m WHERE m.site_id = s.site_id) FROM site s ORDER BY 1
SELECT name FROM site WHERE site_id IN (SELECT site_id FROM meter WHERE is_smart) ORDER BY 1
SELECT name FROM site s WHERE NOT EXISTS (SELECT 1 FROM meter m WHERE m.site_id = s.site_id AND label = 'PV') ORDER BY 1
SELECT * FROM site LEFT JOIN meter USING (site_id) ORDER BY meter_id
SELECT * FROM site CROSS JOIN (SELECT 1 AS one) ORDER BY site_id
SELECT * FROM site, meter WHERE site.site_id = meter.site_id ORDER BY meter_id
SELECT * FROM site s FULL OUTER JOIN meter m ON s.site_id = m.site_id ORDER BY m.meter_id
SELECT * FROM site s RIGHT JOIN meter m ON s.site_id = m.site_id ORDER BY m.meter_id
SELECT a.label, b.label FROM meter a JOIN meter b ON a.site_id = b.site_id AND a.meter_id < b.meter_id
SELECT r.ts, (SELECT p.eur_per_mwh FROM price p WHERE p.ts <= r.ts ORDER BY p.ts DESC LIMIT 1) AS price FROM reading r WHERE meter_id = 10 ORDER BY r.ts LIMIT 3
SELECT sum(kwh * eur_per_mwh / 1000.0) FROM reading JOIN price USING (ts)
SELECT * FROM (SELECT name FROM site ORDER BY name LIMIT 1) UNION ALL SELECT * FROM (SELECT label FROM meter ORDER BY label LIMIT 1)
SELECT m.label, s.* FROM meter AS m INNER JOIN site AS s ON s.site_id = m.site_id ORDER BY m.meter_id
SELECT avg(v) FROM (SELECT kwh AS v FROM reading WHERE kwh IS NOT NULL ORDER BY kwh LIMIT 2 - (SELECT count(*) FROM reading WHERE kwh IS NOT NULL) % 2 OFFSET (SELECT (count(*) - 1) / 2 FROM reading WHERE kwh IS NOT NULL))
SELECT (SELECT max(kwh) FROM reading) - (SELECT min(kwh) FROM reading) AS spread
SELECT s.name AS site, m.label AS meter FROM site s JOIN meter m ON (s.site_id = m.site_id) WHERE (s.name LIKE 'H%' AND m.is_smart = TRUE) OR m.label IS 'Main' ORDER BY 1, 2
SELECT exists(SELECT 1 FROM site WHERE city IS NULL), (1, 2) = (1, 2), (1, 2) < (1, 3)
SELECT abs(kwh - (SELECT avg(kwh) FROM reading)) > 3 AS odd, count(*) FROM reading GROUP BY odd ORDER BY odd
SELECT length(CAST('ä' AS BLOB)), zeroblob_free FROM (SELECT 1 AS zeroblob_free)
SELECT s.site_id, s.name, sum(r.kwh) AS kwh, sum(r.kwh) / nullif(s.area_m2, 0) AS kwh_per_m2 FROM site s JOIN meter m USING (site_id) JOIN reading r USING (meter_id) GROUP BY s.site_id, s.name, s.area_m2 ORDER BY kwh DESC
SELECT * FROM (SELECT meter_id, kwh FROM reading ORDER BY kwh DESC LIMIT 3) AS top ORDER BY meter_id
SELECT DISTINCT s.name, m.is_smart FROM site s, meter m WHERE s.site_id = m.site_id ORDER BY 1, 2
SELECT t.n FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) t WHERE t.n > 1 ORDER BY 1
SELECT site.*, (SELECT count(*) FROM meter WHERE meter.site_id = site.site_id) AS meters FROM site ORDER BY site_id
SELECT count(*) FROM reading r WHERE r.kwh > (SELECT avg(kwh) FROM reading x WHERE x.meter_id = r.meter_id)
SELECT m.meter_id, coalesce(x.n, 0) FROM meter m LEFT JOIN (SELECT meter_id, count(*) AS n FROM reading GROUP BY meter_id) x ON x.meter_id = m.meter_id ORDER BY 1
SELECT a.meter_id, a.ts, b.kwh FROM reading a JOIN reading b ON a.ts = b.ts AND a.meter_id = 10 AND b.meter_id = 11 ORDER BY a.ts LIMIT 2
SELECT s.name FROM site s WHERE s.area_m2 = (SELECT max(area_m2) FROM site)
SELECT meter_id, kwh FROM reading WHERE (meter_id, ts) IN (SELECT meter_id, max(ts) FROM reading GROUP BY meter_id) ORDER BY 1
SELECT * FROM site JOIN meter ON site.site_id = meter.site_id AND meter.is_smart ORDER BY meter_id

#: sets, values and samples
VALUES (1, 'a'), (2, 'b')
SELECT * FROM (VALUES (1), (2)) ORDER BY 1
SELECT name FROM site WHERE (site_id, name) IN (VALUES (1, 'Harbour Campus'), (2, 'x'))
SELECT site_id FROM site UNION SELECT meter_id FROM meter ORDER BY 1
SELECT site_id FROM site EXCEPT SELECT site_id FROM meter WHERE label = 'PV' ORDER BY site_id
SELECT name FROM site UNION ALL SELECT label FROM meter ORDER BY 1 LIMIT 3 OFFSET 1
SELECT column1, column2 FROM (VALUES (1, 'a'), (2, 'b')) WHERE column1 > 1
SELECT name FROM site LIMIT 2 OFFSET 1
SELECT name FROM site LIMIT 1 + 1 OFFSET 2 - 1

#: aggregates and grouping
SELECT total(kwh), group_concat(DISTINCT meter_id) FROM reading
SELECT count(*) FILTER (WHERE kwh > 5), sum(kwh) FILTER (WHERE meter_id = 10) FROM reading
SELECT count(*) FROM reading WHERE ts >= '2025-03-30' AND ts < '2025-03-31'
SELECT CASE WHEN kwh IS NULL THEN 'gap' WHEN kwh > 10 THEN 'high' ELSE 'low' END AS band, count(*) FROM reading GROUP BY band ORDER BY band
SELECT count(*) FILTER (WHERE kwh > 5), sum(kwh), avg(kwh), min(kwh), max(kwh), total(kwh), count(DISTINCT meter_id) FROM reading
SELECT meter_id, sum(kwh) AS s FROM reading GROUP BY meter_id HAVING s > 100 ORDER BY s DESC
SELECT meter_id, max(kwh), ts FROM reading GROUP BY meter_id ORDER BY meter_id
SELECT count(*), count(city), sum(area_m2) / count(area_m2) FROM site
SELECT site_id, sum(CASE WHEN is_smart THEN 1 ELSE 0 END) AS smart, sum(NOT is_smart) AS dumb FROM meter GROUP BY site_id ORDER BY site_id
SELECT count(*), sum(kwh IS NULL) AS missing, round(100.0 * count(kwh) / count(*), 1) AS completeness FROM reading
SELECT lower(name) AS n, count(*) c FROM site GROUP BY lower(name) ORDER BY c, n
SELECT count(*) AS "Anzahl" FROM "Größe" AS "Gr" WHERE "Gr"."Wert je Zähler" IS NOT NULL
SELECT max(length(name)), min(upper(name)), avg(length(name)) FROM site
SELECT sum(kwh) FILTER (WHERE meter_id = 10) * 1.0 / sum(kwh) FROM reading
SELECT group_concat(DISTINCT label) FROM meter

#: names, quotes, comments and the end of a statement
SELECT "Wert je Zähler" FROM "Größe" ORDER BY id
SELECT x'414243', 0xFF, 1e3, .5, 1.5e-3, 'it''s; DROP TABLE site; --', '/* no comment */', "name" FROM site ORDER BY site_id LIMIT 1
SELECT "Größe"."Wert je Zähler" AS "größter Wert ⚡" FROM "Größe" ORDER BY 1
SELECT `name` AS `der Name 🏠` FROM `site` ORDER BY 1
SELECT g."Wert je Zähler" AS 'Wert' FROM Größe AS g ORDER BY 1
SELECT kwh AS "kWh/h", ts "Zeit" FROM reading AS "die Messung" WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT name FROM site;
SELECT /* comment */ name FROM site ORDER BY 1 -- and more
SELECT name FROM site ORDER BY name; -- done
SELECT 5--1
SELECT "Unter Abfrage".name FROM site AS "Unter Abfrage" ORDER BY 1
SELECT 'Zähler: ' || label || ' ⚡' AS "Beschriftung 🔌" FROM meter ORDER BY meter_id
SELECT * FROM site WHERE name = 'O''Brien' OR name = "Old Mill"

#: text
SELECT ifnull(city, '-'), printf('%.2f', area_m2), typeof(area_m2) FROM site ORDER BY site_id
SELECT label FROM meter WHERE label GLOB 'M*' ORDER BY 1
SELECT label FROM meter WHERE label LIKE 'm%' ESCAPE '!' ORDER BY 1
SELECT 'a' || 'b' || 1
SELECT instr('meter', 't'), substr('meter', -3), char(77, 87), unicode('M'), hex('a')
SELECT DISTINCT substr(ts, 1, 10) FROM reading ORDER BY 1
SELECT likely(1), quote('it''s'), trim('xxaxx', 'x'), ltrim('  a'), rtrim('a  ')
SELECT upper(name), lower(name), length(name), substr(name, 1, 3), substring(name, 2), replace(name, 'a', 'b'), trim(' x '), ltrim('xxa', 'x'), rtrim('axx', 'x'), instr(name, 'a'), name || ' / ' || coalesce(city, '?'), hex('a'), quote(name), unicode('ä'), char(65, 66), printf('%5.1f|%d|%s', 1.5, 3, 'x'), format('%05d', 42) FROM site ORDER BY site_id
SELECT name FROM site WHERE name LIKE '%house' OR name GLOB '*Mill' OR name NOT LIKE '_%' ORDER BY name
SELECT name FROM site WHERE name LIKE '100!%' ESCAPE '!' OR city = 'KÖLN' COLLATE NOCASE
SELECT 7 / 2, 7 % 3, 7.0 / 2, -7 / 2, 5 & 3, 5 | 3, ~5, 1 << 3, 16 >> 2, 'a' || 'b', 1 == 1, 1 <> 2, 1 != 2, NOT 0, -(-1), +1
SELECT 'a' LIKE 'A', 'abc' GLOB 'a*', 'a%' LIKE 'a!%' ESCAPE '!', 'abc' NOT GLOB 'x*'
SELECT name FROM site WHERE city IS NOT NULL AND NOT name LIKE 'W%' ORDER BY 1
SELECT printf('%.2f %5d %-5s| %05.1f %x %%', 1.234, 42, 'ab', 2.5, 255), printf('%,d', 1234567)

#: conditions, numbers and types
SELECT iif(kwh > 5, 'high', 'low') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 3
SELECT name FROM site ORDER BY name COLLATE NOCASE DESC
SELECT name FROM site ORDER BY city NULLS LAST
SELECT meter_id, kwh FROM reading ORDER BY kwh DESC NULLS LAST LIMIT 3
SELECT max(1, 2, 3), min(4, 5), abs(-1), sign(-2)
SELECT 7 / 2, 7 % 3, 5 & 3, 5 | 2, 1 << 4, ~1
SELECT CAST('12.5' AS REAL), CAST(3.9 AS INTEGER), CAST(12 AS TEXT)
SELECT rowid, name FROM site ORDER BY rowid
SELECT * FROM main.site ORDER BY site_id
SELECT x'41', 1e3, .5, 1 == 1, 1 <> 2, 1 != 2
SELECT Name FROM SITE ORDER BY 1
SELECT pi() > 3, round(ln(10), 3), round(log(100), 1), exp(0), degrees(0)
SELECT name FROM site WHERE area_m2 NOT BETWEEN 900 AND 2000
SELECT round(1.256, 2), abs(-1), max(1, 2), min(3, 4), sign(-2), ceil(1.2), floor(1.8), trunc(1.9), sqrt(16), pow(2, 3), power(2, 3), exp(0), ln(1), log(100), log10(100), log2(8), log(2, 8), mod(7, 3), pi() > 3, degrees(0), radians(0), random() IS NOT NULL
SELECT CASE meter_id WHEN 10 THEN 'a' ELSE 'b' END, iif(meter_id > 10, 1, 0), ifnull(NULL, 1), nullif(1, 1), coalesce(NULL, NULL, 4) FROM meter ORDER BY meter_id
SELECT name FROM site ORDER BY city DESC NULLS LAST, name COLLATE NOCASE
SELECT name FROM site LIMIT 1, 2
SELECT 1 IS 1, NULL IS NOT 1, 1 IS NOT DISTINCT FROM 1, NULL ISNULL, 1 NOTNULL, 2 BETWEEN 1 AND 3, 2 NOT BETWEEN 1 AND 3, 1 IN (1, 2), NULL NOT IN (1)
SELECT CAST('12' AS INTEGER), CAST(1 AS TEXT), CAST('1.5' AS REAL), CAST(1.5 AS NUMERIC), CAST('x' AS BLOB), typeof(CAST('1' AS INTEGER))
SELECT rowid, oid, _rowid_ FROM site ORDER BY 1
SELECT ALL name FROM site ORDER BY 1
SELECT likely(1), unlikely(0), likelihood(1, 0.5), soundex('x') IS NOT NULL
SELECT name IS NULL, city IS NULL AS missing FROM site ORDER BY site_id
SELECT main.site.name FROM main.site ORDER BY 1
SELECT ts, kwh FROM reading WHERE ts BETWEEN '2025-03-29 00:00:00' AND '2025-03-29 02:00:00' AND meter_id IN (10, 11) ORDER BY meter_id, ts
SELECT name FROM site NOT INDEXED ORDER BY 1
SELECT max(ts) FROM reading WHERE +meter_id = 10
SELECT 1.5e3, .5, 5., 0.1 + 0.2, 1 / 3, 5 / 2, 5.0 / 2, -7 % 3, 7 / 0
SELECT name FROM site WHERE city IS NOT 'Köln' ORDER BY 1
SELECT abs(-5), max(1, NULL), min('a', 'b'), typeof(1.0), typeof(NULL), round(-2.5), round(2.567, 1), hex('é'), length('é'), instr('é', 'é')
SELECT name FROM site LIMIT 5 % 3
SELECT name FROM site WHERE site_id = 1 OR site_id IN (2, 3) AND name NOT NULL ORDER BY 1
SELECT iif(kwh > 5, 'a', 'b'), CASE WHEN kwh > 5 THEN 1 END, kwh IS NULL FROM reading WHERE meter_id = 20 ORDER BY ts LIMIT 7
SELECT NULL, TRUE, FALSE, 1 IS TRUE, NULL IS FALSE, 0 IS NOT TRUE

#: elements of a document as rows
SELECT m.meter_id, j.value FROM meter m, json_each(m.details, '$.tags') j ORDER BY 1, 2
SELECT m.meter_id, t.fullkey, t.atom FROM meter m JOIN json_tree(m.details) t WHERE t.atom IS NOT NULL ORDER BY 1, 2
SELECT m.meter_id, (SELECT group_concat(value, '+') FROM json_each(m.details, '$.tags')) FROM meter m ORDER BY 1

#: several parts that go on
WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT n * 2 FROM t WHERE n < 20 UNION SELECT n * 3 FROM t WHERE n < 20) SELECT n FROM t ORDER BY n

#: types as they are written
SELECT CAST(7 AS NUMERIC) / 2, CAST(3 AS NUMERIC) || 'x', typeof(CAST('12' AS NUMERIC)), CAST('2024-05-01' AS DATE), CAST('2024-05-01' AS DATETIME)
SELECT CAST('7.5' AS DECIMAL(5, 1)), CAST(7 AS STRING) || '', typeof(CAST('1' AS BOOLEAN)), CAST('9' AS BIGINT) / 2, CAST(1 AS DOUBLE) / 2, CAST(12345 AS VARCHAR(3))

#: a common table expression that is defined later
WITH b AS (SELECT * FROM c), c AS (SELECT 1 AS x) SELECT * FROM b
WITH b AS (SELECT * FROM site), site AS (SELECT 1 AS x) SELECT * FROM b

#: types of several words, and types of any word
SELECT CAST('12' AS UNSIGNED BIG INT) / 5, typeof(CAST(5 AS VARYING CHARACTER(10))), CAST('1.5' AS DOUBLE PRECISION), CAST('12abc' AS LONG INT), typeof(CAST('1e3' AS FLOATING POINT))
SELECT typeof(CAST(5 AS NATIVE CHARACTER(5))), CAST('5' AS MONEY) / 2, typeof(CAST('5' AS NONE)), typeof(CAST('7.5' AS SOME NUMBER(10, 2))), typeof(CAST('1' AS TIMESTAMP WITH TIME ZONE)), typeof(CAST(5 AS CHARACTER VARYING(10)))

#: a plus that makes a column an expression, for which its type counts no more
SELECT name FROM site WHERE +site_id = '1'
SELECT -+1, +-1, typeof(+name), '1' = +1, +site_id = '1', site_id = '1' FROM site ORDER BY +1, name

#: what binds as = does
SELECT 0 = 1 NOT IN (5), 0 = 1 NOT BETWEEN 5 AND 6, 3 > 2 NOT BETWEEN 1 AND 1, 1 < 5 NOT BETWEEN 2 AND 3, 0 == 2 NOT GLOB 'x', 2 = 3 NOT IN (0)
SELECT - NOT 1 IN (2), 1 = NOT 1 IN (5), NOT 1 IN (2) = 1, NOT NULL IS NULL, 1 = 1 NOT NULL, 5 NOT NULL = 5, 1 IS NOT NULL = 1

#: keys of documents, as they are written
SELECT '{"a b": 1}' ->> 'a b', '{"a-b": 2}' ->> 'a-b', '{"ä": 3}' ->> 'ä', '[5, 6]' ->> 1, '[1, 2, 3]' ->> 1 + 1, '{"it''s": 4}' ->> 'it''s'
SELECT details -> 'tags' -> 0, details ->> 'phase' = 3, details ->> '$.phase' || 'x' FROM meter ORDER BY meter_id

#: names in brackets, backticks and double quotes
SELECT [a"b], `a"b`, "a""b" FROM (SELECT 1 AS "a""b")
SELECT [site].[name] AS [the name], `city` FROM [main].[site] ORDER BY [the name]
SELECT "name" FROM "site" WHERE "city" IS NULL OR "city" = "no such column" ORDER BY "name"
SELECT EXISTS(VALUES (1)), EXISTS (SELECT 1 WHERE 0)
#: tests one after another, which are compared from the left
SELECT 1 <> 0 NOT GLOB 7 NOT GLOB 1, 0 = 1 NOT IN (7) NOT IN (0), 1 = 2 NOT LIKE 0 NOT LIKE 1, 0 = 3 NOT BETWEEN 1 AND 2 NOT BETWEEN 2 AND 3 FROM site
SELECT 1 IS NOT FALSE NOT GLOB 'x' = 1, (1 = 1) NOT IN (5), 2 NOTNULL LIKE 2, '' IS NOT FALSE NOT LIKE 'x'
