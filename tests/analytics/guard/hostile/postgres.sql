#: more than one statement
DO $$ BEGIN DELETE FROM site; END $$
DO LANGUAGE plpgsql $x$ BEGIN PERFORM pg_sleep(1); END $x$
SELECT 1; SELECT pg_sleep(1)
SELECT 1;COMMIT;DROP TABLE site
SELECT $$;$$; DROP TABLE site
SELECT 'a''; DROP TABLE site; --'; DELETE FROM site
SELECT E'\'; DROP TABLE site; --'; SELECT 2

#: characters and comments that a server runs, or that look other than they are
SELECT U&'\0041'
SELECT U&"\0041" FROM site
SELECT u&'d\0061t\+000061'
SELECT U&'d!0061ta' UESCAPE '!'
SELECT * FROM U&"pa\0079roll"
SELECT u&"x"

#: statements that write, change or drop
WITH x AS (DELETE FROM site RETURNING *) SELECT * FROM x
WITH x AS (UPDATE site SET name = 'x' RETURNING *) SELECT * FROM x
WITH x AS (INSERT INTO site VALUES (9) RETURNING *) SELECT * FROM x
CLUSTER site
REFRESH MATERIALIZED VIEW v
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE EXTENSION dblink
ALTER SYSTEM SET x = 1
ALTER ROLE postgres SUPERUSER
REASSIGN OWNED BY a TO b
SECURITY LABEL ON TABLE site IS 'x'
IMPORT FOREIGN SCHEMA x FROM SERVER y INTO public
WITH x AS (SELECT * FROM site FOR UPDATE) SELECT * FROM x
WITH x AS (DELETE FROM site) SELECT 1
WITH x AS (INSERT INTO site SELECT * FROM site RETURNING 1) SELECT * FROM x
WITH x AS (MERGE INTO site USING meter ON true WHEN MATCHED THEN DELETE) SELECT 1
WITH RECURSIVE x AS (SELECT 1 UNION ALL DELETE FROM site RETURNING 1) SELECT * FROM x
WITH x AS (SELECT 1) INSERT INTO site SELECT 9
WITH x AS (SELECT 1) DELETE FROM site
WITH x AS (SELECT 1) UPDATE site SET name = 'x'
CREATE TABLE x AS SELECT 1
CREATE TEMP TABLE x (a int)
CREATE UNLOGGED TABLE x (a int)
CREATE VIEW v AS SELECT 1
CREATE OR REPLACE FUNCTION f() RETURNS void AS $$ $$ LANGUAGE sql
CREATE RULE r AS ON SELECT TO site DO INSTEAD SELECT 1
CREATE TRIGGER t BEFORE INSERT ON site EXECUTE FUNCTION f()
CREATE SERVER s FOREIGN DATA WRAPPER w
CREATE ROLE x SUPERUSER
CREATE DATABASE x
CREATE INDEX CONCURRENTLY i ON site (name)
CREATE PUBLICATION p FOR ALL TABLES
CREATE LANGUAGE plpython3u
CREATE CAST (text AS int) WITH FUNCTION f(text)
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = f)
CREATE COLLATION c (LOCALE = 'de')
CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int)
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()
CREATE MATERIALIZED VIEW m AS SELECT 1
CREATE SCHEMA s
CREATE SEQUENCE s
CREATE TYPE t AS (a int)
CREATE DOMAIN d AS int
ALTER TABLE site OWNER TO x
ALTER USER postgres PASSWORD 'x'
ALTER DATABASE x SET y = 1
ALTER SYSTEM RESET ALL
ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO public
DROP OWNED BY x
DROP DATABASE x
DROP TABLE IF EXISTS site CASCADE
TRUNCATE site, meter
TRUNCATE ONLY site RESTART IDENTITY
REINDEX DATABASE x
VACUUM FULL site
ANALYZE
CLUSTER
COMMENT ON TABLE site IS 'x'
IMPORT FOREIGN SCHEMA x FROM SERVER s INTO public
SECURITY LABEL ON ROLE x IS 'y'
GRANT pg_read_server_files TO x
REVOKE ALL ON site FROM x
INSERT INTO site DEFAULT VALUES
INSERT INTO site VALUES (1) ON CONFLICT DO NOTHING RETURNING *
UPDATE ONLY site SET name = 'x' RETURNING *
DELETE FROM site USING meter RETURNING *

