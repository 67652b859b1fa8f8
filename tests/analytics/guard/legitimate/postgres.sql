#: windows
SELECT avg(kwh) OVER w, sum(kwh) OVER (w ROWS 2 PRECEDING) FROM reading WHERE meter_id = 10 WINDOW w AS (ORDER BY ts) ORDER BY ts LIMIT 3
SELECT avg(kwh) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '3 hours' PRECEDING AND CURRENT ROW) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT (ts, ts + INTERVAL '1 hour') OVERLAPS (TIMESTAMPTZ '2025-03-29 00:30+00', TIMESTAMPTZ '2025-03-29 00:45+00') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT meter_id, ts, sum(kwh) OVER (PARTITION BY meter_id ORDER BY ts ROWS UNBOUNDED PRECEDING) FROM reading ORDER BY meter_id, ts LIMIT 10
SELECT meter_id, avg(kwh) OVER (PARTITION BY meter_id ORDER BY ts RANGE BETWEEN '2 hours'::interval PRECEDING AND '1 hour'::interval FOLLOWING) FROM reading ORDER BY meter_id, ts LIMIT 10
SELECT kwh, sum(kwh) OVER (ORDER BY ts GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT lag(kwh, 24) OVER w, lead(kwh, 1, 0.0) OVER w, first_value(kwh) OVER w, last_value(kwh) OVER (w ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), nth_value(kwh, 2) OVER w FROM reading WHERE meter_id = 10 WINDOW w AS (PARTITION BY meter_id ORDER BY ts) ORDER BY ts LIMIT 5
SELECT row_number() OVER (ORDER BY ts), rank() OVER (ORDER BY kwh), dense_rank() OVER (ORDER BY kwh), ntile(4) OVER (ORDER BY ts), percent_rank() OVER (ORDER BY kwh), cume_dist() OVER (ORDER BY kwh) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT * FROM (SELECT r.*, row_number() OVER (PARTITION BY meter_id ORDER BY kwh DESC NULLS LAST, ts) AS rn FROM reading r) t WHERE rn <= 2 ORDER BY meter_id, rn
WITH daily AS (SELECT date_trunc('day', ts) AS d, meter_id, sum(kwh) AS kwh FROM reading GROUP BY 1, 2) SELECT d, kwh, kwh - lag(kwh) OVER (PARTITION BY meter_id ORDER BY d) AS change FROM daily ORDER BY meter_id, d
SELECT sum(kwh) OVER (ORDER BY ts ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING) / NULLIF(count(kwh) OVER (ORDER BY ts ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING), 0) FROM reading WHERE meter_id = 20 ORDER BY ts LIMIT 10
WITH gaps AS (SELECT meter_id, ts, ts - lag(ts) OVER (PARTITION BY meter_id ORDER BY ts) AS gap FROM reading), islands AS (SELECT *, count(*) FILTER (WHERE gap > INTERVAL '1 hour') OVER (PARTITION BY meter_id ORDER BY ts) AS island FROM gaps) SELECT meter_id, island, min(ts), max(ts) FROM islands GROUP BY 1, 2 ORDER BY 1, 2
SELECT sum(sum(kwh)) OVER (ORDER BY meter_id) FROM reading GROUP BY meter_id ORDER BY 1
SELECT meter_id, ts, kwh FROM (SELECT *, max(kwh) OVER (PARTITION BY meter_id) AS peak FROM reading) AS x WHERE kwh = peak ORDER BY 1, 2
SELECT max(kwh) OVER () FROM reading LIMIT 1
SELECT cume_dist() OVER (PARTITION BY meter_id ORDER BY kwh), sum(kwh) OVER (PARTITION BY meter_id ORDER BY ts RANGE BETWEEN INTERVAL '6 hours' PRECEDING AND CURRENT ROW) FROM reading WHERE meter_id = 11 ORDER BY ts LIMIT 3

#: common table expressions
WITH t AS MATERIALIZED (SELECT * FROM site) SELECT count(*) FROM t
WITH RECURSIVE tree AS (SELECT site_id, 1 AS depth FROM site WHERE site_id = 1 UNION ALL SELECT s.site_id, depth + 1 FROM site s JOIN tree ON s.site_id = tree.site_id + 1) SELECT * FROM tree ORDER BY 1
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t
WITH RECURSIVE cal AS (SELECT date '2025-03-28' AS d UNION ALL SELECT d + 1 FROM cal WHERE d < '2025-03-31') SELECT d FROM cal ORDER BY d
WITH RECURSIVE t AS (SELECT 1 AS n UNION SELECT n % 3 + 1 FROM t) SELECT * FROM t ORDER BY n
WITH RECURSIVE tree(id, path) AS (SELECT site_id, ARRAY[site_id] FROM site WHERE site_id = 1 UNION ALL SELECT s.site_id, path || s.site_id FROM site s JOIN tree t ON s.site_id = t.id + 1) SELECT id, path FROM tree ORDER BY id
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 4) SEARCH DEPTH FIRST BY n SET o SELECT n FROM t ORDER BY o
WITH a AS MATERIALIZED (SELECT 1 AS x), b AS NOT MATERIALIZED (SELECT x + 1 AS y FROM a) SELECT * FROM a, b

