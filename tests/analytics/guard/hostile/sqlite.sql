#: more than one statement
CREATE TRIGGER t AFTER INSERT ON site BEGIN DELETE FROM meter; END
CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN SELECT 1; END
SELECT 1; DELETE FROM site
SELECT 1; ATTACH 'x' AS y
SELECT 1;;;DROP TABLE site
; DROP TABLE site
SELECT '; --'; DROP TABLE site

#: statements that write, change or drop
VACUUM INTO '/tmp/x.db'
REINDEX
REPLACE INTO site VALUES (1, 'x', 'y', 1)
INSERT OR REPLACE INTO site VALUES (1, 'x', 'y', 1)
WITH x AS (SELECT 1) INSERT INTO site SELECT 1, 'x', 'y', 1
WITH x AS (SELECT 1) DELETE FROM site
CREATE TEMP TABLE t AS SELECT 1
CREATE VIEW v AS SELECT * FROM payroll
WITH a AS (DELETE FROM site RETURNING *) SELECT * FROM a
WITH a AS (SELECT 1) REPLACE INTO site SELECT 1, 'x', 'y', 1
WITH a AS (SELECT 1) UPDATE site SET name = 'x'
INSERT INTO site DEFAULT VALUES
INSERT OR IGNORE INTO site VALUES (1, 'x', 'y', 1)
INSERT INTO site VALUES (1, 'x', 'y', 1) ON CONFLICT DO NOTHING
INSERT INTO site SELECT * FROM site RETURNING *
UPDATE OR REPLACE site SET name = 'x'
UPDATE site SET name = 'x' RETURNING name
DELETE FROM site RETURNING name
DELETE FROM site WHERE 1 LIMIT 1
CREATE TABLE x (a)
CREATE TABLE x AS SELECT * FROM site
CREATE TEMPORARY TABLE x (a)
CREATE VIRTUAL TABLE x USING fts5(a)
CREATE VIRTUAL TABLE x USING csv(filename='x')
CREATE VIRTUAL TABLE temp.x USING dbstat
CREATE VIEW v AS SELECT 1
CREATE TEMP VIEW v AS SELECT 1
CREATE INDEX i ON site (name)
CREATE UNIQUE INDEX i ON site (name)
DROP TABLE IF EXISTS site
DROP VIEW v
DROP INDEX i
DROP TRIGGER t
ALTER TABLE site RENAME TO x
ALTER TABLE site DROP COLUMN name
VACUUM main INTO 'x'
ANALYZE
REINDEX site
GRANT ALL ON site TO x
REPLACE INTO site(site_id) VALUES (1)

#: files, programs, other servers and the network
SELECT load_extension('/tmp/x.so')
SELECT readfile('/etc/passwd')
SELECT writefile('/tmp/x', 'x')
SELECT edit('x')
ATTACH DATABASE '/tmp/x.db' AS x
SELECT readfile('x')
SELECT writefile('x', 'y', 0, 0)
SELECT lsdir('.')
SELECT * FROM fsdir('.')
SELECT * FROM lsdir('.')
SELECT * FROM zipfile('x.zip')
SELECT * FROM csv('x.csv')
SELECT load_extension('x', 'y')
SELECT edit('x', 'vi')
VALUES (load_extension('x'))
SELECT * FROM (VALUES (readfile('x')))
ATTACH '/tmp/x.db' AS x
ATTACH ':memory:' AS x
ATTACH DATABASE 'file:x?mode=rwc' AS x
PRAGMA temp_store_directory = '/tmp'
SELECT "load_extension"('x')
SELECT [load_extension]('x')
SELECT `readfile`('x')
SELECT site FROM site WHERE site MATCH load_extension('x')
SELECT likelihood(readfile('x'), 0.5)
SELECT iif(1, load_extension('x'), 0)
SELECT coalesce(NULL, readfile('x'))
SELECT date('now', readfile('x'))
SELECT json_extract(readfile('x'), '$')
SELECT CAST(readfile('x') AS TEXT)
SELECT 1 WHERE readfile('x') IS NOT NULL
SELECT 1 FROM site JOIN meter ON readfile('x')