#: files, programs, other servers and the network
SELECT pg_read_file('/etc/passwd')
SELECT pg_read_binary_file('/etc/passwd')
SELECT pg_ls_dir('/')
SELECT pg_stat_file('/etc/passwd')
SELECT lo_import('/etc/passwd')
SELECT lo_export(1, '/tmp/x')
SELECT lo_creat(-1)
SELECT lo_from_bytea(0, 'x')
SELECT dblink('host=x', 'SELECT 1')
SELECT dblink_connect('host=x')
SELECT * FROM pg_ls_dir('/') AS f
SELECT * FROM pg_read_file('/etc/passwd') AS f
SELECT * FROM ROWS FROM (pg_ls_dir('/'), generate_series(1, 2)) AS f
SELECT * FROM LATERAL pg_ls_dir('/') AS f
SELECT * FROM dblink('x', 'SELECT 1') AS t(a INT)
SELECT (s).name.pg_read_file FROM site s
COPY site TO '/tmp/x'
COPY site TO PROGRAM 'id'
COPY (SELECT * FROM payroll) TO STDOUT
COPY site FROM PROGRAM 'id'
SELECT pg_read_file('/etc/passwd', 0, 100)
SELECT pg_read_binary_file('x'), 1
SELECT pg_ls_logdir()
SELECT * FROM pg_ls_waldir()
SELECT * FROM pg_ls_tmpdir()
SELECT * FROM pg_ls_archive_statusdir()
SELECT pg_stat_file('x')
SELECT pg_file_write('x', 'y', false)
SELECT lo_get(1)
SELECT lo_put(1, 0, 'x')
SELECT lo_open(1, 262144)
SELECT loread(0, 10)
SELECT lowrite(0, 'x')
SELECT lo_unlink(1)
SELECT lo_create(1)
SELECT lo_import('/etc/passwd', 1)
SELECT lo_truncate(0, 1)
SELECT dblink_exec('host=x', 'DROP TABLE x')
SELECT * FROM dblink('x', 'y') AS t(a int)
SELECT dblink_send_query('x', 'y')
SELECT postgres_fdw_disconnect_all()
SELECT '1'::pg_lsn
SELECT * FROM pg_file_settings
SELECT * FROM ROWS FROM (pg_ls_dir('.'))
SELECT * FROM pg_ls_dir('.') WITH ORDINALITY
SELECT * FROM LATERAL pg_read_file('x') f
SELECT pg_ls_dir('.') FROM site
SELECT (pg_stat_file('x')).size
SELECT (pg_ls_logdir()).name
COPY site FROM '/etc/passwd'
COPY (SELECT 1) TO PROGRAM 'sh'
COPY payroll TO '/tmp/x' WITH CSV
COPY site TO STDOUT
LOAD '/tmp/x.so'