#: lists, arrays, structs and maps
SELECT percentile_disc(ARRAY[0.1, 0.9]) WITHIN GROUP (ORDER BY kwh) FROM reading
SELECT array_agg(label ORDER BY label DESC), string_agg(label, ', ' ORDER BY label) FROM meter
SELECT (array_agg(kwh ORDER BY ts))[1:3] FROM reading WHERE meter_id = 10
SELECT ARRAY[1, 2, 3] @> ARRAY[2], ARRAY[1, 2] && ARRAY[2, 3], 2 = ANY(ARRAY[1, 2])
SELECT m.meter_id, t FROM meter m CROSS JOIN LATERAL jsonb_array_elements_text(m.details -> 'tags') AS t ORDER BY 1, 2
SELECT * FROM jsonb_to_recordset('[{"a": 1, "b": "x"}]'::jsonb) AS r(a INT, b TEXT)
SELECT u.x, u.i FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS u(x, i) ORDER BY i
SELECT unnest(ARRAY[1, 2]) AS n
SELECT label FROM meter WHERE label ILIKE ANY (ARRAY['pv', 'main']) ORDER BY 1
SELECT regexp_replace(label, '[a-z]+', '*', 'g'), split_part('a.b.c', '.', 2), initcap('old mill') FROM meter ORDER BY meter_id
SELECT generate_series(1, 3) AS n, unnest(ARRAY['a', 'b', 'c']) AS t
SELECT * FROM unnest(ARRAY[1, 2], ARRAY['a', 'b']) AS u(n, t)
SELECT ARRAY(SELECT label FROM meter ORDER BY meter_id), array_length(ARRAY[1, 2], 1), cardinality(ARRAY[[1], [2]]), array_position(ARRAY['a', 'b'], 'b'), array_remove(ARRAY[1, 2], 1), array_cat(ARRAY[1], ARRAY[2]), ARRAY[1] || 2
SELECT array_to_string(ARRAY['a', NULL, 'b'], ',', '*'), string_to_array('a,b', ','), (ARRAY[10, 20, 30])[2], (ARRAY[1, 2, 3])[2:3], '{1,2}'::int[], ARRAY[]::text[]
SELECT 1 = ANY (ARRAY[1, 2]), 3 > ALL (SELECT site_id - 1 FROM site WHERE site_id < 3), 1 <> ALL ('{2,3}'::int[])
SELECT string_agg(DISTINCT label, ', ' ORDER BY label), array_agg(meter_id ORDER BY meter_id DESC) FILTER (WHERE is_smart), json_agg(label ORDER BY label), jsonb_object_agg(meter_id, label) FROM meter
SELECT details -> 'phase', details ->> 'phase', (details ->> 'phase')::int * 2, details #> '{tags}', details #>> '{tags,0}', details @> '{"phase": 3}', details ? 'phase', details ?| ARRAY['a', 'phase'], details ?& ARRAY['phase', 'tags'] FROM meter ORDER BY meter_id
SELECT details['phase'], details['tags'][0] FROM meter ORDER BY meter_id
SELECT jsonb_path_query_array(details, '$.tags[*]'), jsonb_path_exists(details, '$.phase ? (@ > 1)'), details @? '$.tags[*]', details @@ '$.phase > 1' FROM meter ORDER BY meter_id
SELECT jsonb_set('{"a": 1}', '{a}', '2'), jsonb_insert('{"a": [1]}', '{a, 0}', '0'), '{"a": 1, "b": 2}'::jsonb - 'a', '{"a": 1}'::jsonb || '{"b": 2}', jsonb_strip_nulls('{"a": null}'), jsonb_pretty('{}')
SELECT m.meter_id, t.tag, t.n FROM meter m, jsonb_array_elements_text(m.details -> 'tags') WITH ORDINALITY AS t(tag, n) ORDER BY 1, 3
SELECT * FROM json_to_record('{"a": 1, "b": [1, 2]}') AS x(a int, b text)
SELECT * FROM jsonb_to_recordset('[{"a": 1}, {"a": 2}]') AS x(a int) ORDER BY a
SELECT regexp_replace('abc123', '\d+', ''), regexp_matches('a1b2', '\d', 'g'), (regexp_match('a1', '(\w)(\d)'))[2], regexp_split_to_array('a b', '\s'), substring('abc' FROM 'b.'), substring('Strom' FROM 2 FOR 2), regexp_count('aa', 'a')
SELECT percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY kwh), percentile_disc(0.5) WITHIN GROUP (ORDER BY kwh), mode() WITHIN GROUP (ORDER BY meter_id) FROM reading
SELECT int4range(1, 5) @> 3, tstzrange(min(ts), max(ts), '[]') @> min(ts), upper(int4range(1, 5)), lower(int4range(1, 5)), isempty(int4range(1, 1)), int4range(1, 5) && int4range(3, 8), int4range(1, 5) * int4range(3, 8), daterange('2025-01-01', '2025-02-01') - daterange('2025-01-15', '2025-02-01') FROM reading
SELECT (SELECT ARRAY_AGG(x ORDER BY x) FROM unnest(ARRAY[3, 1, 2]) AS x)
SELECT meter_id, array_agg(kwh ORDER BY ts) AS curve FROM reading WHERE ts < '2025-03-29 03:00+00' GROUP BY meter_id HAVING count(*) > 1 ORDER BY meter_id
SELECT name FROM site WHERE name SIMILAR TO '%(House|Mill)%' AND name LIKE ALL (ARRAY['%', '_%']) ORDER BY 1
SELECT meter_id, max(kwh) AS peak, (array_agg(ts ORDER BY kwh DESC NULLS LAST, ts))[1] AS peak_at FROM reading GROUP BY meter_id ORDER BY 1
SELECT json_build_object('a', 1, 'b', json_build_array(1, 2)), json_array_length('[1,2]'), json_typeof('1'), to_json('x'::text), json_object('{a,1}'), json_extract_path_text('{"a": {"b": 1}}', 'a', 'b')
SELECT m.label, tag FROM meter m LEFT JOIN LATERAL jsonb_array_elements_text(m.details -> 'tags') AS tag ON true ORDER BY 1, 2
SELECT m.label, tag.value FROM meter m, jsonb_array_elements(details -> 'tags') AS tag(value) ORDER BY 1, 2
SELECT jsonb_path_query(details, '$.tags[*]') FROM meter ORDER BY meter_id, 1
SELECT jsonb_array_length(details -> 'tags') FROM meter ORDER BY meter_id
SELECT array_agg(ROW(meter_id, label) ORDER BY meter_id)::text FROM meter
SELECT array_position(ARRAY['mon', 'tue'], 'tue'), 'tue' = ANY ('{mon,tue}'::text[]), ARRAY['a'] <@ ARRAY['a', 'b'], ARRAY[1, 2] = ARRAY[1, 2]
SELECT bit_and(meter_id), string_agg(label, '; ' ORDER BY meter_id DESC), array_agg(DISTINCT site_id) FROM meter
SELECT a FROM (SELECT unnest(string_to_array('a b c', ' ')) AS a) x ORDER BY a DESC
SELECT ('{"a": {"b": [1, 2, 3]}}'::jsonb -> 'a' -> 'b')::text, '{"a": 1}'::json ->> 'a', '[1, 2]'::jsonb -> 0, '[1, 2]'::jsonb @> '1', '{"a": 1}'::jsonb ? 'a', '{"a":{"b":1}}'::jsonb #>> '{a,b}', '{"a": 1}'::jsonb - '{a}'::text[], '{"a": {"b": 1}}'::jsonb #- '{a,b}'
SELECT value ->> 'a' FROM jsonb_array_elements('[{"a": 1}, {"a": 2}]') ORDER BY 1

