#: more than one statement
SELECT 1; DELETE FROM site
SELECT 1;;SELECT 2
SELECT 1 /* ; */ ; COPY site TO 'x'
SELECT '1' ; ATTACH 'x'
(SELECT 1); SELECT 2
; DROP TABLE site
SELECT * FROM site WHERE name = 'x\'; DROP TABLE site; --'
PREPARE x AS SELECT * FROM payroll; EXECUTE x

#: statements that write, change or drop
INSTALL httpfs
IMPORT DATABASE '/tmp/x'
CREATE MACRO f(x) AS x
CREATE SECRET (TYPE s3)
CREATE TEMP TABLE t AS SELECT 1
WITH x AS (INSERT INTO site VALUES (1) RETURNING *) SELECT * FROM x
WITH x AS (DELETE FROM site RETURNING *) SELECT * FROM x
WITH x AS (UPDATE site SET name = 'x' RETURNING *) SELECT * FROM x
INSERT OR REPLACE INTO site VALUES (1)
INSERT INTO site SELECT * FROM site RETURNING *
INSERT INTO site BY NAME SELECT 1 AS site_id
UPDATE site SET name = 'x' FROM meter
UPDATE EXTENSIONS
DELETE FROM site USING meter
TRUNCATE site
CREATE OR REPLACE TABLE site AS SELECT 1
CREATE TABLE IF NOT EXISTS x (a INT)
CREATE VIEW v AS SELECT * FROM payroll
CREATE TEMP VIEW v AS SELECT 1
CREATE SCHEMA x
CREATE SEQUENCE s
CREATE TYPE t AS ENUM ('a')
CREATE INDEX i ON site (name)
CREATE TEMP MACRO lower(x) AS (SELECT max(salary) FROM payroll)
CREATE FUNCTION f(x) AS TABLE FROM payroll
CREATE PERSISTENT SECRET s (TYPE s3, KEY_ID 'x')
DROP VIEW v
DROP SECRET s
ALTER TABLE site RENAME TO x
COMMENT ON TABLE site IS 'x'
INSTALL spatial FROM community
VACUUM ANALYZE

