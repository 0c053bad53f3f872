/// The program's own layout, which the shards write at the root of the dataset.
struct QDIMDLayout: OutputLayout {
    var hasVectors: Bool { true }
    func write(_ context: LayoutContext) {}
}