#: JSON
SELECT details ->> 'phase', details -> 'tags' ->> 0, details #>> '{tags,0}' FROM meter ORDER BY meter_id
SELECT meter_id FROM meter WHERE details @> '{"phase": 3}' ORDER BY 1
SELECT meter_id FROM meter WHERE details ? 'tags' ORDER BY 1
SELECT jsonb_build_object('label', label), jsonb_typeof(details) FROM meter ORDER BY meter_id
SELECT key, count(*) FROM meter, jsonb_each(details) AS e(key, value) GROUP BY key ORDER BY key
SELECT jsonb_agg(jsonb_build_object('id', meter_id, 'label', label) ORDER BY meter_id) FROM meter
SELECT row_to_json(t) FROM (SELECT meter_id, label FROM meter ORDER BY 1 LIMIT 2) t
SELECT to_jsonb(m) - 'details' FROM meter m ORDER BY meter_id LIMIT 2
SELECT e.key, e.value FROM meter m, jsonb_each_text(m.details) AS e WHERE m.meter_id = 10 ORDER BY 1
SELECT 1::int8, '1'::smallint, 1.5::real, 1.5::float8, 'x'::char(3), 'x'::varchar(5), true::int, '2025-03-30'::date, 'a'::bytea, '{"a": 1}'::json, '550e8400-e29b-41d4-a716-446655440000'::uuid
SELECT ((details ->> 'phase')::numeric > 1)::int FROM meter WHERE details IS NOT NULL ORDER BY meter_id
SELECT details ->> 'phase' AS phase, count(*) FROM meter GROUP BY 1 ORDER BY 1 NULLS FIRST
SELECT k FROM meter, jsonb_object_keys(details) AS k WHERE meter_id = 10 ORDER BY k
SELECT coalesce(details -> 'tags' ->> 0, 'none'), details -> 'tags' -> -1 FROM meter ORDER BY meter_id
SELECT json_agg(json_build_object('t', ts, 'v', kwh) ORDER BY ts) FROM reading WHERE meter_id = 10 AND ts < '2025-03-29 02:00+00'
SELECT jsonb_object_agg(label, meter_id) FROM (SELECT DISTINCT ON (label) label, meter_id FROM meter ORDER BY label, meter_id) x
SELECT * FROM jsonb_each('{"a": 1, "b": 2}') ORDER BY key

