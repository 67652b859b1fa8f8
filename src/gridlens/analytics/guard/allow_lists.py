"""What a query may be made of, for each dialect. Whatever is not named here is refused."""

from types import MappingProxyType
from typing import Final

DIALECTS: Final = ("duckdb", "sqlite", "postgres", "mysql")


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.split())


ROOTS: Final = _words("Select Union Intersect Except Subquery Values")
"""What a statement may be, by the name of its syntax node."""

DIALECT_ROOTS: Final = MappingProxyType({"duckdb": _words("Pivot")})

_CLAUSES = """
    Select Union Intersect Except Subquery Values Tuple From Join Where Group Having Order Ordered Limit
    Offset Fetch LimitOptions With CTE Table TableAlias Alias Lateral Unnest Distinct Star Cube
    Rollup GroupingSets Window WindowSpec Filter WithinGroup Qualify RecursiveWithSearch
"""
_VALUES = """
    Column Identifier Literal Boolean Null Var DataType DataTypeParam Interval IntervalSpan Paren HexString
"""
_OPERATORS = """
    And Or Not EQ NEQ GT GTE LT LTE Is In Between Like ILike Escape Add Sub Mul Div IntDiv Mod Neg Exists
    Any All BitwiseAnd BitwiseOr BitwiseXor BitwiseNot BitwiseLeftShift BitwiseRightShift NullSafeEQ
    NullSafeNEQ DPipe Collate AtTimeZone Case If Cast Anonymous Plus
"""
_SYNTAX_FUNCTIONS = """
    CurrentDate CurrentTime CurrentTimestamp Localtime Localtimestamp Extract Trim Substring StrPosition
    IgnoreNulls RespectNulls JSONExtract JSONExtractScalar JSONPath JSONPathRoot JSONPathKey
    JSONPathSubscript JSONPathWildcard Array Bracket Slice
"""
NODES: Final = _words(_CLAUSES, _VALUES, _OPERATORS, _SYNTAX_FUNCTIONS)
"""Syntax that every dialect may use: clauses, values, operators, functions with a grammar of their own."""

DIALECT_NODES: Final = MappingProxyType(
    {
        "duckdb": _words(
            """
            TryCast Pow Abs Lambda Kwarg PropertyEQ Struct Comprehension ToMap Pivot PivotAny UnpivotColumns
            PivotAlias TableSample ColumnDef RegexpLike RegexpFullMatch SimilarTo ArrayOverlaps
            ArrayContainsAll ArrayContainedBy RegexpILike Distance Glob StartsWith Dot Map ByteString
            RawString Columns Overlay
            """
        ),
        "sqlite": _words("Glob Match RegexpLike"),
        "postgres": _words(
            """
            National Pow Sqrt Cbrt Abs Adjacent ExtendsLeft ExtendsRight Variadic MatchAgainst Kwarg Overlay
            RegexpLike RegexpILike SimilarTo ArrayOverlaps
            ArrayContainsAll ArrayContainedBy JSONBContains JSONBContainsTopKey JSONBContainsAnyTopKeys
            JSONBContainsAllTopKeys JSONBPathExists JSONBDeleteAtPath StartsWith JSONBExtract
            JSONBExtractScalar TableSample ByteString RawString BitString ColumnDef Overlaps
            """
        ),
        "mysql": _words(
            """
            Xor Concat GroupConcat MatchAgainst RegexpLike BitString National Introducer IndexTableHint
            CharacterSet JSONTable JSONSchema JSONColumnDef SoundsLike Chr
            """
        ),
    }
)

SELECT_PARTS: Final = _words(
    """
    with_ distinct expressions from_ joins laterals where group having qualify windows order limit offset
    sample pivots
    """
)
"""What a SELECT may be built of; locks, INTO, hints and the like have no entry."""

COMBINATION_PARTS: Final = _words(
    "with_ this expression distinct by_name side kind on order limit offset expressions"
)
"""What UNION, INTERSECT and EXCEPT may be built of."""

TABLE_PARTS: Final = _words(
    "this db catalog alias joins pivots laterals sample only ordinality hints rows_from"
)
"""What may stand with a table; ``hints`` are MySQL's index hints alone."""

_COMMON = """
    abs acos asin atan atan2 avg ceil ceiling coalesce concat concat_ws cos count cume_dist degrees
    dense_rank exp first_value floor lag last_value lead length ln log log10 lower ltrim max min mod
    nth_value ntile nullif percent_rank pi pow power radians rank replace round row_number rtrim sign sin
    sqrt substr substring sum tan trim upper
"""

