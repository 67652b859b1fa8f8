INSERT INTO site VALUES (9, 'x', 'y', 1)
UPDATE site SET name = 'x'
DELETE FROM site
DROP TABLE site
CREATE TABLE copied AS SELECT * FROM site
ALTER TABLE site ADD COLUMN x INTEGER
TRUNCATE TABLE site
SELECT 1; DROP TABLE site
SELECT 1; SELECT 2
SELECT * FROM payroll
SELECT * FROM PAYROLL
SELECT * FROM "payroll"
SELECT salary FROM site, payroll
SELECT name FROM site JOIN payroll ON true
SELECT (SELECT max(salary) FROM payroll)
SELECT name FROM site WHERE site_id IN (SELECT salary FROM payroll)
SELECT name FROM site UNION SELECT person FROM payroll
WITH x AS (SELECT * FROM payroll) SELECT * FROM x
WITH payroll AS (SELECT * FROM payroll) SELECT * FROM payroll
WITH a AS (WITH payroll AS (SELECT 1 AS n) SELECT n FROM payroll) SELECT * FROM a, payroll
SELECT * FROM (WITH payroll AS (SELECT 1) SELECT * FROM payroll) t, payroll
SELECT * FROM (SELECT * FROM (SELECT * FROM payroll) a) b
SELECT CASE WHEN EXISTS (SELECT 1 FROM payroll) THEN 1 ELSE 0 END FROM site
SELECT name FROM site ORDER BY (SELECT max(salary) FROM payroll)
SELECT count(*) FROM site GROUP BY (SELECT person FROM payroll)
SELECT count(*) FROM site HAVING count(*) > (SELECT max(salary) FROM payroll)
SELECT name FROM site LIMIT (SELECT salary FROM payroll)
SELECT sum(site_id) OVER (ORDER BY (SELECT max(salary) FROM payroll)) FROM site
SELECT * FROM elsewhere.main.payroll
SELECT * FROM information_schema.tables
EXPLAIN SELECT * FROM site
EXPLAIN ANALYZE DELETE FROM site
SET x = 1
BEGIN
COMMIT
ROLLBACK
GRANT ALL ON site TO public
REVOKE ALL ON site FROM public
SELECT name FROM site FOR UPDATE
SELECT unknown_function(name) FROM site
SELECT site.lower() FROM site
SELECT other.lower(name) FROM site
SELECT repeat('x', 2000000000)
SELECT lpad('x', 2000000000, 'y')
SELECT repeat('x', (SELECT 2000000000))
SELECT :value
SELECT ?
SELECT load_extension('x')
SELECT sleep(10)
SELECT pg_sleep(10)
SELECT version()
SELECT current_user
CALL something()
MERGE INTO site USING meter ON true WHEN MATCHED THEN DELETE
VACUUM
ANALYZE site
PRAGMA table_info(site)
SHOW TABLES
DESCRIBE site
USE other
-- nothing at all
/* nothing */
'
SELECT 'unfinished
SELECT name FROM site WHERE (
SELECT FROM WHERE
hello
SELECT * FROM