#: session, settings, time and locks
SELECT session_user
SELECT pg_terminate_backend(1)
SELECT pg_cancel_backend(1)
SELECT pg_advisory_lock(1)
SELECT pg_catalog.pg_sleep(1)
SELECT pg_sleep_for('5 minutes')
SELECT set_config('statement_timeout', '0', false)
SELECT current_setting('data_directory')
SELECT nextval('x')
SELECT setval('x', 1)
SELECT currval('x')
SELECT lastval()
SELECT txid_current()
SELECT CAST('pg_sleep' AS regproc)
SELECT current_schema
SELECT current_catalog
SELECT current_schemas(true)
SELECT current_database()
SELECT user
SELECT name FROM site FOR SHARE
SELECT name FROM site FOR NO KEY UPDATE SKIP LOCKED
LOCK TABLE site
SELECT set_config('role', 'postgres', true)
SELECT current_setting('is_superuser')
SELECT * FROM current_setting('data_directory')
SELECT pg_advisory_xact_lock(1)
SELECT pg_try_advisory_lock(1)
SELECT pg_advisory_unlock_all()
SELECT pg_sleep(1)
SELECT pg_sleep_until('tomorrow')
SELECT "pg_sleep"(10)
SELECT pg_catalog."pg_sleep"(10)
SELECT count(*) FROM site WHERE pg_sleep(10) IS NULL
SELECT * FROM pg_sleep(10)
SELECT CASE WHEN true THEN pg_sleep(10) END
SELECT 1 ORDER BY pg_sleep(10)
SELECT coalesce(pg_sleep(10)::text, 'x')
SELECT nextval('site_id_seq'::regclass)
SELECT setval('s', 1, true)
SELECT txid_snapshot_xmin(txid_current_snapshot())
SELECT pg_current_wal_lsn()
SELECT * FROM pg_logical_slot_get_changes('x', NULL, NULL)
SELECT pg_backend_pid()
SELECT current_database(), current_user
SELECT SESSION_USER
SELECT current_schemas(false)
SELECT '1'::txid_snapshot
SELECT * FROM pg_settings
VALUES (pg_sleep(1))
SELECT * FROM (VALUES (pg_sleep(1))) v
SELECT name COLLATE "de-x-icu" COLLATE pg_catalog."C", pg_sleep(1) FROM site
SELECT name FROM site FOR UPDATE OF site NOWAIT
SELECT name FROM site FOR KEY SHARE
SELECT * FROM (SELECT * FROM site FOR UPDATE) s
EXPLAIN ANALYZE SELECT pg_sleep(10)
SELECT string_agg(repeat('x', 10000), '') FROM generate_series(1, 1000000) WHERE pg_sleep(1) IS NOT NULL
SELECT pg_catalog.set_config('search_path', '', false)

#: system tables and functions that tell of the server
SELECT pg_reload_conf()
SELECT pg_notify('x', 'y')
SELECT pg_catalog.lower('x')
SELECT inet_server_addr()
SELECT has_table_privilege('payroll', 'SELECT')
SELECT to_regclass('payroll')
SELECT obj_description(1)
SELECT pg_get_viewdef('v')
SELECT * FROM pg_catalog.pg_shadow
SELECT * FROM pg_shadow
SELECT * FROM pg_stat_activity
SELECT * FROM pg_toast.pg_toast_1
SELECT s.pg_column_size FROM site s
SELECT 1 OPERATOR(pg_catalog.+) 2
SELECT pg_logdir_ls()
SELECT pg_get_serial_sequence('site', 'site_id')
SELECT pg_sequence_last_value(1)
SELECT pg_switch_wal()
SELECT pg_create_restore_point('x')
SELECT pg_start_backup('x')
SELECT pg_backup_start('x')
SELECT pg_promote()
SELECT pg_rotate_logfile()
SELECT pg_export_snapshot()
SELECT pg_logical_emit_message(true, 'a', 'b')
SELECT pg_create_logical_replication_slot('x', 'y')
SELECT pg_replication_slot_advance('x', '0/0')
SELECT pg_stat_reset()
SELECT pg_stat_get_activity(NULL)
SELECT pg_postmaster_start_time()
SELECT pg_conf_load_time()
SELECT inet_client_addr()
SELECT pg_typeof((SELECT person FROM payroll))
SELECT has_database_privilege('x', 'connect')
SELECT has_column_privilege('payroll', 'salary', 'select')
SELECT pg_has_role('postgres', 'member')
SELECT pg_relation_size('payroll')
SELECT pg_total_relation_size('payroll')
SELECT pg_database_size('postgres')
SELECT pg_size_pretty(pg_database_size('x'))
SELECT pg_column_size((SELECT person FROM payroll))
SELECT pg_get_functiondef(1)
SELECT pg_get_userbyid(10)
SELECT pg_describe_object(1, 1, 1)
SELECT pg_identify_object(1, 1, 1)
SELECT col_description('payroll'::regclass, 1)
SELECT shobj_description(1, 'pg_database')
SELECT to_regclass('payroll'), to_regtype('int')
SELECT 'x'::pg_catalog.regclass
SELECT * FROM pg_tables
SELECT * FROM pg_class
SELECT * FROM pg_user
SELECT * FROM pg_authid
SELECT * FROM pg_roles
SELECT * FROM pg_proc
SELECT * FROM pg_database
SELECT * FROM pg_hba_file_rules
SELECT * FROM pg_config
SELECT * FROM pg_config()
SELECT * FROM pg_stats
SELECT * FROM pg_statistic
SELECT * FROM pg_largeobject
SELECT * FROM pg_foreign_server
SELECT * FROM pg_user_mappings
SELECT * FROM pg_stat_statements
SELECT * FROM pg_locks
SELECT * FROM pg_catalog.pg_class
SELECT * FROM "pg_catalog"."pg_class"
SELECT * FROM pg_catalog . pg_class
SELECT * FROM PG_CATALOG.PG_CLASS
SELECT * FROM information_schema.columns
SELECT * FROM "information_schema"."tables"
SELECT * FROM pg_toast.pg_toast_2619
SELECT * FROM pg_temp.x
SELECT * FROM pg_temp_1.x
TABLE pg_shadow
SELECT s.pg_relation_size FROM site s
SELECT s.pg_typeof FROM site s
SELECT (s).pg_column_size FROM site s
SELECT pg_catalog.upper('x')
SELECT 1 OPERATOR(pg_catalog.=) 1
SELECT name FROM site ORDER BY name USING OPERATOR(pg_catalog.<)
SET search_path = pg_catalog
SELECT pg_input_is_valid('x', 'regclass')
SELECT binary_upgrade_set_next_pg_type_oid(1)
SELECT pg_prewarm('payroll')
SELECT * FROM pg_buffercache
SELECT pg_rotate_logfile_old()