_DUCKDB_NUMBERS = """
    acosh asinh atanh bit_count cbrt cosh cot even factorial fdiv fmod gamma gcd greatest
    greatest_common_divisor isfinite isinf isnan lcm least least_common_multiple lgamma log2 nextafter
    random roundbankers round_even signbit sinh tanh trunc xor add subtract multiply divide
"""
_DUCKDB_TEXT = """
    array_to_string ascii bar base64 bin bit_length char_length character_length chr contains
    damerau_levenshtein decode editdist3 encode ends_with format format_bytes formatreadabledecimalsize
    formatreadablesize from_base64 from_hex hamming hash hex instr jaccard jaro_similarity
    jaro_winkler_similarity lcase left left_grapheme len length_grapheme levenshtein lpad md5 mismatches
    nfc_normalize octet_length ord overlay position prefix printf regexp_escape regexp_extract
    regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array
    regexp_split_to_table repeat reverse right right_grapheme rpad sha1 sha256 split split_part
    starts_with str_split str_split_regex string_split string_split_regex string_to_array strip_accents
    strlen strpos substring_grapheme suffix bitstring from_binary get_bit md5_number parse_dirname
    parse_dirpath parse_filename parse_path path_join set_bit to_base to_base64 to_binary to_hex translate
    ucase unbin unhex unicode url_decode url_encode
"""
_DUCKDB_TIME = """
    age ago century current_date current_localtime current_localtimestamp date_add date_diff date_part
    date_sub date_trunc datediff datepart datesub datetrunc day dayname dayofmonth dayofweek dayofyear
    days_in_month decade epoch epoch_ms epoch_ns epoch_us era get_current_time get_current_timestamp hour
    isodow isoyear julian last_day make_date make_time make_timestamp make_timestamp_ms make_timestamp_ns
    make_timestamptz microsecond millennium millisecond minute month monthname nanosecond now
    normalized_interval quarter second strftime strptime time_bucket timezone timezone_hour timezone_minute
    to_centuries to_days to_decades to_hours to_microseconds to_millennia to_milliseconds to_minutes
    to_months to_quarters to_seconds to_timestamp to_weeks to_years today transaction_timestamp
    try_strptime week weekday weekofyear year yearweek
"""
_DUCKDB_AGGREGATES = """
    any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_min
    arg_min_null argmax argmin array_agg bit_and bit_or bit_xor bitstring_agg bool_and bool_or corr
    count_if count_star countif covar_pop covar_samp entropy equi_width_bins favg first fsum geomean
    geometric_mean group_concat grouping grouping_id histogram kahan_sum kurtosis kurtosis_pop last list
    listagg mad max_by mean median min_by mode product quantile quantile_cont quantile_disc
    percentile_cont percentile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
    regr_sxx regr_sxy regr_syy reservoir_quantile sem skewness stddev stddev_pop stddev_samp string_agg
    arg_max_nulls_last arg_min_nulls_last histogram_exact lttb sumkahan var_pop var_samp variance
    weighted_avg wavg fill
"""
_DUCKDB_NESTED = """
    all apply array array_append array_apply array_cat array_concat array_contains array_cosine_distance
    array_cosine_similarity array_distance array_distinct array_extract array_filter array_grade_up
    array_has array_has_all array_has_any array_indexof array_inner_product array_intersect array_length
    array_pop_back array_pop_front array_position array_prepend array_push_back array_push_front
    array_reduce array_resize array_reverse array_reverse_sort array_select array_slice array_sort
    array_transform array_unique array_value array_where array_zip cardinality element_at enum_first
    enum_last enum_range filter flatten generate_series generate_subscripts list_any_value list_append
    list_apply list_avg list_cat list_concat list_contains list_cosine_distance list_cosine_similarity
    list_count list_distance list_distinct list_element list_extract list_filter list_first list_grade_up
    list_has list_has_all list_has_any list_indexof list_inner_product list_intersect list_last list_max
    list_median list_min list_mode list_position list_prepend list_product list_reduce list_resize
    list_reverse list_reverse_sort list_select list_slice list_sort list_stddev_pop list_stddev_samp
    list_string_agg list_sum list_transform list_unique list_value list_var_pop list_var_samp list_where
    list_approx_count_distinct list_bit_and list_bit_or list_bit_xor list_bool_and list_bool_or
    list_entropy list_histogram list_kurtosis list_kurtosis_pop list_mad list_sem list_skewness
    list_dot_product list_pack array_cross_product array_dot_product struct_contains struct_extract_at
    struct_has struct_indexof struct_position struct_update list_aggr list_aggregate array_aggr
    array_aggregate aggregate list_zip map map_concat map_contains map_contains_entry map_contains_value
    map_entries map_extract map_extract_value map_from_entries map_keys map_values range reduce row
    struct_concat struct_extract struct_insert struct_keys struct_pack struct_values union_extract
    union_tag union_value unnest unpivot_list columns
"""
_DUCKDB_JSON = """
    array_to_json from_json json json_array json_array_length json_contains json_exists json_extract
    json_extract_path json_extract_path_text json_extract_string json_group_array json_group_object
    json_keys json_merge_patch json_object json_pretty json_quote json_structure json_transform json_type
    json_valid json_value json_insert json_normalize json_remove json_replace json_set json_strip_nulls
    json_transform_strict from_json_strict json_group_structure row_to_json to_json
"""
_DUCKDB_OTHER = (
    "constant_or_null ifnull if typeof try uuid uuidv4 uuidv7 uuid_extract_timestamp gen_random_uuid"
)

