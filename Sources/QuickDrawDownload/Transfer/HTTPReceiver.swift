/// Receives a response in parts, on one thread at a time.
protocol HTTPReceiver: Sendable {
    /// Receives the status and the header fields.
    func begin(_ response: HTTPResponse) throws(TransferError)
    /// Receives the next bytes; returns false if no more are needed.
    func receive(_ bytes: UnsafeRawBufferPointer) throws(TransferError) -> Bool
}
