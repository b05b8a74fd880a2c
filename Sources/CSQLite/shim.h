#include <sqlite3.h>

/// Takes text in double quotes for a name only, never for a string: a misspelt column is an error then.
/// `sqlite3_db_config` has a variable number of arguments, which Swift cannot give it.
static inline void danvan_refuse_double_quoted_strings(sqlite3 *database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, (void *)0);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (void *)0);
}
