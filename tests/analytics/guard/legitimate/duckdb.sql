#: pivots
PIVOT (SELECT meter_id, hour(ts) AS h, kwh FROM reading WHERE hour(ts) < 3 AND meter_id = 10) ON h USING sum(kwh) GROUP BY meter_id
SELECT * FROM (SELECT meter_id, hour(ts) AS h, kwh FROM reading) PIVOT (sum(kwh) FOR h IN (0, 1)) ORDER BY meter_id
SELECT * FROM (SELECT meter_id, kwh, temperature_c FROM reading WHERE meter_id = 11 ORDER BY ts LIMIT 2) UNPIVOT (value FOR name IN (kwh, temperature_c)) ORDER BY ALL
PIVOT reading ON meter_id USING sum(kwh) ORDER BY ts LIMIT 5
PIVOT (SELECT ts::DATE AS d, meter_id, kwh FROM reading) ON meter_id USING round(avg(kwh), 2) GROUP BY d ORDER BY d
SELECT * FROM (PIVOT meter ON is_smart USING count(*) GROUP BY site_id) ORDER BY site_id
SELECT * FROM meter PIVOT (count(*) FOR is_smart IN (true, false) GROUP BY site_id) ORDER BY site_id
UNPIVOT (SELECT site_id, area_m2, area_m2 * 2 AS double FROM site) ON area_m2, double INTO NAME what VALUE amount
UNPIVOT (SELECT kwh, temperature_c FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2) ON COLUMNS(*) INTO NAME n VALUE v
SELECT * FROM (SELECT site_id, area_m2 FROM site) UNPIVOT (v FOR n IN (area_m2)) ORDER BY ALL
SELECT * FROM (SELECT site_id, area_m2 FROM site) UNPIVOT INCLUDE NULLS (v FOR n IN (area_m2)) ORDER BY ALL
SELECT * FROM (SELECT meter_id, ts::DATE AS d, kwh FROM reading) PIVOT (sum(kwh) AS s, count(*) AS n FOR meter_id IN (10, 20) GROUP BY d) ORDER BY d
WITH p AS (PIVOT reading ON meter_id USING sum(kwh)) SELECT * FROM p ORDER BY ALL