#: files, programs, other servers and the network
SELECT * FROM read_csv('/etc/passwd')
SELECT * FROM read_csv_auto('/etc/passwd')
SELECT * FROM read_parquet('x.parquet')
SELECT * FROM read_json('x.json')
SELECT * FROM read_json_auto('x.json')
SELECT * FROM read_text('/etc/passwd')
SELECT * FROM read_blob('/etc/passwd')
SELECT * FROM parquet_scan('x')
SELECT * FROM parquet_metadata('x')
SELECT * FROM sniff_csv('x')
SELECT * FROM glob('/*')
SELECT * FROM '/etc/passwd'
SELECT * FROM 'data.csv'
SELECT * FROM "data.parquet"
SELECT * FROM "https://example.org/data.csv"
FROM 'data.json' SELECT *
SELECT * FROM 's3://bucket/*.parquet'
SELECT * FROM duckdb_secrets()
SELECT which_secret('x', 's3')
SELECT * FROM which_secret('x', 's3')
SELECT name.read_text() FROM site
COPY site TO '/tmp/x.csv'
COPY (SELECT * FROM payroll) TO '/tmp/x.csv'
COPY site FROM '/tmp/x.csv'
ATTACH '/tmp/x.db' AS x
LOAD httpfs
FORCE INSTALL httpfs
EXPORT DATABASE '/tmp/x'
SELECT * FROM site TABLESAMPLE reservoir(read_text('x'))
SELECT * FROM seq_scan('payroll')
SELECT * FROM arrow_scan(1, 2, 3)
SELECT * FROM read_csv_auto(['/etc/passwd'])
SELECT * FROM read_ndjson('/etc/passwd')
SELECT * FROM read_ndjson_auto('/etc/passwd')
SELECT * FROM read_ndjson_objects('/etc/passwd')
SELECT * FROM read_json_objects('/etc/passwd')
SELECT * FROM read_xlsx('/x.xlsx')
SELECT * FROM st_read('/x')
SELECT * FROM iceberg_scan('/x')
SELECT * FROM delta_scan('/x')
SELECT * FROM sqlite_scan('/x.db', 'payroll')
SELECT * FROM postgres_scan('host=x', 'public', 'payroll')
SELECT * FROM parquet_schema('x.parquet')
SELECT * FROM parquet_kv_metadata('x.parquet')
SELECT * FROM parquet_file_metadata('x')
SELECT * FROM parquet_bloom_probe('x', 'a', 1)
SELECT * FROM "/etc/passwd"
SELECT * FROM '/tmp/*.csv'
SELECT * FROM "x.json"
SELECT * FROM 'x.parquet' AS p
SELECT * FROM site JOIN 'x.parquet' ON true
SELECT * FROM site, "x.csv"
FROM 'x.csv'
FROM "x.parquet" SELECT count(*)
FROM read_csv('x')
SELECT (FROM read_text('/etc/passwd') SELECT content)
SELECT (SELECT content FROM read_text('/etc/passwd'))
SELECT * FROM 'file:///etc/passwd'
SELECT * FROM "http://169.254.169.254/latest"
SELECT * FROM 'gs://b/x.parquet'
SELECT * FROM "hf://datasets/x"
SELECT * FROM "x.csv.gz"
SELECT * FROM "C:\x.csv"
SELECT * FROM "payroll.parquet"
PIVOT read_csv('/etc/passwd') ON column0
PIVOT 'x.csv' ON a
UNPIVOT 'x.csv' ON a INTO NAME n VALUE v
WITH x AS MATERIALIZED (COPY site TO '/tmp/x') SELECT * FROM x
COPY site TO 'x.parquet' (FORMAT parquet)
COPY (FROM payroll) TO '/dev/stdout'
COPY FROM DATABASE energy TO x
EXPORT DATABASE 'x' (FORMAT parquet)
ATTACH ':memory:' AS m
ATTACH IF NOT EXISTS 'x.db' (READ_ONLY)
ATTACH 'host=x' AS p (TYPE postgres)
LOAD 'x.duckdb_extension'
SELECT * FROM index_scan()
SELECT * FROM pandas_scan(1)
SELECT * FROM python_scan(1)
SELECT * FROM which_secret('s3://x', 's3')
SELECT * FROM generate_series(1, 10), read_csv('x')
SELECT read_text('x')
SELECT read_csv('x')
SELECT file_exists('/etc/passwd')
SELECT "read_text"('x')
SELECT 'x'.read_text()
SELECT ('/etc/passwd').read_text()
SELECT list_aggregate([1], 'read_text')
SELECT * FROM site USING SAMPLE reservoir(10 ROWS) REPEATABLE (read_text('x'))
SELECT COLUMNS(read_text('x')) FROM site
SELECT * REPLACE (read_text('x') AS name) FROM site
VALUES (read_text('/etc/passwd'))
SELECT try(read_text('x'))

#: session, settings, time and locks
SELECT user
SELECT session_user
SELECT * FROM duckdb_settings()
SELECT getvariable('x')
SELECT current_setting('memory_limit')
SELECT getenv('HOME')
SELECT nextval('x')
SELECT sleep_ms(100000)
SELECT current_query()
SELECT current_schema()
SELECT current_database()
SELECT txid_current()
SELECT * FROM site AT (VERSION => 1)
CALL duckdb_settings()
SELECT * FROM (CALL duckdb_settings())
SELECT * FROM duckdb_variables()
SELECT * FROM pragma_version()
SELECT * FROM unnest(getvariable('x'))
SELECT getenv('PATH')
SELECT current_setting('threads')
SELECT set_config('threads', '99')
SELECT currval('s')
SELECT nextval('s')
SELECT current_schemas(true)
SELECT current_catalog()
SELECT current_role
SELECT user()
SELECT sleep_ms(10)
SELECT lower('X').getenv()
SELECT * FROM site FOR UPDATE
SELECT if(true, getenv('HOME'), 1)
SELECT 1 + getenv('HOME')
SELECT name FROM site GROUP BY ALL HAVING getenv('X') IS NULL
SELECT * FROM site WHERE getenv('X') IS NULL
SELECT * FROM site JOIN meter ON getenv('X') IS NULL
SELECT current_database() FROM site
SELECT md5_number('x'), current_query()
SELECT set_bit('0'::BIT, 0, 1), hash(getenv('x'))

