#include "CSpecSQLite.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/// The type of the pointer value, which no SQL text can forge.
static const char pointer_type[] = "spec-list";

enum { VALUE = 0, ORDINAL = 1, LIST = 2 };

/// The bits of `idxNum`.
enum { HAS_LIST = 1, HAS_ORDINAL = 2 };

typedef struct {
    int kind;
    sqlite3_int64 size;
    unsigned char bytes[];
} List;

typedef struct {
    sqlite3_vtab_cursor base;
    const List *list;
    /// The offset of the current element; past the last one at the end.
    sqlite3_int64 offset;
    /// The number of bytes of the current element, and of its length before them.
    sqlite3_int64 width, head;
    sqlite3_int64 ordinal;
    /// The only wanted ordinal, or 0 for all.
    sqlite3_int64 wanted;
} Cursor;

// MARK: Binding

int spec_list_bind(struct sqlite3_stmt *statement, int index, int kind, const void *bytes, int64_t size) {
    List *list = malloc(sizeof(List) + (size_t)size);
    if (!list) return SQLITE_NOMEM;
    list->kind = kind;
    list->size = size;
    if (size > 0) memcpy(list->bytes, bytes, (size_t)size);
    return sqlite3_bind_pointer(statement, index, list, pointer_type, free);
}

// MARK: Elements

/// Measures the element at the cursor's offset; false at the end, or if the bytes left are too few.
static int measure(Cursor *cursor) {
    const List *list = cursor->list;
    if (!list) return 0;
    sqlite3_int64 left = list->size - cursor->offset;
    cursor->head = 0;
    switch (list->kind) {
    case SPEC_LIST_IDENTIFIERS: cursor->width = 16; break;
    case SPEC_LIST_INTEGERS: cursor->width = 8; break;
    case SPEC_LIST_TEXTS: {
        uint32_t length;
        if (left < (sqlite3_int64)sizeof length) return 0;
        memcpy(&length, list->bytes + cursor->offset, sizeof length);
        cursor->head = sizeof length;
        cursor->width = length;
        break;
    }
    default: return 0;
    }
    return cursor->head + cursor->width <= left;
}

static void end(Cursor *cursor) { cursor->list = NULL; }

static void advance(Cursor *cursor) {
    cursor->offset += cursor->head + cursor->width;
    cursor->ordinal += 1;
    if (!measure(cursor)) end(cursor);
}

/// Moves to the wanted ordinal: at once if all elements have the same width.
static void seek(Cursor *cursor, sqlite3_int64 wanted) {
    cursor->wanted = wanted;
    if (!cursor->list) return;
    if (wanted < 1) return end(cursor);
    if (cursor->list->kind != SPEC_LIST_TEXTS) {
        if (wanted - 1 > cursor->list->size / cursor->width) return end(cursor);
        cursor->offset = (wanted - 1) * cursor->width;
        cursor->ordinal = wanted;
        if (!measure(cursor)) end(cursor);
        return;
    }
    while (cursor->list && cursor->ordinal < wanted) advance(cursor);
}

// MARK: The module

static int connect(
    sqlite3 *connection, void *context, int count, const char *const *words, sqlite3_vtab **table, char **message) {
    (void)context, (void)count, (void)words, (void)message;
    int code = sqlite3_declare_vtab(connection, "CREATE TABLE spec_list (value, ordinal INTEGER, list HIDDEN)");
    if (code != SQLITE_OK) return code;
    *table = sqlite3_malloc(sizeof **table);
    if (!*table) return SQLITE_NOMEM;
    memset(*table, 0, sizeof **table);
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *table) {
    sqlite3_free(table);
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
    (void)table;
    Cursor *made = sqlite3_malloc(sizeof *made);
    if (!made) return SQLITE_NOMEM;
    memset(made, 0, sizeof *made);
    *cursor = &made->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor) {
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    (void)table;
    int list = -1, ordinal = -1;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        if (info->aConstraint[i].iColumn == LIST) {
            if (!info->aConstraint[i].usable) return SQLITE_CONSTRAINT;
            list = i;
        } else if (info->aConstraint[i].iColumn == ORDINAL && info->aConstraint[i].usable) {
            ordinal = i;
        }
    }
    if (list < 0) return SQLITE_OK;
    info->idxNum = HAS_LIST;
    info->aConstraintUsage[list].argvIndex = 1;
    info->aConstraintUsage[list].omit = 1;
    info->estimatedCost = 10;
    info->estimatedRows = 10;
    if (ordinal >= 0) {
        info->idxNum |= HAS_ORDINAL;
        info->aConstraintUsage[ordinal].argvIndex = 2;
        info->estimatedCost = 1;
        info->estimatedRows = 1;
    }
    info->orderByConsumed =
        info->nOrderBy == 1 && info->aOrderBy[0].iColumn == ORDINAL && !info->aOrderBy[0].desc;
    return SQLITE_OK;
}

static int filter(
    sqlite3_vtab_cursor *base, int number, const char *text, int count, sqlite3_value **values) {
    (void)text, (void)count;
    Cursor *cursor = (Cursor *)base;
    cursor->list = number & HAS_LIST ? sqlite3_value_pointer(values[0], pointer_type) : NULL;
    cursor->offset = 0;
    cursor->ordinal = 1;
    cursor->wanted = 0;
    if (!measure(cursor)) end(cursor);
    if (number & HAS_ORDINAL) seek(cursor, sqlite3_value_int64(values[1]));
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base) {
    Cursor *cursor = (Cursor *)base;
    if (cursor->wanted > 0) end(cursor); else advance(cursor);
    return SQLITE_OK;
}

static int is_at_end(sqlite3_vtab_cursor *base) { return ((Cursor *)base)->list == NULL; }

static void give_value(const Cursor *cursor, sqlite3_context *context) {
    const unsigned char *bytes = cursor->list->bytes + cursor->offset + cursor->head;
    switch (cursor->list->kind) {
    case SPEC_LIST_IDENTIFIERS: sqlite3_result_blob(context, bytes, 16, SQLITE_TRANSIENT); break;
    case SPEC_LIST_INTEGERS: {
        int64_t number;
        memcpy(&number, bytes, sizeof number);
        sqlite3_result_int64(context, number);
        break;
    }
    default: sqlite3_result_text(context, (const char *)bytes, (int)cursor->width, SQLITE_TRANSIENT);
    }
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int index) {
    const Cursor *cursor = (const Cursor *)base;
    switch (index) {
    case VALUE: give_value(cursor, context); break;
    case ORDINAL: sqlite3_result_int64(context, cursor->ordinal); break;
    default: break;
    }
    return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *number) {
    *number = ((Cursor *)base)->ordinal;
    return SQLITE_OK;
}

/// Eponymous: without `xCreate` it exists on every connection, and no table can be made of it.
static const sqlite3_module module = {
    .iVersion = 1,
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = is_at_end,
    .xColumn = column,
    .xRowid = row_id,
};

int spec_list_register(struct sqlite3 *connection) {
    return sqlite3_create_module(connection, "spec_list", &module, NULL);
}
