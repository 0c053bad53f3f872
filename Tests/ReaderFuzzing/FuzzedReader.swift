/// A reader to fuzz, and its invariant for any file.
public enum FuzzedReader: String, Hashable, Sendable, CaseIterable {
    /// Simplified and raw ndjson: each line is a drawing, the same as for an independent reader, or an error with the line's
    /// number.
    case simplified, raw
    /// Binary: the records before the first invalid one, and an error with its location.
    case binary
    /// Gzipped: all of the compressed bytes, or an error.
    case gzip
    /// Kaggle's CSV: each row is a drawing, or an error with its line.
    case csv
    /// sketch-rnn's pickled arrays: drawings, or an error; nothing but arrays is made of a pickle.
    case npz
    /// A zip archive, stored and deflated: members as they were, or an error.
    case zip
    /// Any strokes: each line is a drawing, or an error with its number.
    case strokes
    /// The strokes of SVG: an error with its line, or the drawing that the same strokes are in JSON.
    case drawingSVG = "drawing-svg"
    /// A bank: every changed byte is found, and only written drawings are read.
    case bank
    /// A bank with recomputed checksums: it is rejected, or read without a crash.
    case sealedBank = "sealed-bank"
    /// A mask in JSON: the numbers of an independent reader, or an error; and it is written and read again as itself.
    case maskJSON = "mask-json"
    /// A mask in SVG: an error, or a mask that is written and read again as itself.
    case maskSVG = "mask-svg"
    /// A PNG, of any kind: the image that was written, or an error, because all of it is checksummed.
    case png
    /// A PNG with recomputed checksums: it is rejected, or read without a crash.
    case sealedPNG = "sealed-png"
    /// A JPEG, which has no checksum: an image, or an error.
    case jpeg
    /// COCO's annotations: masks whose run lengths add up, or an error.
    case coco
    /// A NumPy array of masks: as many as its shape says, or an error.
    case npy
    /// A tar (`ustar`, pax, GNU): members within the file; a changed byte of a header is found.
    case tar
    /// A spec: an error, or settings that are written and read again as themselves.
    case spec
    /// A plan: every changed byte is found.
    case plan
    /// A plan whose shards follow it: it is rejected, or read without a crash.
    case sealedPlan = "sealed-plan"
    /// A completion record: every changed byte is found, and the shard is generated again.
    case record
    /// A record with a recomputed checksum: it is rejected, or read without a crash.
    case sealedRecord = "sealed-record"
    /// A dataset: a change of any file is found.
    case dataset
    /// A list of images: as many different names as it has lines, or an error.
    case imageList = "image-list"
    /// The header of an image: its size, or an error of the image.
    case imageHeader = "image-header"
    /// The JSON of other programs, such as COCO: it is skipped, or an error, and never a mask.
    case otherJSON = "other-json"
}
