SELECT "lower"(name) FROM site
SELECT name FROM site WHERE name = $1
SELECT load_extension('/tmp/x.so')
SELECT readfile('/etc/passwd')
SELECT writefile('/tmp/x', 'x')
SELECT edit('x')
SELECT fts3_tokenizer('simple')
SELECT sqlite_version()
SELECT sqlite_source_id()
SELECT sqlite_compileoption_get(0)
SELECT last_insert_rowid()
SELECT changes()
SELECT total_changes()
SELECT randomblob(2000000000)
SELECT zeroblob(2000000000)
SELECT printf('%2000000000d', 1)
SELECT printf('%.2000000000f', 1)
SELECT printf('%*d', 2000000000, 1)
SELECT format(name, 1) FROM site
SELECT * FROM sqlite_master
SELECT * FROM sqlite_schema
SELECT * FROM main.sqlite_master
SELECT * FROM sqlite_temp_master
SELECT * FROM temp.sqlite_master
SELECT * FROM "sqlite_master"
SELECT * FROM [sqlite_master]
SELECT * FROM `payroll`
SELECT * FROM [payroll]
SELECT * FROM main.payroll
SELECT * FROM pragma_table_info('payroll')
SELECT * FROM pragma_table_list
SELECT * FROM pragma_database_list()
SELECT * FROM dbstat
SELECT * FROM sqlite_stmt
SELECT * FROM fts5vocab
SELECT 1 WHERE 1 IN payroll
SELECT 1 WHERE 'x' IN main.payroll
SELECT name FROM site WHERE name IN sqlite_master
SELECT 1 WHERE 1 IN pragma_table_info('payroll')
SELECT 1 WHERE 1 IN generate_series(1, 1000000000)
SELECT * FROM generate_series(1, 1000000000)
ATTACH DATABASE '/tmp/x.db' AS x
DETACH DATABASE main
PRAGMA journal_mode = DELETE
PRAGMA database_list
PRAGMA writable_schema = 1
VACUUM INTO '/tmp/x.db'
REINDEX
REPLACE INTO site VALUES (1, 'x', 'y', 1)
INSERT OR REPLACE INTO site VALUES (1, 'x', 'y', 1)
WITH x AS (SELECT 1) INSERT INTO site SELECT 1, 'x', 'y', 1
WITH x AS (SELECT 1) DELETE FROM site
CREATE TEMP TABLE t AS SELECT 1
CREATE TRIGGER t AFTER INSERT ON site BEGIN DELETE FROM meter; END
CREATE VIEW v AS SELECT * FROM payroll
SAVEPOINT x
RELEASE x
EXPLAIN QUERY PLAN SELECT 1
SELECT raise(IGNORE)
SELECT * FROM site INDEXED BY payroll, payroll
SELECT group_concat(name, (SELECT person FROM payroll)) FROM site
SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM payroll)) FROM site
SELECT ?1
SELECT @name
SELECT $name
VALUES ((SELECT max(salary) FROM payroll))
SELECT * FROM (VALUES ((SELECT person FROM payroll)))
SELECT likelihood((SELECT max(salary) FROM payroll), 0.5)
SELECT json_extract((SELECT person FROM payroll), '$')
SELECT * FROM json_each((SELECT person FROM payroll))
