"""Random specs: names and shapes in which the Swift of a generator goes wrong."""
import random

KEYWORDS = ["associatedtype", "class", "deinit", "enum", "extension", "fileprivate", "func", "import", "init", "inout",
            "internal", "let", "open", "operator", "private", "protocol", "public", "rethrows", "static", "struct",
            "subscript", "typealias", "var", "break", "case", "continue", "default", "defer", "do", "else", "for",
            "guard", "if", "in", "repeat", "return", "switch", "where", "while", "as", "Any", "catch", "false", "is",
            "nil", "self", "Self", "super", "throw", "throws", "true", "try", "async", "await", "actor", "some", "any",
            "Type", "Protocol", "get", "set", "willSet", "didSet", "lazy", "weak", "consuming", "borrowing", "each",
            "package", "nonisolated", "sending", "_", "macro", "precedencegroup", "indirect", "mutating", "dynamic"]
# Names that generated code has for itself: its variables, types and members.
LOCALS = ["object", "value", "json", "member", "mark", "parameters", "incoming", "violations", "form", "input",
          "output", "body", "context", "request", "response", "fields", "reader", "writer", "result", "status", "row",
          "rows", "columns", "statement", "query", "encode", "decode", "handle", "service", "problem", "headers",
          "item", "items", "key", "name", "rule", "text", "other", "others", "known", "allowed", "rawValue",
          "hashValue", "description", "allCases", "additionalProperties", "Input", "Output", "Problems", "Limits",
          "Form", "endpoint", "endpoints", "operation", "caller", "path", "captures", "bytes", "count", "index",
          "start", "end", "names", "pattern", "Patterns", "Routes", "Problem", "Error", "String", "Int64", "Array",
          "Optional", "SpecCore", "Swift", "Context", "Operation", "Query", "Timestamp", "Identifier", "Endpoint",
          "contentType", "content", "ok", "noContent", "read", "write", "parts", "part", "file", "header",
          "statusCode", "unknown"]
# Names that meet in Swift, or nearly.
MEETING = ["address_1", "address1", "address-1", "user-stats", "user_stats", "userStats", "UserStats", "URL", "url",
           "object_value", "objectValue", "value_value", "x-y", "xY", "X-Y", "a.b", "aB", "item2", "item", "1st",
           "_1st", "oauth_2_tokens", "oauth2_tokens", "empty", "Empty", "users_table", "usersRow", "a_b_c", "ab_c"]
STRANGE = ["", " ", "-", "9", "é", "e\u0301", "日本", "ß", "SS", "😀", "a b", "a\"b", "a\\b", "a\\(b)", "a\nb", "`a`",
           "$0", "#if", "//", "/*", "*/", "\u200b", "İ", "ﬁ", "²", "a'b", "\x00", "\u2028", "@main", "naïve", "ａ", "_",
           "__"]
WORDS = ["user", "title", "size", "owner", "tags", "kind", "note"]
TOKENS = ["X-A", "x-b", "class", "self", "value", "X-Value", "in", "fields", "x_1", "x-1", "response", "body",
          "default", "init", "Date", "ETag", "status"]
CODES = ["not-found", "x-y", "user-stats", "self", "default", "class", "a-1", "init", "problem", "value", "type"]
FORMATS = ["uuid", "email", "date", "date-time", "uri", "uri-reference", "byte", "password", "hostname"]
PATTERNS = ["^[a-z]+$", "^.{1,3}$", "[0-9]", "\\\\", "\"", "^é$", "a|b"]
MEDIA = ["application/json", "application/problem+json", "text/plain", "application/octet-stream", "image/*",
         "application/x-www-form-urlencoded", "multipart/form-data"]
INFINITE = "\u0001infinite\u0001"  # written as 1e400, which is no value of Python
DEPTH_MAX = 3


