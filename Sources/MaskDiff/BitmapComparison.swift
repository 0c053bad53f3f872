public import MaskModel
public import MaskRaster

/// The difference between two bitmaps of the same size, a candidate *C* and a reference *R*: counts and metrics.
///
/// |*X*| is the number of pixels in the set *X*. The tolerance affects only the numbers of tolerated and of differing pixels.
public struct BitmapComparison: Hashable, Sendable {
    /// The size of both bitmaps.
    public let size: PixelSize
    /// The number of pixels that are hole in both, |*C* ∩ *R*|.
    public let bothCount: Int
    /// The number of pixels that are hole only in the candidate, |*C* ∖ *R*|.
    public let onlyCandidateCount: Int
    /// The number of pixels that are hole only in the reference, |*R* ∖ *C*|.
    public let onlyReferenceCount: Int
    /// The number of pixels that are hole in one bitmap only, within the tolerance of the other's hole.
    public let forgivenCount: Int
    /// Boundary IoU, 0 to 1: |*C*d ∩ *R*d| / |*C*d ∪ *R*d|; 1 if both holes are empty.
    ///
    /// *X*d are the pixels of a hole within *d* = max(1, round(0.02 · diagonal)) px of its boundary: those that *d*
    /// erosions with a 3×3 square remove. Pixels outside the image are not hole.
    ///
    /// Cheng, Girshick, Dollár, Berg, and Kirillov, *Boundary IoU: Improving Object-Centric Image Segmentation
    /// Evaluation*, CVPR 2021.
    public let boundaryIoU: Double
    /// The 95th-percentile Hausdorff distance (HD95) in px: max(*P*(∂*C*, ∂*R*), *P*(∂*R*, ∂*C*)).
    ///
    /// ∂*X* is the boundary of a hole: its pixels with a neighbor above, below, to the left, or to the right that is not
    /// hole or is outside the image. *P*(*A*, *B*) is the 95th percentile, with linear interpolation, of the Euclidean
    /// distances from the center of each pixel of *A* to the nearest of *B*. 0 if both holes are empty; nil if only one
    /// is.
    ///
    /// Huttenlocher, Klanderman, and Rucklidge, *Comparing Images Using the Hausdorff Distance*, PAMI 1993; the percentile
    /// instead of the maximum makes it robust against outliers.
    public let hausdorff95: Double?

    /// The number of pixels that are hole in one bitmap only and are outside the tolerance.
    public var differingCount: Int { onlyCandidateCount + onlyReferenceCount - forgivenCount }
    /// The fraction of the image's pixels that differ and are outside the tolerance, 0 to 1.
    public var differingRatio: Double { Double(differingCount) / Double(size.area) }
    /// Intersection over union (the Jaccard index), 0 to 1: |*C* ∩ *R*| / |*C* ∪ *R*|; 1 if both holes are empty.
    public var iou: Double {
        Self.ratio(bothCount, of: bothCount + onlyCandidateCount + onlyReferenceCount)
    }
    /// The Dice coefficient (F1 score), 0 to 1: 2 |*C* ∩ *R*| / (|*C*| + |*R*|); 1 if both holes are empty.
    public var dice: Double {
        Self.ratio(2 * bothCount, of: 2 * bothCount + onlyCandidateCount + onlyReferenceCount)
    }
    /// The hole ratio of the candidate, 0 to 1.
    public var candidateHoleRatio: Double { Double(bothCount + onlyCandidateCount) / Double(size.area) }
    /// The hole ratio of the reference, 0 to 1.
    public var referenceHoleRatio: Double { Double(bothCount + onlyReferenceCount) / Double(size.area) }
    /// The hole ratio of the candidate minus that of the reference, −1 to 1.
    public var holeRatioDifference: Double { candidateHoleRatio - referenceHoleRatio }

    /// Compares two bitmaps.
    ///
    /// - Parameters:
    ///   - candidate: The bitmap to judge.
    ///   - reference: The bitmap that is right, of the same size.
    ///   - tolerance: In px. A pixel that is hole in one bitmap only is tolerated if the other has a hole pixel
    ///     within that distance from center to center; 0 tolerates none.
    /// - Throws: `ImageSizeMismatchError`.
    /// - Complexity: O(*n*) in the number of pixels, and O(*b* log *b*) in the number of pixels on boundaries. Equal bitmaps
    ///   take one pass over their 64-bit words.
    public init(candidate: Bitmap, reference: Bitmap, tolerance: Double = 0) throws(ImageSizeMismatchError) {
        guard candidate.size == reference.size else {
            throw ImageSizeMismatchError(candidate: candidate.size, reference: reference.size)
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

        let width = BoundaryBandWidth(size: size).pixels
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
        // For a pixel outside a hole, the nearest pixel of the hole is on its boundary.
        forgivenCount =
            tolerance > 0
            ? distances.1.count(of: onlyCandidate, within: tolerance)
                + distances.0.count(of: onlyReference, within: tolerance) : 0
    }

    private static func ratio(_ part: Int, of whole: Int) -> Double {
        whole == 0 ? 1 : Double(part) / Double(whole)
    }
}