#: calendars and time
SELECT date_trunc('day', ts) AS day, sum(kwh) FROM reading GROUP BY 1 ORDER BY 1
SELECT date_trunc('day', ts AT TIME ZONE 'Europe/Berlin') AS day, count(*) FROM reading GROUP BY 1 ORDER BY 1
SELECT date_bin('6 hours', ts, TIMESTAMPTZ '2025-01-01 00:00+00') AS bin, avg(kwh) FROM reading GROUP BY 1 ORDER BY 1
SELECT extract(hour FROM ts) AS h, avg(kwh) FROM reading GROUP BY h ORDER BY h LIMIT 5
SELECT extract(epoch FROM max(ts) - min(ts)) FROM reading
SELECT date_part('hour', ts), to_char(ts, 'YYYY-MM-DD HH24:MI') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT n FROM generate_series(1, 5) AS n
SELECT g FROM generate_series('2025-03-29'::timestamptz, '2025-03-30'::timestamptz, INTERVAL '6 hours') AS g
SELECT g.day, count(r.ts) FROM generate_series(DATE '2025-03-28', DATE '2025-03-30', '1 day') AS g(day) LEFT JOIN reading r ON r.ts >= g.day AND r.ts < g.day + INTERVAL '1 day' GROUP BY 1 ORDER BY 1
SELECT '2025-03-30'::date + 1, DATE '2025-03-30' - DATE '2025-03-01', INTERVAL '1 day 2 hours'
SELECT installed_on + INTERVAL '1 month', age(DATE '2025-01-01', installed_on) FROM meter ORDER BY meter_id
SELECT make_interval(days => 3), make_date(2025, 3, 30), to_timestamp(0)
SELECT tstzrange(min(ts), max(ts)) FROM reading
SELECT date_trunc('month', ts), date_trunc('day', ts, 'Europe/Berlin'), count(*) FROM reading GROUP BY 1, 2 ORDER BY 1, 2
SELECT extract(isodow FROM ts), extract(week FROM ts), extract(doy FROM ts), extract(timezone FROM ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT timezone('Europe/Berlin', ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT now() > '2020-01-01', current_date > '2020-01-01', current_timestamp IS NOT NULL, localtimestamp IS NOT NULL, current_time IS NOT NULL, clock_timestamp() IS NOT NULL
SELECT INTERVAL '1' DAY, INTERVAL '1 year 2 months', '15 minutes'::interval * 4, justify_hours('30 hours'), extract(epoch FROM '1 hour'::interval), make_interval(hours => 2)
SELECT date '2025-03-30' - interval '1 day', date '2025-03-30' + time '02:30', timestamp '2025-03-30 02:30' - timestamp '2025-03-29', age(timestamp '2025-03-30')  IS NOT NULL
SELECT date_bin('15 minutes', ts, '2000-01-01'::timestamptz) AS b, count(*) FROM reading GROUP BY b ORDER BY b LIMIT 3
SELECT d::date, coalesce(sum(kwh), 0) FROM generate_series('2025-03-28'::timestamptz, '2025-03-31', '1 day') AS d LEFT JOIN reading ON ts >= d AND ts < d + '1 day'::interval GROUP BY d ORDER BY d
SELECT n, n * n FROM generate_series(1, 10, 2) AS s(n)
SELECT meter_id, ts::date, sum(kwh), grouping(meter_id, ts::date) FROM reading GROUP BY GROUPING SETS ((meter_id, ts::date), (meter_id), ()) ORDER BY 1 NULLS LAST, 2 NULLS LAST
SELECT meter_id, ts::date AS d, sum(kwh) FROM reading GROUP BY ROLLUP (meter_id, ts::date) ORDER BY 1 NULLS LAST, 2 NULLS LAST
SELECT r.ts, p.eur_per_mwh FROM reading r JOIN price p ON r.ts >= p.ts AND r.ts < p.ts + interval '1 hour' WHERE r.meter_id = 10 ORDER BY 1 LIMIT 3
SELECT CAST(kwh AS numeric(10, 2)), CAST(ts AS date), kwh::text FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT NOT true, true AND false, true OR NULL, 1 IS NOT DISTINCT FROM 1, NULL IS UNKNOWN, is_smart IS NOT TRUE, 2 BETWEEN SYMMETRIC 3 AND 1, ROW(1, 2) < ROW(1, 3), (1, NULL) IS NULL FROM meter ORDER BY meter_id
SELECT overlay('Txxxxas' PLACING 'hom' FROM 2 FOR 4), position('b' IN 'abc'), trim(LEADING 'x' FROM 'xa'), substring('abc' FROM 2), extract(hour FROM time '12:30'), normalize('ä', NFC)
SELECT count(DISTINCT (meter_id, ts::date)) FROM reading
SELECT make_timestamptz(2025, 3, 30, 2, 30, 0, 'Europe/Berlin'), make_timestamp(2025, 1, 1, 0, 0, 0), make_time(12, 30, 0), isfinite(date '2025-01-01'), justify_days('45 days')
SELECT date_part('epoch', ts)::bigint % 86400 AS s, avg(kwh) FROM reading GROUP BY s ORDER BY s LIMIT 3
SELECT SUM(CASE WHEN extract(hour FROM ts) BETWEEN 8 AND 19 THEN kwh END) AS peak, SUM(kwh) FILTER (WHERE extract(hour FROM ts) NOT BETWEEN 8 AND 19) AS offpeak FROM reading
SELECT every(kwh >= 0), range_agg(int4range(meter_id, meter_id + 1)) FROM reading WHERE meter_id = 10
SELECT DISTINCT date_trunc('day', ts)::date AS d FROM reading ORDER BY d
SELECT ts at time zone 'Europe/Berlin' at time zone 'UTC' FROM reading ORDER BY ts LIMIT 1
SELECT timestamptz '2025-03-30 01:00+01' = timestamptz '2025-03-30 00:00+00', timestamp with time zone '2025-03-30 01:00+01', time '10:00', date 'today' IS NOT NULL, interval '1-2' year to month
SELECT * FROM generate_series(1, 2) AS r(i), generate_series(1, 2) AS s(j) ORDER BY i, j
SELECT ts, kwh FROM reading WHERE ts::time BETWEEN TIME '08:00' AND TIME '10:00' AND meter_id = 10 ORDER BY ts
SELECT meter_id, sum(kwh) / count(DISTINCT ts::date) AS per_day FROM reading GROUP BY meter_id ORDER BY meter_id
SELECT meter_id, regr_slope(kwh, extract(epoch FROM ts)) AS trend FROM reading GROUP BY meter_id ORDER BY meter_id
SELECT count(*) FROM reading WHERE ts >= now() - INTERVAL '100 years'
SELECT (date_trunc('month', DATE '2025-03-15') + INTERVAL '1 month - 1 day')::date
SELECT (date_trunc('month', DATE '2025-03-15') + '1 month'::interval - '1 day'::interval)::date
SELECT extract(century FROM ts), extract(millisecond FROM ts), date_part('isoyear', ts), date_part('quarter', ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT to_char(1234.5, '9,999.99'), to_char(interval '15h', 'HH24:MI'), to_char(125, '999'), to_timestamp(1743292800)
SELECT interval '1 day' > interval '23 hours', interval '90 minutes' = interval '1.5 hours', - interval '1 day', interval '1 hour' / 4, 2 * interval '1 day'
SELECT DATE '2025-03-30' = '2025-03-30', TIMESTAMP '2025-03-30 02:30:00' AT TIME ZONE 'Europe/Berlin', TIMESTAMPTZ '2025-03-30 00:30+00' AT TIME ZONE 'Europe/Berlin' AT TIME ZONE 'Asia/Tokyo'
SELECT ts AT TIME ZONE INTERVAL '+02:00' FROM reading ORDER BY ts LIMIT 1
SELECT sum(i) FROM generate_series(1, 1000000) AS t(i)
SELECT d::date AS "Tag" FROM generate_series(DATE '2025-03-29', DATE '2025-04-02', INTERVAL '1 day') AS t(d) ORDER BY 1
SELECT interval '2' hour, interval '10' minute, INTERVAL '1' YEAR + INTERVAL '2' MONTH
SELECT tstzrange(min(ts), max(ts)) && tstzrange('2025-03-29', '2025-03-30'), lower(tstzrange(min(ts), max(ts))) FROM reading
SELECT CAST(NULL AS int), NULL::text, (NULL)::date
SELECT date_trunc('hour', ts) + date_part('minute', ts)::int / 15 * interval '15 min' AS q, avg(kwh) FROM reading GROUP BY q ORDER BY q LIMIT 2
SELECT localtime IS NOT NULL, current_time(0) IS NOT NULL, current_timestamp(0) IS NOT NULL, timeofday() IS NOT NULL, statement_timestamp() IS NOT NULL

#: joins and subqueries
SELECT s.name, l.label FROM site s LEFT JOIN LATERAL (SELECT label FROM meter m WHERE m.site_id = s.site_id ORDER BY label LIMIT 1) l ON true ORDER BY 1
SELECT s.name, m.label, last.ts FROM site s JOIN meter m USING (site_id) LEFT JOIN LATERAL (SELECT ts FROM reading r WHERE r.meter_id = m.meter_id ORDER BY ts DESC LIMIT 1) last ON true ORDER BY 1, 2
SELECT s.name, x.n FROM site s CROSS JOIN LATERAL (VALUES (s.site_id), (s.site_id * 10)) AS x(n) ORDER BY 1, 2
SELECT a.label, b.label FROM meter a JOIN meter b ON a.site_id = b.site_id AND a.meter_id < b.meter_id
SELECT s.name FROM site s LEFT JOIN meter m ON m.site_id = s.site_id AND m.is_smart WHERE m.meter_id IS NULL ORDER BY 1
SELECT * FROM site NATURAL LEFT JOIN meter ORDER BY meter_id
SELECT * FROM (site JOIN meter USING (site_id)) AS j ORDER BY meter_id
SELECT * FROM site s FULL JOIN meter m ON s.site_id = m.site_id ORDER BY m.meter_id
SELECT sum(r.kwh * p.eur_per_mwh / 1000)::numeric(12, 4) FROM reading r JOIN price p USING (ts)
SELECT name, (SELECT max(label) FROM meter m WHERE m.site_id = s.site_id) FROM site s ORDER BY 1
SELECT name FROM site s WHERE NOT EXISTS (SELECT FROM meter m WHERE m.site_id = s.site_id AND label = 'PV') ORDER BY 1
(SELECT name FROM site ORDER BY name LIMIT 1) UNION ALL (SELECT label FROM meter ORDER BY label LIMIT 1)
SELECT größe.id FROM (SELECT 1 AS id) größe
SELECT avg(kwh) FROM (SELECT kwh FROM reading ORDER BY ts LIMIT 10) sub
SELECT m.*, s.name FROM public.meter AS m INNER JOIN public.site AS s ON s.site_id = m.site_id ORDER BY m.meter_id
SELECT xmin IS NOT NULL FROM (SELECT 1 AS xmin) x
SELECT b.*, e.n FROM (SELECT 1 AS a) b, LATERAL (SELECT b.a + 1 AS n) e
SELECT a.x, b.y FROM (VALUES (1), (2)) AS a(x) LEFT JOIN (VALUES (2, 'b')) AS b(x, y) USING (x) ORDER BY a.x
SELECT s.site_id, s.name, sum(r.kwh) AS kwh, sum(r.kwh) / NULLIF(s.area_m2, 0) AS kwh_per_m2 FROM site s JOIN meter m USING (site_id) JOIN reading r USING (meter_id) GROUP BY s.site_id, s.name, s.area_m2 ORDER BY kwh DESC
SELECT * FROM (SELECT meter_id, kwh FROM reading ORDER BY kwh DESC NULLS LAST LIMIT 3) AS top ORDER BY meter_id
SELECT (SELECT count(*) FROM meter WHERE site_id = s.site_id)::int AS n, s.name FROM site AS s ORDER BY 2
SELECT DISTINCT s.name, m.is_smart FROM site s, meter m WHERE s.site_id = m.site_id ORDER BY 1, 2
SELECT meter_id FROM reading GROUP BY meter_id HAVING max(kwh) >= ALL (SELECT max(kwh) FROM reading WHERE kwh IS NOT NULL GROUP BY meter_id)

#: sets, values and samples
SELECT name FROM site ORDER BY city NULLS FIRST FETCH FIRST 2 ROWS ONLY
SELECT name FROM site ORDER BY area_m2 DESC FETCH FIRST 1 ROWS WITH TIES
VALUES (1, 'a'), (2, 'b')
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(n, t) ORDER BY n
SELECT site_id FROM site UNION SELECT meter_id FROM meter EXCEPT SELECT 10 ORDER BY 1
SELECT site_id FROM site INTERSECT ALL SELECT site_id FROM meter ORDER BY 1
VALUES (1, 'a'), (2, 'b') ORDER BY 1 DESC LIMIT 1
SELECT v.n, v.t FROM (VALUES (1, 'a'::text), (2, NULL)) AS v(n, t) ORDER BY n
SELECT name FROM site ORDER BY 1 OFFSET 1 ROW FETCH NEXT 1 ROW ONLY
SELECT name FROM site ORDER BY name LIMIT 1 + 1 OFFSET 0
SELECT count(*) > 0 FROM reading TABLESAMPLE SYSTEM (100)
SELECT count(*) FROM reading TABLESAMPLE BERNOULLI (100) REPEATABLE (42)

#: aggregates and grouping
SELECT sum(kwh) FILTER (WHERE meter_id = 10) FROM reading
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY kwh), mode() WITHIN GROUP (ORDER BY meter_id) FROM reading
SELECT meter_id, sum(kwh) FROM reading GROUP BY GROUPING SETS ((meter_id), ()) ORDER BY 1 NULLS FIRST
SELECT meter_id, grouping(meter_id), count(*) FROM reading GROUP BY ROLLUP (meter_id) ORDER BY 1 NULLS FIRST
SELECT site_id, label, count(*) FROM meter GROUP BY CUBE (site_id, label) ORDER BY 1, 2, 3
SELECT width_bucket(kwh, 0, 20, 4), count(*) FROM reading GROUP BY 1 ORDER BY 1
SELECT corr(kwh, temperature_c), regr_slope(kwh, temperature_c), stddev_samp(kwh) FROM reading WHERE meter_id = 10
SELECT count(*) FROM ONLY site
SELECT count(*) FILTER (WHERE kwh > 5) AS high, count(kwh), sum(kwh) FILTER (WHERE meter_id = 10), avg(DISTINCT meter_id) FROM reading
SELECT site_id, is_smart, count(*) FROM meter GROUP BY CUBE (site_id, is_smart) ORDER BY 1 NULLS LAST, 2 NULLS LAST
SELECT site_id, label, count(*) FROM meter GROUP BY site_id, ROLLUP (label) ORDER BY 1, 2 NULLS LAST
SELECT rank(5.0) WITHIN GROUP (ORDER BY kwh), dense_rank(5.0) WITHIN GROUP (ORDER BY kwh), percent_rank(5.0) WITHIN GROUP (ORDER BY kwh) FROM reading
SELECT stddev(kwh), stddev_pop(kwh), var_samp(kwh), variance(kwh), corr(kwh, temperature_c), covar_samp(kwh, temperature_c), regr_r2(kwh, temperature_c), regr_count(kwh, temperature_c), bool_and(kwh >= 0), bit_or(meter_id) FROM reading
SELECT CASE WHEN kwh IS NULL THEN 'gap' WHEN kwh > 10 THEN 'high' ELSE 'low' END AS band, count(*) FROM reading GROUP BY 1 ORDER BY 1
SELECT count(*), count(*) FILTER (WHERE kwh IS NULL) AS missing, round(100.0 * count(kwh) / count(*), 1) AS completeness FROM reading
SELECT round(avg(kwh)::numeric, 2), trunc(12.345, 2), ceiling(1.1), round(2.5), round(-1.5) FROM reading
SELECT lower(name) AS n, count(*) c FROM site GROUP BY lower(name) ORDER BY c, n
SELECT grouping(site_id), site_id, count(*) FROM meter GROUP BY GROUPING SETS (site_id, ()) ORDER BY 1, 2
SELECT COUNT(*) AS "Anzahl" FROM public."Größe" AS "Gr" WHERE "Gr"."Wert je Zähler" IS NOT NULL
SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY kwh DESC) FILTER (WHERE meter_id = 10) FROM reading
SELECT mode() WITHIN GROUP (ORDER BY floor(kwh)) FROM reading

#: names, quotes, comments and the end of a statement
SELECT "Wert je Zähler" FROM "Größe" ORDER BY id
SELECT 7 / 2, 7 % 3, 2 ^ 3, 5 & 3, 5 | 2, 5 # 1, 1 << 4, |/ 16
SELECT name COLLATE "C" FROM site ORDER BY name COLLATE "C"
SELECT to_char(ts, 'YYYY-"W"IW'), to_char(kwh, 'FM999990.00'), to_char(ts, 'TMDay') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT name FROM site ORDER BY name COLLATE "C" DESC
SELECT "Größe".* FROM "Größe" ORDER BY id
SELECT g."Wert je Zähler" AS "größter Wert ⚡" FROM "Größe" AS g ORDER BY 1
SELECT kwh AS "kWh/h", ts "Zeit" FROM reading AS "die Messung" WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT name FROM site;
SELECT /* one /* nested */ comment */ name FROM site ORDER BY 1 -- and this
SELECT 'it''s; DROP TABLE site; --', E'new\nline', $$dollar$$, $t$ ' $t$, 'a' || 'b'
SELECT 'a' < 'b' COLLATE "C", 'ä' > 'z' COLLATE "C"
SELECT 1 AS "select", 2 AS "from", 3 AS "order"
SELECT name AS "a""b", name AS "c d" FROM site ORDER BY 1
SELECT "Unter Abfrage".name FROM site AS "Unter Abfrage" ORDER BY 1
SELECT 'Zähler: ' || label || ' ⚡' AS "Beschriftung 🔌" FROM meter ORDER BY meter_id

#: text
SELECT overlay('abcdef' PLACING 'x' FROM 2 FOR 1), position('c' IN 'abc'), trim(BOTH 'x' FROM 'xax'), substring('abc' FROM 2)
SELECT concat(name, ' ', city), concat_ws('-', 'a', NULL, 'b'), format('%s: %s', name, city) FROM site ORDER BY site_id
SELECT label FROM meter WHERE label ~* '^(main|pv)$' AND label !~~ 'x%' AND label NOT LIKE '%z' AND label NOT ILIKE 'q%' ORDER BY 1
SELECT upper(name), initcap(name), length(name), char_length(name), octet_length(name), left(name, 3), right(name, 3), reverse(name), lpad(name, 20, '.'), rpad(name, 20), btrim('xxaxx', 'x'), replace(name, 'a', 'b'), translate('abc', 'ab', 'xy'), split_part('a-b', '-', 2), strpos(name, 'a'), chr(65), ascii('A'), repeat('x', 3), starts_with(name, 'W'), md5(name) FROM site ORDER BY site_id
SELECT concat(name, ', ', city), concat_ws(' / ', name, city), name || coalesce(' (' || city || ')', ''), format('%s has %s m²', name, area_m2), format('%1$s %1$s', 'a'), quote_literal('a''b') FROM site ORDER BY site_id
SELECT 5 - -1, - - 5, -2 ^ 2, 2 ^ 3 ^ 2, 10 - 3 - 2, 100 / 10 / 2, 2 * (3 + 4), 7 - (3 - 1), NOT (NOT true), NOT true IS NULL, NOT 1 = 2, 1 + 2 = 3, 'a' || 'b' = 'ab', true OR false AND false
SELECT 'a' LIKE 'a$_' ESCAPE '$', 'a' NOT SIMILAR TO 'b', 'abc' ~ '^a.c$', 'abc' !~* 'X', 'abc' ^@ 'a', 'abc' ~~ 'a%', 'abc' ~~* 'A%'
SELECT regexp_split_to_table('a b', ' ') AS w ORDER BY w
SELECT position('a' IN name), substring(name FROM '^\w+'), substring(name, 1, 3), substring(name FROM 1 FOR 2), trim(BOTH FROM name), rtrim(name, 'e'), ltrim(name), btrim(name) FROM site ORDER BY site_id
SELECT left(name, -2), right(name, -2), split_part(name, ' ', 1), reverse(name), regexp_replace(name, '(\w)(\w*)', '\2\1', 'gi') FROM site ORDER BY site_id

#: conditions, numbers and types
SELECT DISTINCT ON (meter_id) meter_id, ts, kwh FROM reading ORDER BY meter_id, kwh DESC NULLS LAST
SELECT label ~ '^M', label ~* '^m', label !~ 'x', label SIMILAR TO 'P_' FROM meter ORDER BY meter_id
SELECT meter_id IS DISTINCT FROM NULL, is_smart IS TRUE, is_smart IS NOT FALSE FROM meter ORDER BY meter_id
SELECT * FROM public.site ORDER BY site_id
SELECT site.name FROM public.site ORDER BY 1
SELECT NAME FROM Site ORDER BY 1
SELECT (1, 2) = (1, 2), ROW(1, 'a')
SELECT kwh::numeric(10, 2)::text FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT E'tab\there', 'it''s', $$dollar 'quoted'$$
SELECT greatest(1, 2, NULL), least(3, 2), num_nulls(NULL, 1)
SELECT to_tsvector('english', name) @@ to_tsquery('english', 'mill') FROM site ORDER BY site_id
SELECT bool_and(is_smart), bool_or(is_smart), every(is_smart) FROM meter
SELECT lpad(label, 8, '.'), repeat('ab', 3), md5('a'), encode('a'::bytea, 'hex') FROM meter ORDER BY meter_id
SELECT DISTINCT ON (meter_id) meter_id, ts, kwh FROM reading WHERE kwh IS NOT NULL ORDER BY meter_id, ts DESC
SELECT name FROM site WHERE (site_id, name) IN ((1, 'Harbour Campus'), (2, 'x')) ORDER BY 1
SELECT coalesce(city, 'unknown'), nullif(city, 'Köln'), greatest(1, 2), least(1, 2), num_nonnulls(city, name) FROM site ORDER BY site_id
SELECT name FROM site ORDER BY name LIMIT ALL
SELECT round(1.234, 2), ceil(1.2), floor(1.8), trunc(1.9), abs(-1), sign(-2), mod(7, 3), power(2, 3), sqrt(16), cbrt(27), exp(0), ln(1), log(100), log(2, 8), pi() > 3, div(7, 2), gcd(12, 18), lcm(4, 6), degrees(pi()) > 179, width_bucket(5, 0, 10, 5), random() < 1
SELECT to_tsvector('german', 'Die Zähler laufen') @@ plainto_tsquery('german', 'Zähler'), ts_rank(to_tsvector('a b'), to_tsquery('a')), ts_headline('english', 'meter data', to_tsquery('meter'))
SELECT meter.label FROM meter WHERE meter.is_smart AND meter.installed_on > '2020-01-01' ORDER BY 1
SELECT encode(sha256('a'), 'hex'), decode('61', 'hex'), encode('a'::bytea, 'base64'), to_hex(255), md5('x')
SELECT pg_typeof(kwh)::text FROM reading LIMIT 1
SELECT ts, kwh FROM reading WHERE ts BETWEEN '2025-03-29 00:00+00' AND '2025-03-29 02:00+00' AND meter_id IN (10, 11) ORDER BY meter_id, ts
SELECT string_to_table('a,b', ',') AS part ORDER BY 1
SELECT gen_random_uuid() IS NOT NULL
TABLE site ORDER BY site_id
SELECT name::varchar(5), name::char(3), CAST(name AS text), name::bpchar FROM site ORDER BY site_id
SELECT every(is_smart), min(installed_on), max(installed_on) - min(installed_on) FROM meter
SELECT CASE WHEN name ~ 'House' THEN 1 ELSE 0 END + 1, (CASE site_id WHEN 1 THEN 'x' END) IS NULL FROM site ORDER BY site_id
SELECT 1.5e3, .5, 0.1 + 0.2, 1 / 3.0, 5 / 2, 5.0 / 2, -7 / 2, -7 % 3, mod(-7, 3)
SELECT name FROM site LIMIT 5 % 3
SELECT pg_typeof(1), pg_typeof('a'::text)

#: more of several kinds
SELECT ts::date, ts::time, ts::timestamp AS local, (ts AT TIME ZONE 'Europe/Berlin')::date FROM reading WHERE meter_id = 10 ORDER BY reading.ts LIMIT 1
SELECT to_date('30.03.2025', 'DD.MM.YYYY'), to_timestamp('2025-03-30 02:30', 'YYYY-MM-DD HH24:MI'), to_number('12.5', '99D9')

#: casts that are written like calls, and SOME
SELECT date(ts), sum(kwh) FROM reading GROUP BY date(ts) ORDER BY 1
SELECT text(site_id), int4('7'), float8('1.5'), bool('t'), timestamptz('2025-03-29') FROM site ORDER BY site_id
SELECT name FROM site WHERE site_id = SOME (SELECT site_id FROM meter) ORDER BY name
SELECT name FROM site WHERE site_id = SOME (ARRAY[1, 2]) ORDER BY name
#: ranges, addresses, bytes
SELECT multirange(int4range(1, 3)), int4multirange(int4range(1, 3), int4range(5, 7))
SELECT host('10.0.0.1'::inet), masklen('10.0.0.0/8'::inet), network('10.1.2.3/8'::inet)
SELECT convert_from('\x41'::bytea, 'UTF8'), get_byte('\x41'::bytea, 0), unistr('d\0061ta'), parse_ident('a.b')
SELECT jsonb_path_query_array_tz(details, '$.tags[*]'), jsonb_set_lax(details, '{phase}', NULL) FROM meter ORDER BY meter_id
SELECT x'41', B'101', X'1F' & X'0F'

#: columns that are named with what gives them
SELECT x.count, x.sum FROM (SELECT count(*), sum(site_id) FROM site) AS x
SELECT x.total AS t FROM (SELECT s.*, 1 AS total FROM site AS s) AS x ORDER BY x.site_id, t
WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT c.n + 1 FROM c WHERE c.n < 4) SELECT c.n FROM c ORDER BY c.n
WITH a AS (SELECT * FROM site JOIN meter USING (site_id)), b AS (SELECT a.* FROM a) SELECT b.site_id, b.name FROM b ORDER BY b.site_id, b.name
SELECT g.g, h.n, h.ordinality FROM generate_series(1, 2) AS g, generate_series(1, 2) WITH ORDINALITY AS h(n) ORDER BY g.g, h.n
SELECT u.a, u.b FROM unnest(ARRAY['x', 'y']) WITH ORDINALITY AS u(a, b) ORDER BY u.b
SELECT v.column1, w.b FROM (VALUES (1, 2)) AS v, (VALUES (3, 4)) AS w(a, b)
SELECT e.key, e.value FROM json_each('{"a": 1}') AS e
SELECT r.a, r.b FROM json_to_recordset('[{"a": 1, "b": "x"}]') AS r(a int, b text)
SELECT s.name, x.n FROM site AS s CROSS JOIN LATERAL (SELECT count(*) AS n FROM meter AS m WHERE m.site_id = s.site_id) AS x ORDER BY s.name
SELECT s.name FROM site AS s WHERE EXISTS (SELECT 1 FROM (SELECT m.site_id FROM meter AS m) AS x WHERE x.site_id = s.site_id) ORDER BY s.name
SELECT j.name FROM (site JOIN meter USING (site_id)) AS j ORDER BY j.name
SELECT t.day, t.date_trunc FROM (SELECT date '2024-01-01' AS day, date_trunc('day', timestamp '2024-01-01')) AS t
SELECT x.site_id FROM (SELECT site_id FROM site UNION ALL SELECT 7) AS x ORDER BY x.site_id
SELECT x.case, x.site_id FROM (SELECT CASE WHEN true THEN 1 ELSE 2 END, site_id::int8 FROM site) AS x ORDER BY 2
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 4) SEARCH DEPTH FIRST BY n SET o SELECT t.n FROM t ORDER BY t.o
SELECT a.name FROM site a WHERE a.site_id IN (SELECT a.site_id FROM meter a) ORDER BY a.name

