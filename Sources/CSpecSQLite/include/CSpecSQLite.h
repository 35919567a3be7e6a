#ifndef CSPEC_SQLITE_H
#define CSPEC_SQLITE_H

#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;

/// The element types of a list.
enum {
    /// 16 bytes each.
    SPEC_LIST_IDENTIFIERS = 1,
    /// 8 bytes each, in the byte order of the machine.
    SPEC_LIST_INTEGERS = 2,
    /// UTF-8, each after its length in 4 bytes, in the byte order of the machine.
    SPEC_LIST_TEXTS = 3,
};

/// Registers the table-valued function `spec_list(?)` on a connection: the elements of a bound list, as the columns
/// `value` and `ordinal` (from 1). Anything but a bound list is empty.
///
/// Returns a result code of SQLite.
int spec_list_register(struct sqlite3 *connection);

/// Binds a list of `size` bytes to a placeholder. The bytes are copied and live until the binding changes.
///
/// Returns a result code of SQLite.
int spec_list_bind(struct sqlite3_stmt *statement, int index, int kind, const void *bytes, int64_t size);

#endif