#: system tables and functions that tell of the server
SELECT * FROM duckdb_tables()
SELECT * FROM duckdb_tables
SELECT * FROM pragma_table_info('payroll')
SELECT * FROM pragma_storage_info('payroll')
SELECT * FROM sqlite_master
SELECT * FROM pg_catalog.pg_tables
SELECT * FROM information_schema.columns
SELECT name FROM temp.site
SELECT * FROM system.main.duckdb_tables
PRAGMA show_tables
CALL pragma_database_size()
SELECT * FROM duckdb_columns() WHERE table_name = 'payroll'
SELECT * FROM duckdb_databases()
SELECT * FROM duckdb_extensions()
SELECT * FROM duckdb_functions()
SELECT * FROM duckdb_views()
SELECT * FROM duckdb_memory()
SELECT * FROM duckdb_temporary_files()
SELECT * FROM duckdb_logs
SELECT * FROM duckdb_logs()
SELECT * FROM duckdb_approx_database_count()
SELECT * FROM duckdb_prepared_statements()
SELECT * FROM duckdb_log_contexts()
SELECT * FROM pragma_show('payroll')
SELECT * FROM pragma_database_size()
SELECT * FROM pragma_user_agent()
SELECT * FROM pragma_platform()
SELECT * FROM pragma_metadata_info()
SELECT * FROM storage_info('payroll')
SELECT * FROM show_tables_expanded()
SELECT * FROM information_schema.schemata
SELECT * FROM "information_schema"."tables"
SELECT * FROM INFORMATION_SCHEMA.TABLES
SELECT * FROM pg_catalog.pg_class
SELECT * FROM pg_class
SELECT * FROM pg_tables
SELECT * FROM sqlite_schema
SELECT * FROM sqlite_temp_master
SELECT * FROM system.information_schema.tables
SELECT * FROM temp.main.x
SELECT * FROM pg_timezone_names()
SELECT pg_typeof(1), pg_get_viewdef(1)
SELECT has_table_privilege('payroll', 'select')
SELECT parse_duckdb_log_message('x', 'y')
SELECT system.main.lower('X')
SELECT pg_catalog.lower('X')
FROM duckdb_tables()
TABLE duckdb_tables
FROM information_schema.tables SELECT *
FROM sqlite_master

#: statements about the session or the schema
DETACH x
SET memory_limit = '100GB'
RESET memory_limit
SET VARIABLE x = 1
CHECKPOINT
SUMMARIZE site
SUMMARIZE payroll
SELECT * FROM (SUMMARIZE payroll)
SELECT * FROM (DESCRIBE payroll)
SELECT * FROM (SHOW TABLES)
SHOW ALL TABLES
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
USE memory
SET enable_external_access = true
SET SESSION threads = 99
SET GLOBAL memory_limit = '99GB'
SET lock_configuration = false
RESET ALL
PRAGMA database_list
PRAGMA enable_profiling
PRAGMA memory_limit = '1TB'
CALL load_aws_credentials()
CHECKPOINT energy
FORCE CHECKPOINT
BEGIN TRANSACTION
START TRANSACTION
ABORT
EXPLAIN ANALYZE SELECT * FROM payroll
EXPLAIN (FORMAT json) SELECT 1
DESCRIBE SELECT * FROM payroll
DESC payroll
SHOW payroll
SHOW DATABASES
SUMMARIZE SELECT * FROM payroll
SELECT * FROM (SHOW ALL TABLES)
SELECT * FROM (DESCRIBE SELECT * FROM payroll)
FROM (SHOW TABLES)
EXECUTE x(1)