#: other ways of writing a cast, a named argument and a test for rows
SELECT json '{"a": [1, 2]}' #> '{a}', jsonb '{"a": 1}' -> 'a'
SELECT make_interval(days := 3)
SELECT count(*) FROM site WHERE EXISTS (TABLE meter)

#: what columns without a name are called
SELECT q.int4, q.date FROM (SELECT (site_id * 2)::int4, (timestamp '2024-01-01' + interval '1 day')::date FROM site) AS q ORDER BY 1
SELECT q.count, q.numeric FROM (SELECT count(*)::int8, 1.5::numeric FROM site) AS q
SELECT q.array_agg, q.name FROM (SELECT (array_agg(site_id ORDER BY site_id))[1], max(name) COLLATE "C" AS name FROM site) AS q
SELECT q.coalesce, q.case FROM (SELECT CASE WHEN false THEN 1 ELSE coalesce(2, 3) END, CASE WHEN true THEN 1 END) AS q
SELECT j.a, j.b FROM ((SELECT 1 AS a) AS x JOIN (SELECT 2 AS b) AS y ON true) AS j
SELECT x.a, y.b FROM ((SELECT 1 AS a) AS x CROSS JOIN (SELECT 2 AS b) AS y)
SELECT u.u FROM unnest(ARRAY[1, 2]) AS u ORDER BY u.u
SELECT w.w FROM unnest(string_to_array('a b', ' ')) AS w ORDER BY w.w