_SQLITE = """
    acosh asinh atanh char cosh date datetime format glob group_concat hex ifnull iif instr julianday like
    likelihood likely log2 printf quote random sinh soundex strftime tanh time timediff total trunc typeof
    unhex unicode unixepoch unlikely string_agg octet_length if json json_array json_array_length
    json_extract json_group_array json_group_object json_insert json_object json_patch json_pretty
    json_quote json_remove json_replace json_set json_type json_valid
"""

_POSTGRES_NUMBERS = """
    acosd acosh asind asinh atan2d atand atanh cbrt cosd cosh cot cotd div factorial gcd greatest lcm least
    min_scale random scale sind sinh tand tanh trim_scale trunc width_bucket num_nonnulls num_nulls
"""
_POSTGRES_TEXT = """
    ascii bit_length btrim char_length character_length chr decode encode format initcap left lpad md5
    normalize octet_length overlay position quote_ident quote_literal quote_nullable regexp_count
    regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array
    regexp_split_to_table regexp_substr repeat reverse right rpad sha224 sha256 sha384 sha512 split_part
    bit_count convert_from convert_to get_bit get_byte parse_ident set_bit set_byte to_ascii unistr
    starts_with string_to_array string_to_table strpos to_char to_hex to_number translate
"""
_POSTGRES_TIME = """
    age clock_timestamp current_time current_timestamp date_bin date_part date_trunc extract isfinite
    justify_days justify_hours justify_interval localtime localtimestamp make_date make_interval make_time
    make_timestamp make_timestamptz now statement_timestamp timeofday timezone to_date to_timestamp
    transaction_timestamp
"""
_POSTGRES_AGGREGATES = """
    any_value array_agg bit_and bit_or bit_xor bool_and bool_or corr covar_pop covar_samp every grouping
    json_agg json_object_agg jsonb_agg jsonb_object_agg mode percentile_cont percentile_disc range_agg
    range_intersect_agg regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy
    regr_syy stddev stddev_pop stddev_samp string_agg var_pop var_samp variance
"""
_POSTGRES_NESTED = """
    array array_append array_cat array_dims array_length array_lower array_ndims array_position
    array_positions array_prepend array_remove array_replace array_to_json array_to_string array_upper
    cardinality generate_series generate_subscripts isempty lower_inc lower_inf range_merge row trim_array
    unnest upper_inc upper_inf multirange int4multirange int8multirange nummultirange tsmultirange
    tstzmultirange datemultirange int4range int8range numrange tsrange tstzrange daterange
    json_array_elements json_array_elements_text json_array_length json_build_array json_build_object
    json_each json_each_text json_extract_path json_extract_path_text json_object json_object_keys
    json_strip_nulls json_typeof jsonb_array_elements jsonb_array_elements_text jsonb_array_length
    jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_extract_path
    jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_keys jsonb_path_exists jsonb_path_match
    jsonb_path_exists_tz jsonb_path_match_tz jsonb_path_query_tz jsonb_path_query_array_tz
    jsonb_path_query_first_tz jsonb_set_lax jsonb_path_query jsonb_path_query_array jsonb_path_query_first
    jsonb_pretty jsonb_set jsonb_strip_nulls jsonb_typeof row_to_json to_json to_jsonb
"""
_POSTGRES_SEARCH = """
    phraseto_tsquery plainto_tsquery to_tsquery to_tsvector ts_headline ts_rank ts_rank_cd
    websearch_to_tsquery
"""
_POSTGRES_OTHER = """
    abbrev all bool broadcast date family float4 float8 gen_random_uuid host hostmask int2 int4 int8 masklen
    netmask network pg_typeof text timestamptz
"""
"""With the types that are called like functions: date(read_at) is a cast."""