#: SQL, table or function names in a text
SELECT * FROM query('SELECT * FROM payroll')
SELECT * FROM query_table('payroll')
SELECT * FROM query_table(['site', 'payroll'])
SELECT * FROM json_execute_serialized_sql('{}')
SELECT json_serialize_sql('SELECT 1')
SELECT * FROM mysql_query('x', 'SELECT 1')
SELECT * FROM postgres_query('x', 'SELECT 1')
SELECT * FROM query('FROM payroll')
SELECT * FROM query(concat('SELECT * FROM ', 'payroll'))
SELECT * FROM query_table('payroll', true)
SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM payroll'))
SELECT * FROM json_serialize_plan('SELECT 1')
SELECT * FROM sql_auto_complete('SEL')
SELECT * FROM summary((FROM payroll))
SELECT list_aggregate([1], (SELECT person FROM payroll))
SELECT list_aggregate(['a'], name) FROM site
SELECT array_aggr([1], 'nosuch')
SELECT json_serialize_sql('SELECT * FROM payroll')

#: texts, lists and series of unbounded size
SELECT printf('%2000000000d', 1)
SELECT printf('%*d', 2000000000, 1)
SELECT format('{:2000000000}', 1)
SELECT format('{:{}}', 'x', 2000000000)
SELECT printf(name, 1) FROM site
SELECT * FROM repeat_row(1, num_rows=1000000000)
SELECT * FROM generate_series(1, (SELECT max(salary) FROM payroll))
SELECT * FROM repeat('x', 1000000000000)
SELECT * FROM repeat_row('a', num_rows=10)
SELECT printf('%1000000000d', 1)
SELECT format('{:>1000000000}', 'x')
SELECT repeat('x', 1000000000)
SELECT repeat(repeat('x', 9999), site_id) FROM site
SELECT lpad('', 1000000000, 'x')
SELECT rpad('', 1000000000, 'x')
SELECT array_resize([1], 1000000000)
SELECT list_resize([1], 1000000000, 0)
SELECT bar(1, 0, 1, 1000000000)
SELECT range(1000000000000)
SELECT generate_series(1, 1000000000000)
SELECT to_base(1, 2, 2000000000)

#: names of objects as types
SELECT 'x'::ENUM('x', 1)
SELECT 'x'::ENUM((SELECT max(person) FROM payroll))
SELECT 'x'::ENUM(SELECT person FROM payroll)
SELECT NULL::ENUM(payroll)
SELECT 1::some_type
SELECT * FROM test_vector_types(NULL::INT)
SELECT 1::BLOB::payroll
SELECT CAST(1 AS payroll)
SELECT 'payroll'::regclass
SELECT CAST('x' AS STRUCT(a payroll))
SELECT NULL::payroll[]
SELECT x::INT USING SAMPLE (SELECT salary FROM payroll)