#: statements about the session or the schema
LISTEN x
NOTIFY x
UNLISTEN *
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
DECLARE c CURSOR FOR SELECT 1
FETCH ALL FROM c
SET ROLE postgres
RESET ROLE
SET statement_timeout = 0
SHOW data_directory
EXPLAIN (ANALYZE, BUFFERS) DELETE FROM site
CHECKPOINT
DISCARD ALL
CALL p()
NOTIFY x, 'y'
SET SESSION AUTHORIZATION postgres
SET LOCAL statement_timeout = 0
SET TRANSACTION READ WRITE
SET ROLE x
RESET ALL
SHOW ALL
BEGIN READ WRITE
START TRANSACTION READ WRITE
COMMIT AND CHAIN
END
ABORT
SAVEPOINT x
ROLLBACK TO x
PREPARE TRANSACTION 'x'
COMMIT PREPARED 'x'
PREPARE p (int) AS SELECT $1
EXECUTE p (1)
DECLARE c CURSOR FOR SELECT * FROM payroll
FETCH 10 FROM c
MOVE FORWARD ALL IN c
CLOSE c

#: SQL, table or function names in a text
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
SELECT * FROM crosstab('SELECT * FROM payroll') AS c(a TEXT)
SELECT 'x'::xml
SELECT query_to_xml('SELECT 1', true, false, '')
SELECT query_to_xmlschema('SELECT 1', true, false, '')
SELECT query_to_xml_and_xmlschema('SELECT 1', true, false, '')
SELECT table_to_xmlschema('payroll', true, true, '')
SELECT schema_to_xml_and_xmlschema('public', true, true, '')
SELECT database_to_xmlschema(true, true, '')
SELECT cursor_to_xmlschema('x', true, true, '')
SELECT * FROM xmltable('/a' PASSING '<a/>'::xml COLUMNS b text)
SELECT * FROM XMLTABLE('//x' PASSING xmlparse(document '<x/>') COLUMNS a int)
SELECT xmlelement(name foo, person) FROM payroll
SELECT xmlforest(name) FROM site
SELECT xmlagg(x) FROM site x
SELECT xpath_exists('/x', '<x/>')
SELECT ts_stat('SELECT 1')
SELECT ts_rewrite('a'::tsquery, 'SELECT * FROM payroll')
SELECT * FROM crosstab('SELECT 1', 'SELECT 2') AS c(a int)
SELECT * FROM connectby('payroll', 'a', 'b', '1', 0) AS t(a text)
SELECT xpath_table('a', 'b', 'payroll', 'c', 'd')
SELECT jsonb_path_query((SELECT to_jsonb(person) FROM payroll), '$')

