#: more than one statement
SELECT 1; DROP TABLE site
SELECT 1; SELECT 2

#: characters and comments that a server runs, or that look other than they are
-- nothing at all
/* nothing */

#: statements that write, change or drop
INSERT INTO site VALUES (9, 'x', 'y', 1)
UPDATE site SET name = 'x'
DELETE FROM site
DROP TABLE site
CREATE TABLE copied AS SELECT * FROM site
ALTER TABLE site ADD COLUMN x INTEGER
TRUNCATE TABLE site
GRANT ALL ON site TO public
REVOKE ALL ON site FROM public
MERGE INTO site USING meter ON true WHEN MATCHED THEN DELETE
VACUUM
ANALYZE site

#: files, programs, other servers and the network
SELECT load_extension('x')

#: session, settings, time and locks
SELECT name FROM site FOR UPDATE
SELECT sleep(10)
SELECT pg_sleep(10)
SELECT version()
SELECT current_user

#: system tables and functions that tell of the server
SELECT * FROM information_schema.tables

#: statements about the session or the schema
EXPLAIN SELECT * FROM site
EXPLAIN ANALYZE DELETE FROM site
SET x = 1
BEGIN
COMMIT
ROLLBACK
CALL something()
PRAGMA table_info(site)
SHOW TABLES
DESCRIBE site
USE other

#: texts, lists and series of unbounded size
SELECT repeat('x', 2000000000)
SELECT lpad('x', 2000000000, 'y')
SELECT repeat('x', (SELECT 2000000000))

#: tables that are not in the catalog
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
SELECT other.lower(name) FROM site

#: blanks without values
SELECT :value
SELECT ?

#: functions, syntax and operators that no list names
SELECT unknown_function(name) FROM site
SELECT site.lower() FROM site
'
SELECT 'unfinished
SELECT name FROM site WHERE (
SELECT FROM WHERE
hello
SELECT * FROM

#: repetitions of repetitions
SELECT repeat(repeat('x', 10000), 10000) FROM site
SELECT repeat(concat(repeat('x', 5000), name), 5000) FROM site