#: tables that are not in the catalog
PIVOT payroll ON person USING sum(salary)
UNPIVOT payroll ON salary INTO NAME n VALUE v
FROM payroll
TABLE payroll
SELECT * FROM memory.main.payroll
SELECT * FROM energy.main.payroll
SELECT COLUMNS(* EXCLUDE (payroll)) FROM payroll
SELECT list_transform([1], lambda x: (SELECT max(salary) FROM payroll))
SELECT [x FOR x IN (SELECT list(salary) FROM payroll)]
SELECT * FROM "main.payroll"
SELECT * FROM main."payroll"
SELECT * FROM energy.payroll
SELECT * FROM "energy"."main"."payroll"
SELECT * FROM Payroll p
SELECT payroll FROM payroll
SELECT site FROM site, payroll
SELECT * FROM site WHERE EXISTS (FROM payroll)
SELECT * FROM site WHERE site_id IN (FROM payroll SELECT salary)
SELECT * FROM site ORDER BY (FROM payroll SELECT max(salary))
SELECT * FROM site LIMIT (SELECT max(salary) FROM payroll)
SELECT * FROM site LIMIT (FROM payroll SELECT max(salary)) PERCENT
SELECT * FROM site OFFSET (SELECT max(salary) FROM payroll)
SELECT sum(site_id) FILTER (WHERE EXISTS (FROM payroll)) FROM site
SELECT list_transform([1], x -> (SELECT max(salary) FROM payroll))
SELECT list_filter([1], lambda x: x IN (SELECT salary FROM payroll))
SELECT {'a': (SELECT max(salary) FROM payroll)}
SELECT MAP {'a': (SELECT max(salary) FROM payroll)}
SELECT [(SELECT max(salary) FROM payroll)]
SELECT unnest((SELECT list(person) FROM payroll))
SELECT * FROM unnest((SELECT list(person) FROM payroll))
SELECT * FROM json_each((SELECT to_json(list(person)) FROM payroll))
SELECT * FROM site, LATERAL (SELECT * FROM payroll) AS p
SELECT * FROM (SELECT * FROM site UNION ALL BY NAME SELECT * FROM payroll)
SELECT * FROM site SEMI JOIN payroll ON true
SELECT * FROM site ANTI JOIN payroll ON true
SELECT * FROM site POSITIONAL JOIN payroll
SELECT * FROM site ASOF JOIN payroll ON site_id >= salary
SELECT * FROM (PIVOT payroll ON person USING sum(salary))
SELECT * FROM payroll PIVOT (sum(salary) FOR person IN ('somebody'))
SELECT * FROM (UNPIVOT payroll ON salary)
PIVOT site ON name IN (SELECT person FROM payroll) USING count(*)
PIVOT site ON name USING max((SELECT max(salary) FROM payroll))
PIVOT (FROM payroll) ON person
UNPIVOT (SELECT * FROM payroll) ON salary INTO NAME n VALUE v
WITH a AS (FROM payroll) FROM a
WITH a AS (PIVOT payroll ON person USING count(*)) SELECT * FROM a
WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT salary FROM payroll, t) SELECT * FROM t
WITH site AS (SELECT * FROM payroll) SELECT * FROM site
WITH a AS (SELECT 1), payroll2 AS (SELECT * FROM payroll) SELECT * FROM a
SELECT COLUMNS((SELECT person FROM payroll)) FROM site
SELECT * EXCLUDE (name), (SELECT max(salary) FROM payroll) FROM site
SELECT * REPLACE ((SELECT max(person) FROM payroll) AS name) FROM site
SELECT CASE WHEN (SELECT count(*) FROM payroll) > 0 THEN 1 END
VALUES ((SELECT max(salary) FROM payroll))
SELECT 1 UNION ALL FROM payroll SELECT salary
(FROM payroll)
((SELECT * FROM payroll))
SELECT * FROM ((payroll))
SELECT * FROM (site JOIN payroll ON true)
SELECT * FROM (VALUES (1)) AS t(a), payroll
SELECT t.payroll.person FROM payroll t
SELECT name FROM site UNION SELECT 'a' FROM payroll
SELECT name FROM site WHERE name LIKE (SELECT person FROM payroll)
SELECT name FROM site QUALIFY row_number() OVER (ORDER BY (SELECT max(salary) FROM payroll)) = 1
SELECT first(name ORDER BY (SELECT max(salary) FROM payroll)) FROM site
SELECT sum(kwh) OVER (PARTITION BY (SELECT max(salary) FROM payroll)) FROM reading
SELECT sum(kwh) OVER (ORDER BY ts ROWS BETWEEN (SELECT max(salary) FROM payroll) PRECEDING AND CURRENT ROW) FROM reading
SELECT FROM payroll
SELECT count(*) FROM payroll p
SELECT * FROM "Payroll"
SELECT * FROM "PAYROLL" AS site
SELECT * FROM site NATURAL JOIN payroll
SELECT * FROM site JOIN payroll USING (site_id)

#: blanks without values
SELECT name FROM site WHERE name = $1
SELECT name FROM site WHERE name = $name
SELECT name FROM site WHERE name = ?