#: texts, lists and series of unbounded size
SELECT format('%2000000000s', 'x')
SELECT format(name, 1) FROM site
SELECT format_type(1, 1)
SELECT CAST(1 AS regnamespace)
SELECT * FROM generate_series(1, (SELECT salary FROM payroll))
SELECT repeat('x', 1000000000)
SELECT lpad('x', 1000000000)
SELECT rpad('x', 1000000000)
SELECT repeat('x', 10000 * 10000)
SELECT repeat('x', site_id * 100000000) FROM site
SELECT format('%1000000000s', 1)
SELECT format('%*s', 1000000000, 1)
SELECT format('%-1000000000s', 'x')
SELECT array_fill(0, ARRAY[100000, 100000])
SELECT rpad(name, site_id * 1000000000) FROM site

#: names of objects as types
SELECT 'payroll'::regclass
SELECT 'payroll'::regclass::oid
SELECT 'x'::regrole
SELECT 'x'::some_domain
SELECT json_populate_record(NULL::payroll, '{}')
SELECT NULL::payroll
SELECT 'payroll'::regclass::text
SELECT 'public.payroll'::regclass
SELECT CAST('x' AS regprocedure)
SELECT 'x'::regconfig
SELECT 'x'::regdictionary
SELECT 'x'::regoper
SELECT 'x'::regtype
SELECT 1::oid
SELECT 'x'::refcursor
SELECT 'x'::"char"
SELECT 'x'::aclitem
SELECT (NULL::payroll).*
SELECT jsonb_populate_record(NULL::payroll, '{}')
SELECT json_populate_recordset(NULL::payroll, '[]')
SELECT jsonb_populate_record(NULL::site, '{}')
SELECT !! 'x'::tsquery
SELECT CAST((SELECT person FROM payroll) AS text)

