#: windows
SELECT meter_id, kwh, sum(kwh) OVER w FROM reading WHERE meter_id = 10 WINDOW w AS (ORDER BY ts) ORDER BY ts LIMIT 3
SELECT avg(kwh) OVER (PARTITION BY meter_id ORDER BY ts ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) FROM reading ORDER BY meter_id, ts LIMIT 5
SELECT median(kwh) OVER (PARTITION BY meter_id) FROM reading ORDER BY 1 LIMIT 3
SELECT ntile(4) OVER (ORDER BY kwh), percent_rank() OVER (ORDER BY kwh) FROM reading WHERE meter_id = 10 ORDER BY 1, 2
SELECT meter_id, ts, SUM(kwh) OVER (PARTITION BY meter_id ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM reading ORDER BY meter_id, ts LIMIT 10
SELECT kwh, AVG(kwh) OVER (ORDER BY ts ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING), SUM(kwh) OVER (ORDER BY meter_id RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
SELECT LAG(kwh, 24) OVER w, LEAD(kwh) OVER w, FIRST_VALUE(kwh) OVER w, LAST_VALUE(kwh) OVER w, NTH_VALUE(kwh, 2) OVER w, ROW_NUMBER() OVER w, RANK() OVER w, DENSE_RANK() OVER w, NTILE(4) OVER w, PERCENT_RANK() OVER w, CUME_DIST() OVER w FROM reading WHERE meter_id = 10 WINDOW w AS (PARTITION BY meter_id ORDER BY ts) ORDER BY ts LIMIT 5
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY kwh) OVER (PARTITION BY meter_id), MEDIAN(kwh) OVER (PARTITION BY meter_id) FROM reading ORDER BY 1 LIMIT 2
SELECT * FROM (SELECT r.*, ROW_NUMBER() OVER (PARTITION BY meter_id ORDER BY kwh DESC, ts) AS rn FROM reading r) t WHERE rn <= 2 ORDER BY meter_id, rn
WITH daily AS (SELECT DATE(ts) AS d, meter_id, SUM(kwh) AS kwh FROM reading GROUP BY 1, 2) SELECT d, kwh, kwh - LAG(kwh) OVER (PARTITION BY meter_id ORDER BY d) FROM daily ORDER BY meter_id, d
SELECT meter_id, kwh, ROUND(100 * kwh / SUM(kwh) OVER (PARTITION BY meter_id), 2) AS share FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 5
WITH gaps AS (SELECT meter_id, ts, TIMESTAMPDIFF(MINUTE, LAG(ts) OVER (PARTITION BY meter_id ORDER BY ts), ts) AS gap FROM reading) SELECT meter_id, MAX(gap), SUM(gap > 60) FROM gaps GROUP BY meter_id ORDER BY 1
SELECT SUM(SUM(kwh)) OVER (ORDER BY meter_id) FROM reading GROUP BY meter_id ORDER BY 1
SELECT meter_id, ts, kwh FROM (SELECT *, MAX(kwh) OVER (PARTITION BY meter_id) AS peak FROM reading) AS x WHERE kwh = peak ORDER BY 1, 2
SELECT MAX(kwh) OVER () FROM reading LIMIT 1
SELECT JSON_EXTRACT('{"a": [1, 2]}', '$.a[1]'), JSON_EXTRACT('{"a": {"b": 1}}', '$.a.b', '$.a'), JSON_UNQUOTE('"x"'), JSON_CONTAINS_PATH('{"a": 1}', 'one', '$.a'), JSON_ARRAY_APPEND('[1]', '$', 2), JSON_OVERLAPS('[1]', '[1, 2]'), JSON_COMPACT('{"a": 1}'), JSON_EXISTS('{"a": 1}', '$.a')
SELECT ROW_NUMBER() OVER (ORDER BY SUM(kwh) DESC) AS r, meter_id FROM reading GROUP BY meter_id ORDER BY r

#: common table expressions
WITH RECURSIVE h AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM h WHERE n < 23) SELECT count(*) FROM h
WITH t AS (SELECT meter_id, sum(kwh) AS s FROM reading GROUP BY meter_id) SELECT t.s, m.label FROM t JOIN meter m USING (meter_id) ORDER BY 1
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT SUM(n) FROM t
WITH RECURSIVE days(d) AS (SELECT CAST('2025-03-28' AS DATE) UNION ALL SELECT d + INTERVAL 1 DAY FROM days WHERE d < '2025-03-31') SELECT d, COUNT(r.ts) FROM days LEFT JOIN reading r ON DATE(r.ts) = d GROUP BY d ORDER BY d
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM a, b