#: functions, syntax and operators that no list names
SELECT "lower"(name) FROM site
SELECT json_deserialize_sql('{}')
SELECT write_log('x')
SELECT error('x')
SELECT name.upper() FROM site
SELECT site.name.upper().lower() FROM site
SELECT * FROM test_all_types()
SELECT * FROM checkpoint()
SELECT * FROM python_map_function()
SELECT #1 FROM site
SELECT * FROM "~/x"
SELECT * FROM x.y.z.w
SELECT * FROM icu_calendar_names()
SELECT in_search_path('main', 'main')
SELECT write_log('x', level := 'x')
SELECT create_sort_key('a', 'ASC')
SELECT stats(name) FROM site
SELECT vector_type(name) FROM site
SELECT can_cast_implicitly(1, 2)
SELECT finalize(1)
SELECT combine(1, 2)
SELECT nosuch(1)
SELECT "nosuch"(1)
SELECT "lower"('X')
SELECT main.lower('X')
SELECT * FROM site AT (TIMESTAMP => now())
SELECT * INTO x FROM site
SELECT name INTO x FROM site
SELECT * FROM site s, s.name
SELECT allocation_size()

#: files behind every clause that takes a table or a value
SELECT name FROM site LIMIT (SELECT length(content) FROM read_text('/etc/passwd'))
SELECT [content FOR content IN (SELECT list(content) FROM read_text('x'))]
SELECT count(*) FILTER (WHERE EXISTS (FROM glob('x'))) FROM site
SELECT name FROM site QUALIFY row_number() OVER (ORDER BY getenv('HOME')) = 1
SELECT coalesce(*COLUMNS(c -> getenv(c) IS NOT NULL)) FROM site
SELECT greatest(*read_text('/etc/passwd'))
PIVOT 'x.csv' ON a USING count(*)
SELECT bitstring('1', 2000000000)
SELECT list_aggregate(['HOME'], 'getenv')
SELECT * FROM histogram_values(site, name)

#: a name in its own recursive definition, where the engine takes it for the table of that name
WITH RECURSIVE payroll AS (SELECT * FROM payroll) SELECT * FROM payroll
WITH RECURSIVE payroll AS (SELECT * FROM payroll UNION ALL SELECT * FROM payroll) SELECT * FROM payroll
WITH RECURSIVE payroll(x) AS ((SELECT salary FROM payroll) UNION ALL (SELECT 1 FROM payroll WHERE false)) SELECT * FROM payroll
WITH RECURSIVE payroll AS (SELECT 1 AS salary UNION ALL BY NAME SELECT salary FROM payroll) SELECT * FROM payroll
WITH RECURSIVE payroll AS (WITH y AS (SELECT * FROM payroll) SELECT 1 AS a, 2 AS b UNION ALL SELECT * FROM y) SELECT * FROM payroll
WITH RECURSIVE payroll(x) AS (SELECT salary FROM payroll EXCEPT SELECT 1) SELECT * FROM payroll
WITH RECURSIVE payroll(x) AS (SELECT 1 INTERSECT SELECT salary FROM payroll) SELECT * FROM payroll
WITH RECURSIVE payroll AS (VALUES (1), ((SELECT max(salary) FROM payroll))) SELECT * FROM payroll
WITH RECURSIVE payroll AS (SELECT (SELECT max(salary) FROM payroll) AS x) SELECT * FROM payroll
WITH RECURSIVE payroll AS (FROM (PIVOT payroll ON salary IN (1) USING max(salary))) FROM payroll
WITH RECURSIVE payroll AS (SELECT 1 AS x UNION ALL SELECT x FROM payroll ORDER BY (SELECT max(salary) FROM payroll)) SELECT * FROM payroll
WITH RECURSIVE a AS (WITH RECURSIVE payroll AS (SELECT * FROM payroll) SELECT * FROM payroll) SELECT * FROM a
SELECT * FROM (WITH RECURSIVE payroll AS (SELECT * FROM payroll) SELECT * FROM payroll)
WITH RECURSIVE a AS (SELECT 1 AS x UNION ALL SELECT x FROM (WITH RECURSIVE payroll AS (SELECT 1 AS x FROM payroll) FROM payroll)) SELECT * FROM a
WITH RECURSIVE sqlite_master AS (SELECT * FROM sqlite_master) SELECT * FROM sqlite_master
WITH RECURSIVE duckdb_databases AS (SELECT * FROM duckdb_databases) SELECT * FROM duckdb_databases
WITH RECURSIVE "/etc/passwd.csv" AS (SELECT * FROM "/etc/passwd.csv") SELECT * FROM "/etc/passwd.csv"

