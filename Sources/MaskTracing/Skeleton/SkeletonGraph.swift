/// A skeleton as nodes (ends, junctions, single pixels) and the lines of pixels between them.
struct SkeletonGraph {
    struct Node {
        enum Kind { case end, junction, dot }
        let kind: Kind
        /// The index of the pixel with the largest distance to the boundary.
        let pixel: Int
        /// That distance, in px.
        let radius: Double
    }

    struct Edge {
        /// The nodes at the start and the end; nil in a closed line without a node.
        let start: Int?
        let end: Int?
        /// The indices of the pixels, including one pixel of each node.
        let pixels: [Int]
        /// Whether the last pixel is next to the first, without a node.
        var isClosed: Bool { start == nil }
    }

    private(set) var nodes: [Node] = []
    private(set) var edges: [Edge] = []
    private let width: Int
    private let pixels: [UInt8]

    /// Follows the lines of a skeleton of rows of `width` pixels.
    ///
    /// - Complexity: O(pixels)
    init(_ skeleton: [UInt8], width: Int, distances: DistanceField) {
        pixels = skeleton
        self.width = width
        let members = skeleton.indices.filter { skeleton[$0] == 1 }
        var nodeOf = [Int: Int]()
        var nodePixels: [[Int]] = []
        var degrees = [Int: Int](minimumCapacity: members.count)
        for pixel in members { degrees[pixel] = neighbors(of: pixel).count }
        for pixel in members where degrees[pixel, default: 0] >= 3 && nodeOf[pixel] == nil {
            // Adjacent junction pixels are one junction.
            var cluster = [pixel]
            nodeOf[pixel] = nodes.count
            var place = 0
            while place < cluster.count {
                for other in neighbors(of: cluster[place]) where degrees[other, default: 0] >= 3 && nodeOf[other] == nil
                {
                    nodeOf[other] = nodes.count
                    cluster.append(other)
                }
                place += 1
            }
            var center = pixel
            for other in cluster where distances.squares[other] > distances.squares[center] { center = other }
            nodes.append(Node(kind: .junction, pixel: center, radius: distances.distance(at: center)))
            nodePixels.append(cluster)
        }
        for pixel in members where degrees[pixel, default: 0] <= 1 && nodeOf[pixel] == nil {
            nodeOf[pixel] = nodes.count
            let kind: Node.Kind = degrees[pixel] == 0 ? .dot : .end
            nodes.append(Node(kind: kind, pixel: pixel, radius: distances.distance(at: pixel)))
            nodePixels.append([pixel])
        }
        var isVisited = Set<Int>()
        var walked = Set<[Int]>()
        for (node, cluster) in nodePixels.enumerated() {
            for pixel in cluster {
                for first in neighbors(of: pixel) where nodeOf[first] != node && !walked.contains([pixel, first]) {
                    let line = walk(from: pixel, to: first) { nodeOf[$0] != nil }
                    guard let last = line.last else { continue }
                    walked.insert([last, line[line.count - 2]])
                    isVisited.formUnion(line)
                    edges.append(Edge(start: node, end: nodeOf[last], pixels: line))
                }
            }
        }
        for pixel in members where nodeOf[pixel] == nil && !isVisited.contains(pixel) {
            guard let first = neighbors(of: pixel).first else { continue }
            var line = walk(from: pixel, to: first) { $0 == pixel }
            line.removeLast()
            isVisited.formUnion(line)
            edges.append(Edge(start: nil, end: nil, pixels: line))
        }
    }

    private func walk(from start: Int, to first: Int, until isEnd: (Int) -> Bool) -> [Int] {
        var line = [start, first]
        while !isEnd(line[line.count - 1]) {
            let (previous, current) = (line[line.count - 2], line[line.count - 1])
            guard let next = neighbors(of: current).first(where: { $0 != previous }) else { break }
            line.append(next)
        }
        return line
    }

    /// The neighbors of a pixel: a diagonal one only if no pixel adjacent to both is in the skeleton.
    private func neighbors(of pixel: Int) -> [Int] {
        var result: [Int] = []
        let direct = [-width, 1, width, -1]
        for offset in direct where pixels[pixel + offset] == 1 { result.append(pixel + offset) }
        for (vertical, horizontal) in [(-width, -1), (-width, 1), (width, 1), (width, -1)]
        where pixels[pixel + vertical + horizontal] == 1 {
            if pixels[pixel + vertical] == 0 && pixels[pixel + horizontal] == 0 {
                result.append(pixel + vertical + horizontal)
            }
        }
        return result
    }
}