class Grammar(random.Random):
    """Makes the parts of one spec. Most are valid; what the compiler rejects is left out of the next attempt."""

    def __init__(self, seed: str):
        super().__init__(seed)
        self.edition = self.choice(["3.0.3", "3.1.0"])
        self.schemas = self.names(self.randint(2, 8), components=True)

    def is_likely(self, share: float) -> bool:
        return self.random() < share

    def name(self) -> str:
        pool = self.choices([KEYWORDS, LOCALS, MEETING, STRANGE, WORDS], [3, 4, 4, 2, 1])[0]
        return self.choice(pool)

    def names(self, count: int, components: bool = False) -> list[str]:
        found = dict.fromkeys(self.name() for _ in range(count))
        return [name for name in found if not components or name and all(c.isascii() and (c.isalnum() or c in ".-_")
                                                                        for c in name)] or ["Thing"]

    # Schemas

    def schema(self, depth: int = 0) -> dict:
        makers = [self.text, self.number, self.boolean, self.enum, self.reference]
        if depth < DEPTH_MAX:
            makers += [self.list, self.object, self.object, self.map, self.union, self.combination]
        schema = self.choice(makers)(depth)
        if "type" in schema and self.is_likely(0.2):
            schema = self.nullable(schema)
        if self.is_likely(0.1):
            schema["description"] = self.choice(STRANGE)
        if self.is_likely(0.08):
            schema["deprecated"] = True
        return schema

    def nullable(self, schema: dict) -> dict:
        if self.edition < "3.1":
            return schema | {"nullable": True}
        return schema | {"type": [schema["type"], "null"]} if isinstance(schema["type"], str) else schema

    def text(self, _: int = 0) -> dict:
        schema: dict = {"type": "string"}
        if self.is_likely(0.3):
            schema["format"] = self.choice(FORMATS)
        elif self.is_likely(0.3):
            schema |= {"minLength": self.randint(0, 1), "maxLength": self.randint(2, 9)}
        elif self.is_likely(0.3):
            schema["pattern"] = self.choice(PATTERNS)
        elif self.is_likely(0.4):
            schema["default"] = self.choice(STRANGE + KEYWORDS)
        return schema

    def number(self, _: int = 0) -> dict:
        schema: dict = {"type": self.choice(["integer", "number"])}
        if self.is_likely(0.3):
            schema["format"] = self.choice(["int32", "int64"] if schema["type"] == "integer" else ["float", "double"])
        if self.is_likely(0.3):
            schema |= {"minimum": self.choice([0, -3, -9223372036854775808]), "maximum": self.choice([5, 100, 2**63])}
        if self.is_likely(0.2):
            schema["multipleOf"] = self.choice([1, 2, 0.5])
        if self.is_likely(0.3):
            schema["default"] = self.choice([1, 2, 0, 1.5, -0.0, 1e308, INFINITE])
        return schema

    def boolean(self, _: int = 0) -> dict:
        return {"type": "boolean"} | ({"default": self.is_likely(0.5)} if self.is_likely(0.3) else {})

    def enum(self, _: int = 0) -> dict:
        texts = self.names(self.randint(1, 5))
        values = self.choice([texts, texts, [1, 2, 3], [1, 1.5], ["a", 1, True], ["a", None], [True]])
        schema: dict = {"enum": values}
        if all(isinstance(value, str) for value in values):
            schema["type"] = "string"
            if self.is_likely(0.3):
                schema["default"] = self.choice(values)
        if self.edition >= "3.1" and self.is_likely(0.2):
            return {"const": self.choice(values)}
        return schema

    def reference(self, _: int = 0) -> dict:
        return {"$ref": f"#/components/schemas/{self.choice(self.schemas)}"}

    def list(self, depth: int = 0) -> dict:
        schema: dict = {"type": "array", "items": self.schema(depth + 1)}
        if self.is_likely(0.4):
            schema["maxItems"] = self.randint(1, 5)
        if self.is_likely(0.2):
            schema["uniqueItems"] = True
        if self.is_likely(0.1):
            schema["default"] = []
        return schema

    def object(self, depth: int = 0) -> dict:
        names = self.names(self.randint(0, 5))
        schema: dict = {"type": "object", "properties": {name: self.schema(depth + 1) for name in names}}
        required = [name for name in names if self.is_likely(0.5)]
        if required:
            schema["required"] = required
        if self.is_likely(0.3):
            schema["additionalProperties"] = self.choice([False, True, self.text()])
        for part in schema["properties"].values():
            if "$ref" not in part and self.is_likely(0.08):
                part[self.choice(["readOnly", "writeOnly"])] = True
        return schema

    def map(self, depth: int = 0) -> dict:
        return {"type": "object", "additionalProperties": self.schema(depth + 1)}

    def union(self, depth: int = 0) -> dict:
        keyword = self.choice(["oneOf", "anyOf"])
        if self.is_likely(0.4):
            return {keyword: [{"type": kind} for kind in self.sample(["string", "integer", "boolean"], 2)]}
        tag = self.choice(["type", "kind", "self", "value", "$type"])
        alternatives = []
        for word in self.names(self.randint(2, 3)):
            part = self.object(depth + 1)
            part["properties"][tag] = {"type": "string", "enum": [word]}
            part["required"] = [tag]
            alternatives.append(part)
        schema: dict = {keyword: alternatives}
        if self.is_likely(0.5):
            schema["discriminator"] = {"propertyName": tag}
        return schema

    def combination(self, depth: int = 0) -> dict:
        return {"allOf": [self.choice([self.reference, self.object])(depth + 1) for _ in range(self.randint(1, 3))]}

    def plain(self) -> dict:
        schema = self.choice([self.text, self.text, self.number, self.boolean, self.enum])()
        if self.is_likely(0.3) and "type" in schema:
            schema = self.nullable(schema)
        return schema

    def sometimes_list(self) -> dict:
        if self.is_likely(0.6):
            return self.plain()
        bounds = {"maxItems": self.randint(1, 4)} if self.is_likely(0.5) else {}
        return {"type": "array", "items": self.plain()} | bounds

    # Operations

    def operation(self, path: str) -> dict:
        parameters = [{"name": name, "in": "path", "required": True, "schema": self.plain()}
                      for name in [part.split("}")[0] for part in path.split("{")[1:]]]
        for place, names in (("query", self.names(self.randint(0, 4))),
                             ("header", self.sample(TOKENS, self.randint(0, 2))),
                             ("cookie", self.sample(TOKENS, self.randint(0, 1)))):
            parameters += [{"name": name, "in": place, "schema": self.sometimes_list() if place == "query"
                            else self.plain(), "required": self.is_likely(0.4)} for name in names]
        operation: dict = {"parameters": parameters, "responses": self.responses()}
        if self.is_likely(0.8):
            operation["operationId"] = self.name()
        if self.is_likely(0.8):
            operation["tags"] = self.names(1)
        if self.is_likely(0.5):
            operation["requestBody"] = self.body()
        return operation

    def body(self) -> dict:
        media = self.choice(MEDIA[:1] * 3 + MEDIA[2:])
        if "form" in media:
            schema = {"type": "object", "properties": {name: self.field(media) for name in
                                                       self.names(self.randint(0, 5))[:5] if self.is_likely(0.9)}}
            required = [name for name in schema["properties"] if self.is_likely(0.4)]
            schema |= {"required": required} if required else {}
        else:
            schema = self.schema() if "json" in media else {"type": "string"}
        return {"content": {media: {"schema": schema}}, "required": self.is_likely(0.5)}

    def field(self, media: str) -> dict:
        if media == "multipart/form-data" and self.is_likely(0.15):
            return {"type": "string", "format": "binary"}
        if media == "multipart/form-data" and self.is_likely(0.15):
            return self.object(DEPTH_MAX)
        return self.sometimes_list()

    def responses(self) -> dict:
        statuses = self.sample(["200", "201", "202", "204", "302", "304", "404", "409", "500", "2XX", "4XX", "default",
                                "100", "299"], self.randint(1, 4))
        return {status: self.response(status) for status in statuses}

    def response(self, status: str) -> dict:
        response: dict = {"description": self.choice(STRANGE + WORDS)}
        if status not in ("204", "304") and self.is_likely(0.7):
            media = self.choice(MEDIA[:5])
            schema = self.schema() if "json" in media else {"type": "string"}
            response["content"] = {media: {"schema": schema} if self.is_likely(0.9) else {}}
        if self.is_likely(0.5):
            response["headers"] = {name: self.header() for name in self.sample(TOKENS, self.randint(1, 3))}
        if status[0] in "45" and "X" not in status and self.is_likely(0.6):
            response["x-problem-codes"] = self.sample(CODES, 2)
        return response

    def header(self) -> dict:
        encoded = {"type": "string", "format": self.choice(["byte", "binary"])}
        schema = self.choice([self.plain(), self.plain(), self.plain(), self.nullable(encoded), self.reference()])
        return {"schema": schema, "required": self.is_likely(0.5)}

    def paths(self) -> dict:
        found = {}
        for number in range(self.randint(2, 6)):
            names = [name for name in self.names(self.randint(0, 2)) if name and not set(name) & set("{}/?#")]
            path = f"/p{number}" + "".join(f"/{{{name}}}" for name in names)
            found[path] = {method: self.operation(path) for method in
                           self.sample(["get", "put", "post", "delete"], self.randint(1, 2))}
        return found
