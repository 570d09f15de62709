/** Functions of PostgreSQL, MySQL, SQLite and SQL Server that give another value for each row. */
export const RANDOM_FUNCTION = /^(?:rand|random|newid|uuid|gen_random_uuid|uuid_generate_v4)$/;

/** A sort order that is nothing but such a call, as query builders take it: "RANDOM()", "rand() DESC". */
export const RANDOM_ORDER = /^\s*(?:rand|random|newid|uuid|gen_random_uuid)\s*\(\s*\)\s*(?:asc|desc)?\s*$/i;