#: operators that bind less than sums, and intervals that are more than a number and its unit
SELECT |/ 16 + 9, 2 * |/ 16 + 9, ||/ 20 + 7, (|/ 16) + 9, @ -5, @ 5 - 6, - @ 5 - 6, 3 * @ -2 + 1, @ kwh - 7 FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT INTERVAL '1 day ago', INTERVAL '1.5' HOUR, INTERVAL '1.5 hours', INTERVAL '1 ' DAY, INTERVAL '+1' HOUR, INTERVAL '-1' HOUR, INTERVAL '90' MINUTE, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1 2:03:04' DAY TO SECOND, INTERVAL '1d', INTERVAL '2 mons', INTERVAL 'P1Y2M3DT4H5M6S', INTERVAL '2'
SELECT concat(VARIADIC ARRAY['a', 'b']), format('%s-%s', VARIADIC ARRAY['a', 'b']), jsonb_extract_path('{"a": {"b": 1}}', VARIADIC ARRAY['a', 'b'])
SELECT int4range(1, 3) -|- int4range(3, 5), int4range(1, 3) &< int4range(2, 5), int4range(1, 3) &> int4range(2, 5)
SELECT ~ -1, - ~ 1, @ - 1, - @ 1, ~ @ 1, 1 NOT IN (2) < true, 1 NOT BETWEEN 2 AND 3 <= false, 'a' !~* 'a' = 'b' !~ 'c', 'a' !~ 'a' IS NULL, 1 NOT IN (2) IS NULL

