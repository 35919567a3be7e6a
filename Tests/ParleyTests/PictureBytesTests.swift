import SpecCore
import Testing

@testable import ParleyServices

/// Pictures as bytes: what is kept of them, and which are refused.
@Suite struct PictureBytesTests {
    @Test(arguments: SamplePicture.all) func keepsThePixelsAndNothingThatTellsWhere(sample: SamplePicture) throws {
        let clean = try CleanPicture(sample.withMetadata)
        #expect(clean.bytes == sample.clean)
        #expect(clean.contentType == sample.type)
        #expect(clean.width == 2)
        #expect(clean.height == 3)
        let text = String(decoding: clean.bytes, as: UTF8.self)
        for secret in ["GPS", "52.5N", "xmp", "Ada's camera"] { #expect(!text.contains(secret), "\(secret)") }
        // Once clean, always the same.
        #expect(try CleanPicture(clean.bytes).bytes == clean.bytes)
    }

    @Test(arguments: SamplePicture.all) func refusesAPictureThatIsCutOffAnywhere(sample: SamplePicture) {
        for count in 0..<sample.clean.count {
            #expect(throws: PictureFault.self, "\(count) bytes") { try CleanPicture(Array(sample.clean[..<count])) }
        }
    }

    @Test(arguments: SamplePicture.all) func takesNoHarmFromBrokenBytes(sample: SamplePicture) {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5_000 {
            var bytes = sample.withMetadata
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            // Whatever comes, it comes without a trap.
            _ = try? CleanPicture(bytes)
        }
    }

    @Test(arguments: SamplePicture.all) func refusesABombBeforeAnybodyDecodesIt(sample: SamplePicture) {
        #expect(throws: sample.bombFault) { try CleanPicture(sample.bomb) }
    }

    @Test func refusesWhatIsNoPicture() {
        #expect(throws: PictureFault.unknown) { try CleanPicture(Array("<svg onload=alert(1)>".utf8)) }
        #expect(throws: PictureFault.unknown) { try CleanPicture([]) }
        #expect(throws: PictureFault.unknown) { try CleanPicture(Array("BM".utf8) + [UInt8](repeating: 0, count: 60)) }
    }

    @Test func knowsFilesByTheirContent() {
        func type(_ bytes: [UInt8]) -> String { ContentKind.type(of: bytes) }
        #expect(type(Array("%PDF-1.7".utf8)) == "application/pdf")
        #expect(type([0, 0, 0, 24] + Array("ftypisom".utf8)) == "video/mp4")
        #expect(type([0x1A, 0x45, 0xDF, 0xA3, 1, 2] + Array("webm".utf8)) == "video/webm")
        #expect(type([0x1A, 0x45, 0xDF, 0xA3, 1, 2]) == "video/x-matroska")
        #expect(type(Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WAVE".utf8)) == "audio/wav")
        #expect(type(Array("<html>".utf8)) == "application/octet-stream")
        #expect(type(Array("<svg xmlns=".utf8)) == "application/octet-stream")
        #expect(type([]) == "application/octet-stream")
    }

    @Test func letsAReferenceExpire() throws {
        let keys = ServerKeys(secrets: [Array("a secret of at least 32 bytes for tests".utf8)])
        let grant = References.Grant(object: .make(), viewer: .make(), end: 1_700_000_600)
        let start = Timestamp(milliseconds: 1_700_000_000_000)
        let url = References(keys: keys, now: { start }).signer(for: grant.viewer).media(grant.object)
        let signature = String(url.split(separator: "=")[1])
        func after(_ seconds: Int64) -> References {
            References(keys: keys, now: { Timestamp(milliseconds: start.milliseconds + seconds * 1_000) })
        }
        #expect(try after(599).grant(signedBy: signature) == grant)
        #expect(throws: Problem(.tokenExpired, "The reference has expired; read the object again that it came with.")) {
            try after(600).grant(signedBy: signature)
        }
        let others = ServerKeys(secrets: [Array("another secret of at least 32 bytes".utf8)])
        #expect(throws: Problem.self) {
            try References(keys: others, now: { start }).grant(signedBy: signature)
        }
    }
}