#: lists, arrays, structs and maps
SELECT json_extract(details, '$.phase'), json_unquote(json_extract(details, '$.tags[0]')) FROM meter ORDER BY meter_id
SELECT m.meter_id, t.tag FROM meter m, JSON_TABLE(m.details, '$.tags[*]' COLUMNS (tag VARCHAR(20) PATH '$')) AS t ORDER BY 1, 2
SELECT json_arrayagg(label), json_objectagg(label, meter_id) FROM meter WHERE site_id = 1
SELECT regexp_replace(label, '[a-z]+', '*') FROM meter ORDER BY meter_id
SELECT GROUP_CONCAT(label ORDER BY label SEPARATOR ', '), GROUP_CONCAT(DISTINCT label ORDER BY label DESC), JSON_ARRAYAGG(label), JSON_OBJECTAGG(meter_id, label) FROM meter WHERE site_id = 1
SELECT JSON_EXTRACT(details, '$.phase'), JSON_VALUE(details, '$.phase'), JSON_UNQUOTE(JSON_EXTRACT(details, '$.tags[0]')), JSON_LENGTH(details, '$.tags'), JSON_KEYS(details), JSON_CONTAINS(details, '3', '$.phase'), JSON_TYPE(details), JSON_SEARCH(details, 'one', 'grid'), JSON_VALID(details), JSON_QUERY(details, '$.tags') FROM meter ORDER BY meter_id
SELECT JSON_OBJECT('id', site_id, 'name', name), JSON_ARRAY(1, 'a', NULL), JSON_SET('{"a": 1}', '$.a', 2), JSON_MERGE_PATCH('{"a": 1}', '{"b": 2}'), JSON_REMOVE('{"a": 1}', '$.a'), JSON_QUOTE('a'), JSON_DEPTH('[]') FROM site ORDER BY site_id
SELECT m.meter_id, j.tag FROM meter m JOIN JSON_TABLE(m.details, '$.tags[*]' COLUMNS (tag VARCHAR(20) PATH '$')) AS j ORDER BY 1, 2
SELECT REGEXP_REPLACE(label, '[aeiou]', '*'), REGEXP_SUBSTR(label, '^.'), REGEXP_INSTR(label, 'a'), label REGEXP '^M', label NOT REGEXP 'x', label RLIKE 'a' FROM meter ORDER BY meter_id
SELECT m.label, j.tag FROM meter m LEFT JOIN JSON_TABLE(m.details, '$.tags[*]' COLUMNS (tag VARCHAR(20) PATH '$')) j ON TRUE ORDER BY 1, 2
SELECT REGEXP_REPLACE('abc', '(a)(b)', '\\2\\1'), REGEXP_SUBSTR('abc123', '[0-9]+')

#: JSON
SELECT json_value(details, '$.phase'), json_length(details, '$.tags') FROM meter ORDER BY meter_id