#: literals with a type before them, and a cast behind
SELECT timestamp '2025-03-30 10:00'::date, date '2025-03-30'::text || 'x', timestamptz '2025-03-30 10:00+02'::date, double precision '1.5'::int, varchar(3) 'abcd'::text, json '{"a":  1}'::text, jsonb '{"a": 1}' -> 'a', timestamp '2025-03-30 01:30' AT TIME ZONE 'Europe/Berlin'

#: lists with a subquery in them, and sums that begin with an interval
SELECT ARRAY[(SELECT 1), 2], ARRAY[(SELECT max(site_id) FROM site), (SELECT 1)], (ARRAY[(SELECT 1), 5])[2], ARRAY[(SELECT site_id FROM site WHERE false)], ARRAY(VALUES (1), (2)), ARRAY[[1, 2], [3, 4]]
SELECT INTERVAL '1 day' + '2 hours'::interval * 2, INTERVAL '1' DAY + '2 hours', INTERVAL '1 day' + INTERVAL '2 hours'
SELECT 2 ^ 3 ^ 2, -2 ^ 2, 2 ^ 3::int, site_id ^ 2, NOT name ^@ name FROM site ORDER BY site_id
SELECT count(*) FROM generate_series('2025-01-01'::timestamptz, '2025-02-01', '1 minute')
SELECT count(*) FROM generate_series(date '2025-01-01', '2025-12-31', interval '15 min') AS a, generate_series(date '2025-01-01', '2025-03-01', '1 month') AS b
SELECT count(*) FROM generate_series(timestamp '2025-02-01', '2025-01-01', '-1 day')