#: session, settings, time and locks
SELECT sqlite_version()
SELECT last_insert_rowid()
SELECT changes()
SELECT total_changes()
SELECT @name
SELECT * FROM pragma_user_version
SELECT * FROM pragma_data_version
PRAGMA schema_version = 1
SELECT name FROM site WHERE name = @x

#: system tables and functions that tell of the server
SELECT sqlite_source_id()
SELECT sqlite_compileoption_get(0)
SELECT * FROM sqlite_master
SELECT * FROM sqlite_schema
SELECT * FROM main.sqlite_master
SELECT * FROM sqlite_temp_master
SELECT * FROM temp.sqlite_master
SELECT * FROM "sqlite_master"
SELECT * FROM [sqlite_master]
SELECT * FROM pragma_table_info('payroll')
SELECT * FROM pragma_table_list
SELECT * FROM pragma_database_list()
SELECT * FROM dbstat
SELECT * FROM sqlite_stmt
SELECT name FROM site WHERE name IN sqlite_master
SELECT 1 WHERE 1 IN pragma_table_info('payroll')
SELECT sqlite_log(1, 'x')
SELECT sqlite_offset(name) FROM site
SELECT sqlite_rename_table('a', 'b', 'c', 'd', 'e', 'f', 'g')
SELECT sqlite_compileoption_used('x')
SELECT sqlite_drop_column(1, 'a', 1)
SELECT * FROM SQLITE_MASTER
SELECT * FROM 'sqlite_master'
SELECT * FROM `sqlite_master`
SELECT * FROM [sqlite_schema]
SELECT * FROM main.sqlite_schema
SELECT * FROM main.'sqlite_master'
SELECT * FROM temp.sqlite_temp_schema
SELECT * FROM sqlite_sequence
SELECT * FROM sqlite_stat1
SELECT * FROM sqlite_stat4
SELECT * FROM sqlite_dbpage
SELECT * FROM sqlite_dbdata
SELECT * FROM sqlite_dbptr
SELECT * FROM sqlite_autoindex_site_1
SELECT * FROM dbstat('main')
SELECT * FROM bytecode('SELECT 1')
SELECT * FROM tables_used('SELECT * FROM payroll')
SELECT * FROM pragma_table_xinfo('payroll')
SELECT * FROM pragma_function_list
SELECT * FROM pragma_module_list()
SELECT * FROM pragma_compile_options
SELECT * FROM "pragma_table_info"('payroll')
SELECT * FROM pragma_index_list('site')
SELECT * FROM pragma_foreign_key_list('site')
SELECT * FROM pragma_journal_mode
SELECT * FROM pragma_writable_schema
SELECT * FROM main.pragma_database_list
SELECT name FROM pragma_collation_list
SELECT * FROM temp.payroll

#: statements about the session or the schema
DETACH DATABASE main
PRAGMA journal_mode = DELETE
PRAGMA database_list
PRAGMA writable_schema = 1
SAVEPOINT x
RELEASE x
EXPLAIN QUERY PLAN SELECT 1
DETACH x
PRAGMA foreign_keys
PRAGMA query_only = 0
PRAGMA query_only(0)
PRAGMA main.table_info(payroll)
PRAGMA trusted_schema = 1
PRAGMA optimize
PRAGMA wal_checkpoint
BEGIN IMMEDIATE
BEGIN EXCLUSIVE TRANSACTION
END
ROLLBACK TO x
RELEASE SAVEPOINT x
EXPLAIN SELECT 1
EXPLAIN QUERY PLAN SELECT * FROM payroll
CALL x()

