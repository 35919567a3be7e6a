import SpecCore
import SpecOutbound
import TestSupport
import Testing

/// Mutated pictures: nothing traps or hangs, and cleaning what was cleaned changes nothing.
@Suite struct PictureFuzzTests {
    @Test(.timeLimit(.minutes(12))) func cleanedPicturesStayAsTheyAre() async {
        let samples = SamplePicture.all.flatMap { [$0.withMetadata, $0.clean] }
        let tokens = [
            "IHDR", "IDAT", "IEND", "tEXt", "pHYs", "acTL", "fcTL", "VP8X", "ANMF", "EXIF", "\u{0}\u{0}\u{0}\u{1}",
        ]
        let bounds = PictureBounds(sideMax: 8_192, pixelsMax: 40_000_000)
        await Fuzzer.run("pictures", samples: samples, tokens: tokens) { input, seed in
            guard let picture = try? ContentInspector().picture(input, within: bounds) else { return }
            let again = try? ContentInspector().picture(picture.bytes, within: bounds)
            #expect(again?.bytes == picture.bytes, "SEED=\(seed)")
        }
    }
}
