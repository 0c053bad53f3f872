public import MaskModel
public import MaskRaster

/// How two rasters of one size differ: a candidate, and the reference that it is held against.
public struct BitmapComparison: Hashable, Sendable {
    /// The size of both rasters.
    public let size: PixelSize
    /// Pixels that are hole in both.
    public let bothCount: Int
    /// Pixels that are hole in the candidate alone.
    public let onlyCandidateCount: Int
    /// Pixels that are hole in the reference alone.
    public let onlyReferenceCount: Int
    /// Pixels that differ and are within the tolerance of the other's hole.
    public let forgivenCount: Int
    /// Boundary IoU: the IoU of the parts of the two holes within a band along their boundaries.
    ///
    /// The band is max(1, round(0.02 · diagonal)) px wide; beyond the image's edge there is no hole. 1 if both are empty.
    /// Cheng et al., *Boundary IoU: Improving Object-Centric Image Segmentation Evaluation*, CVPR 2021.
    public let boundaryIoU: Double
    /// The 95th percentile of the distances between the boundaries, in px: the larger of the two directions.
    ///
    /// A boundary is the pixels of a hole that have one without hole, or the image's edge, above, below or beside
    /// them. 0 if both holes are empty, nil if one is.
    public let hausdorff95: Double?

    /// Pixels that differ and are not forgiven.
    public var differingCount: Int { onlyCandidateCount + onlyReferenceCount - forgivenCount }
    /// The share of the image's pixels that differ and are not forgiven, 0 to 1.
    public var differingRatio: Double { Double(differingCount) / Double(size.area) }
    /// Intersection over union, 0 to 1; 1 if both are empty.
    public var iou: Double {
        Self.ratio(bothCount, of: bothCount + onlyCandidateCount + onlyReferenceCount)
    }
    /// Dice's coefficient, 0 to 1: twice the intersection over the sum of both; 1 if both are empty.
    public var dice: Double {
        Self.ratio(2 * bothCount, of: 2 * bothCount + onlyCandidateCount + onlyReferenceCount)
    }
    /// The candidate's share of hole.
    public var candidateHoleRatio: Double { Double(bothCount + onlyCandidateCount) / Double(size.area) }
    /// The reference's share of hole.
    public var referenceHoleRatio: Double { Double(bothCount + onlyReferenceCount) / Double(size.area) }
    /// The candidate's share of hole less the reference's, −1 to 1.
    public var holeRatioDifference: Double { candidateHoleRatio - referenceHoleRatio }

    /// Compares two rasters.
    ///
    /// - Parameter tolerance: px. A pixel that is hole in one alone is forgiven if the other has a hole pixel within that
    ///   distance, center to center; 0 forgives none.
    /// - Throws: `ImageSizesDiffer`.
    /// - Complexity: O(words) for equal rasters; O(pixels + *b* log *b*) for others with *b* pixels on boundaries
    public init(candidate: Bitmap, reference: Bitmap, tolerance: Double = 0) throws(ImageSizesDiffer) {
        guard candidate.size == reference.size else {
            throw ImageSizesDiffer(candidate: candidate.size, reference: reference.size)
        }
        size = candidate.size
        if candidate == reference {
            bothCount = candidate.holeCount
            (onlyCandidateCount, onlyReferenceCount, forgivenCount) = (0, 0, 0)
            (boundaryIoU, hausdorff95) = (1, 0)
            return
        }
        let onlyCandidate = candidate.subtracting(reference)
        let onlyReference = reference.subtracting(candidate)
        bothCount = candidate.holeCount - onlyCandidate.holeCount
        onlyCandidateCount = onlyCandidate.holeCount
        onlyReferenceCount = onlyReference.holeCount

        let width = BandWidth(size: size).pixels
        let bands = (candidate.band(width: width), reference.band(width: width))
        let common = bands.0.holeCount - bands.0.subtracting(bands.1).holeCount
        boundaryIoU = Self.ratio(common, of: bands.0.holeCount + bands.1.holeCount - common)

        guard candidate.holeCount > 0, reference.holeCount > 0 else {
            hausdorff95 = nil
            forgivenCount = 0
            return
        }
        let edges = (candidate.boundary, reference.boundary)
        var distances = (LazyDistanceMap(to: edges.0), LazyDistanceMap(to: edges.1))
        hausdorff95 = max(
            distances.1.percentile95(from: edges.0), distances.0.percentile95(from: edges.1))
        // A pixel outside a hole is as far from the hole as from its boundary.
        forgivenCount =
            tolerance > 0
            ? distances.1.count(of: onlyCandidate, within: tolerance)
                + distances.0.count(of: onlyReference, within: tolerance) : 0
    }

    private static func ratio(_ part: Int, of whole: Int) -> Double {
        whole == 0 ? 1 : Double(part) / Double(whole)
    }
}

/// The width of Boundary IoU's band: max(1, round(0.02 · diagonal)) px.
struct BandWidth: Hashable {
    let pixels: Int

    init(size: PixelSize) {
        let diagonal = Double(size.width * size.width + size.height * size.height).squareRoot()
        pixels = max(1, Int((0.02 * diagonal).rounded(.toNearestOrEven)))
    }
}

/// Two rasters that cannot be compared.
public struct ImageSizesDiffer: Error, Hashable, Sendable, CustomStringConvertible {
    /// The candidate's size.
    public let candidate: PixelSize
    /// The reference's size.
    public let reference: PixelSize

    /// One line: both sizes.
    public var description: String { "the candidate is \(candidate) px but the reference is \(reference) px" }
}