#: SQL, table or function names in a text
SELECT sha3('x'), sha3_query('SELECT * FROM payroll')
SELECT eval('DELETE FROM site')

#: texts, lists and series of unbounded size
SELECT randomblob(2000000000)
SELECT zeroblob(2000000000)
SELECT printf('%2000000000d', 1)
SELECT printf('%.2000000000f', 1)
SELECT printf('%*d', 2000000000, 1)
SELECT format(name, 1) FROM site
SELECT 1 WHERE 1 IN generate_series(1, 1000000000)
SELECT * FROM generate_series(1, 1000000000)
SELECT randomblob(1000000000)
SELECT zeroblob(1000000000)
SELECT hex(zeroblob(1000000000))
SELECT hex(randomblob(500000000))
SELECT replace(hex(zeroblob(10000)), '00', hex(zeroblob(10000)))
SELECT printf('%.*c', 1000000000, 'x')
SELECT printf('%1000000000s', 'x')
SELECT format('%.1000000000d', 1)
SELECT printf('%' || '1000000000d', 1)
SELECT printf(name) FROM site
SELECT format('%*d', 1000000000, 1)
SELECT * FROM generate_series(1, 1e12)
SELECT value FROM generate_series(1, 1000000000000)

#: tables that are not in the catalog
SELECT * FROM [payroll]
SELECT * FROM main.payroll
SELECT 1 WHERE 1 IN payroll
SELECT 1 WHERE 'x' IN main.payroll
SELECT * FROM site INDEXED BY payroll, payroll
SELECT group_concat(name, (SELECT person FROM payroll)) FROM site
SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM payroll)) FROM site
VALUES ((SELECT max(salary) FROM payroll))
SELECT * FROM (VALUES ((SELECT person FROM payroll)))
SELECT likelihood((SELECT max(salary) FROM payroll), 0.5)
SELECT json_extract((SELECT person FROM payroll), '$')
SELECT * FROM json_each((SELECT person FROM payroll))
SELECT * FROM 'payroll'
SELECT * FROM PayRoll
SELECT * FROM "main"."payroll"
SELECT * FROM main . payroll
SELECT * FROM other.site
SELECT * FROM (payroll)
SELECT * FROM ((payroll))
SELECT * FROM (site, payroll)
SELECT * FROM site NATURAL JOIN payroll
SELECT * FROM site LEFT JOIN payroll ON 1
SELECT * FROM payroll INDEXED BY x
SELECT * FROM payroll NOT INDEXED
SELECT 1 IN payroll
SELECT 1 NOT IN payroll
SELECT (1) IN main.payroll
SELECT (1, 2) IN payroll
SELECT 1 IN "payroll"
SELECT name FROM site WHERE name IN (SELECT person FROM payroll)
SELECT (SELECT person FROM payroll)
SELECT EXISTS (SELECT 1 FROM payroll)
SELECT * FROM json_each((SELECT json_group_array(person) FROM payroll))
SELECT * FROM json_tree((SELECT person FROM payroll))
SELECT * FROM site, json_each((SELECT person FROM payroll))
SELECT CASE WHEN (SELECT 1 FROM payroll) THEN 1 END
SELECT name FROM site ORDER BY (SELECT salary FROM payroll)
SELECT name FROM site GROUP BY (SELECT salary FROM payroll)
SELECT name FROM site LIMIT 1 OFFSET (SELECT salary FROM payroll)
SELECT sum(site_id) OVER (ORDER BY (SELECT salary FROM payroll)) FROM site
SELECT sum(site_id) FILTER (WHERE 1 IN (SELECT salary FROM payroll)) FROM site
SELECT name FROM site WINDOW w AS (ORDER BY (SELECT salary FROM payroll))
SELECT name COLLATE x FROM site, payroll
VALUES ((SELECT person FROM payroll))
WITH a AS (SELECT * FROM payroll) SELECT * FROM a
WITH a AS (SELECT * FROM b), b AS (SELECT * FROM payroll) SELECT * FROM a
WITH site AS (SELECT * FROM payroll) SELECT * FROM site
WITH payroll AS (SELECT * FROM main.payroll) SELECT * FROM payroll
WITH RECURSIVE t(n) AS (SELECT salary FROM payroll UNION ALL SELECT n FROM t) SELECT * FROM t
SELECT 1 UNION SELECT salary FROM payroll
SELECT 1 EXCEPT SELECT salary FROM payroll
SELECT 1 INTERSECT SELECT salary FROM payroll
SELECT 1 UNION ALL VALUES (1) UNION SELECT salary FROM payroll
SELECT name MATCH 'x' FROM site, payroll
SELECT lower(*) FROM payroll
SELECT count(*) FROM (SELECT * FROM payroll)
SELECT * FROM site WHERE rowid = (SELECT salary FROM payroll)
SELECT * FROM site AS payroll, main.payroll
SELECT payroll.* FROM site AS payroll, payroll AS p
SELECT 1 FROM site UNION ALL SELECT * FROM (SELECT salary FROM payroll LIMIT 1)
TABLE payroll