#: tables that are not in the catalog
SELECT * FROM public.payroll
SELECT * FROM "public"."payroll"
SELECT * FROM ONLY payroll
TABLE payroll
WITH b AS (SELECT * FROM a), a AS (SELECT * FROM payroll) SELECT * FROM b
WITH RECURSIVE b AS (SELECT * FROM payroll), payroll AS (SELECT 1) SELECT * FROM b
WITH "Payroll" AS (SELECT 1) SELECT * FROM payroll
SELECT to_tsvector('english', (SELECT person FROM payroll))
SELECT (SELECT p FROM payroll p)
SELECT row_to_json(payroll) FROM payroll
SELECT json_agg(p) FROM payroll p
SELECT array_agg(p.*) FROM payroll p
SELECT site.* FROM site, payroll
SELECT * FROM other.public.site
SELECT * FROM postgres.public.payroll
SELECT * FROM ONLY public.payroll
SELECT * FROM ONLY (payroll)
SELECT * FROM payroll *
SELECT * FROM payroll TABLESAMPLE SYSTEM (100)
SELECT * FROM site NATURAL JOIN payroll
SELECT * FROM site, LATERAL (SELECT * FROM payroll) p
SELECT * FROM site CROSS JOIN LATERAL (SELECT salary FROM payroll) p
SELECT * FROM (site CROSS JOIN payroll)
SELECT * FROM site WHERE EXISTS (TABLE payroll)
SELECT * FROM site WHERE site_id = ANY (TABLE payroll)
SELECT ARRAY(SELECT person FROM payroll)
SELECT ARRAY(TABLE payroll)
SELECT (TABLE payroll)
TABLE ONLY payroll
WITH a AS (TABLE payroll) TABLE a
(TABLE payroll)
SELECT 1 UNION TABLE payroll
VALUES ((SELECT salary FROM payroll))
SELECT * FROM unnest(ARRAY(SELECT person FROM payroll))
WITH payroll AS (SELECT * FROM public.payroll) SELECT * FROM payroll
WITH RECURSIVE payroll AS (SELECT * FROM public.payroll) SELECT * FROM payroll
WITH a AS (SELECT * FROM b), b AS (SELECT * FROM payroll) SELECT * FROM a
SELECT (WITH payroll AS (SELECT 1 AS x) SELECT x FROM payroll), salary FROM payroll
SELECT * FROM pgstattuple('payroll')
SELECT * FROM heap_page_items(get_raw_page('payroll', 0))
SELECT get_raw_page('payroll', 0)
SELECT max(name) OVER (PARTITION BY (SELECT salary FROM payroll)) FROM site
SELECT percentile_cont((SELECT 0.5 FROM payroll)) WITHIN GROUP (ORDER BY site_id) FROM site
SELECT string_agg(name, (SELECT person FROM payroll)) FROM site
SELECT CASE (SELECT salary FROM payroll) WHEN 1 THEN 'x' END
SELECT name FROM site OFFSET (SELECT salary FROM payroll)
SELECT name FROM site FETCH FIRST (SELECT salary FROM payroll) ROWS ONLY
SELECT DISTINCT ON ((SELECT salary FROM payroll)) name FROM site
SELECT name FROM site GROUP BY ROLLUP ((SELECT salary FROM payroll), name)
SELECT 1 WHERE (1, 2) IN (SELECT salary, 1 FROM payroll)
SELECT 1 IN (SELECT salary FROM payroll)
SELECT 1 = ALL (SELECT salary FROM payroll)
SELECT NOT EXISTS (SELECT FROM payroll)
SELECT name BETWEEN (SELECT person FROM payroll) AND 'z' FROM site
SELECT (ARRAY[1])[(SELECT salary FROM payroll)]
SELECT ROW((SELECT salary FROM payroll))
SELECT INTERVAL (SELECT person FROM payroll)
SELECT extract(day FROM (SELECT now() FROM payroll))
SELECT overlay((SELECT person FROM payroll) PLACING 'x' FROM 1)
SELECT position('x' IN (SELECT person FROM payroll))
SELECT (SELECT person FROM payroll) LIKE 'x'
SELECT (SELECT person FROM payroll) ~ 'x'
SELECT now() AT TIME ZONE (SELECT person FROM payroll)
SELECT (SELECT person FROM payroll) COLLATE "C"

#: blanks without values
SELECT name FROM site WHERE name = $1
SELECT $1
SELECT %s
SELECT %(name)s

#: functions, syntax and operators that no list names
SELECT "lower"(name) FROM site
SELECT setseed(1)
SELECT * FROM lower('x')
SELECT s.row_to_json FROM site s
SELECT (site).to_json FROM site
SELECT * INTO copied FROM site
SELECT name INTO TEMP copied FROM site
SELECT ts_debug('x'), ts_parse('default', 'x')
SELECT PG_SLEEP(10)
SELECT CURRENT_USER
SELECT CURRENT_ROLE
SELECT CURRENT_SCHEMA
SELECT CURRENT_CATALOG
SELECT (s.name).upper FROM site s
SELECT (SELECT s FROM site s LIMIT 1).to_json
SELECT public.f(1)
SELECT "public"."f"(1)
SELECT "upper"('x')
SELECT upper(VARIADIC ARRAY['x'])
SELECT 1 OPERATOR(+) 1
SELECT 1 === 2
SELECT 1 <-> 2
SELECT 'a' <% 'b'
SELECT * INTO x FROM site
SELECT * INTO UNLOGGED x FROM site
SELECT * INTO TABLE x FROM site
SELECT name INTO TEMPORARY TABLE x FROM site
WITH a AS (SELECT 1) SELECT * INTO x FROM a
SELECT * FROM a WHERE EXISTS (WITH a AS (SELECT 1) SELECT 1)
SELECT amvalidate(1)
SELECT brin_summarize_new_values('x')
SELECT gin_clean_pending_list('x')
SELECT xslt_process('a', 'b')
SELECT plpgsql_call_handler()
SELECT setseed(0.5)
SELECT uuid_generate_v1()
SELECT crypt('x', gen_salt('bf', 31))
SELECT pgp_sym_decrypt('x', 'y')
SELECT levenshtein('x', 'y')
SELECT nosuch(name) FROM site
SELECT name FROM site GROUP BY nosuch(name)
SELECT sum(nosuch(1)) FILTER (WHERE nosuch(2)) FROM site
SELECT name FROM site WINDOW w AS (ORDER BY nosuch(1))

