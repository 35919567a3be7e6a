// Generated from the spec. Edit the spec instead.

import SpecCore

/// From openapi.yaml#/components/schemas/-.
enum Empty: String, Sendable, CaseIterable {
    case a
}

extension Empty: JSONReadable {
    static func read(_ json: inout JSONReader) throws(JSONFault) -> Empty? {
        try json.choice(Empty.self, "one of: a")
    }
}

/// From openapi.yaml#/components/schemas/1st.
indirect enum _1st: Sendable, Equatable {
    case _3rdValue(_3rd)
    case _2ndValue(_2nd)
    case _1stAlternative3Value(_1stAlternative3)
}

extension _1st: JSONReadable {
    static func read(_ json: inout JSONReader) throws(JSONFault) -> _1st? {
        var union = json.union()
        var found: _1st?
        if let value = try json.attempt(&union, { json throws(JSONFault) -> _3rd? in try _3rd.read(&json) }) {
            found = found ?? ._3rdValue(value)
        }
        if let value = try json.attempt(&union, { json throws(JSONFault) -> _2nd? in try _2nd.read(&json) }) {
            found = found ?? ._2ndValue(value)
        }
        if let value = try json.attempt(
            &union, { json throws(JSONFault) -> _1stAlternative3? in try _1stAlternative3.read(&json) }
        ) {
            found = found ?? ._1stAlternative3Value(value)
        }
        return try json.finish(union, isExclusive: true) ? found : nil
    }
}

/// From openapi.yaml#/components/schemas/1st/oneOf/2.
enum _1stAlternative3: String, Sendable, CaseIterable {
    case a
}

extension _1stAlternative3: JSONReadable {
    static func read(_ json: inout JSONReader) throws(JSONFault) -> _1stAlternative3? {
        try json.choice(_1stAlternative3.self, "one of: a")
    }
}

/// From openapi.yaml#/components/schemas/2nd.
struct _2nd: Sendable, Equatable {
    var b: String

    init(b: String) {
        self.b = b
    }
}

extension _2nd: JSONReadable {
    static func read(_ json: inout JSONReader) throws(JSONFault) -> _2nd? {
        guard var object = try json.object() else { return nil }
        let mark = json.violations.count
        var b: String?
        while let member = try json.member(&object) {
            switch member {
            case "b":
                try json.once(0, &object)
                b = try json.text()
            default: try json.unknown(&object)
            }
        }
        json.require(0x1, object, [(0, "b")])
        guard json.violations.count == mark, let b else { return nil }
        return _2nd(b: b)
    }
}

/// From openapi.yaml#/components/schemas/3rd.
struct _3rd: Sendable, Equatable {
    var a: Empty

    init(a: Empty) {
        self.a = a
    }
}

extension _3rd: JSONReadable {
    static func read(_ json: inout JSONReader) throws(JSONFault) -> _3rd? {
        guard var object = try json.object() else { return nil }
        let mark = json.violations.count
        var a: Empty?
        while let member = try json.member(&object) {
            switch member {
            case "a":
                try json.once(0, &object)
                a = try Empty.read(&json)
            default: try json.unknown(&object)
            }
        }
        json.require(0x1, object, [(0, "a")])
        guard json.violations.count == mark, let a else { return nil }
        return _3rd(a: a)
    }
}