#: blanks without values
SELECT name FROM site WHERE name = $1
SELECT ?1
SELECT $name
SELECT fts5(?1)
SELECT name FROM site WHERE name = ?
SELECT name FROM site WHERE name = ?1
SELECT name FROM site WHERE name = $x

#: functions, syntax and operators that no list names
SELECT "lower"(name) FROM site
SELECT fts3_tokenizer('simple')
SELECT * FROM fts5vocab
SELECT raise(IGNORE)
SELECT fts3_tokenizer('simple', x'00')
SELECT fts5_source_id()
SELECT matchinfo(site) FROM site
SELECT snippet(site) FROM site
SELECT offsets(site) FROM site
SELECT optimize(site) FROM site
SELECT highlight(site, 0, '', '') FROM site
SELECT bm25(site) FROM site
SELECT rtreenode(1, x''), rtreecheck('x')
SELECT geopoly_area('[]')
SELECT icu_load_collation('de', 'x')
SELECT subtype('x')
SELECT * FROM completion('SEL')
SELECT * FROM carray(1, 2)
SELECT * FROM wholenumber
SELECT * FROM prefixes('x')
SELECT * FROM stmt
SELECT 1 IN json_each('[1]')
SELECT RAISE(ABORT, 'x')
SELECT raise(fail, 'x')
SELECT main.lower('x')
SELECT lower.x('y')
SELECT nosuch(name) FROM site
SELECT name FROM site GROUP BY nosuch(name)
SELECT * FROM site('x')
SELECT * FROM site(1, 2)
SELECT json_each('[1]')

#: what the engine knows of itself, read as a table, a function or a column
SELECT * FROM json_each(readfile('/etc/passwd'))
SELECT * FROM json_each((SELECT sql FROM sqlite_master LIMIT 1))
WITH site AS (SELECT * FROM sqlite_master) SELECT * FROM site
SELECT name FROM site ORDER BY (SELECT sql FROM sqlite_schema)
SELECT count(*) FILTER (WHERE load_extension('x')) FROM site

#: functions of a schema where a table stands
SELECT * FROM main.json_each('[1]')
SELECT * FROM temp.json_each('[1]')

#: types, plus and rows beside a table that is not in the catalog
SELECT CAST((SELECT person FROM payroll) AS UNSIGNED BIG INT)
SELECT CAST(1 AS BIG "INT")
SELECT CAST(1 AS BIG INT(1, (SELECT salary FROM payroll)))
SELECT CAST(1 AS BIG 'INT')
SELECT +salary FROM payroll
SELECT EXISTS(VALUES ((SELECT salary FROM payroll)))
SELECT `payroll`.`person` FROM `payroll`
SELECT '{}' ->> (SELECT person FROM payroll)