#: several functions side by side
SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(5, 7)) AS t(a, b)
SELECT t.a, t.b FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['a', 'b', 'c'])) AS t(a, b) ORDER BY b
SELECT * FROM ROWS FROM (generate_series(1, 3), jsonb_each('{"a": 1}')) WITH ORDINALITY
SELECT n, s.name FROM site s CROSS JOIN ROWS FROM (generate_series(1, 2), generate_series(1, 1)) AS t (n, m) ORDER BY 1, 2

#: operators, tests and casts that bind as they were written
SELECT 'ab' ~~ 'a' || 'b', 'ab' !~~ 'x' || '%', 'AB' ~~* 'a' || 'b', 'ab' LIKE 'a' || '%', name ~~ 'Old' || ' %' FROM site ORDER BY site_id
SELECT 'a' NOT LIKE 'b' || 'c', 'a' NOT SIMILAR TO 'x' ESCAPE 'y' < true, NOT 'a' SIMILAR TO 'a' ESCAPE 'y'
SELECT true IS NOT FALSE || 'x', NULL IS NOT TRUE::text || 'x', true IS NOT FALSE < false, NOT true IS FALSE
SELECT 'a' COLLATE "C"::text, 1 = ANY (ARRAY[1])::int, 1 <> ALL (SELECT 2)::int, 'a' NOT ILIKE ALL (ARRAY['x']) || 'y', 1 IS NULL::text
SELECT pg_typeof(+'5'), +'5', - +5, + - 5, + + 5, 1 - +1
SELECT name FROM site ORDER BY +1, name
SELECT site_id + 0 FROM site GROUP BY +1, site_id ORDER BY +1, site_id
#: types that hold one character or bit only where they stand behind, lists of a type, and types without a name of their own
SELECT char 'abc', bit '101', character 'abc', char(2) 'abc', 'abc'::char, '101'::bit, CAST('abc' AS char), N'abc', pg_typeof(char 'abc')
SELECT '{1,2}'::int array, '{1,2}'::int[2], '{{1},{2}}'::int[][]
SELECT 'fat & rat'::tsquery @@ 'rat'::tsvector, '10.0.0.0/8'::cidr, 'x'::name, CAST('$.a' AS jsonpath), '101'::varbit, '{1}'::int array
SELECT INTERVAL '1:30' HOUR, INTERVAL '1:30' MINUTE, INTERVAL '1 day' AS quarter, 2 ^ 3 AS two, CASE 1 WHEN 1 THEN 2 END ^ 2, (SELECT 2) ^ 3

#: joins within joins, and places that are reckoned
SELECT s.name, m.label, r.kwh FROM site s LEFT JOIN meter m JOIN reading r ON r.meter_id = m.meter_id AND r.kwh > 11 ON m.site_id = s.site_id ORDER BY 1, 2, 3
SELECT s.name, m.n, r.kwh FROM site s LEFT JOIN (SELECT meter_id, site_id, label AS n FROM meter) m JOIN reading r ON r.meter_id = m.meter_id AND r.kwh > 11 ON m.site_id = s.site_id ORDER BY 1, 2, 3
SELECT (ARRAY[1, 2, 3])[site_id::int], (ARRAY[1, 2, 3])[1 + 1], ('{"a": {"b": 1}}'::jsonb)[(SELECT 'a')]['b'], (ARRAY[1, 2, 3])[(SELECT 2):site_id] FROM site ORDER BY site_id
