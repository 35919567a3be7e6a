"""Random tables and queries, whose names meet in Swift or are words of SQL or of Swift."""
from random_specs import INFINITE, Grammar

TYPES = ["identifier", "text", "integer", "real", "bool", "bytes", "timestamp", "enum(on, off)",
         "enum(self, default, a-b)"]
NAMES = ["address_1", "address1", "user_stats", "userstats", "self", "init", "row", "rows", "value", "limit_",
         "limit1", "columns", "statement", "query", "oauth_2_tokens", "oauth2_tokens", "a_b", "ab", "a_b_c", "type",
         "class", "func", "order_", "users", "users_row", "usersrow", "id", "owner_id", "insert_", "find", "update1",
         "page", "after", "name", "rawvalue", "hash_value", "description", "default_", "result", "reader", "writer",
         "bind", "key_", "table_", "index_", "text_", "is_", "nil", "true_", "some", "any1", "inout", "protocol",
         "in_"]
FILES = ["user_stats", "user-stats", "users", "a", "self", "tables", "queries", "class"]
FILLS = {"integer": [0, -1], "real": [0.5, INFINITE], "text": ["x", ""]}


class StorageGrammar:
    def __init__(self, chance: Grammar):
        self.chance = chance
        self.tables = {name: self.table() for name in self.names(chance.randint(1, 4))}

    def names(self, count: int) -> list[str]:
        return list(dict.fromkeys(self.chance.choice(NAMES) for _ in range(count)))

    def table(self) -> dict:
        columns = {name: self.chance.choice(TYPES) + self.chance.choice(["", "", "?"])
                   for name in self.names(self.chance.randint(1, 6))}
        key = self.chance.choice(list(columns))
        columns[key] = columns[key].rstrip("?")
        for name, kind in columns.items():
            if kind in FILLS and self.chance.is_likely(0.2):
                columns[name] = {"type": kind, "fill": self.chance.choice(FILLS[kind])}
        table = {"columns": columns, "key": [key]}
        if self.chance.is_likely(0.5):
            table["indexes"] = [self.some(columns)]
        if self.chance.is_likely(0.4):
            table["unique"] = [self.some(columns)]
        return table

    def some(self, columns: dict) -> list[str]:
        return self.chance.sample(list(columns), self.chance.randint(1, min(2, len(columns))))

    def queries(self) -> dict[str, str]:
        files = self.chance.sample(FILES, self.chance.randint(0, 3))
        return {f"queries/{name}.sql": "\n".join(self.query(number) for number in range(self.chance.randint(1, 3)))
                for name in files}

    def query(self, number: int) -> str:
        table, shape = self.chance.choice(list(self.tables.items()))
        column = self.chance.choice(list(shape["columns"]))
        kind = shape["columns"][column]
        kind = kind["type"] if isinstance(kind, dict) else kind
        name = self.chance.choice(["q", "self", "all", "find", "init", "class", "rows", "count"]) + str(number or "")
        result = self.chance.choice([f"table {table}", f"{column} {kind}", f"{column} {table}.{column}"])
        selected = ":columns" if result.startswith("table") else f"t.{column}"
        parameter = self.chance.choice(self.names(1))
        return (f"-- name: {name}\n-- parameters: {parameter} {kind if 'enum' not in kind else table + '.' + column}\n"
                f"-- result: {result}\nSELECT {'t.' if selected == ':columns' else ''}{selected} FROM {table} t "
                f"WHERE t.{column} = :{parameter}\n")