_MYSQL_NUMBERS = "bit_count conv cot crc32 crc32c greatest least log2 oct rand truncate"
_MYSQL_TEXT = """
    ascii bin bit_length char char_length character_length chr elt export_set field find_in_set format
    from_base64 hex inet6_aton inet6_ntoa inet_aton inet_ntoa is_ipv4 is_ipv6
    insert instr lcase left locate lpad make_set md5 mid natural_sort_key octet_length ord position quote
    regexp_instr regexp_replace regexp_substr repeat reverse right rpad sha sha1 sha2 soundex space
    strcmp substring_index to_base64 to_char ucase unhex
"""
_MYSQL_TIME = """
    add_months adddate addtime convert_tz curdate current_date current_time current_timestamp curtime date
    date_add date_format date_sub datediff day dayname dayofmonth dayofweek dayofyear from_days
    from_unixtime get_format hour last_day localtime localtimestamp makedate maketime microsecond minute
    month monthname now period_add period_diff quarter sec_to_time second str_to_date subdate subtime
    sysdate time time_format time_to_sec timediff timestamp timestampadd timestampdiff to_days to_seconds
    unix_timestamp utc_date utc_time utc_timestamp week weekday weekofyear year yearweek
"""
_MYSQL_AGGREGATES = """
    any_value bit_and bit_or bit_xor group_concat grouping json_arrayagg json_objectagg median
    percentile_cont percentile_disc std stddev stddev_pop stddev_samp var_pop var_samp variance
"""
_MYSQL_JSON = """
    json_array json_array_append json_array_insert json_compact json_contains json_contains_path json_depth
    json_detailed json_equals json_exists json_extract json_insert json_keys json_length json_loose
    json_merge_patch json_merge_preserve json_normalize json_object json_overlaps json_pretty json_query
    json_quote json_remove json_replace json_search json_set json_type json_unquote json_valid json_value
"""
_MYSQL_OTHER = "if ifnull interval isnull nvl nvl2 uuid row"

FUNCTIONS: Final = MappingProxyType(
    {
        "duckdb": _words(
            _COMMON,
            _DUCKDB_NUMBERS,
            _DUCKDB_TEXT,
            _DUCKDB_TIME,
            _DUCKDB_AGGREGATES,
            _DUCKDB_NESTED,
            _DUCKDB_JSON,
            _DUCKDB_OTHER,
        ),
        "sqlite": _words(_COMMON, _SQLITE),
        "postgres": _words(
            _COMMON,
            _POSTGRES_NUMBERS,
            _POSTGRES_TEXT,
            _POSTGRES_TIME,
            _POSTGRES_AGGREGATES,
            _POSTGRES_NESTED,
            _POSTGRES_SEARCH,
            _POSTGRES_OTHER,
        ),
        "mysql": _words(
            _COMMON,
            _MYSQL_NUMBERS,
            _MYSQL_TEXT,
            _MYSQL_TIME,
            _MYSQL_AGGREGATES,
            _MYSQL_JSON,
            _MYSQL_OTHER,
        ),
    }
)
"""Functions that may be called, by the name the engine knows them by."""

TABLE_FUNCTIONS: Final = MappingProxyType(
    {
        "duckdb": _words("generate_series range unnest json_each json_tree"),
        "sqlite": _words("json_each json_tree"),
        "postgres": _words(
            """
            generate_series generate_subscripts unnest json_array_elements json_array_elements_text
            json_each json_each_text json_object_keys jsonb_array_elements jsonb_array_elements_text
            jsonb_each jsonb_each_text jsonb_object_keys jsonb_path_query regexp_matches
            regexp_split_to_table string_to_table json_to_recordset jsonb_to_recordset json_to_record
            jsonb_to_record
            """
        ),
        "mysql": _words("json_table"),
    }
)
"""Functions that may stand where a table stands."""

LENGTH_ARGUMENT: Final = MappingProxyType(
    {
        "repeat": 1,
        "lpad": 1,
        "rpad": 1,
        "space": 0,
        "array_resize": 1,
        "list_resize": 1,
        "bar": 3,
        "to_base": 2,
        "bitstring": 1,
    }
)
"""Which argument says how long a text or list gets: it must be a number in the query, and a bounded one."""

