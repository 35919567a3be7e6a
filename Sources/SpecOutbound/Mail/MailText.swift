package import SpecCore

extension Mail {
    /// The mail as RFC 5322 text: 7bit where it is ASCII, else 8bit UTF-8; lines end in CRLF.
    package func rfc5322(from author: MailAuthor) -> String {
        let fields = [
            "Date: \(MailDate.text(of: date))",
            "From: \(Self.singleLine(author.field))",
            "To: \(Self.singleLine(recipient))",
            "Message-ID: <\(id)@\(Self.singleLine(String(author.domain)))>",
            "Subject: \(Self.singleLine(subject))",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=\(isASCII ? "us-ascii" : "utf-8")",
            "Content-Transfer-Encoding: \(isASCII ? "7bit" : "8bit")",
        ]
        // Compared by scalars: Swift sees CR and LF side by side as one character.
        let body = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\r" }))
            .split(separator: "\n", omittingEmptySubsequences: false)
        return fields.joined(separator: "\r\n") + "\r\n\r\n" + body.joined(separator: "\r\n") + "\r\n"
    }

    /// The value without line breaks, which would begin another field.
    private static func singleLine(_ value: String) -> String {
        String(String.UnicodeScalarView(value.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }
}

/// RFC 5322 section 3.3 dates: `Mon, 23 Nov 2026 06:02:11 +0000`.
enum MailDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(of time: Timestamp) -> String {
        // 2026-11-23T06:02:11.482Z
        let iso = time.description
        let month = months[(Int(iso.dropFirst(5).prefix(2)) ?? 1) - 1]
        return "\(time.weekday), \(iso.dropFirst(8).prefix(2)) \(month) \(iso.prefix(4)) "
            + "\(iso.dropFirst(11).prefix(8)) +0000"
    }
}
