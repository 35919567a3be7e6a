import SpecValues

/// Validates texts against formats with the functions that the run time reads them with.
enum FormatCheck {
    /// Returns the noun of the format that the text does not match, or nil if it is valid or the format has no rule.
    static func expectation(of text: String, _ format: String) -> String? {
        switch format {
        case "uuid": Identifier(text) == nil ? "a UUID" : nil
        case "date": CalendarDate(text) == nil ? "a date, such as 2026-11-23" : nil
        case "date-time": Timestamp(text) == nil ? "a date-time, such as 2026-11-23T06:02:11Z" : nil
        case "byte": Base64.decode(text) == nil ? "base64" : nil
        default: TextFormat(rawValue: format).flatMap { $0.matches(text) ? nil : noun(of: $0) }
        }
    }

    private static func noun(of format: TextFormat) -> String {
        switch format {
        case .email: "an e-mail address"
        case .uri: "an absolute URI"
        case .uriReference: "a URI reference"
        }
    }
}
