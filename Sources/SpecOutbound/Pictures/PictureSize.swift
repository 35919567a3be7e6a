import SpecCore

/// Width and height in pixels, within the bounds.
struct PictureSize: Sendable, Equatable {
    let width: Int
    let height: Int

    /// - Throws: ``PictureError/dimensions(width:height:)``.
    init(_ width: Int, _ height: Int, _ bounds: PictureBounds) throws(PictureError) {
        guard bounds.contain(width: width, height: height) else { throw .dimensions(width: width, height: height) }
        (self.width, self.height) = (width, height)
    }
}

extension Picture {
    init(_ contentType: String, _ size: PictureSize, _ bytes: [UInt8]) {
        self.init(contentType: contentType, width: size.width, height: size.height, bytes: bytes)
    }
}
