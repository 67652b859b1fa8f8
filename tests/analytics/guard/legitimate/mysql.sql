SELECT `Wert je Zähler` FROM `Größe` ORDER BY id
SELECT date_format(ts, '%Y-%m-%d') AS day, sum(kwh) FROM reading GROUP BY day ORDER BY day
SELECT date(ts), hour(ts), dayofweek(ts), monthname(ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT timestampdiff(HOUR, min(ts), max(ts)) FROM reading
SELECT date_add('2025-03-30', INTERVAL 1 MONTH), date_sub('2025-03-30', INTERVAL '1 2' DAY_HOUR)
SELECT '2025-03-30' + INTERVAL 1 DAY, DATE '2025-03-30', TIMESTAMP '2025-03-30 02:30:00'
SELECT convert_tz(ts, '+00:00', '+02:00') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT unix_timestamp('2025-03-30 00:00:00'), from_unixtime(0), str_to_date('30.03.2025', '%d.%m.%Y')
SELECT meter_id, sum(kwh) FROM reading GROUP BY meter_id WITH ROLLUP
SELECT group_concat(DISTINCT label ORDER BY label DESC SEPARATOR '; ') FROM meter
SELECT IF(kwh > 5, 'high', 'low') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 3
SELECT ifnull(city, '-'), city <=> NULL FROM site ORDER BY site_id
SELECT json_extract(details, '$.phase'), json_unquote(json_extract(details, '$.tags[0]')) FROM meter ORDER BY meter_id
SELECT json_value(details, '$.phase'), json_length(details, '$.tags') FROM meter ORDER BY meter_id
SELECT m.meter_id, t.tag FROM meter m, JSON_TABLE(m.details, '$.tags[*]' COLUMNS (tag VARCHAR(20) PATH '$')) AS t ORDER BY 1, 2
SELECT json_arrayagg(label), json_objectagg(label, meter_id) FROM meter WHERE site_id = 1
SELECT label FROM meter WHERE label REGEXP '^M' ORDER BY 1
SELECT label FROM meter WHERE label RLIKE 'v$' ORDER BY 1
SELECT regexp_replace(label, '[a-z]+', '*') FROM meter ORDER BY meter_id
SELECT 7 DIV 2, 7 MOD 3, 7 % 3, 7 / 2, 5 & 3, 5 | 2, 5 ^ 1, 1 << 4, ~1
SELECT true AND NOT false, true XOR true, 1 && 0, 1 || 0, !1
SELECT CAST(kwh AS SIGNED), CAST('12' AS UNSIGNED), CAST(kwh AS CHAR), CONVERT(kwh, DECIMAL(8, 1)) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT CONVERT('a' USING utf8mb4), 'a' COLLATE utf8mb4_bin, BINARY 'a' = 'A'
SELECT "double quoted", 'it''s', 'back\\slash', 'q\'uote'
SELECT concat(name, ' ', city), concat_ws('-', 'a', NULL, 'b'), left(name, 3), right(name, 3), mid(name, 2, 2) FROM site ORDER BY site_id
SELECT substring_index('a.b.c', '.', 2), locate('b', 'abc'), position('c' IN 'abc'), instr('abc', 'b')
SELECT trim(BOTH 'x' FROM 'xax'), trim(LEADING '0' FROM '007'), substring('meter' FROM 2 FOR 3), reverse('ab')
SELECT lpad(label, 8, '.'), repeat('ab', 3), space(2), format(1234.5, 1), hex('a') FROM meter ORDER BY meter_id
SELECT extract(YEAR FROM ts), extract(DAY_HOUR FROM ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT year(installed_on), quarter(installed_on), last_day(installed_on), datediff('2025-01-01', installed_on) FROM meter ORDER BY meter_id
SELECT meter_id, kwh, sum(kwh) OVER w FROM reading WHERE meter_id = 10 WINDOW w AS (ORDER BY ts) ORDER BY ts LIMIT 3
SELECT avg(kwh) OVER (PARTITION BY meter_id ORDER BY ts ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) FROM reading ORDER BY meter_id, ts LIMIT 5
SELECT median(kwh) OVER (PARTITION BY meter_id) FROM reading ORDER BY 1 LIMIT 3
SELECT ntile(4) OVER (ORDER BY kwh), percent_rank() OVER (ORDER BY kwh) FROM reading WHERE meter_id = 10 ORDER BY 1, 2
SELECT stddev(kwh), variance(kwh), bit_or(meter_id) FROM reading WHERE meter_id = 10
SELECT name FROM site ORDER BY city IS NULL, city
SELECT name FROM site LIMIT 1, 2
SELECT * FROM site NATURAL JOIN meter ORDER BY meter_id
SELECT straight.name FROM site AS straight ORDER BY 1
SELECT m.label FROM meter m USE INDEX (PRIMARY) ORDER BY 1
SELECT * FROM (SELECT meter_id, max(kwh) AS peak FROM reading GROUP BY meter_id) AS p ORDER BY peak DESC
SELECT 1 FROM DUAL
SELECT greatest(1, 2), least(3, 2), field('b', 'a', 'b'), elt(2, 'a', 'b'), find_in_set('b', 'a,b')
SELECT sha2('a', 256), md5('a'), crc32('a'), to_base64('a')
SELECT 0x41, x'41', b'101' + 0, 1e3, .5
SELECT kwh FROM reading WHERE ts BETWEEN '2025-03-29 03:00:00' AND '2025-03-29 05:00:00' AND meter_id = 10 ORDER BY ts
SELECT (1, 2) = (1, 2), (10, 1) IN (SELECT meter_id, site_id FROM meter)
SELECT time_to_sec('01:30:00'), sec_to_time(5400), addtime('01:00:00', '00:30:00'), timediff('03:00:00', '01:00:00')
SELECT weekday(ts), week(ts, 3), yearweek(ts), dayname(ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT label FROM meter WHERE label LIKE 'Ma\_n' OR label LIKE 'M%' ORDER BY 1 # comment
WITH RECURSIVE h AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM h WHERE n < 23) SELECT count(*) FROM h
WITH t AS (SELECT meter_id, sum(kwh) AS s FROM reading GROUP BY meter_id) SELECT t.s, m.label FROM t JOIN meter m USING (meter_id) ORDER BY 1
