SELECT "Wert je Zähler" FROM "Größe" ORDER BY id
SELECT * EXCLUDE (temperature_c) FROM reading WHERE meter_id = 11 ORDER BY ts LIMIT 2
SELECT * REPLACE (kwh * 1000 AS kwh) FROM reading WHERE meter_id = 11 ORDER BY ts LIMIT 2
FROM site ORDER BY site_id
FROM site SELECT name WHERE site_id = 1
SELECT date_trunc('day', ts) AS day, sum(kwh) FROM reading GROUP BY ALL ORDER BY ALL
SELECT time_bucket(INTERVAL '6 hours', ts) AS bucket, avg(kwh) FROM reading GROUP BY 1 ORDER BY 1
SELECT meter_id, kwh FROM reading QUALIFY row_number() OVER (PARTITION BY meter_id ORDER BY kwh DESC NULLS LAST) = 1 ORDER BY 1
SELECT sum(kwh) FILTER (WHERE meter_id = 10) AS ten, sum(kwh) FILTER (meter_id = 11) AS eleven FROM reading
SELECT meter_id, list(kwh ORDER BY ts)[1:3] FROM reading GROUP BY meter_id ORDER BY 1
SELECT list_transform([1, 2, 3], lambda x: x * 2)
SELECT list_filter([1, 2, 3], lambda x: x > 1)
SELECT [x * 2 FOR x IN [1, 2, 3] IF x > 1]
SELECT {'a': 1, 'b': 'two'} AS pair
SELECT struct_pack(a := 1, b := 2).b
SELECT MAP {'a': 1}['a']
SELECT unnest([1, 2, 3]) AS n ORDER BY n
SELECT n FROM generate_series(1, 5) AS g(n)
SELECT * FROM range(3)
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(n, t) ORDER BY n
VALUES (1, 'a'), (2, 'b')
PIVOT (SELECT meter_id, hour(ts) AS h, kwh FROM reading WHERE hour(ts) < 3 AND meter_id = 10) ON h USING sum(kwh) GROUP BY meter_id
SELECT * FROM (SELECT meter_id, hour(ts) AS h, kwh FROM reading) PIVOT (sum(kwh) FOR h IN (0, 1)) ORDER BY meter_id
SELECT * FROM (SELECT meter_id, kwh, temperature_c FROM reading WHERE meter_id = 11 ORDER BY ts LIMIT 2) UNPIVOT (value FOR name IN (kwh, temperature_c)) ORDER BY ALL
SELECT s.name, l.label FROM site s, LATERAL (SELECT label FROM meter m WHERE m.site_id = s.site_id ORDER BY label LIMIT 1) AS l ORDER BY 1
SELECT r.ts, p.eur_per_mwh FROM reading r ASOF JOIN price p ON r.ts >= p.ts WHERE r.meter_id = 10 ORDER BY 1 LIMIT 3
SELECT details->>'$.phase', details->'$.tags' FROM meter ORDER BY meter_id
SELECT json_extract_string(details, '$.tags[0]') FROM meter ORDER BY meter_id
SELECT strftime(ts, '%Y-%m-%d') AS day, count(*) FROM reading GROUP BY 1 ORDER BY 1
SELECT extract(hour FROM ts) AS h, avg(kwh) FROM reading GROUP BY h ORDER BY h LIMIT 5
SELECT ts AT TIME ZONE 'Europe/Berlin' AS here FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT quantile_cont(kwh, 0.5), median(kwh), mode(meter_id) FROM reading
SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY kwh) FROM reading
SELECT arg_max(ts, kwh) FROM reading WHERE meter_id = 10
SELECT max(kwh, 2) FROM reading WHERE meter_id = 10
SELECT string_agg(label, ', ' ORDER BY label DESC) FROM meter
SELECT regexp_extract(label, '[A-Z]+'), regexp_matches(label, '^M') FROM meter ORDER BY meter_id
SELECT label ~ 'M.*', label SIMILAR TO 'P.', label GLOB 'M*' FROM meter ORDER BY meter_id
SELECT label FROM meter WHERE label ILIKE 'pv'
SELECT meter_id IS DISTINCT FROM NULL FROM meter ORDER BY meter_id
SELECT 7 // 2, 7 % 3, 2 ** 3, 5 & 3, 5 | 2, 1 << 4
SELECT installed_on + INTERVAL 1 MONTH, installed_on - INTERVAL '3 days' FROM meter ORDER BY 1
SELECT date_diff('day', min(ts), max(ts)) FROM reading
SELECT DATE '2025-03-30', TIMESTAMP '2025-03-30 02:30:00', TIMESTAMPTZ '2025-03-30 02:30:00+01'
SELECT TRY_CAST('x' AS INTEGER), '12'::INTEGER, 1.5::DECIMAL(4, 1)
SELECT CAST({'a': 1} AS STRUCT(a BIGINT))
SELECT kwh::VARCHAR || ' kWh' FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT meter_id, sum(kwh) FROM reading GROUP BY GROUPING SETS ((meter_id), ()) ORDER BY 1 NULLS FIRST
SELECT meter_id, grouping(meter_id), count(*) FROM reading GROUP BY ROLLUP (meter_id) ORDER BY 1 NULLS FIRST
SELECT site_id, label, count(*) FROM meter GROUP BY CUBE (site_id, label) ORDER BY ALL
SELECT first_value(kwh) OVER w, last_value(kwh) OVER w FROM reading WHERE meter_id = 11 WINDOW w AS (ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) LIMIT 2
SELECT avg(kwh) OVER (ORDER BY ts RANGE BETWEEN INTERVAL 3 HOURS PRECEDING AND CURRENT ROW) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT COLUMNS('k.*') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT name FROM site UNION ALL BY NAME SELECT name FROM site ORDER BY name
SELECT total: sum(kwh) FROM reading
SELECT * FROM site SEMI JOIN meter USING (site_id) ORDER BY site_id
SELECT * FROM site ANTI JOIN (SELECT site_id FROM meter WHERE label = 'PV') AS p USING (site_id) ORDER BY site_id
SELECT * FROM main.site ORDER BY site_id
SELECT name FROM site LIMIT 50%
SELECT printf('%.2f', kwh), format('{:.1f}', kwh) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT lpad(label, 8, '.'), repeat('ab', 3) FROM meter ORDER BY meter_id
WITH s AS MATERIALIZED (SELECT * FROM site) SELECT count(*) FROM s
WITH meter AS (SELECT 1 AS meter_id) SELECT * FROM meter
SELECT SITE.Name FROM SITE ORDER BY 1
SELECT true AND NOT false, NULL IS NULL, 1e3, .5
SELECT hour(ts), isodow(ts), monthname(ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT histogram(meter_id) FROM meter
SELECT corr(kwh, temperature_c), regr_slope(kwh, temperature_c), stddev(kwh) FROM reading WHERE meter_id = 10
