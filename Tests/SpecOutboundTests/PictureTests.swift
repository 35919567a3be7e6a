import SpecCore
import SpecOutbound
import TestSupport
import Testing

/// Tests of the bytes kept of pictures, and of rejected pictures.
@Suite struct PictureTests {
    private static func clean(_ bytes: [UInt8]) throws(PictureError) -> Picture {
        try ContentInspector().picture(bytes, within: PictureBounds(sideMax: 8_192, pixelsMax: 40_000_000))
    }

    @Test(arguments: SamplePicture.all) func keepsThePixelsAndNothingThatTellsWhere(sample: SamplePicture) throws {
        let clean = try Self.clean(sample.withMetadata)
        #expect(clean.bytes == sample.clean)
        #expect(clean.contentType == sample.type)
        #expect(clean.width == 2)
        #expect(clean.height == 3)
        let text = String(decoding: clean.bytes, as: UTF8.self)
        for secret in ["GPS", "52.5N", "xmp", "Ada's camera"] { #expect(!text.contains(secret), "\(secret)") }
        // Cleaning is idempotent.
        #expect(try Self.clean(clean.bytes).bytes == clean.bytes)
    }

    @Test(arguments: SamplePicture.all) func refusesAPictureThatIsCutOffAnywhere(sample: SamplePicture) {
        for count in 0..<sample.clean.count {
            #expect(throws: PictureError.self, "\(count) bytes") { try Self.clean(Array(sample.clean[..<count])) }
        }
    }

    @Test(arguments: SamplePicture.all) func refusesABombBeforeAnybodyDecodesIt(sample: SamplePicture) {
        #expect(throws: sample.bombError) { try Self.clean(sample.bomb) }
    }

    @Test(arguments: SamplePicture.all) func refusesPictureBeyondTheBounds(sample: SamplePicture) throws {
        let narrow = PictureBounds(sideMax: 2, pixelsMax: 6)
        #expect(throws: PictureError.dimensions(width: 2, height: 3)) {
            try ContentInspector().picture(sample.clean, within: narrow)
        }
        let few = PictureBounds(sideMax: 3, pixelsMax: 5)
        #expect(throws: PictureError.dimensions(width: 2, height: 3)) {
            try ContentInspector().picture(sample.clean, within: few)
        }
        let enough = PictureBounds(sideMax: 3, pixelsMax: 6)
        #expect(try ContentInspector().picture(sample.clean, within: enough).bytes == sample.clean)
    }

    @Test func refusesOtherBytesAndOtherDimensionsThanAPictureSays() {
        for sample in SamplePicture.refused {
            #expect(throws: sample.error, "\(sample.name)") { try Self.clean(sample.bytes) }
        }
    }

    @Test func leavesOutSegmentsThatNoPictureNeeds() throws {
        for sample in SamplePicture.withUnknown {
            #expect(try Self.clean(sample.bytes).bytes == sample.clean, "\(sample.name)")
        }
    }

    @Test func keepsTheOrientation() throws {
        for sample in SamplePicture.oriented {
            let clean = try Self.clean(sample.bytes).bytes
            #expect(clean == sample.clean, "\(sample.name)")
            #expect(try Self.clean(clean).bytes == clean, "\(sample.name)")
        }
    }

    @Test func refusesWhatIsNoPicture() {
        #expect(throws: PictureError.unsupported) { try Self.clean(Array("<svg onload=alert(1)>".utf8)) }
        #expect(throws: PictureError.unsupported) { try Self.clean([]) }
        #expect(throws: PictureError.unsupported) {
            try Self.clean(Array("BM".utf8) + [UInt8](repeating: 0, count: 60))
        }
    }

    @Test func knowsFilesByTheirContent() {
        func type(_ bytes: [UInt8]) -> String { ContentInspector().contentType(ofStart: bytes) }
        #expect(type(Array("%PDF-1.7".utf8)) == "application/pdf")
        #expect(type([0, 0, 0, 24] + Array("ftypisom".utf8)) == "video/mp4")
        #expect(type([0x1A, 0x45, 0xDF, 0xA3, 1, 2] + Array("webm".utf8)) == "video/webm")
        #expect(type([0x1A, 0x45, 0xDF, 0xA3, 1, 2]) == "video/x-matroska")
        #expect(type(Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WAVE".utf8)) == "audio/wav")
        #expect(type(Array("<html>".utf8)) == "application/octet-stream")
        #expect(type(Array("<svg xmlns=".utf8)) == "application/octet-stream")
        #expect(type([]) == "application/octet-stream")
    }
}