#: windows
SELECT meter_id, kwh FROM reading QUALIFY row_number() OVER (PARTITION BY meter_id ORDER BY kwh DESC NULLS LAST) = 1 ORDER BY 1
SELECT first_value(kwh) OVER w, last_value(kwh) OVER w FROM reading WHERE meter_id = 11 WINDOW w AS (ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) LIMIT 2
SELECT avg(kwh) OVER (ORDER BY ts RANGE BETWEEN INTERVAL 3 HOURS PRECEDING AND CURRENT ROW) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT meter_id, ts, kwh, sum(kwh) OVER (PARTITION BY meter_id ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM reading ORDER BY meter_id, ts LIMIT 20
SELECT meter_id, ts, avg(kwh) OVER (PARTITION BY meter_id ORDER BY ts RANGE BETWEEN INTERVAL '3 hours' PRECEDING AND INTERVAL '3 hours' FOLLOWING) AS smooth FROM reading ORDER BY meter_id, ts LIMIT 20
SELECT meter_id, first_value(kwh IGNORE NULLS) OVER (PARTITION BY meter_id ORDER BY ts), nth_value(kwh, 3) OVER (PARTITION BY meter_id ORDER BY ts) FROM reading ORDER BY ALL LIMIT 10
SELECT ntile(4) OVER (ORDER BY kwh NULLS LAST) AS q, kwh FROM reading ORDER BY kwh NULLS LAST, q LIMIT 12
SELECT sum(kwh) OVER (ORDER BY ts GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT meter_id, kwh FROM reading QUALIFY row_number() OVER (PARTITION BY meter_id ORDER BY kwh DESC NULLS LAST, ts) <= 2 ORDER BY ALL
SELECT meter_id, ts, kwh, rank() OVER (PARTITION BY meter_id ORDER BY kwh DESC) AS r FROM reading QUALIFY r = 1 ORDER BY meter_id, ts
WITH t AS (SELECT *, row_number() OVER (PARTITION BY meter_id ORDER BY ts) AS rn FROM reading) SELECT meter_id, kwh FROM t WHERE rn = 1 ORDER BY 1
SELECT meter_id, kwh - avg(kwh) OVER (PARTITION BY meter_id) AS deviation, percent_rank() OVER (ORDER BY kwh), cume_dist() OVER (ORDER BY kwh), dense_rank() OVER (ORDER BY kwh) FROM reading WHERE kwh IS NOT NULL ORDER BY meter_id, ts LIMIT 5
SELECT fill(kwh) OVER (PARTITION BY meter_id ORDER BY ts) FROM reading WHERE meter_id = 20 ORDER BY ts LIMIT 8
SELECT row_number() OVER () AS n FROM (SELECT 1 UNION ALL SELECT 2)
SELECT meter_id, kwh, kwh > avg(kwh) OVER (PARTITION BY meter_id) AS above FROM reading WHERE kwh IS NOT NULL ORDER BY meter_id, ts LIMIT 4
SELECT lag(ts) OVER (PARTITION BY meter_id ORDER BY ts) AS previous, ts - lag(ts) OVER (PARTITION BY meter_id ORDER BY ts) AS gap FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 3
SELECT count(*) FROM (SELECT ts - lag(ts) OVER (PARTITION BY meter_id ORDER BY ts) AS gap FROM reading) WHERE gap > INTERVAL '1 hour'
WITH gaps AS (SELECT meter_id, ts, ts - lag(ts) OVER (PARTITION BY meter_id ORDER BY ts) AS gap FROM reading), islands AS (SELECT *, count(*) FILTER (WHERE gap > INTERVAL 1 HOUR) OVER (PARTITION BY meter_id ORDER BY ts) AS island FROM gaps) SELECT meter_id, island, min(ts), max(ts) FROM islands GROUP BY ALL ORDER BY ALL
SELECT rank() OVER (ORDER BY sum(kwh) DESC) AS r, meter_id, sum(kwh) FROM reading GROUP BY meter_id ORDER BY r
SELECT sum(sum(kwh)) OVER (ORDER BY meter_id) FROM reading GROUP BY meter_id ORDER BY 1
SELECT max(kwh) OVER () FROM reading LIMIT 1
SELECT sum(kwh) OVER (PARTITION BY meter_id ORDER BY ts ROWS 3 PRECEDING) FROM reading ORDER BY meter_id, ts LIMIT 5
SELECT meter_id, ts, sum(kwh) OVER week AS rolling FROM reading WINDOW week AS (PARTITION BY meter_id ORDER BY ts RANGE BETWEEN INTERVAL 6 DAYS PRECEDING AND CURRENT ROW), other AS (ORDER BY ts) ORDER BY meter_id, ts LIMIT 3
SELECT ts, lead(ts, 1, ts) OVER (ORDER BY ts) FROM price ORDER BY ts LIMIT 2

#: common table expressions
WITH s AS MATERIALIZED (SELECT * FROM site) SELECT count(*) FROM s
WITH meter AS (SELECT 1 AS meter_id) SELECT * FROM meter
WITH s AS (FROM site) FROM s SELECT count(*)
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT sum(n) FROM t
WITH RECURSIVE days(d) AS (SELECT DATE '2025-03-28' UNION ALL SELECT (d + INTERVAL 1 DAY)::DATE FROM days WHERE d < DATE '2025-04-01') SELECT d, count(r.ts) FROM days LEFT JOIN reading r ON r.ts::DATE = d GROUP BY d ORDER BY d
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM a, b
WITH a AS NOT MATERIALIZED (SELECT * FROM site) SELECT count(*) FROM a
WITH hourly AS (SELECT date_trunc('hour', ts) AS h, sum(kwh) AS kwh FROM reading GROUP BY 1), cost AS (SELECT h, kwh, eur_per_mwh * kwh / 1000 AS eur FROM hourly JOIN price ON price.ts = h) SELECT sum(eur) FROM cost

#: lists, arrays, structs and maps
SELECT meter_id, list(kwh ORDER BY ts)[1:3] FROM reading GROUP BY meter_id ORDER BY 1
SELECT list_transform([1, 2, 3], lambda x: x * 2)
SELECT list_filter([1, 2, 3], lambda x: x > 1)
SELECT [x * 2 FOR x IN [1, 2, 3] IF x > 1]
SELECT {'a': 1, 'b': 'two'} AS pair
SELECT struct_pack(a := 1, b := 2).b
SELECT MAP {'a': 1}['a']
SELECT unnest([1, 2, 3]) AS n ORDER BY n
SELECT json_extract_string(details, '$.tags[0]') FROM meter ORDER BY meter_id
SELECT regexp_extract(label, '[A-Z]+'), regexp_matches(label, '^M') FROM meter ORDER BY meter_id
SELECT CAST({'a': 1} AS STRUCT(a BIGINT))
SELECT date_part('year', ts), date_part(['year', 'month'], ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT list_aggregate([1, 2, 3], 'sum')
SELECT list_transform([1, 2, 3], lambda x: x * 2), list_filter([1, 2, 3], lambda x: x > 1), list_reduce([1, 2, 3], lambda a, b: a + b)
SELECT list(kwh ORDER BY ts)[1:3], list(kwh ORDER BY ts)[-1], len(list(kwh)) FROM reading WHERE meter_id = 10
SELECT list_sort([3, 1, 2]), list_reverse_sort([3, 1, 2]), list_distinct([1, 1]), list_unique([1, 1, 2]), list_contains([1, 2], 2), list_position([1, 2], 2)
SELECT array_agg(label ORDER BY label DESC), string_agg(label, ', ' ORDER BY label), list(DISTINCT label ORDER BY label) FROM meter
SELECT unnest([1, 2, 3]) AS n, unnest(['a', 'b', 'c']) AS t
SELECT unnest({'a': 1, 'b': {'c': 2}}, recursive := true)
SELECT u.n FROM unnest([3, 1, 2]) AS u(n) ORDER BY n
SELECT m.meter_id, t.tag FROM meter m, unnest(CAST(m.details -> '$.tags' AS VARCHAR[])) AS t(tag) ORDER BY ALL
SELECT row(1, 'a'), struct_extract({'a': 1}, 'a'), struct_insert({'a': 1}, b := 2)
SELECT MAP {'a': 1, 'b': 2}['a'], map_keys(MAP {'a': 1}), map_values(MAP(['x'], [2])), map_entries(MAP {'a': 1}), element_at(MAP {'a': 1}, 'a')
SELECT details ->> '$.phase' AS phase, details -> '$.tags' AS tags, json_extract_string(details, '$.tags[0]') FROM meter ORDER BY meter_id
SELECT json_extract(details, '$.phase')::INT + 1, details ->> 'phase', json_array_length(details, '$.tags'), json_keys(details) FROM meter ORDER BY meter_id
SELECT json_valid('{}'), json_type('{"a": 1}'), json_structure('{"a": 1}'), json_merge_patch('{"a": 1}', '{"b": 2}'), json_contains('{"a": 1}', '{"a": 1}')
SELECT regexp_replace(label, '[aeiou]', '*', 'g'), regexp_extract(label, '^(.)', 1), regexp_matches(label, 'M'), regexp_split_to_array('a b', ' ') FROM meter ORDER BY meter_id
SELECT regexp_extract('2025-03-30', '(\d+)-(\d+)-(\d+)', ['y', 'm', 'd']), regexp_extract_all('a1b2', '\d'), label SIMILAR TO 'M.*', label ~ 'P' FROM meter ORDER BY meter_id
SELECT upper(name), lower(name), length(name), name[1:3], left(name, 2), right(name, 2), reverse(name), contains(name, 'House'), starts_with(name, 'W') FROM site ORDER BY site_id
SELECT quantile_cont(kwh, 0.5), quantile_cont(kwh, [0.1, 0.9]), quantile_disc(kwh, 0.5), median(kwh), mode(meter_id), approx_quantile(kwh, 0.5) FROM reading
SELECT unnest(generate_series(DATE '2025-01-01', DATE '2025-01-03', INTERVAL 1 DAY)) AS d
SELECT unnest(range(3)) AS n, range(1, 4) AS l
SELECT avg(COLUMNS(['kwh', 'temperature_c'])) FROM reading
SELECT kwh AS "Verbrauch [kWh]", ts AS "Zeit 🕐" FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT 1 = ANY ([1, 2]), 5 > ALL (SELECT site_id FROM site), 1 = ANY (SELECT site_id FROM site)
SELECT list_zip([1, 2], ['a', 'b']), flatten([[1], [2, 3]]), list_sum([1, 2]), list_avg([1, 3]), list_min([1, 2]), list_max([1, 2]), list_cosine_similarity([1.0, 2.0], [2.0, 1.0])
SELECT [1, 2] || [3], array_length([1, 2]), [1, 2, 3][2], 'abc'[2], list_concat([1], [2]), list_append([1], 2), list_slice([1, 2, 3], 1, 2), array_value(1, 2)
SELECT struct.a FROM (SELECT {'a': 1} AS struct)
SELECT t.s.a.b FROM (SELECT {'a': {'b': 7}} AS s) AS t
SELECT x.* FROM (SELECT {'a': 1, 'b': 2} AS x)
SELECT unnest(split('a,b,c', ',')) AS part ORDER BY part
SELECT cast(row(1, 'a') AS STRUCT(n INTEGER, t VARCHAR)), [1, 2]::BIGINT[], '[1, 2]'::INT[], MAP {'a': 1}::MAP(VARCHAR, DOUBLE), [1, 2, 3]::INTEGER[3]
SELECT array_agg(DISTINCT site_id ORDER BY site_id) FROM meter
SELECT list(kwh)[1] IS NOT NULL, list(ts)[1:2][1] IS NOT NULL FROM reading WHERE meter_id = 10
SELECT details.phase, details['tags'] FROM meter ORDER BY meter_id
SELECT json_extract(details, ['$.phase', '$.tags']) FROM meter ORDER BY meter_id
SELECT unnest(json_extract_string(details, '$.tags[*]')) AS tag FROM meter ORDER BY tag
SELECT struct_pack(id := meter_id, name := label) AS m FROM meter ORDER BY meter_id
SELECT * FROM site WHERE lower(name) = any(['weir house', 'old mill']) ORDER BY 1
SELECT * FROM site WHERE list_contains(['Köln'], city)
SELECT list_transform(list(kwh ORDER BY ts), lambda x: round(x, 1)) FROM reading WHERE meter_id = 10
SELECT list_transform([1, 2], lambda x, i: x * i)
SELECT [a + b FOR a, b IN [1, 2]]
SELECT {'x': [1, 2]}.x[1]
SELECT histogram(kwh, [0, 5, 10]) FROM reading
SELECT map_from_entries([('a', 1), ('b', 2)]), map_extract(MAP {'a': 1}, 'a'), cardinality(MAP {'a': 1}), map_contains(MAP {'a': 1}, 'a'), map_concat(MAP {'a': 1}, MAP {'b': 2})
SELECT array_to_string([1, 2], ','), list_string_agg(['a', 'b']), string_to_array('a,b', ','), array_has([1], 1), list_has_any([1], [1, 2]), list_intersect([1, 2], [2]), array_reverse([1, 2]), list_reverse([1, 2])
SELECT ([1, 2, 3, 4])[2:3], [1, 2, 3][-1:], [1, 2, 3][:2]

#: JSON
SELECT details->>'$.phase', details->'$.tags' FROM meter ORDER BY meter_id
SELECT e.key, e.value FROM json_each('{"a": 1, "b": 2}') AS e ORDER BY e.key
SELECT from_json('{"a": 1}', '{"a": "INTEGER"}'), json_transform('{"a": 1}', '{"a": "BIGINT"}')
SELECT * EXCLUDE (details) FROM meter ORDER BY meter_id
SELECT * EXCLUDE details FROM meter ORDER BY meter_id
SELECT COLUMNS(* EXCLUDE (details)) FROM meter ORDER BY 1
SELECT typeof(kwh), typeof(ts), typeof(details) FROM reading JOIN meter USING (meter_id) LIMIT 1
SELECT json(details) -> 'tags' -> 0 FROM meter ORDER BY meter_id
SELECT (details->>'$.phase')::INTEGER AS phase, count(*) FROM meter GROUP BY phase ORDER BY phase NULLS FIRST
SELECT try_cast(details ->> '$.phase' AS INTEGER) FROM meter ORDER BY meter_id

#: calendars and time
SELECT date_trunc('day', ts) AS day, sum(kwh) FROM reading GROUP BY ALL ORDER BY ALL
SELECT time_bucket(INTERVAL '6 hours', ts) AS bucket, avg(kwh) FROM reading GROUP BY 1 ORDER BY 1
SELECT n FROM generate_series(1, 5) AS g(n)
SELECT * FROM range(3)
SELECT strftime(ts, '%Y-%m-%d') AS day, count(*) FROM reading GROUP BY 1 ORDER BY 1
SELECT extract(hour FROM ts) AS h, avg(kwh) FROM reading GROUP BY h ORDER BY h LIMIT 5
SELECT ts AT TIME ZONE 'Europe/Berlin' AS here FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT installed_on + INTERVAL 1 MONTH, installed_on - INTERVAL '3 days' FROM meter ORDER BY 1
SELECT date_diff('day', min(ts), max(ts)) FROM reading
SELECT DATE '2025-03-30', TIMESTAMP '2025-03-30 02:30:00', TIMESTAMPTZ '2025-03-30 02:30:00+01'
SELECT date_trunc('day', ts) AS day, sum(kwh) AS total FROM reading GROUP BY ALL ORDER BY ALL
SELECT time_bucket(INTERVAL '6 hours', ts) AS b, meter_id, round(avg(kwh), 3) FROM reading GROUP BY b, meter_id ORDER BY b, meter_id
SELECT time_bucket(INTERVAL '1 month', ts, TIMESTAMPTZ '2025-01-01 00:00:00+00') AS m, count(*) FROM reading GROUP BY 1 ORDER BY 1
SELECT time_bucket(INTERVAL '15 minutes', ts, INTERVAL '5 minutes') AS m, count(*) FROM reading GROUP BY 1 ORDER BY 1 LIMIT 5
SELECT date_trunc('hour', ts AT TIME ZONE 'Europe/Berlin') AS h, sum(kwh) FROM reading GROUP BY 1 ORDER BY 1 LIMIT 5
SELECT (ts AT TIME ZONE 'Europe/Berlin')::DATE AS d, count(*) FROM reading GROUP BY 1 ORDER BY 1
SELECT extract(dow FROM ts) AS dow, extract('hour' FROM ts) AS h, avg(kwh) FROM reading GROUP BY dow, h ORDER BY dow, h LIMIT 8
SELECT date_diff('day', min(ts), max(ts)), datediff('hour', min(ts), max(ts)), date_sub('day', min(ts), max(ts)) FROM reading
SELECT max(ts) - INTERVAL 1 DAY, max(ts) + INTERVAL (2) HOUR, max(ts) - to_days(3) FROM reading
SELECT DATE '2025-03-30' + 1, DATE '2025-03-30' - DATE '2025-03-01', DATE '2025-01-31' + INTERVAL '1 month'
SELECT strftime(ts, '%Y-%m-%d %H'), strptime('2025-03-30', '%Y-%m-%d'), try_strptime('x', '%Y') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT make_timestamp(2025, 3, 30, 2, 30, 0.0), make_date(2025, 3, 30), epoch(TIMESTAMP '1970-01-02'), epoch_ms(TIMESTAMP '1970-01-01 00:00:01')
SELECT last_day(DATE '2024-02-01'), dayname(DATE '2025-03-30'), monthname(DATE '2025-03-30'), weekofyear(DATE '2025-03-30'), isodow(DATE '2025-03-30')
SELECT CAST('2025-03-30 10:00:00+02' AS TIMESTAMPTZ), TRY_CAST('abc' AS INTEGER), '12.5'::DECIMAL(6, 2), 3.7::INT
SELECT meter_id, ts::DATE AS d, sum(kwh), grouping(meter_id), grouping_id(meter_id, ts::DATE) FROM reading GROUP BY GROUPING SETS ((meter_id, ts::DATE), (meter_id), ()) ORDER BY ALL
SELECT meter_id, ts::DATE AS d, sum(kwh) FROM reading GROUP BY ROLLUP (meter_id, d) ORDER BY ALL NULLS FIRST
SELECT count(DISTINCT meter_id), count(DISTINCT (meter_id, ts::DATE)), approx_count_distinct(meter_id) FROM reading
SELECT generate_series AS n FROM generate_series(1, 5)
SELECT g.d::DATE AS d, count(r.kwh) FROM generate_series(TIMESTAMP '2025-03-28', TIMESTAMP '2025-03-31', INTERVAL 1 DAY) AS g(d) LEFT JOIN reading r ON r.ts::DATE = g.d::DATE GROUP BY d ORDER BY d
SELECT range AS n FROM range(0, 10, 3)
SELECT r.ts, p.eur_per_mwh FROM reading r JOIN price p ON r.ts >= p.ts AND r.ts < p.ts + INTERVAL 1 HOUR WHERE r.meter_id = 10 ORDER BY 1 LIMIT 3
SELECT CURRENT_DATE IS NOT NULL, now() IS NOT NULL, current_timestamp IS NOT NULL, today() IS NOT NULL
SELECT age(TIMESTAMP '2025-03-30', TIMESTAMP '2024-03-30'), to_timestamp(0), TIMESTAMP '2025-03-30' AT TIME ZONE 'UTC'
SELECT INTERVAL '1 day 2 hours', INTERVAL 90 MINUTE, INTERVAL '1' MONTH, to_hours(2), INTERVAL '2 days' * 3
SELECT extract(epoch FROM INTERVAL '1 hour'), (max(ts) - min(ts)), epoch(max(ts) - min(ts)) FROM reading
SELECT * FROM range(3) AS r(i), range(2) AS s(j) ORDER BY i, j
SELECT i FROM range(DATE '2025-01-01', DATE '2025-01-04', INTERVAL 1 DAY) AS t(i)
SELECT hour FROM generate_series(0, 23) AS h(hour) ORDER BY hour DESC LIMIT 3
SELECT count(*) FROM reading WHERE extract(isodow FROM ts) IN (6, 7)
SELECT meter_id, sum(kwh) / count(DISTINCT ts::DATE) AS per_day FROM reading GROUP BY meter_id ORDER BY meter_id
SELECT CAST(kwh AS DECIMAL(10, 3)), kwh::FLOAT, kwh::VARCHAR, CAST(ts AS TIMESTAMP), CAST(meter_id AS HUGEINT), 1::UTINYINT, 'x'::BLOB, true::INT FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT TIMESTAMP WITH TIME ZONE '2025-03-30 01:00:00+01', TIMESTAMPTZ '2025-03-30', TIME '10:00', INTERVAL 1 YEAR, INTERVAL '3' MONTHS, interval '1 hour 30 minutes'
SELECT make_timestamptz(2025, 3, 30, 2, 30, 0, 'Europe/Berlin'), timezone('Europe/Berlin', TIMESTAMP '2025-03-30 12:00:00'), epoch_us(TIMESTAMP '2025-01-01'), century(DATE '2025-01-01'), date_part('week', DATE '2025-01-01'), yearweek(DATE '2025-01-01')
SELECT dayofyear(ts), minute(ts), second(ts), quarter(ts), weekday(ts), date_trunc('week', ts), date_trunc('quarter', ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT date '2025-01-01' + interval 1 month - interval 1 day, datetrunc('month', DATE '2025-03-30'), date_add(DATE '2025-01-01', INTERVAL 1 DAY)
SELECT * FROM site s JOIN meter m ON (s.site_id = m.site_id) JOIN reading r ON (r.meter_id = m.meter_id) WHERE r.ts = TIMESTAMPTZ '2025-03-29 00:00:00+00' ORDER BY m.meter_id
SELECT max(ts)::DATE - min(ts)::DATE AS days FROM reading
SELECT (date_trunc('month', DATE '2025-03-15') + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE
SELECT greatest(DATE '2025-01-01', DATE '2025-02-01'), least('a', 'b')
SELECT current_localtimestamp() IS NOT NULL, get_current_time() IS NOT NULL
SELECT count(*) FROM reading WHERE ts >= now() - INTERVAL 100 YEAR
SELECT sum(i) FROM generate_series(1, 1000000) AS t(i)

#: joins and subqueries
SELECT s.name, l.label FROM site s, LATERAL (SELECT label FROM meter m WHERE m.site_id = s.site_id ORDER BY label LIMIT 1) AS l ORDER BY 1
SELECT r.ts, p.eur_per_mwh FROM reading r ASOF JOIN price p ON r.ts >= p.ts WHERE r.meter_id = 10 ORDER BY 1 LIMIT 3
SELECT * FROM site SEMI JOIN meter USING (site_id) ORDER BY site_id
SELECT * FROM site ANTI JOIN (SELECT site_id FROM meter WHERE label = 'PV') AS p USING (site_id) ORDER BY site_id
SELECT r.ts, r.kwh, p.eur_per_mwh FROM reading r ASOF JOIN price p ON r.ts >= p.ts WHERE r.meter_id = 10 ORDER BY r.ts LIMIT 5
SELECT r.ts, p.eur_per_mwh FROM reading r ASOF LEFT JOIN price p ON r.ts > p.ts WHERE r.meter_id = 11 ORDER BY r.ts LIMIT 5
SELECT r.ts, p.eur_per_mwh FROM reading r ASOF JOIN price p USING (ts) ORDER BY 1, 2 LIMIT 5
SELECT substring('Strom' FROM 2 FOR 3), substr('Strom', 2), overlay_free FROM (SELECT 1 AS overlay_free)
(SELECT name FROM site ORDER BY name LIMIT 1) UNION ALL (SELECT label FROM meter ORDER BY label LIMIT 1)
SELECT arg_max(ts, kwh), arg_min(ts, kwh), max_by(ts, kwh), min_by(label, meter_id) FROM reading JOIN meter USING (meter_id)
SELECT s.name, (SELECT count(*) FROM meter m WHERE m.site_id = s.site_id) AS meters FROM site s ORDER BY s.name
SELECT s.name FROM site s WHERE EXISTS (SELECT 1 FROM meter m WHERE m.site_id = s.site_id AND m.is_smart) ORDER BY 1
SELECT s.name, l.label FROM site s, LATERAL (SELECT label FROM meter m WHERE m.site_id = s.site_id ORDER BY label LIMIT 1) l ORDER BY 1
SELECT s.name, l.n FROM site s LEFT JOIN LATERAL (SELECT count(*) AS n FROM meter m WHERE m.site_id = s.site_id) l ON true ORDER BY 1
SELECT a.meter_id, b.meter_id FROM meter a JOIN meter b ON a.meter_id < b.meter_id AND a.site_id = b.site_id
SELECT * FROM site FULL OUTER JOIN meter USING (site_id) ORDER BY meter_id NULLS FIRST
SELECT * FROM site POSITIONAL JOIN (SELECT label FROM meter ORDER BY meter_id LIMIT 3) AS p
SELECT * FROM site NATURAL JOIN meter ORDER BY meter_id
SELECT * FROM site CROSS JOIN (SELECT 1 AS one) ORDER BY site_id
SELECT site.* EXCLUDE (city), m.label FROM site JOIN meter m USING (site_id) ORDER BY m.meter_id
SELECT min(COLUMNS(*)) FROM (SELECT kwh, temperature_c FROM reading)
SELECT kwh FROM reading WHERE (meter_id, ts) IN (SELECT meter_id, max(ts) FROM reading GROUP BY meter_id) ORDER BY 1
SELECT sum(kwh * eur_per_mwh / 1000) AS eur FROM reading JOIN price USING (ts)
SELECT * FROM meter m JOIN site s ON m.site_id = s.site_id AND s.name NOT LIKE '%x%' ORDER BY m.meter_id
SELECT (SELECT max(kwh) FROM reading) - (SELECT min(kwh) FROM reading) AS spread
SELECT summed.total / nullif(summed.n, 0) FROM (SELECT sum(kwh) AS total, count(kwh) AS n FROM reading) AS summed
SELECT meter_id FROM reading GROUP BY meter_id HAVING max(kwh) >= ALL (SELECT max(kwh) FROM reading GROUP BY meter_id)
SELECT t.* FROM (SELECT 1 AS a, 2 AS b) AS t
SELECT t.*, 3 AS c FROM (SELECT 1 AS a, 2 AS b) AS t
SELECT * FROM (SELECT * FROM site) AS "Unter Abfrage" ORDER BY site_id
SELECT a.x, b.y FROM (VALUES (1), (2)) AS a(x) LEFT JOIN (VALUES (2, 'b')) AS b(x, y) USING (x) ORDER BY a.x
SELECT width_bucket_free FROM (SELECT 1 AS width_bucket_free)
SELECT count(*) c FROM site WHERE name NOT IN (SELECT label FROM meter)
SELECT s.name, count(m.meter_id) AS meters FROM site s LEFT JOIN meter m ON m.site_id = s.site_id GROUP BY s.site_id, s.name HAVING count(m.meter_id) >= 0 ORDER BY s.site_id
SELECT * FROM site LEFT JOIN meter ON site.site_id = meter.site_id AND meter.label LIKE 'M%' ORDER BY ALL
SELECT s1.name FROM site s1 WHERE s1.area_m2 = (SELECT max(s2.area_m2) FROM site s2)
SELECT a.ts FROM reading a, reading b WHERE a.ts = b.ts AND a.meter_id = 10 AND b.meter_id = 11 ORDER BY 1 LIMIT 2

#: sets, values and samples
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(n, t) ORDER BY n
VALUES (1, 'a'), (2, 'b')
SELECT name FROM site UNION ALL BY NAME SELECT name FROM site ORDER BY name
VALUES (1, 'a'), (2, 'b') ORDER BY 1 DESC
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(n, t) WHERE n > 1
SELECT * FROM site UNION SELECT * FROM site ORDER BY site_id
SELECT site_id FROM site INTERSECT ALL SELECT site_id FROM meter ORDER BY 1
SELECT name FROM site UNION ALL BY NAME SELECT label AS name, meter_id FROM meter ORDER BY name
SELECT name FROM site LIMIT 2 OFFSET 1
SELECT name FROM site ORDER BY name FETCH FIRST 2 ROWS ONLY
SELECT count(*) FROM reading USING SAMPLE 100%

#: aggregates and grouping
SELECT sum(kwh) FILTER (WHERE meter_id = 10) AS ten, sum(kwh) FILTER (meter_id = 11) AS eleven FROM reading
SELECT quantile_cont(kwh, 0.5), median(kwh), mode(meter_id) FROM reading
SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY kwh) FROM reading
SELECT string_agg(label, ', ' ORDER BY label DESC) FROM meter
SELECT meter_id, sum(kwh) FROM reading GROUP BY GROUPING SETS ((meter_id), ()) ORDER BY 1 NULLS FIRST
SELECT meter_id, grouping(meter_id), count(*) FROM reading GROUP BY ROLLUP (meter_id) ORDER BY 1 NULLS FIRST
SELECT site_id, label, count(*) FROM meter GROUP BY CUBE (site_id, label) ORDER BY ALL
SELECT total: sum(kwh) FROM reading
SELECT corr(kwh, temperature_c), regr_slope(kwh, temperature_c), stddev(kwh) FROM reading WHERE meter_id = 10
SELECT string_agg(DISTINCT label, '; ' ORDER BY label), group_concat(label, '|' ORDER BY meter_id) FROM meter
SELECT count(*) FILTER (WHERE kwh > 5), sum(kwh) FILTER (kwh > 5), avg(kwh) FILTER (WHERE meter_id = 10) FROM reading
SELECT site_id, is_smart, count(*) FROM meter GROUP BY CUBE (site_id, is_smart) ORDER BY ALL
FROM reading SELECT meter_id, sum(kwh) GROUP BY meter_id ORDER BY meter_id
SELECT CASE WHEN kwh > 10 THEN 'high' WHEN kwh > 5 THEN 'mid' ELSE 'low' END AS band, count(*) FROM reading GROUP BY band ORDER BY band
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY kwh), percentile_disc(0.9) WITHIN GROUP (ORDER BY kwh DESC) FROM reading
SELECT stddev(kwh), stddev_pop(kwh), variance(kwh), var_pop(kwh), skewness(kwh), kurtosis(kwh), mad(kwh), sem(kwh), entropy(meter_id) FROM reading
SELECT corr(kwh, temperature_c), covar_pop(kwh, temperature_c), regr_slope(kwh, temperature_c), regr_intercept(kwh, temperature_c), regr_r2(kwh, temperature_c) FROM reading
SELECT sum(kwh)::DECIMAL(18, 3), round(sum(kwh), 2), ceil(1.2), floor(1.8), abs(-1), sign(-3), sqrt(16), power(2, 10), exp(0), ln(1), log10(100), log2(8), trunc(1.9), mod(7, 3), pi() > 3 FROM reading
SELECT meter_id, sum(kwh) AS total FROM reading GROUP BY meter_id HAVING sum(kwh) > 100 AND count(*) > 3 ORDER BY total DESC
SELECT count(), count(*), count(1), sum(1) FROM site
SELECT encode('a'), decode('\x61'::BLOB), from_base64('YQ=='), to_base64('a'::BLOB), bit_count(7)
SELECT count(*) FROM site AS of_site
SELECT site_id, string_agg(label, ', ') FILTER (WHERE is_smart) AS smart FROM meter GROUP BY site_id ORDER BY 1
FROM reading SELECT count(*) WHERE meter_id = 10
SELECT sum(kwh) AS total FROM reading GROUP BY (meter_id) ORDER BY total
SELECT meter_id, sum(kwh) FROM reading GROUP BY 1 ORDER BY 2 DESC NULLS LAST LIMIT 2
SELECT lower(name) AS n, count(*) c FROM site GROUP BY lower(name) ORDER BY c, n
SELECT meter_id, regr_slope(kwh, epoch(ts)) AS trend FROM reading GROUP BY meter_id ORDER BY meter_id
SELECT sum(kwh ORDER BY ts) FROM reading WHERE meter_id = 10
SELECT max(kwh) FILTER (WHERE meter_id = 10) - max(kwh) FILTER (WHERE meter_id = 11) AS difference FROM reading
SELECT sum(CASE WHEN hour(ts) BETWEEN 8 AND 19 THEN kwh ELSE 0 END) AS peak, sum(kwh) FILTER (WHERE hour(ts) NOT BETWEEN 8 AND 19) AS offpeak FROM reading
SELECT mode() WITHIN GROUP (ORDER BY meter_id) FROM reading
SELECT count(DISTINCT city) FROM site

#: names, quotes, comments and the end of a statement
SELECT "Wert je Zähler" FROM "Größe" ORDER BY id
SELECT "Größe"."Wert je Zähler" AS "größter Wert" FROM "Größe" ORDER BY ALL
SELECT größe."Wert je Zähler" FROM Größe ORDER BY ALL
SELECT kwh/*per hour*/*2 FROM reading ORDER BY ALL LIMIT 3 --double
SELECT /* ; DROP TABLE site */ name FROM site ORDER BY 1 -- ; DELETE
SELECT name FROM site;
SELECT name FROM site ORDER BY site_id ; -- done
SELECT 'it''s; DROP TABLE site --' AS t, '/* no comment */' AS c
SELECT "Unter Abfrage".name FROM site AS "Unter Abfrage" ORDER BY 1
SELECT name AS "a""b", name AS "c d" FROM site ORDER BY 1
SELECT 5--1
SELECT 'Zähler: ' || label || ' ⚡' AS "Beschriftung 🔌" FROM meter ORDER BY meter_id

#: text
SELECT label ~ 'M.*', label SIMILAR TO 'P.', label GLOB 'M*' FROM meter ORDER BY meter_id
SELECT label FROM meter WHERE label ILIKE 'pv'
SELECT kwh::VARCHAR || ' kWh' FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT printf('%.2f', kwh), format('{:.1f}', kwh) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT name || ' in ' || coalesce(city, '?'), concat(name, NULL, city), concat_ws(', ', name, city), replace(name, 'a', 'ä'), trim('  x '), ltrim('xxa', 'x'), rtrim('axx', 'x') FROM site ORDER BY site_id
SELECT printf('%d kWh', 5), format('{} {:.2f}', 'a', 1.5), chr(65), ascii('A'), unicode('ä'), ord('a'), hex('a'), md5('a'), sha256('a'), levenshtein('a', 'b'), jaccard('ab', 'bc')
SELECT * REPLACE (upper(name) AS name) FROM site ORDER BY site_id
SELECT e'tab\tnew\n', 'x' || chr(10), $$dollar 'quoted'$$, $tag$ more $tag$
SELECT 1 IN (1, 2), 3 NOT IN (1, 2), 2 BETWEEN 1 AND 3, NULL IS NULL, 1 IS DISTINCT FROM NULL, true AND NOT false, 'a' LIKE 'A', 'a' ILIKE 'A', 'abc' GLOB 'a*'
SELECT site_id, name AS n FROM site WHERE n LIKE 'W%'
SELECT bar(kwh, 0, 20, 10), format_bytes(1000000) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT strip_accents('Köln'), nfc_normalize('Ko'), 'Köln' = 'KÖLN', lower('KÖLN')
SELECT trim(BOTH 'x' FROM 'xax'), trim(LEADING FROM '  a'), trim(TRAILING 'b' FROM 'abb')
SELECT 1 < 2 AND 2 < 3 OR false, true OR false AND false, (true OR false) AND false, 1 + 2 = 3, 'a' || 'b' = 'ab', 1 IN (1) = true
SELECT printf('%s: %d', label, meter_id) FROM meter ORDER BY meter_id
SELECT format('{0} {1}', label, meter_id) FROM meter ORDER BY meter_id
SELECT case when 1=1 then 'a' end || 'b'
SELECT 'a' SIMILAR TO '(a|b)', 'abc' NOT SIMILAR TO 'x', 'a' NOT ILIKE 'B', 'a_c' LIKE 'a$_c' ESCAPE '$', 'abc' !~~ 'x', 'abc' ~~ 'a%'

#: conditions, numbers and types
SELECT * EXCLUDE (temperature_c) FROM reading WHERE meter_id = 11 ORDER BY ts LIMIT 2
SELECT * REPLACE (kwh * 1000 AS kwh) FROM reading WHERE meter_id = 11 ORDER BY ts LIMIT 2
FROM site ORDER BY site_id
FROM site SELECT name WHERE site_id = 1
SELECT arg_max(ts, kwh) FROM reading WHERE meter_id = 10
SELECT max(kwh, 2) FROM reading WHERE meter_id = 10
SELECT meter_id IS DISTINCT FROM NULL FROM meter ORDER BY meter_id
SELECT 7 // 2, 7 % 3, 2 ** 3, 5 & 3, 5 | 2, 1 << 4
SELECT TRY_CAST('x' AS INTEGER), '12'::INTEGER, 1.5::DECIMAL(4, 1)
SELECT COLUMNS('k.*') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT * FROM main.site ORDER BY site_id
SELECT name FROM site LIMIT 50%
SELECT lpad(label, 8, '.'), repeat('ab', 3) FROM meter ORDER BY meter_id
SELECT SITE.Name FROM SITE ORDER BY 1
SELECT true AND NOT false, NULL IS NULL, 1e3, .5
SELECT hour(ts), isodow(ts), monthname(ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT histogram(meter_id) FROM meter
SELECT lpad(label, 10, '.'), rpad(label, 10, '_'), repeat('=', 5), split_part('a-b-c', '-', 2), string_split('a,b', ','), position('b' IN 'abc'), strpos('abc', 'c'), instr('abc', 'c') FROM meter ORDER BY meter_id
SELECT DISTINCT ON (meter_id) meter_id, ts, kwh FROM reading ORDER BY meter_id, kwh DESC NULLS LAST, ts
FROM site
FROM site SELECT name ORDER BY name
FROM (FROM site SELECT name, city) WHERE city IS NOT NULL ORDER BY name
SELECT CASE meter_id WHEN 10 THEN 'a' ELSE 'b' END, if(true, 1, 2), ifnull(NULL, 3), nullif(1, 1), coalesce(NULL, NULL, 4), greatest(1, 5, 2), least(4, 3) FROM meter ORDER BY 1
SELECT max(kwh, 3), min(kwh, 2), arg_max(ts, kwh, 2) FROM reading WHERE meter_id = 10
SELECT histogram(floor(kwh)), bool_and(kwh >= 0), bool_or(kwh > 3), product(2.0), bit_or(meter_id), count_if(kwh > 3) FROM reading WHERE meter_id = 10
SELECT name FROM site ORDER BY city DESC NULLS LAST, name ASC NULLS FIRST
SELECT name FROM site ORDER BY name COLLATE NOCASE, city COLLATE DE
SELECT * RENAME (name AS site_name) FROM site ORDER BY site_id
SELECT COLUMNS('.*_id') FROM meter ORDER BY 1
SELECT 1_000_000, 0xFF, 1e-3, .5, -2 ** 2, 7 // 2, 7 % 3, 2 ^ 3, 5 & 3, 5 | 2, xor(5, 1), ~1, 1 << 4, 16 >> 2
SELECT name FROM site ORDER BY name LIMIT 1 + 1
SELECT length(name) AS l, l * 2 AS ll FROM site ORDER BY ll
SELECT any_value(label), first(label ORDER BY meter_id), last(label ORDER BY meter_id), arbitrary(site_id) FROM meter
SELECT TRY(CAST('x' AS INT)), isnan('nan'::DOUBLE), isinf('inf'::DOUBLE), 'inf'::DOUBLE
SELECT prefix(name, 'W'), suffix(name, 'e'), name ^@ 'W' FROM site ORDER BY site_id
SELECT main.site.name, site.city FROM main.site ORDER BY ALL
SELECT uuid() IS NOT NULL, gen_random_uuid() IS NOT NULL, random() < 1, hash('a') = hash('a')
SELECT s.site_id FROM site AS s (site_id, n, c, a) ORDER BY 1
SELECT ts, kwh FROM reading WHERE ts >= '2025-03-29 12:00:00+00' AND ts < '2025-03-29 14:00:00+00' AND meter_id = 10 ORDER BY ts
FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 3
SELECT name, CASE WHEN city IS NULL THEN 'unknown' ELSE city END AS c FROM site ORDER BY c DESC, name
SELECT 5 - -1, 5 - - 1, - - 5
SELECT NOT (NOT true), NOT true IS NULL, (NOT true) IS NULL, NOT 1 = 2, -2 ** 2, (-2) ** 2, 2 ** 3 ** 2, 10 - 3 - 2, 100 / 10 / 2, 2 * (3 + 4), 7 - (3 - 1)
SELECT equi_width_bins(0, 10, 5, true)
SELECT approx_top_k(meter_id, 2) FROM reading
SELECT * FROM site WHERE name IN ('Weir House', 'Old Mill') AND NOT city IS NULL
SELECT * FROM site WHERE city IN ('Köln', NULL)
SELECT url_encode('a b'), url_decode('a%20b'), md5('x'), bin(5), hex(255), to_hex(255), from_hex('41'), unhex('41'), base64('a'::BLOB)
SELECT DISTINCT city FROM site ORDER BY city NULLS FIRST
SELECT isfinite(1.0), signbit(-1.0), gcd(12, 18), lcm(4, 6), factorial(5), even(3), cbrt(27), gamma(5), log(100), xor(1, 3), fdiv(7, 2), fmod(7, 2)
SELECT DISTINCT ON (meter_id) * FROM reading ORDER BY meter_id, ts DESC

#: more of several kinds
SELECT meter_id, kwh, lag(kwh, 24, 0) OVER w AS yesterday, lead(kwh IGNORE NULLS) OVER w FROM reading WINDOW w AS (PARTITION BY meter_id ORDER BY ts) ORDER BY meter_id, ts LIMIT 30
SELECT s.phase, s['name'], struct_pack(a := 1, b := 'x').b FROM (SELECT {'phase': 3, 'name': 'x'} AS s)
SELECT to_json({'a': 1}), json_group_array(label), json_object('a', 1, 'b', [1, 2]) FROM meter WHERE label = 'PV'
SELECT COLUMNS(lambda c: c LIKE '%_id') FROM meter ORDER BY 1

#: what one argument more or less makes of a call
SELECT coalesce(*COLUMNS(['city', 'name'])) FROM site ORDER BY site_id
SELECT concat_ws('-', *COLUMNS('name|city')), greatest(*COLUMNS(lambda c: c = 'site_id')) FROM site ORDER BY site_id
SELECT list_value(*COLUMNS(* EXCLUDE (name, city))) FROM site ORDER BY site_id
#: lists, structs, documents and paths
SELECT list_bool_and([true, false]), list_skewness([1, 2, 5]), list_dot_product([1.0, 2.0], [3.0, 4.0]), list_histogram([1, 1, 2])
SELECT struct_update({'a': 1, 'b': 2}, b := 3), struct_contains(row(1, 2), 1), struct_position(row(1, 2), 2)
SELECT json_set(details, '$.phase', '9'::JSON), json_remove(details, '$.tags'), json_strip_nulls(details) FROM meter ORDER BY meter_id
SELECT parse_filename('a/b.csv'), parse_dirname('a/b.csv')
SELECT meter_id = SOME (SELECT max(meter_id) FROM meter) AS is_newest FROM meter ORDER BY meter_id
WITH p AS (PIVOT reading ON meter_id IN (10, 11) USING sum(kwh) GROUP BY ts) SELECT ts, "10" + "11" AS both FROM p ORDER BY ts LIMIT 3
WITH RECURSIVE tree(site_id, path) AS (SELECT site_id, [site_id] FROM site WHERE site_id = 1 UNION ALL SELECT s.site_id, list_append(path, s.site_id) FROM site s JOIN tree t ON s.site_id = t.site_id + 1) SELECT * FROM tree ORDER BY site_id

#: a PIVOT of what a WITH gives
WITH x AS (SELECT site_id, name FROM site) PIVOT x ON name USING count(*) GROUP BY site_id ORDER BY site_id
WITH x AS (SELECT site_id, name FROM site) SELECT * FROM (PIVOT x ON site_id IN (1, 2) USING count(*) GROUP BY name) ORDER BY name
WITH x AS (SELECT site_id FROM site), b AS (PIVOT x ON site_id IN (1, 2) USING count(*)) FROM b
WITH b AS (PIVOT site ON site_id USING count(*) GROUP BY name) SELECT * FROM b ORDER BY name
SELECT * FROM (WITH x AS (SELECT name FROM site) PIVOT x ON name USING count(*)) AS t
SELECT name FROM site WHERE EXISTS (WITH x AS (SELECT 1) FROM x) AND EXISTS (FROM meter) ORDER BY name

#: intervals whose units stand in their text
SELECT INTERVAL '1 day ago', INTERVAL '2 mons', INTERVAL '5 min', INTERVAL '3 hrs', INTERVAL '1 h', INTERVAL '5 m', INTERVAL '1 mil', INTERVAL '1.7 hours', INTERVAL '-1 hour'
SELECT DATE '2025-03-30' - INTERVAL '2 mons' + INTERVAL '1 day ago', INTERVAL '90 minutes' / 2, INTERVAL '2' WEEKS, INTERVAL 3 CENTURIES
SELECT time_bucket(INTERVAL '15 min', ts) AS q, sum(kwh) FROM reading GROUP BY q ORDER BY q LIMIT 3
SELECT kwh, avg(kwh) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '90 min' PRECEDING AND INTERVAL '1 h' FOLLOWING) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 4

#: lists made of rows and compared, types written out, searches without case
SELECT s.name, ARRAY(SELECT label FROM meter m WHERE m.site_id = s.site_id ORDER BY label) AS labels FROM site s ORDER BY s.site_id
SELECT ARRAY(FROM range(3)), [1, 2] <@ [1, 2, 3], [1] <@ [2], 1 <> ALL([2, 3]), 3 > ALL(SELECT site_id FROM site WHERE site_id < 3)
SELECT 'low'::ENUM('low', 'high') < 'high'::ENUM('low', 'high'), CAST(label AS ENUM('Main', 'PV', 'Cellar ''A''')) FROM meter ORDER BY meter_id
SELECT 'Köln' ~* 'kö', 'Köln' !~* 'ham', [3.0, 4.0]::FLOAT[2] <-> [0.0, 0.0]::FLOAT[2]
#: signs, numbers without a zero in front and bytes, and what their types are
SELECT typeof(.5), typeof(-.25), typeof(+NULL), - ~ 7, - + 7, + - 7, typeof(0.5), .5e3, [.5, 1.25][1]
SELECT name FROM site ORDER BY +1, site_id
SELECT count(*) FROM site GROUP BY +1
SELECT x'41', typeof(X'4142'), x'' IS NULL, hex(x'0aFF'), b.x FROM (SELECT 1 AS x) b
SELECT 1::UINT64, typeof(1::UINT8), typeof([1, 2]::UINT16[]), typeof(1::INT64), typeof('a'::UNION(n INT, t VARCHAR)), CAST(7 AS UINT32)
SELECT map, map + 1, t.map FROM (SELECT 1 AS map) AS t WHERE map > 0 GROUP BY map ORDER BY map
SELECT overlay('abcdef' PLACING 'xx' FROM 2 FOR 1), overlay('abcdef', 'xx', 2), overlay(name PLACING upper(name) FROM 1) FROM site ORDER BY site_id
SELECT extract(timezone FROM TIMESTAMPTZ '2025-01-01 00:00:00+00'), extract(timezone_hour FROM max(ts)), extract(isodow FROM DATE '2025-01-05'), extract(millisecond FROM max(ts)), extract('week' FROM DATE '2025-01-05') FROM reading
SELECT factorial(5) IS NULL, (5 IS NOT NULL)::INT, 5 IS NULL::INT
SELECT sum(is_smart IS TRUE::INT), sum(is_smart IS NOT FALSE::INT), typeof(max(true IS FALSE::INT)), count(*) FILTER (is_smart IS TRUE AND label IS NOT NULL) FROM meter