SERIES: Final = _words("generate_series range")
"""Functions that count from one number to another; numbers written out may not make too many rows."""

MOST_SERIES_ROWS: Final = 10_000_000

LONGEST_TEXT: Final = 10_000

LONGEST_REPEATED_TEXT: Final = 1_000_000
"""What repetitions of repetitions may come to."""

NAMES_A_FUNCTION: Final = MappingProxyType(
    {"list_aggr": 1, "list_aggregate": 1, "array_aggr": 1, "array_aggregate": 1, "aggregate": 1}
)
"""Which argument is the name of a function to call: it must be written out, and be one of these lists."""

VARIADIC: Final = _words(
    """
    concat concat_ws format json_build_array json_build_object json_extract_path json_extract_path_text
    jsonb_build_array jsonb_build_object jsonb_extract_path jsonb_extract_path_text num_nonnulls num_nulls
    """
)
"""Functions of PostgreSQL that take a list in place of their last arguments."""

FORMATTING: Final = MappingProxyType(
    {
        "duckdb": _words("printf format"),
        "sqlite": _words("printf format"),
        "postgres": _words("format"),
        "mysql": frozenset[str](),
    }
)
"""Functions whose first argument is a format: it must be written out, with bounded widths."""

TYPES: Final = _words(
    """
    BIGDECIMAL BIGINT BIT BOOLEAN CHAR DATE DATETIME DECIMAL DOUBLE FLOAT INT INT128 INTERVAL JSON JSONB
    LONGTEXT MEDIUMINT MEDIUMTEXT NCHAR NVARCHAR SMALLINT TEXT TIME TIMESTAMP TIMESTAMPLTZ TIMESTAMPNTZ
    TIMESTAMPTZ TIMESTAMP_MS TIMESTAMP_NS TIMESTAMP_S TIMETZ TINYINT TINYTEXT UBIGINT UINT UINT128 USMALLINT
    UTINYINT UUID VARCHAR YEAR BINARY VARBINARY BLOB DECIMAL32 DECIMAL64 DECIMAL128 DECIMAL256
    ARRAY LIST MAP STRUCT UNION ENUM CHARACTER_SET INET MONEY BPCHAR TIME_NS BIGNUM VARIANT
    INT4RANGE INT8RANGE NUMRANGE TSRANGE TSTZRANGE DATERANGE
    INT4MULTIRANGE INT8MULTIRANGE NUMMULTIRANGE TSMULTIRANGE TSTZMULTIRANGE DATEMULTIRANGE
    """
)
"""Types a value may be cast to. PostgreSQL's object names (regclass and the like) are not among them."""

NAMED_TYPES: Final = MappingProxyType(
    {"postgres": _words("cidr jsonpath macaddr name tsquery tsvector varbit")}
)
"""Types that sqlglot knows by nothing but their names."""

SYSTEM_SCHEMAS: Final = MappingProxyType(
    {
        "duckdb": _words("information_schema pg_catalog system temp"),
        "sqlite": _words("temp"),
        "postgres": _words("information_schema pg_catalog pg_toast pg_temp"),
        "mysql": _words("information_schema mysql performance_schema sys"),
    }
)
"""Where engines keep what they know of themselves: refused even when a catalog lists it."""

SYSTEM_TABLE_PREFIXES: Final = MappingProxyType(
    {"duckdb": ("duckdb_", "pragma_"), "sqlite": ("sqlite_", "pragma_"), "postgres": (), "mysql": ()}
)

HOME_SCHEMA: Final = MappingProxyType(
    {"duckdb": "main", "sqlite": "main", "postgres": "public", "mysql": None}
)
"""Where a name without a schema is looked for first."""

CALLS_WITHOUT_BRACKETS: Final = MappingProxyType(
    {
        "duckdb": _words("user session_user current_user current_role current_catalog current_schema"),
        "sqlite": frozenset[str](),
        "postgres": _words(
            "user session_user system_user current_user current_role current_catalog current_schema"
        ),
        "mysql": _words("current_user current_role session_user system_user"),
    }
)
"""Names that look like columns and tell who is connected: refused unless they are quoted."""

OWN_GRAMMAR: Final = MappingProxyType(
    {
        "duckdb": _words("cast try_cast extract trim substring position overlay"),
        "sqlite": _words("cast"),
        "postgres": _words("cast extract trim substring position overlay"),
        "mysql": _words(
            "cast char convert extract trim mid substr substring position group_concat match json_table"
        ),
    }
)
"""Functions whose arguments are no plain list; sqlglot reads these, and every other call stays as written."""