#: the names of things, and calls hidden in the clauses around them
SELECT text('site'::regclass)
SELECT regclass('site')
SELECT (ARRAY[1, 2])[pg_backend_pid()]
SELECT count(*) FILTER (WHERE pg_sleep(1) IS NULL) FROM site
SELECT * FROM generate_series(1, 2) g, LATERAL (SELECT * FROM pg_user) u
SELECT xmlserialize(content query_to_xml('a', true, true, '') AS text)
SELECT name FROM site WHERE site_id = SOME (SELECT usesysid FROM pg_user)
WITH site AS (SELECT * FROM pg_user) SELECT * FROM site
SELECT array_fill(0, ARRAY[1000000000])
SELECT row_security_active('site')

#: functions that are called as if they were columns of a row
SELECT x.pg_column_size FROM (SELECT 1 AS a) x
SELECT x.record_out FROM (SELECT 1 AS a) AS x
SELECT s.to_jsonb FROM site AS s(a)
WITH c AS (SELECT 1 AS a) SELECT c.pg_column_size FROM c
WITH c(b) AS (SELECT 1 AS a) SELECT c.pg_column_size FROM c
WITH RECURSIVE c AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM c WHERE c.pg_column_size > 1) SELECT a FROM c
SELECT g.pg_column_size FROM generate_series(1, 2) g
SELECT g.pg_column_size FROM generate_series(1, 2) AS g(a)
SELECT u.row_to_json FROM unnest(ARRAY[1, 2]) WITH ORDINALITY AS u(a, b)
SELECT v.pg_column_size FROM (VALUES (1, 2)) AS v(a, b)
SELECT v.pg_column_size FROM (VALUES (1, 2)) AS v
SELECT e.pg_column_size FROM json_each('{"a": 1}') AS e
SELECT r.pg_column_size FROM json_to_recordset('[]') AS r(a int)
SELECT x.record_out FROM site, LATERAL (SELECT site.*) x
SELECT x.pg_column_size FROM site s CROSS JOIN LATERAL (SELECT s.name) AS x
SELECT j.pg_column_size FROM (site JOIN meter USING (site_id)) AS j
SELECT (SELECT x.pg_column_size) FROM (SELECT 1 AS a) x
SELECT x.a FROM (SELECT 1 AS a) x WHERE EXISTS (SELECT 1 FROM (SELECT 2 AS pg_column_size) x WHERE x.pg_column_size = 1) AND x.pg_column_size = 4
SELECT 1 FROM (SELECT 1 AS a) x, LATERAL (SELECT x.pg_column_size FROM (SELECT 2 AS pg_column_size) y) z
SELECT 1 FROM (SELECT 1 AS a) x WHERE EXISTS (SELECT 1 FROM site JOIN meter ON x.pg_column_size = 1, (SELECT 1 AS pg_column_size) x)
SELECT x.a FROM (SELECT 1 AS a) x ORDER BY x.pg_column_size
SELECT count(*) FILTER (WHERE x.pg_column_size > 1) FROM (SELECT 1 AS a) x
SELECT sum(x.a) OVER (PARTITION BY x.record_out) FROM (SELECT 1 AS a) x
SELECT x.a FROM (SELECT 1 AS a) x UNION SELECT y.pg_column_size FROM (SELECT 1 AS a) y
SELECT x.pg_column_size FROM (SELECT * FROM site UNION ALL SELECT * FROM site) x

