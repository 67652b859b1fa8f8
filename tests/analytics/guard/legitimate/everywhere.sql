#: windows
SELECT meter_id, kwh, row_number() OVER (PARTITION BY meter_id ORDER BY ts) AS n FROM reading ORDER BY 1, 3 LIMIT 20
SELECT meter_id, kwh, sum(kwh) OVER (PARTITION BY meter_id ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS rolling FROM reading WHERE kwh IS NOT NULL ORDER BY 1, ts LIMIT 20
SELECT ts, kwh - lag(kwh) OVER (ORDER BY ts) AS step FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 10
SELECT meter_id, rank() OVER (ORDER BY sum(kwh) DESC) AS place FROM reading GROUP BY meter_id ORDER BY 2

#: common table expressions
WITH totals AS (SELECT meter_id, sum(kwh) AS total FROM reading GROUP BY meter_id) SELECT max(total) FROM totals
WITH a AS (SELECT meter_id FROM meter), b AS (SELECT meter_id FROM a WHERE meter_id > 10) SELECT * FROM b ORDER BY 1
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5) SELECT sum(x) FROM n

#: joins and subqueries
SELECT s.name, sum(r.kwh) FROM reading r JOIN meter m ON m.meter_id = r.meter_id JOIN site s ON s.site_id = m.site_id GROUP BY s.name ORDER BY 1
SELECT s.name, m.label FROM site s LEFT JOIN meter m ON m.site_id = s.site_id ORDER BY 1, 2
SELECT name FROM site WHERE EXISTS (SELECT 1 FROM meter WHERE meter.site_id = site.site_id AND meter.label = 'PV')
SELECT name FROM site WHERE site_id NOT IN (SELECT site_id FROM meter WHERE label = 'PV') ORDER BY name
SELECT name, (SELECT count(*) FROM meter m WHERE m.site_id = s.site_id) AS meters FROM site s ORDER BY name
SELECT x.kwh FROM (SELECT kwh FROM reading WHERE meter_id = 10) AS x WHERE x.kwh > 12 ORDER BY 1
SELECT a.meter_id AS one, b.meter_id AS two FROM meter a CROSS JOIN meter b WHERE a.meter_id < b.meter_id ORDER BY 1, 2
SELECT * FROM meter JOIN site USING (site_id) ORDER BY meter_id
SELECT p.ts, p.eur_per_mwh * r.kwh / 1000 AS cost FROM reading r JOIN price p ON p.ts = r.ts WHERE r.meter_id = 10 ORDER BY 1 LIMIT 4

#: sets, values and samples
SELECT meter_id, kwh FROM reading ORDER BY kwh DESC, meter_id LIMIT 3 OFFSET 2
SELECT name FROM site UNION SELECT label FROM meter ORDER BY 1
SELECT site_id FROM site UNION ALL SELECT site_id FROM meter ORDER BY 1
SELECT site_id FROM site EXCEPT SELECT site_id FROM meter WHERE label = 'PV' ORDER BY 1
SELECT site_id FROM site INTERSECT SELECT site_id FROM meter ORDER BY 1

#: aggregates and grouping
SELECT count(*) FROM reading
SELECT count(DISTINCT meter_id) AS meters FROM reading
SELECT meter_id, sum(kwh) AS kwh FROM reading GROUP BY meter_id ORDER BY kwh DESC
SELECT meter_id, avg(kwh), min(kwh), max(kwh) FROM reading GROUP BY meter_id HAVING sum(kwh) > 10 ORDER BY 1
SELECT CASE WHEN kwh < 5 THEN 'low' WHEN kwh < 10 THEN 'middle' ELSE 'high' END AS band, count(*) FROM reading WHERE kwh IS NOT NULL GROUP BY 1 ORDER BY 1
SELECT round(CAST(avg(kwh) AS DECIMAL(10, 3)), 2) FROM reading
SELECT sum(CASE WHEN temperature_c > 10 THEN kwh ELSE 0 END) AS warm FROM reading

#: names, quotes, comments and the end of a statement
SELECT name AS `select`, city AS `from` FROM site ORDER BY 1;

#: text
SELECT label FROM meter WHERE label LIKE '%''%'
SELECT upper(name), lower(city), length(name) FROM site ORDER BY site_id
SELECT trim('  x  '), replace('a-b', '-', '+'), substr('meter', 2, 3)
SELECT substring(name, 1, 4) FROM site ORDER BY 1

#: conditions, numbers and types
SELECT * FROM site
SELECT name, city FROM site ORDER BY name
SELECT DISTINCT site_id FROM meter ORDER BY 1
SELECT name FROM site WHERE city IS NULL
SELECT name FROM site WHERE city IN ('Hamburg', 'Köln') ORDER BY name
SELECT label FROM meter WHERE NOT (label = 'Main' OR label = 'PV')
SELECT meter_id, kwh FROM reading WHERE kwh BETWEEN 1 AND 2 ORDER BY ts, meter_id LIMIT 5
SELECT CASE label WHEN 'PV' THEN 1 ELSE 0 END FROM meter ORDER BY meter_id
SELECT coalesce(city, 'unknown') FROM site ORDER BY site_id
SELECT nullif(label, 'PV') FROM meter ORDER BY meter_id
SELECT kwh * 2, kwh + 1, kwh - 1, kwh / 2, -kwh FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 4
SELECT CAST(kwh AS DECIMAL(10, 2)) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 3
SELECT CAST(meter_id AS CHAR(10)) FROM meter ORDER BY 1
SELECT r.* FROM reading r WHERE r.meter_id = 20 AND r.kwh IS NULL
SELECT max(ts), min(ts) FROM reading
SELECT mod(meter_id, 3) FROM meter ORDER BY meter_id
SELECT abs(-2.5), floor(2.5), ceil(2.1), power(2, 3), sqrt(16.0)
SELECT 1
#: signs before numbers
SELECT coalesce(- -1, 2), coalesce(NULL, - -0, area_m2), 1 - -1, .5 + 1 FROM site ORDER BY site_id
