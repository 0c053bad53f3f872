/// The progress of an operation, and how to print its amounts.
struct ProgressState {
    let done: Int
    let total: Int
    let unit: String
    /// The text for an amount per second; nil if it is too small to be of use.
    let rate: (Double) -> String?
    /// The text for an amount, without the unit.
    let amount: (Int) -> String
}