#: functions of a schema where a table stands
SELECT * FROM app.generate_series(1, 3)
SELECT * FROM pg_catalog.generate_series(1, 3)
SELECT * FROM app.unnest(ARRAY[1])
SELECT * FROM site, LATERAL app.unnest(ARRAY[1])

#: more functions that are called as if they were columns of a row
SELECT x.pg_column_size FROM ((SELECT 1 AS a) x CROSS JOIN (SELECT 2 AS b) y)
SELECT s.record_out FROM ((site s CROSS JOIN meter) CROSS JOIN price)
SELECT x.pg_column_size FROM site s LEFT JOIN ((SELECT 1 AS a) x CROSS JOIN price p) ON true
SELECT 1 FROM ((site s JOIN (SELECT 1 AS a) x ON x.pg_column_size > 1))
SELECT j.pg_column_size FROM ((SELECT 1 AS a) x JOIN (SELECT 2 AS b) y ON true) AS j
SELECT s.name FROM site s LEFT JOIN (SELECT meter_id, site_id FROM meter) m JOIN reading r ON r.pg_sleep = m.meter_id ON m.site_id = s.site_id
SELECT record_out.record_out FROM unnest(ARRAY[1], ARRAY[2]) AS record_out
SELECT to_json.to_json FROM unnest((SELECT array_agg(p) FROM price p)) AS to_json
SELECT count(*) FROM site TABLESAMPLE SYSTEM ((SELECT length(x.record_out::text) FROM (SELECT 1 AS b) x))
SELECT z.pg_column_size FROM site

#: numbers and intervals that would be read as something else
SELECT 1_000
SELECT 0o17
SELECT 1name FROM site
SELECT interval(0) '1.6 seconds'

#: times that would fill the disk of the server, and LATERAL before a name
SELECT * FROM generate_series('2000-01-01'::timestamp, '2025-01-01', '1 microsecond')
SELECT * FROM generate_series(TIMESTAMPTZ '2000-01-01 00:00+00', TIMESTAMPTZ '2025-01-01', INTERVAL '1' SECOND)
SELECT generate_series(date '1900-01-01', '2025-01-01'::date, interval '1 ms')
SELECT * FROM site s, LATERAL site

#: functions side by side that may not be called, or are none
SELECT * FROM ROWS FROM (payroll())
SELECT * FROM ROWS FROM (payroll)
SELECT * FROM ROWS FROM (pg_ls_dir('/'))
SELECT * FROM ROWS FROM (generate_series(1, 2), pg_read_file('/etc/passwd')) AS t
SELECT t.pg_sleep FROM ROWS FROM (generate_series(1, 2)) AS t
SELECT t.text FROM ROWS FROM (generate_series(1, 2)) AS t (a)
SELECT * FROM ROWS FROM (public.generate_series(1, 2))
SELECT * FROM ROWS FROM (json_to_recordset('[]') AS (a regclass))
SELECT * FROM site, ROWS FROM (generate_series(1, (SELECT max(salary) FROM payroll)))

#: what would be read as an alias, another unit, or another operator
SELECT INTERVAL '1 12:00' DAY
SELECT INTERVAL '1' QUARTER
SELECT INTERVAL '1' DAYS
SELECT '101'::bit varying
SELECT '2025-01-01'::timestamptz AT TIME ZONE 'UTC' ^ 2
SELECT ! true
SELECT 'x'::"tsquery"
SELECT 'x'::public.tsquery

#: joins that would be left out
SELECT s.name FROM site s LEFT JOIN LATERAL (SELECT * FROM meter) m JOIN reading r ON true ON true