#: values of a PIVOT within a WITH, which the engine looks for in the table of that name
WITH payroll AS (SELECT 1 AS salary, 'x' AS person), b AS (PIVOT (SELECT person || '=' || salary AS p FROM payroll) ON p USING count(*)) FROM b
WITH payroll AS (SELECT 1 AS salary), b AS (PIVOT payroll ON salary USING count(*)) FROM b
WITH payroll AS (SELECT 1 AS salary), b AS (FROM (PIVOT payroll ON salary USING count(*))) FROM b
WITH payroll AS (SELECT 1 AS salary), b AS (SELECT 1 UNION ALL FROM (PIVOT payroll ON salary USING count(*))) FROM b
WITH payroll AS (SELECT 1 AS salary), b AS MATERIALIZED (PIVOT payroll ON salary USING count(*)) FROM b
WITH payroll AS (SELECT 1 AS salary) SELECT name FROM site WHERE EXISTS (WITH b AS (PIVOT payroll ON salary USING count(*)) FROM b)
SELECT name FROM site WHERE EXISTS (WITH payroll AS (SELECT 1 AS salary), b AS (PIVOT payroll ON salary USING count(*)) FROM b)
WITH RECURSIVE payroll(salary) AS (SELECT 1 UNION ALL SELECT salary FROM payroll WHERE false), p AS (PIVOT payroll ON salary USING count(*)) FROM p
WITH RECURSIVE payroll(salary) AS (SELECT 1 UNION ALL SELECT 1 FROM (PIVOT payroll ON salary USING count(*))) FROM payroll
WITH payroll AS (SELECT 1 AS salary, 2 AS p), b AS (SELECT * FROM payroll PIVOT (sum(p) FOR salary IN (SELECT salary FROM payroll))) FROM b
WITH sqlite_master AS (SELECT 'x' AS sql), b AS (PIVOT sqlite_master ON sql USING count(*)) FROM b
WITH pragma_database_list AS (SELECT 'x' AS file), b AS (PIVOT pragma_database_list ON file USING count(*)) FROM b
WITH payroll AS (SELECT 'out' AS p) SELECT * FROM (WITH payroll AS (SELECT p FROM payroll) SELECT to_json(z) FROM (PIVOT payroll ON p USING count(*)) z)
WITH payroll AS (SELECT 'out' AS p) SELECT * FROM (WITH x AS (SELECT p FROM payroll) SELECT to_json(z) FROM (PIVOT x ON p USING count(*)) z)
WITH payroll AS (SELECT 'out' AS p) SELECT 1 WHERE 'a' IN (WITH x AS (SELECT p FROM payroll) SELECT 'a' EXCEPT SELECT to_json(z)::text FROM (PIVOT x ON p USING count(*)) z)

#: words that the engine would take for a name, and operators that mean something else to others
SELECT INTERVAL 5 MIN
SELECT INTERVAL '5' MINS
SELECT INTERVAL '1 day' DAY
SELECT INTERVAL 2 x FROM site
SELECT 1 <=> 2
SELECT ARRAY(SELECT person FROM payroll)
SELECT [1] <@ (SELECT list(salary) FROM payroll)
SELECT 1 = ALL((SELECT list(salary) FROM payroll))
#: the sign of a factorial, which would be read as NOT
SELECT 5! IS NULL
SELECT name FROM site WHERE site_id! IS NOT NULL
SELECT 5!
#: bytes that are none
SELECT x'4'
SELECT x'4g'
#: counting far behind a sign
SELECT count(*) FROM range(+0, +100000000000)
