import Synchronization

/// Collects a response in memory.
final class TextReceiver: HTTPReceiver {
    private let limit: Int
    private let bytes = Mutex<[UInt8]>([])

    init(limit: Int) {
        self.limit = limit
    }

    var text: [UInt8] { bytes.withLock { $0 } }

    func begin(_ response: HTTPResponse) throws(TransferError) {
        switch response.status {
        case 200: return
        case 408, 429, 500...599: throw .temporary(response.statusText, retryAfter: response.retryAfter)
        default: throw .permanent("\(response.statusText); expected 200 and the bucket's listing")
        }
    }

    func receive(_ newBytes: UnsafeRawBufferPointer) throws(TransferError) -> Bool {
        let count = bytes.withLock { bytes in
            unsafe bytes += newBytes
            return bytes.count
        }
        guard count <= limit else { throw .permanent("has more than \(limit) bytes; expected a page of the listing") }
        return true
    }
}
