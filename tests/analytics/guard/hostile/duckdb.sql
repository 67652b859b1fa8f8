SELECT "lower"(name) FROM site
SELECT name FROM site WHERE name = $1
SELECT user
SELECT session_user
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
SELECT * FROM duckdb_settings()
SELECT * FROM duckdb_secrets()
SELECT * FROM duckdb_tables()
SELECT * FROM duckdb_tables
SELECT * FROM pragma_table_info('payroll')
SELECT * FROM pragma_storage_info('payroll')
SELECT * FROM sqlite_master
SELECT * FROM pg_catalog.pg_tables
SELECT * FROM information_schema.columns
SELECT * FROM query('SELECT * FROM payroll')
SELECT * FROM query_table('payroll')
SELECT * FROM query_table(['site', 'payroll'])
SELECT * FROM json_execute_serialized_sql('{}')
SELECT json_serialize_sql('SELECT 1')
SELECT json_deserialize_sql('{}')
SELECT getvariable('x')
SELECT current_setting('memory_limit')
SELECT getenv('HOME')
SELECT nextval('x')
SELECT write_log('x')
SELECT sleep_ms(100000)
SELECT error('x')
SELECT current_query()
SELECT current_schema()
SELECT current_database()
SELECT txid_current()
SELECT which_secret('x', 's3')
SELECT * FROM which_secret('x', 's3')
SELECT list_aggregate([1], 'sum')
SELECT name.upper() FROM site
SELECT name.read_text() FROM site
SELECT site.name.upper().lower() FROM site
COPY site TO '/tmp/x.csv'
COPY (SELECT * FROM payroll) TO '/tmp/x.csv'
COPY site FROM '/tmp/x.csv'
ATTACH '/tmp/x.db' AS x
DETACH x
INSTALL httpfs
LOAD httpfs
FORCE INSTALL httpfs
EXPORT DATABASE '/tmp/x'
IMPORT DATABASE '/tmp/x'
CREATE MACRO f(x) AS x
CREATE SECRET (TYPE s3)
CREATE TEMP TABLE t AS SELECT 1
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
PIVOT payroll ON person USING sum(salary)
UNPIVOT payroll ON salary INTO NAME n VALUE v
FROM payroll
TABLE payroll
WITH x AS (INSERT INTO site VALUES (1) RETURNING *) SELECT * FROM x
SELECT * FROM site AT (VERSION => 1)
SELECT name FROM temp.site
SELECT * FROM system.main.duckdb_tables
SELECT * FROM memory.main.payroll
SELECT * FROM energy.main.payroll
SELECT 'x'::ENUM('x')
SELECT 1::some_type
SELECT CAST('x' AS UNION(a INT))
SELECT printf('%2000000000d', 1)
SELECT printf('%*d', 2000000000, 1)
SELECT format('{:2000000000}', 1)
SELECT format('{:{}}', 'x', 2000000000)
SELECT printf(name, 1) FROM site
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
SELECT * FROM site TABLESAMPLE reservoir(read_text('x'))
SELECT * FROM repeat_row(1, num_rows=1000000000)
SELECT * FROM test_all_types()
SELECT * FROM checkpoint()
SELECT * FROM python_map_function()
SELECT #1 FROM site
SELECT * FROM seq_scan('payroll')
SELECT * FROM arrow_scan(1, 2, 3)
SELECT COLUMNS(* EXCLUDE (payroll)) FROM payroll
SELECT list_transform([1], lambda x: (SELECT max(salary) FROM payroll))
SELECT [x FOR x IN (SELECT list(salary) FROM payroll)]