#: calendars and time
SELECT date_format(ts, '%Y-%m-%d') AS day, sum(kwh) FROM reading GROUP BY day ORDER BY day
SELECT date(ts), hour(ts), dayofweek(ts), monthname(ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT timestampdiff(HOUR, min(ts), max(ts)) FROM reading
SELECT date_add('2025-03-30', INTERVAL 1 MONTH), date_sub('2025-03-30', INTERVAL '1 2' DAY_HOUR)
SELECT '2025-03-30' + INTERVAL 1 DAY, DATE '2025-03-30', TIMESTAMP '2025-03-30 02:30:00'
SELECT unix_timestamp('2025-03-30 00:00:00'), from_unixtime(0), str_to_date('30.03.2025', '%d.%m.%Y')
SELECT extract(YEAR FROM ts), extract(DAY_HOUR FROM ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT year(installed_on), quarter(installed_on), last_day(installed_on), datediff('2025-01-01', installed_on) FROM meter ORDER BY meter_id
SELECT time_to_sec('01:30:00'), sec_to_time(5400), addtime('01:00:00', '00:30:00'), timediff('03:00:00', '01:00:00')
SELECT DATE(ts) AS d, SUM(kwh) AS total FROM reading GROUP BY d ORDER BY d
SELECT DATE_FORMAT(ts, '%Y-%m-%d %H:00') AS h, AVG(kwh) FROM reading GROUP BY h ORDER BY h LIMIT 4
SELECT EXTRACT(YEAR_MONTH FROM ts), EXTRACT(HOUR FROM ts), EXTRACT(DAY FROM ts) FROM reading ORDER BY ts LIMIT 1
SELECT DATE_ADD(ts, INTERVAL 15 MINUTE), DATE_SUB(ts, INTERVAL 1 MONTH), ts + INTERVAL 1 DAY, ts - INTERVAL '1:30' HOUR_MINUTE, ADDDATE(ts, 1), SUBDATE(ts, INTERVAL 1 WEEK), TIMESTAMPADD(HOUR, 2, ts), TIMESTAMPDIFF(MINUTE, '2025-01-01', ts), DATEDIFF(ts, '2025-01-01'), TIMEDIFF('10:00:00', '09:00:00') FROM reading ORDER BY ts LIMIT 1
SELECT FROM_UNIXTIME(0), UNIX_TIMESTAMP('2025-03-30'), STR_TO_DATE('30.03.2025', '%d.%m.%Y'), CONVERT_TZ('2025-03-30 00:00:00', '+00:00', '+02:00'), MAKEDATE(2025, 89), MAKETIME(1, 2, 3), SEC_TO_TIME(3661), TIME_TO_SEC('01:01:01'), TO_DAYS('2025-03-30'), FROM_DAYS(739705), PERIOD_ADD(202503, 1), TIME('2025-03-30 10:11:12')
SELECT FROM_UNIXTIME(FLOOR(UNIX_TIMESTAMP(ts) / 900) * 900) AS quarter_hour, SUM(kwh) FROM reading GROUP BY quarter_hour ORDER BY 1 LIMIT 3
SELECT NOW() IS NOT NULL, CURDATE() IS NOT NULL, CURRENT_DATE IS NOT NULL, CURRENT_TIMESTAMP IS NOT NULL, CURRENT_TIMESTAMP(3) IS NOT NULL, SYSDATE() IS NOT NULL, UTC_TIMESTAMP() IS NOT NULL, CURTIME() IS NOT NULL, LOCALTIME IS NOT NULL, UTC_DATE IS NOT NULL
SELECT meter_id, DATE(ts) AS d, SUM(kwh) FROM reading GROUP BY meter_id, d WITH ROLLUP
SELECT COUNT(DISTINCT meter_id, DATE(ts)), COUNT(DISTINCT meter_id), SUM(DISTINCT meter_id) FROM reading
SELECT r.ts, p.eur_per_mwh FROM reading r JOIN price p ON r.ts >= p.ts AND r.ts < p.ts + INTERVAL 1 HOUR WHERE r.meter_id = 10 ORDER BY 1 LIMIT 3
SELECT 1 IS TRUE, NULL IS NOT FALSE, NULL IS UNKNOWN, 2 BETWEEN 1 AND 3, 2 NOT BETWEEN 1 AND 3, 1 IN (1, 2), NULL NOT IN (1), 1 IS NOT NULL
SELECT CAST('12' AS SIGNED), CAST('12' AS UNSIGNED), CAST(1 AS CHAR), CAST('1.5' AS DECIMAL(5, 2)), CAST('2025-03-30' AS DATE), CAST('2025-03-30 10:00' AS DATETIME), CAST('10:00' AS TIME), CAST(1.5 AS DOUBLE), CAST('a' AS BINARY), CONVERT('1', SIGNED), CONVERT('a' USING utf8mb4), CAST('a' AS CHAR(3)), CAST(ts AS DATE) FROM reading ORDER BY ts LIMIT 1
SELECT x'41', 0x41, b'1', 1e3, .5, 'it''s', "double ""quoted""", 'back\\slash', 'a\'b', _utf8mb4'a', N'a', 'a' 'b', '; DROP TABLE site; --', '/* no comment */', DATE '2025-03-30', TIME '10:00:00', TIMESTAMP '2025-03-30 10:00:00'
SELECT DISTINCT DATE(ts) FROM reading ORDER BY 1
SELECT DATE_FORMAT(ts, '%W %d. %M %Y, %H:%i'), TIME_FORMAT('10:00:00', '%H'), GET_FORMAT(DATE, 'EUR') FROM reading ORDER BY ts LIMIT 1
SELECT MIN(ts), MAX(ts), TIMESTAMPDIFF(HOUR, MIN(ts), MAX(ts)) + 1 AS hours, COUNT(*) FROM reading GROUP BY meter_id
SELECT STR_TO_DATE(CONCAT(YEAR(ts), '-', LPAD(MONTH(ts), 2, '0'), '-01'), '%Y-%m-%d') AS m, SUM(kwh) FROM reading GROUP BY m
SELECT ts, kwh FROM reading WHERE TIME(ts) BETWEEN '08:00' AND '10:00' AND meter_id = 10 ORDER BY ts
SELECT meter_id, SUM(kwh) / COUNT(DISTINCT DATE(ts)) AS per_day FROM reading GROUP BY meter_id ORDER BY meter_id
SELECT COUNT(*) FROM reading WHERE ts >= NOW() - INTERVAL 100 YEAR
SELECT LAST_DAY('2025-02-01'), DATE_FORMAT('2025-03-30', '%x-W%v'), DATE_SUB(LAST_DAY('2025-03-15'), INTERVAL 1 MONTH), DATE('2025-03-30 10:00') + INTERVAL 1 DAY - INTERVAL 1 SECOND
SELECT DATE_ADD('2025-01-31', INTERVAL 1 MONTH), DATE_ADD('2025-01-01', INTERVAL '1:30' MINUTE_SECOND), DATE_ADD('2025-01-01', INTERVAL 1 QUARTER), '2025-01-01' - INTERVAL 1 WEEK, TIMESTAMPADD(MONTH, 1, '2025-01-31')
SELECT TIMESTAMPDIFF(DAY, '2025-01-01', '2025-03-01'), TIMESTAMPDIFF(YEAR, '2020-01-01', '2025-03-01'), DATEDIFF('2025-03-01', '2025-01-01'), TO_SECONDS('2025-01-01'), MICROSECOND('10:00:00.123456'), TIME_FORMAT('10:05:00', '%H:%i')
SELECT DATE_FORMAT(FROM_UNIXTIME(UNIX_TIMESTAMP(ts) - UNIX_TIMESTAMP(ts) % 900), '%H:%i') AS slot, COUNT(*) FROM reading GROUP BY slot ORDER BY slot LIMIT 3
SELECT CAST('2025-03-30 10:00:00' AS DATETIME(3)), CAST(12.5 AS FLOAT), CAST(1 AS UNSIGNED INTEGER), CAST('x' AS NCHAR(3)), CAST('x' AS CHAR CHARACTER SET utf8mb4)

#: joins and subqueries
SELECT * FROM site NATURAL JOIN meter ORDER BY meter_id
SELECT * FROM (SELECT meter_id, max(kwh) AS peak FROM reading GROUP BY meter_id) AS p ORDER BY peak DESC
SELECT (1, 2) = (1, 2), (10, 1) IN (SELECT meter_id, site_id FROM meter)
SELECT s.name, (SELECT COUNT(*) FROM meter m WHERE m.site_id = s.site_id) FROM site s ORDER BY 1
SELECT name FROM site WHERE site_id IN (SELECT site_id FROM meter WHERE is_smart = 1) ORDER BY 1
SELECT name FROM site s WHERE NOT EXISTS (SELECT 1 FROM meter m WHERE m.site_id = s.site_id AND label = 'PV') ORDER BY 1
SELECT name FROM site WHERE site_id > ALL (SELECT site_id - 2 FROM site WHERE site_id < 3) AND site_id = ANY (SELECT site_id FROM meter) ORDER BY 1
SELECT * FROM site LEFT JOIN meter USING (site_id) ORDER BY meter_id
SELECT * FROM site CROSS JOIN (SELECT 1 AS one) x ORDER BY site_id
SELECT * FROM site INNER JOIN meter ON site.site_id = meter.site_id ORDER BY meter_id
SELECT * FROM site RIGHT JOIN meter ON site.site_id = meter.site_id ORDER BY meter_id
SELECT * FROM site STRAIGHT_JOIN meter ON site.site_id = meter.site_id ORDER BY meter_id
SELECT * FROM site, meter WHERE site.site_id = meter.site_id ORDER BY meter_id
SELECT s.name, x.n FROM site s JOIN (SELECT site_id, COUNT(*) AS n FROM meter GROUP BY site_id) x ON x.site_id = s.site_id ORDER BY 1
SELECT a.label, b.label FROM meter a JOIN meter b ON a.site_id = b.site_id AND a.meter_id < b.meter_id
SELECT r.ts, (SELECT p.eur_per_mwh FROM price p WHERE p.ts <= r.ts ORDER BY p.ts DESC LIMIT 1) AS price FROM reading r WHERE meter_id = 10 ORDER BY r.ts LIMIT 3
SELECT ROUND(SUM(kwh * eur_per_mwh / 1000), 4) FROM reading JOIN price USING (ts)
(SELECT name FROM site ORDER BY name LIMIT 1) UNION ALL (SELECT label FROM meter ORDER BY label LIMIT 1)
SELECT m.label, s.* FROM meter AS m INNER JOIN site AS s ON s.site_id = m.site_id ORDER BY m.meter_id
SELECT (SELECT MAX(kwh) FROM reading) - (SELECT MIN(kwh) FROM reading) AS spread FROM DUAL
SELECT EXISTS(SELECT 1 FROM site WHERE city IS NULL), (1, 2) = (1, 2), ROW(1, 2) < ROW(1, 3)
SELECT t1.site_id, t2.label FROM site t1 LEFT OUTER JOIN meter t2 ON t1.site_id = t2.site_id AND t2.is_smart = TRUE WHERE t1.name <> '' ORDER BY t1.site_id, t2.label
SELECT s.site_id, s.name, SUM(r.kwh) AS kwh, SUM(r.kwh) / NULLIF(s.area_m2, 0) AS kwh_per_m2 FROM site s JOIN meter m USING (site_id) JOIN reading r USING (meter_id) GROUP BY s.site_id, s.name, s.area_m2 ORDER BY kwh DESC
SELECT * FROM (SELECT meter_id, kwh FROM reading ORDER BY kwh DESC LIMIT 3) AS top ORDER BY meter_id
SELECT DISTINCT s.name, m.is_smart FROM site s, meter m WHERE s.site_id = m.site_id ORDER BY 1, 2
SELECT meter_id FROM reading GROUP BY meter_id HAVING MAX(kwh) >= ALL (SELECT MAX(kwh) FROM reading GROUP BY meter_id)
SELECT a.meter_id, a.ts, b.kwh FROM reading a JOIN reading b ON a.ts = b.ts AND a.meter_id = 10 AND b.meter_id = 11 ORDER BY a.ts LIMIT 2
SELECT t.n FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) t WHERE t.n > 1 ORDER BY 1
SELECT site.*, (SELECT COUNT(*) FROM meter WHERE meter.site_id = site.site_id) AS meters FROM site ORDER BY site_id
SELECT COUNT(*) FROM reading r WHERE r.kwh > (SELECT AVG(kwh) FROM reading x WHERE x.meter_id = r.meter_id)
SELECT m.meter_id, COALESCE(x.n, 0) FROM meter m LEFT JOIN (SELECT meter_id, COUNT(*) AS n FROM reading GROUP BY meter_id) x ON x.meter_id = m.meter_id ORDER BY 1

#: sets, values and samples
SELECT site_id FROM site UNION SELECT meter_id FROM meter ORDER BY 1
SELECT site_id FROM site EXCEPT SELECT site_id FROM meter WHERE label = 'PV' ORDER BY site_id
VALUES (1, 'a'), (2, 'b')
SELECT name FROM site LIMIT 2 OFFSET 1
SELECT name FROM site ORDER BY name OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY
SELECT name FROM site ORDER BY 1 LIMIT 5 OFFSET 0

#: aggregates and grouping
SELECT meter_id, sum(kwh) FROM reading GROUP BY meter_id WITH ROLLUP
SELECT group_concat(DISTINCT label ORDER BY label DESC SEPARATOR '; ') FROM meter
SELECT stddev(kwh), variance(kwh), bit_or(meter_id) FROM reading WHERE meter_id = 10
SELECT IF(kwh > 5, 'high', 'low') AS band, COUNT(*) FROM reading GROUP BY band ORDER BY band
SELECT CASE WHEN kwh IS NULL THEN 'gap' WHEN kwh > 10 THEN 'high' ELSE 'low' END AS band, COUNT(*) FROM reading GROUP BY 1 ORDER BY 1
SELECT GROUP_CONCAT(name, '=', city ORDER BY name) FROM site
SELECT meter_id, SUM(kwh) AS s FROM reading GROUP BY meter_id HAVING s > 100 ORDER BY s DESC
SELECT COUNT(*), COUNT(city), SUM(area_m2) / COUNT(area_m2) FROM site
SELECT SUM(kwh > 5) AS high, SUM(IF(HOUR(ts) BETWEEN 8 AND 19, kwh, 0)) AS peak, AVG(CASE WHEN meter_id = 10 THEN kwh END) FROM reading
SELECT meter_id, SUBSTRING_INDEX(GROUP_CONCAT(ts ORDER BY kwh DESC, ts), ',', 1) AS peak_at FROM reading GROUP BY meter_id ORDER BY 1
SELECT COUNT(*), SUM(kwh IS NULL) AS missing, ROUND(100 * COUNT(kwh) / COUNT(*), 1) AS completeness FROM reading
SELECT LOWER(name) AS n, COUNT(*) c FROM site GROUP BY LOWER(name) ORDER BY c, n
SELECT YEAR(ts) AS y, MONTH(ts) AS m, SUM(kwh) FROM reading GROUP BY YEAR(ts), MONTH(ts) ORDER BY y, m
SELECT HOUR(ts) AS h, AVG(kwh) FROM reading GROUP BY h HAVING AVG(kwh) > 1 ORDER BY h DESC LIMIT 5
SELECT CASE WHEN HOUR(ts) BETWEEN 8 AND 19 THEN 'peak' ELSE 'offpeak' END AS band, SUM(kwh) FROM reading GROUP BY band ORDER BY band
SELECT COUNT(*) AS `Anzahl` FROM `Größe` AS `Gr` WHERE `Gr`.`Wert je Zähler` IS NOT NULL
SELECT meter_id, GROUP_CONCAT(CONCAT(HOUR(ts), ':', kwh) ORDER BY ts SEPARATOR ' ') FROM reading WHERE ts < '2025-03-29 03:00:00' GROUP BY meter_id ORDER BY 1
SELECT name FROM site GROUP BY name ORDER BY NULL

#: names, quotes, comments and the end of a statement
SELECT `Wert je Zähler` FROM `Größe` ORDER BY id
SELECT "double quoted", 'it''s', 'back\\slash', 'q\'uote'
SELECT label FROM meter WHERE label LIKE 'Ma\_n' OR label LIKE 'M%' ORDER BY 1 # comment
SELECT `Größe`.`Wert je Zähler` AS `größter Wert ⚡` FROM `Größe` ORDER BY 1
SELECT g.`Wert je Zähler` AS 'Wert' FROM Größe AS g ORDER BY 1
SELECT kwh AS `kWh/h`, ts `Zeit`, temperature_c AS "°C" FROM reading AS `die Messung` WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT name FROM site;
SELECT /* comment */ name FROM site ORDER BY 1 -- and more
SELECT name FROM site ORDER BY 1 # hash comment
SELECT 1 AS `select`, 2 AS `from`, 3 AS `order`
SELECT 5--1
SELECT name AS `a``b`, name AS 'c d' FROM site ORDER BY 1
SELECT `Unter Abfrage`.name FROM site AS `Unter Abfrage` ORDER BY 1
SELECT 'Zähler: ', CONCAT('Zähler: ', label, ' ⚡') AS `Beschriftung ⚡` FROM meter ORDER BY meter_id
SELECT * FROM site WHERE name = 'O''Brien' OR name = "O'Brien" OR name LIKE '%\'%'

#: text
SELECT label FROM meter WHERE label REGEXP '^M' ORDER BY 1
SELECT label FROM meter WHERE label RLIKE 'v$' ORDER BY 1
SELECT true AND NOT false, true XOR true, 1 && 0, 1 || 0, !1
SELECT concat(name, ' ', city), concat_ws('-', 'a', NULL, 'b'), left(name, 3), right(name, 3), mid(name, 2, 2) FROM site ORDER BY site_id
SELECT substring_index('a.b.c', '.', 2), locate('b', 'abc'), position('c' IN 'abc'), instr('abc', 'b')
SELECT trim(BOTH 'x' FROM 'xax'), trim(LEADING '0' FROM '007'), substring('meter' FROM 2 FOR 3), reverse('ab')
SELECT lpad(label, 8, '.'), repeat('ab', 3), space(2), format(1234.5, 1), hex('a') FROM meter ORDER BY meter_id
SELECT UPPER(name), LOWER(name), CHAR_LENGTH(name), LENGTH(name), SUBSTRING(name, 1, 3), SUBSTR(name FROM 2), LEFT(name, 3), RIGHT(name, 3), REVERSE(name), LPAD(name, 20, '.'), RPAD(name, 20, ' '), REPLACE(name, 'a', 'b'), TRIM(name), LTRIM(' a'), RTRIM('a '), TRIM(LEADING 'x' FROM 'xa'), INSTR(name, 'a'), LOCATE('a', name), LOCATE('a', name, 3), POSITION('a' IN name), CONCAT(name, ', ', city), CONCAT_WS('/', name, city), REPEAT('x', 3), SPACE(2), ASCII('A'), HEX('a'), FORMAT(1234.5, 2), FIELD('b', 'a', 'b'), ELT(1, 'a'), FIND_IN_SET('b', 'a,b'), SUBSTRING_INDEX('a.b.c', '.', 2), STRCMP('a', 'b'), SOUNDEX('a'), QUOTE('a') FROM site ORDER BY site_id
SELECT name FROM site WHERE name LIKE '%house' OR name LIKE BINARY 'O%' OR name NOT LIKE '_%' ORDER BY name
SELECT name FROM site WHERE name LIKE '100|%' ESCAPE '|'
SELECT 7 / 2, 7 DIV 2, 7 % 3, -7 DIV 2, 5 & 3, 5 | 3, 5 ^ 3, ~5 & 7, 1 << 3, 16 >> 2, 1 = 1, 1 <> 2, 1 != 2, 1 <=> NULL, NOT 0, !1, -(-1), true AND false, true OR false, true XOR true, 1 && 0, 0 || 1
SELECT label, CONCAT(UCASE(LEFT(label, 1)), LCASE(SUBSTRING(label, 2))) FROM meter ORDER BY meter_id
SELECT TRIM(BOTH 'x' FROM 'xax'), INSERT('abcdef', 2, 2, 'XX'), MAKE_SET(5, 'a', 'b', 'c'), CHAR(77, 121), ORD('a'), BIT_LENGTH('a'), OCTET_LENGTH('ä'), MID('abc', 2, 1)
SELECT 'a' LIKE 'a$_' ESCAPE '$', 'abc' REGEXP '^a.c$', 'abc' NOT REGEXP 'X', 'a%' LIKE 'a\%', 'a' = 'A', BINARY 'a' = 'A', 'a' LIKE BINARY 'A'
SELECT CONCAT_WS(', ', 'a', NULL, 'b'), LENGTH('ä'), CHAR_LENGTH('ä'), REVERSE('ab'), UPPER('ä')
SELECT SUBSTRING(name, 1, 3), SUBSTRING(name FROM 2), SUBSTRING(name, -3), SUBSTR(name, 2), LEFT(name, 2), RIGHT(name, 2) FROM site ORDER BY site_id

#: conditions, numbers and types
SELECT convert_tz(ts, '+00:00', '+02:00') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT IF(kwh > 5, 'high', 'low') FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 3
SELECT ifnull(city, '-'), city <=> NULL FROM site ORDER BY site_id
SELECT 7 DIV 2, 7 MOD 3, 7 % 3, 7 / 2, 5 & 3, 5 | 2, 5 ^ 1, 1 << 4, ~1
SELECT CAST(kwh AS SIGNED), CAST('12' AS UNSIGNED), CAST(kwh AS CHAR), CONVERT(kwh, DECIMAL(8, 1)) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT CONVERT('a' USING utf8mb4), 'a' COLLATE utf8mb4_bin, BINARY 'a' = 'A'
SELECT name FROM site ORDER BY city IS NULL, city
SELECT name FROM site LIMIT 1, 2
SELECT straight.name FROM site AS straight ORDER BY 1
SELECT m.label FROM meter m USE INDEX (PRIMARY) ORDER BY 1
SELECT 1 FROM DUAL
SELECT greatest(1, 2), least(3, 2), field('b', 'a', 'b'), elt(2, 'a', 'b'), find_in_set('b', 'a,b')
SELECT sha2('a', 256), md5('a'), crc32('a'), to_base64('a')
SELECT 0x41, x'41', b'101' + 0, 1e3, .5
SELECT kwh FROM reading WHERE ts BETWEEN '2025-03-29 03:00:00' AND '2025-03-29 05:00:00' AND meter_id = 10 ORDER BY ts
SELECT weekday(ts), week(ts, 3), yearweek(ts), dayname(ts) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 1
SELECT YEAR(ts), QUARTER(ts), MONTH(ts), WEEK(ts, 3), DAY(ts), DAYOFWEEK(ts), WEEKDAY(ts), DAYOFYEAR(ts), HOUR(ts), MINUTE(ts), SECOND(ts), DAYNAME(ts), MONTHNAME(ts), LAST_DAY(ts) FROM reading ORDER BY ts LIMIT 1
SELECT IFNULL(city, '?'), COALESCE(city, '?'), NULLIF(city, 'Köln'), NVL(city, '-'), NVL2(city, 1, 0), GREATEST(1, 2), LEAST(1, 2), ISNULL(city) FROM site ORDER BY site_id
SELECT ROUND(1.256, 2), TRUNCATE(1.999, 1), CEIL(1.2), CEILING(1.2), FLOOR(1.8), ABS(-1), SIGN(-2), MOD(7, 3), 7 MOD 3, 7 DIV 2, POW(2, 3), POWER(2, 3), SQRT(16), EXP(0), LN(1), LOG(2, 8), LOG10(100), LOG2(8), PI() > 3, DEGREES(0), RADIANS(0), CRC32('a'), CONV('ff', 16, 10), BIN(5), OCT(8), RAND() < 1, RAND(42) < 1
SELECT STDDEV(kwh), STDDEV_POP(kwh), STDDEV_SAMP(kwh), VARIANCE(kwh), VAR_POP(kwh), VAR_SAMP(kwh), BIT_OR(meter_id), BIT_AND(meter_id), STD(kwh) FROM reading
SELECT name FROM site WHERE (site_id, name) IN ((1, 'Harbour Campus'), (2, 'x'))
SELECT name FROM site ORDER BY city IS NULL, city DESC, name COLLATE utf8mb4_german2_ci
SELECT name FROM site ORDER BY FIELD(city, 'Köln', 'Hamburg'), name
SELECT DISTINCTROW city FROM site ORDER BY 1
SELECT ALL name FROM site ORDER BY 1
SELECT SQL_NO_CACHE name FROM site ORDER BY 1
SELECT site.name FROM site ORDER BY site.name
SELECT MD5('a'), SHA1('a'), SHA2('a', 256), TO_BASE64('a'), FROM_BASE64('YQ=='), UUID() IS NOT NULL, UNHEX('41')
SELECT ts, kwh FROM reading WHERE ts BETWEEN '2025-03-29 00:00:00' AND '2025-03-29 02:00:00' AND meter_id IN (10, 11) ORDER BY meter_id, ts
SELECT name FROM site USE INDEX (PRIMARY) WHERE site_id > 0 ORDER BY 1
SELECT name FROM site FORCE INDEX (PRIMARY) ORDER BY site_id
SELECT name FROM site IGNORE INDEX FOR ORDER BY (PRIMARY) ORDER BY site_id
SELECT 5 - -1, - - 5, 10 - 3 - 2, 100 / 10 / 2, 2 * (3 + 4), 7 - (3 - 1), NOT (NOT true), NOT true IS NULL, NOT 1 = 2, 1 + 2 = 3, true OR false AND false, !(1 = 2)
SELECT 1.5e3, .5, 0.1 + 0.2, 1 / 3, 5 / 2, 5 DIV 2, -7 % 3, MOD(-7, 3), ROUND(2.5), ROUND(-1.5), TRUNCATE(12.345, 2)
SELECT CAST(NULL AS SIGNED), NULL IS NULL, IFNULL(NULL, 1), COALESCE(NULL, NULL, 'x')
SELECT * FROM site WHERE city COLLATE utf8mb4_unicode_ci = 'koln' ORDER BY 1
SELECT IF(ISNULL(city), 'x', city), city IS NULL, ELT(FIELD(city, 'Köln', 'Hamburg'), 'K', 'H') FROM site ORDER BY site_id
SELECT WEEKOFYEAR(ts), DAYOFMONTH(ts), YEARWEEK(ts, 3), MONTHNAME(ts), TO_DAYS(ts) FROM reading ORDER BY ts LIMIT 1
SELECT NULL, TRUE, FALSE, NULL <=> NULL, 1 <=> 1

#: words that change how, and not what
SELECT STRAIGHT_JOIN s.name, m.label FROM site s JOIN meter m ON m.site_id = s.site_id ORDER BY m.meter_id
SELECT name SOUNDS LIKE 'Harber Campus' FROM site ORDER BY site_id
SELECT INET_ATON('10.0.0.1'), INET_NTOA(167772161), IS_IPV4('10.0.0.1'), EXPORT_SET(5, 'Y', 'N', ',', 4), CHARACTER_LENGTH(name) FROM site ORDER BY site_id
SELECT name FROM site WHERE site_id = SOME (SELECT site_id FROM meter) ORDER BY name
SELECT INTERVAL 1 DAY + '2025-03-29', INTERVAL 1 DAY + '2025-03-29' + INTERVAL 2 HOUR, INTERVAL 1 MONTH + ts FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT 0xFF + 0, x'FF' + 0, 0b11 + 0, b'11' + 0, 0xFF = 255, x'FF' = 255, 0x41, HEX(0x4142)

#: a limit within a group, and a function with the name of a unit
SELECT INTERVAL(23, 1, 15, 17, 30, 44, 200)
SELECT GROUP_CONCAT(name ORDER BY name LIMIT 2) FROM site
SELECT GROUP_CONCAT(DISTINCT name ORDER BY name DESC SEPARATOR '|' LIMIT 1) FROM site
SELECT DATE '2024-01-01' + INTERVAL (1 + 1) DAY

#: NOT behind a value, and in front of it
SELECT 1 NOT IN (2) = 1, 1 NOT IN (2) = 2, 1 NOT BETWEEN 2 AND 3 < 1, 5 < 1 NOT IN (2), NOT 1 IN (2) = 1, 1 NOT IN (2) IS NULL, 1 IS NOT NULL = 2, 1 NOT IN (SELECT site_id FROM site) = 0, name NOT REGEXP "x" = 3, name NOT LIKE "x" = 3 FROM site ORDER BY site_id
SELECT "2025-01-01" + INTERVAL 1 | 2 DAY, "2025-01-01" + INTERVAL 1 << 2 HOUR, INTERVAL 1 DAY + "2025-01-01" + INTERVAL 2 HOUR, "2025-01-01" + INTERVAL s.site_id DAY FROM site s ORDER BY site_id

#: limits, ties, intervals and times of day to the last digit
SELECT GROUP_CONCAT(name ORDER BY site_id DESC LIMIT 1, 2), GROUP_CONCAT(name ORDER BY site_id SEPARATOR '|' LIMIT 1 OFFSET 1) FROM site
SELECT city IS NULL FROM site ORDER BY city IS NULL FETCH FIRST 1 ROWS WITH TIES
SELECT city IS NULL FROM site ORDER BY city IS NULL DESC OFFSET 1 ROWS FETCH NEXT 1 ROW WITH TIES
SELECT name FROM site ORDER BY name OFFSET 1 ROWS FETCH FIRST 1 ROWS ONLY
SELECT '2025-01-01' + INTERVAL 1.5 DAY, '2025-01-01' + INTERVAL '1.5' DAY, '2025-01-01' + INTERVAL 1.5 SECOND, '2025-01-01' - INTERVAL 2.5 HOUR, '2025-01-01' + INTERVAL 1.5 * 2 DAY
SELECT INTERVAL(5, 1) + 1, 2 * INTERVAL(23, 1, 15, 17) - 1, INTERVAL (1 + 1) DAY + '2025-01-01', INTERVAL(kwh, 5, 7) FROM reading WHERE meter_id = 10 ORDER BY ts LIMIT 2
SELECT TIME '10:11:12.25', TIME '10:11:12', CAST('10:11:12.25' AS TIME), TIMESTAMP '2025-01-01 10:11:12.5'

#: joins without a condition, values that stand side by side, and what binds from left to right
SELECT COUNT(*) FROM site s JOIN meter m RIGHT JOIN price p ON m.meter_id = p.eur_per_mwh
SELECT COUNT(*) FROM site s JOIN meter m LEFT JOIN price p ON s.site_id = p.eur_per_mwh
SELECT s.name, m.label, r.ts, r.kwh FROM site s JOIN meter m NATURAL JOIN reading r ORDER BY s.site_id, r.ts, r.kwh LIMIT 5
SELECT COUNT(*) FROM site s JOIN (meter m INNER JOIN price p) JOIN reading x USING (meter_id)
SELECT COUNT(*) FROM site s, meter m RIGHT JOIN price p ON m.meter_id = p.eur_per_mwh
SELECT GROUP_CONCAT(DISTINCT a, b), GROUP_CONCAT(DISTINCT a, '-', b ORDER BY b DESC SEPARATOR '|' LIMIT 1), GROUP_CONCAT(CONCAT(a, b) ORDER BY b) FROM (SELECT 'a' AS a, 'bc' AS b UNION SELECT 'ab', 'c') AS q
SELECT 1 <=> 2 < 1, 2 <=> 3 > 1, 3 > 2 > 1, 1 = 2 <> 3, 1 <=> NULL IS NULL, 5 NOT LIKE 5 NOT LIKE 0, 2 NOT BETWEEN 1 AND 3 LIKE 0, 1 NOT REGEXP 1 NOT IN (0), 1 IS NOT FALSE = 2
SELECT 'a' = name SOUNDS LIKE 'Old Mil', name SOUNDS LIKE 'Old Mil' IS TRUE, NOT name SOUNDS LIKE CONCAT(name, ''), name SOUNDS LIKE name LIKE '0' FROM site ORDER BY site_id
SELECT INTERVAL site_id DAY + '2025-01-01' >= '2025-01-03' IS NOT TRUE, INTERVAL 1 DAY + '2025-01-01' = '2025-01-02' IS NULL FROM site ORDER BY site_id
SELECT name FROM site ORDER BY +1, name
SELECT MID('abc' FROM 2), MID('abc' FROM 2 FOR 1), MID('abc', 2), CHAR(65, 66), CHAR(65 USING utf8mb4), REPEAT(REPEAT('a', 3), 2)
SELECT HIGH_PRIORITY SQL_BUFFER_RESULT name FROM site ORDER BY 1
SELECT 'a' 'b' 'c', name LIKE 'Old' ' %', INTERVAL '1' '2' DAY + '2025-01-01', GROUP_CONCAT('a', 'b') FROM site GROUP BY name ORDER BY name
