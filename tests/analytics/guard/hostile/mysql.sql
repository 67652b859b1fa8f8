SELECT load_file('/etc/passwd')
SELECT * FROM site INTO OUTFILE '/tmp/x'
SELECT * INTO OUTFILE '/tmp/x' FROM site
SELECT name INTO DUMPFILE '/tmp/x' FROM site
SELECT name INTO @x FROM site
SELECT @x := 1
SELECT @x
SELECT @@version
SELECT @@global.datadir
SELECT @@secure_file_priv
SELECT benchmark(1000000000, md5('x'))
SELECT get_lock('x', 100)
SELECT release_lock('x')
SELECT is_free_lock('x')
SELECT master_pos_wait('x', 1)
SELECT sys_exec('id')
SELECT sys_eval('id')
SELECT connection_id()
SELECT database()
SELECT schema()
SELECT user()
SELECT current_role
SELECT current_role()
SELECT last_insert_id(5)
SELECT found_rows()
SELECT row_count()
SELECT name_const('x', 1)
SELECT updatexml(1, concat(0x7e, 'x'), 1)
SELECT extractvalue(1, concat(0x7e, 'x'))
SELECT aes_decrypt('x', 'y')
SELECT uuid_short()
SELECT random_bytes(1024)
SELECT sleep(5)
SELECT space(2000000000)
SELECT rpad('x', 2000000000, 'x')
SELECT * FROM mysql.user
SELECT * FROM `mysql`.`user`
SELECT * FROM information_schema.tables
SELECT * FROM INFORMATION_SCHEMA.TABLES
SELECT * FROM performance_schema.threads
SELECT * FROM sys.processlist
SELECT * FROM `payroll`
SELECT * FROM other.site
SELECT /*!50000 person FROM payroll */
SELECT 1 /*! UNION SELECT person FROM payroll */
SELECT 1 /*M! UNION SELECT person FROM payroll */
SELECT '/*' /*! , person FROM payroll */ -- '*/'
SELECT /*+ MAX_EXECUTION_TIME(0) */ name FROM site
SELECT /*+ SET_VAR(sql_mode='') */ name FROM site
SELECT SQL_CALC_FOUND_ROWS name FROM site
SELECT HIGH_PRIORITY name FROM site
SELECT name FROM site LOCK IN SHARE MODE
SELECT name FROM site FOR SHARE
SELECT name FROM site FOR UPDATE SKIP LOCKED
SELECT name FROM site PROCEDURE ANALYSE()
SELECT * FROM site PARTITION (p0)
LOAD DATA INFILE '/tmp/x' INTO TABLE site
LOAD DATA LOCAL INFILE '/tmp/x' INTO TABLE site
LOAD XML INFILE '/tmp/x' INTO TABLE site
HANDLER site OPEN
HANDLER site READ FIRST
DO sleep(5)
KILL 1
FLUSH TABLES
RESET MASTER
PURGE BINARY LOGS TO 'x'
SHOW GRANTS
SHOW VARIABLES
SHOW PROCESSLIST
DESC site
EXPLAIN FORMAT=JSON SELECT 1
USE mysql
SET GLOBAL general_log = 1
SET @x = 1
SET PASSWORD = 'x'
CREATE USER x
RENAME TABLE site TO x
REPLACE INTO site VALUES (1)
INSERT INTO site SET name = 'x'
LOCK TABLES site WRITE
UNLOCK TABLES
INSTALL PLUGIN x SONAME 'y'
CREATE FUNCTION f RETURNS STRING SONAME 'lib.so'
PREPARE p FROM 'SELECT 1'
EXECUTE p
EXECUTE IMMEDIATE 'DROP TABLE site'
DEALLOCATE PREPARE p
XA START 'x'
SIGNAL SQLSTATE '45000'
CHANGE MASTER TO MASTER_HOST = 'x'
WITH x AS (SELECT 1) DELETE FROM site
WITH x AS (SELECT 1) UPDATE site SET name = 'x'
SELECT `lower`(name) FROM site
SELECT mysql.lower(name) FROM site
SELECT * FROM (TABLE payroll) AS t
SELECT * FROM JSON_TABLE((SELECT json_arrayagg(person) FROM payroll), '$[*]' COLUMNS (a VARCHAR(10) PATH '$')) AS t
WITH Payroll AS (SELECT 1) SELECT * FROM payroll
SELECT CAST('x' AS unknown_type)
SELECT match(name) against ((SELECT person FROM payroll)) FROM site
SELECT group_concat(name ORDER BY (SELECT person FROM payroll)) FROM site
SELECT 1 UNION SELECT person COLLATE utf8mb4_bin FROM payroll
