SELECT "lower"(name) FROM site
SELECT name FROM site WHERE name = $1
SELECT session_user
SELECT pg_read_file('/etc/passwd')
SELECT pg_read_binary_file('/etc/passwd')
SELECT pg_ls_dir('/')
SELECT pg_stat_file('/etc/passwd')
SELECT pg_terminate_backend(1)
SELECT pg_cancel_backend(1)
SELECT pg_reload_conf()
SELECT pg_advisory_lock(1)
SELECT pg_notify('x', 'y')
SELECT pg_catalog.pg_sleep(1)
SELECT pg_catalog.lower('x')
SELECT pg_sleep_for('5 minutes')
SELECT lo_import('/etc/passwd')
SELECT lo_export(1, '/tmp/x')
SELECT lo_creat(-1)
SELECT lo_from_bytea(0, 'x')
SELECT dblink('host=x', 'SELECT 1')
SELECT dblink_connect('host=x')
SELECT set_config('statement_timeout', '0', false)
SELECT current_setting('data_directory')
SELECT query_to_xml('SELECT * FROM payroll', true, true, '')
SELECT table_to_xml('payroll', true, true, '')
SELECT schema_to_xml('public', true, true, '')
SELECT database_to_xml(true, true, '')
SELECT cursor_to_xml('c', 1, true, true, '')
SELECT xpath('/a', '<a/>')
SELECT xmlparse(DOCUMENT '<a/>')
SELECT ts_stat('SELECT x FROM payroll')
SELECT * FROM ts_stat('SELECT to_tsvector(person) FROM payroll')
SELECT ts_rewrite('a'::tsquery, 'SELECT x FROM payroll')
SELECT nextval('x')
SELECT setval('x', 1)
SELECT currval('x')
SELECT lastval()
SELECT txid_current()
SELECT inet_server_addr()
SELECT has_table_privilege('payroll', 'SELECT')
SELECT to_regclass('payroll')
SELECT 'payroll'::regclass
SELECT 'payroll'::regclass::oid
SELECT CAST('pg_sleep' AS regproc)
SELECT 'x'::regrole
SELECT obj_description(1)
SELECT pg_get_viewdef('v')
SELECT setseed(1)
SELECT current_schema
SELECT current_catalog
SELECT current_schemas(true)
SELECT current_database()
SELECT user
SELECT * FROM pg_catalog.pg_shadow
SELECT * FROM pg_shadow
SELECT * FROM pg_stat_activity
SELECT * FROM pg_toast.pg_toast_1
SELECT * FROM public.payroll
SELECT * FROM "public"."payroll"
SELECT * FROM ONLY payroll
SELECT * FROM pg_ls_dir('/') AS f
SELECT * FROM pg_read_file('/etc/passwd') AS f
SELECT * FROM lower('x')
SELECT * FROM ROWS FROM (pg_ls_dir('/'), generate_series(1, 2)) AS f
SELECT * FROM LATERAL pg_ls_dir('/') AS f
SELECT * FROM crosstab('SELECT * FROM payroll') AS c(a TEXT)
SELECT * FROM dblink('x', 'SELECT 1') AS t(a INT)
SELECT s.row_to_json FROM site s
SELECT s.pg_column_size FROM site s
SELECT (s).name.pg_read_file FROM site s
SELECT (site).to_json FROM site
COPY site TO '/tmp/x'
COPY site TO PROGRAM 'id'
COPY (SELECT * FROM payroll) TO STDOUT
COPY site FROM PROGRAM 'id'
DO $$ BEGIN DELETE FROM site; END $$
WITH x AS (DELETE FROM site RETURNING *) SELECT * FROM x
WITH x AS (UPDATE site SET name = 'x' RETURNING *) SELECT * FROM x
WITH x AS (INSERT INTO site VALUES (9) RETURNING *) SELECT * FROM x
SELECT * INTO copied FROM site
SELECT name INTO TEMP copied FROM site
SELECT name FROM site FOR SHARE
SELECT name FROM site FOR NO KEY UPDATE SKIP LOCKED
LOCK TABLE site
LISTEN x
NOTIFY x
UNLISTEN *
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
DECLARE c CURSOR FOR SELECT 1
FETCH ALL FROM c
CLUSTER site
REFRESH MATERIALIZED VIEW v
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE EXTENSION dblink
ALTER SYSTEM SET x = 1
ALTER ROLE postgres SUPERUSER
SET ROLE postgres
RESET ROLE
SET statement_timeout = 0
SHOW data_directory
REASSIGN OWNED BY a TO b
SECURITY LABEL ON TABLE site IS 'x'
IMPORT FOREIGN SCHEMA x FROM SERVER y INTO public
SELECT 1 OPERATOR(pg_catalog.+) 2
SELECT U&'\0041'
SELECT U&"\0041" FROM site
SELECT u&'d\0061t\+000061'
TABLE payroll
SELECT format('%2000000000s', 'x')
SELECT format(name, 1) FROM site
SELECT 'x'::xml
SELECT 'x'::some_domain
SELECT json_populate_record(NULL::payroll, '{}')
SELECT NULL::payroll
SELECT $1
SELECT %s
SELECT %(name)s
WITH b AS (SELECT * FROM a), a AS (SELECT * FROM payroll) SELECT * FROM b
WITH RECURSIVE b AS (SELECT * FROM payroll), payroll AS (SELECT 1) SELECT * FROM b
WITH "Payroll" AS (SELECT 1) SELECT * FROM payroll
