SELECT "Wert je Zähler" FROM "Größe" ORDER BY id
SELECT date_trunc('day', ts) AS day, sum(kwh) FROM reading GROUP BY 1 ORDER BY 1
SELECT date_trunc('day', ts AT TIME ZONE 'Europe/Berlin') AS day, count(*) FROM reading GROUP BY 1 ORDER BY 1
SELECT date_bin('6 hours', ts, TIMESTAMPTZ '2025-01-01 00:00+00') AS bin, avg(kwh) FROM reading GROUP BY 1 ORDER BY 1
SELECT DISTINCT ON (meter_id) meter_id, ts, kwh FROM reading ORDER BY meter_id, kwh DESC NULLS LAST
SELECT extract(hour FROM ts) AS h, avg(kwh) FROM reading GROUP BY h ORDER BY h LIMIT 5
SELECT extract(epoch FROM max(ts) - min(ts)) FROM reading
SELECT date_part('hour', ts), to_char(ts, 'YYYY-MM-DD HH24:MI') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT sum(kwh) FILTER (WHERE meter_id = 10) FROM reading
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY kwh), mode() WITHIN GROUP (ORDER BY meter_id) FROM reading
SELECT percentile_disc(ARRAY[0.1, 0.9]) WITHIN GROUP (ORDER BY kwh) FROM reading
SELECT array_agg(label ORDER BY label DESC), string_agg(label, ', ' ORDER BY label) FROM meter
SELECT (array_agg(kwh ORDER BY ts))[1:3] FROM reading WHERE meter_id = 10
SELECT ARRAY[1, 2, 3] @> ARRAY[2], ARRAY[1, 2] && ARRAY[2, 3], 2 = ANY(ARRAY[1, 2])
SELECT details ->> 'phase', details -> 'tags' ->> 0, details #>> '{tags,0}' FROM meter ORDER BY meter_id
SELECT meter_id FROM meter WHERE details @> '{"phase": 3}' ORDER BY 1
SELECT meter_id FROM meter WHERE details ? 'tags' ORDER BY 1
SELECT m.meter_id, t FROM meter m CROSS JOIN LATERAL jsonb_array_elements_text(m.details -> 'tags') AS t ORDER BY 1, 2
SELECT jsonb_build_object('label', label), jsonb_typeof(details) FROM meter ORDER BY meter_id
SELECT key, count(*) FROM meter, jsonb_each(details) AS e(key, value) GROUP BY key ORDER BY key
SELECT * FROM jsonb_to_recordset('[{"a": 1, "b": "x"}]'::jsonb) AS r(a INT, b TEXT)
SELECT n FROM generate_series(1, 5) AS n
SELECT g FROM generate_series('2025-03-29'::timestamptz, '2025-03-30'::timestamptz, INTERVAL '6 hours') AS g
SELECT g.day, count(r.ts) FROM generate_series(DATE '2025-03-28', DATE '2025-03-30', '1 day') AS g(day) LEFT JOIN reading r ON r.ts >= g.day AND r.ts < g.day + INTERVAL '1 day' GROUP BY 1 ORDER BY 1
SELECT u.x, u.i FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS u(x, i) ORDER BY i
SELECT unnest(ARRAY[1, 2]) AS n
SELECT s.name, l.label FROM site s LEFT JOIN LATERAL (SELECT label FROM meter m WHERE m.site_id = s.site_id ORDER BY label LIMIT 1) l ON true ORDER BY 1
SELECT meter_id, sum(kwh) FROM reading GROUP BY GROUPING SETS ((meter_id), ()) ORDER BY 1 NULLS FIRST
SELECT meter_id, grouping(meter_id), count(*) FROM reading GROUP BY ROLLUP (meter_id) ORDER BY 1 NULLS FIRST
SELECT site_id, label, count(*) FROM meter GROUP BY CUBE (site_id, label) ORDER BY 1, 2, 3
SELECT label ~ '^M', label ~* '^m', label !~ 'x', label SIMILAR TO 'P_' FROM meter ORDER BY meter_id
SELECT label FROM meter WHERE label ILIKE ANY (ARRAY['pv', 'main']) ORDER BY 1
SELECT regexp_replace(label, '[a-z]+', '*', 'g'), split_part('a.b.c', '.', 2), initcap('old mill') FROM meter ORDER BY meter_id
SELECT '2025-03-30'::date + 1, DATE '2025-03-30' - DATE '2025-03-01', INTERVAL '1 day 2 hours'
SELECT installed_on + INTERVAL '1 month', age(DATE '2025-01-01', installed_on) FROM meter ORDER BY meter_id
SELECT make_interval(days => 3), make_date(2025, 3, 30), to_timestamp(0)
SELECT 7 / 2, 7 % 3, 2 ^ 3, 5 & 3, 5 | 2, 5 # 1, 1 << 4, |/ 16
SELECT meter_id IS DISTINCT FROM NULL, is_smart IS TRUE, is_smart IS NOT FALSE FROM meter ORDER BY meter_id
SELECT overlay('abcdef' PLACING 'x' FROM 2 FOR 1), position('c' IN 'abc'), trim(BOTH 'x' FROM 'xax'), substring('abc' FROM 2)
SELECT concat(name, ' ', city), concat_ws('-', 'a', NULL, 'b'), format('%s: %s', name, city) FROM site ORDER BY site_id
SELECT avg(kwh) OVER w, sum(kwh) OVER (w ROWS 2 PRECEDING) FROM reading WHERE meter_id = 10 WINDOW w AS (ORDER BY ts) ORDER BY ts LIMIT 3
SELECT avg(kwh) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '3 hours' PRECEDING AND CURRENT ROW) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT name FROM site ORDER BY city NULLS FIRST FETCH FIRST 2 ROWS ONLY
SELECT name FROM site ORDER BY area_m2 DESC FETCH FIRST 1 ROWS WITH TIES
SELECT * FROM public.site ORDER BY site_id
SELECT site.name FROM public.site ORDER BY 1
SELECT NAME FROM Site ORDER BY 1
VALUES (1, 'a'), (2, 'b')
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(n, t) ORDER BY n
SELECT (1, 2) = (1, 2), ROW(1, 'a')
WITH t AS MATERIALIZED (SELECT * FROM site) SELECT count(*) FROM t
WITH RECURSIVE tree AS (SELECT site_id, 1 AS depth FROM site WHERE site_id = 1 UNION ALL SELECT s.site_id, depth + 1 FROM site s JOIN tree ON s.site_id = tree.site_id + 1) SELECT * FROM tree ORDER BY 1
SELECT kwh::numeric(10, 2)::text FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT E'tab\there', 'it''s', $$dollar 'quoted'$$
SELECT width_bucket(kwh, 0, 20, 4), count(*) FROM reading GROUP BY 1 ORDER BY 1
SELECT corr(kwh, temperature_c), regr_slope(kwh, temperature_c), stddev_samp(kwh) FROM reading WHERE meter_id = 10
SELECT greatest(1, 2, NULL), least(3, 2), num_nulls(NULL, 1)
SELECT to_tsvector('english', name) @@ to_tsquery('english', 'mill') FROM site ORDER BY site_id
SELECT count(*) FROM ONLY site
SELECT name COLLATE "C" FROM site ORDER BY name COLLATE "C"
SELECT bool_and(is_smart), bool_or(is_smart), every(is_smart) FROM meter
SELECT (ts, ts + INTERVAL '1 hour') OVERLAPS (TIMESTAMPTZ '2025-03-29 00:30+00', TIMESTAMPTZ '2025-03-29 00:45+00') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT lpad(label, 8, '.'), repeat('ab', 3), md5('a'), encode('a'::bytea, 'hex') FROM meter ORDER BY meter_id
SELECT tstzrange(min(ts), max(ts)) FROM reading
