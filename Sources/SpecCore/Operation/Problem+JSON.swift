extension Problem {
    /// Writes the members of RFC 9457 and the extensions `code`, `requestId`, `errors` and `truncated`.
    public func write(to json: inout JSONWriter, instance: String, requestID: String) {
        json.beginObject()
        json.key("type")
        json.text("about:blank")
        json.key("title")
        json.text(StatusPhrase.of(code.status))
        json.key("status")
        json.integer(code.status)
        json.key("detail")
        json.text(detail)
        json.key("instance")
        json.text(instance)
        json.key("code")
        json.text(code.name)
        json.key("requestId")
        json.text(requestID)
        // Every 400 lists its errors; for bytes that could not be parsed, the error is about the whole body.
        if !violations.isEmpty {
            write(violations, to: &json)
        } else if code.status == 400 {
            write([Violation(.pointer(""), code.name, detail)], to: &json)
        }
        json.endObject()
    }

    private func write(_ violations: [Violation], to json: inout JSONWriter) {
        json.key("errors")
        json.beginArray()
        for violation in violations {
            json.element()
            violation.write(to: &json)
        }
        json.endArray()
        if isTruncated {
            json.key("truncated")
            json.bool(true)
        }
    }
}

extension Violation {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        switch place {
        case .pointer(let path):
            json.key("pointer")
            json.text(path)
        case .parameter(let name):
            json.key("parameter")
            json.text(name)
        }
        json.key("code")
        json.text(code)
        json.key("detail")
        json.text(detail)
        json.endObject()
    }
}
