import FileAccess
import QuickDraw
import Synchronization

/// Reads the bucket's listing.
struct BucketListing: Sendable {
    let bucket: Bucket
    let form: SourceFormat
    let retries: RetrySchedule

    /// The longest page that is accepted, in bytes, and the largest number of pages. Google's has one page of 0.3 MB.
    private static let limits = (bytes: 64 << 20, pages: 10_000)

    /// All files of the form, in the listing's order.
    ///
    /// - Parameter name: what the names begin with; all, if nil.
    func files(named name: String? = nil, by connection: HTTPConnection) async throws(DownloadError) -> [ListedFile] {
        var files: [ListedFile] = []
        var token: String?
        for _ in 0..<Self.limits.pages {
            let address = bucket.listingAddress(prefix: name ?? form.prefix, pageToken: token)
            let page = try await page(at: address, by: connection)
            files += page.files
            guard let next = page.nextPageToken else { return files }
            guard next != token else { throw .address(address, problem: "refers to itself as the next page") }
            token = next
        }
        throw .address(bucket.listingAddress(prefix: form.prefix), problem: "has more than \(Self.limits.pages) pages")
    }

    private func page(at address: String, by connection: HTTPConnection) async throws(DownloadError) -> ListingPage {
        var failures = 0
        while true {
            let receiver = TextReceiver(limit: Self.limits.bytes)
            do throws(TransferFault) {
                try await connection.get(address, to: receiver)
                return try ListingPage(receiver.text, form: form)
            } catch {
                switch error {
                case .passing(let problem, let retryAfter):
                    failures += 1
                    let pause = retries.pause(afterFailure: failures, wished: .seconds(retryAfter ?? 0))
                    guard let pause else {
                        let times = failures == 1 ? "" : ", \(failures) times in a row"
                        throw .address(address, problem: problem + times)
                    }
                    do { try await Task.sleep(for: pause) } catch {
                        throw .address(address, problem: "\(problem); interrupted")
                    }
                case .lasting(let problem), .changed(let problem): throw .address(address, problem: problem)
                case .file(let error), .occupied(let error): throw .file(error)
                }
            }
        }
    }
}

/// Keeps a text in memory.
private final class TextReceiver: HTTPReceiver {
    private let limit: Int
    private let bytes = Mutex<[UInt8]>([])

    init(limit: Int) {
        self.limit = limit
    }

    var text: [UInt8] { bytes.withLock { $0 } }

    func begin(_ response: HTTPResponse) throws(TransferFault) {
        switch response.status {
        case 200: return
        case 408, 429, 500...599: throw .passing(response.statusText, retryAfter: response.retryAfter)
        default: throw .lasting("\(response.statusText); expected 200 and the bucket's listing")
        }
    }

    func receive(_ part: UnsafeRawBufferPointer) throws(TransferFault) -> Bool {
        let count = bytes.withLock { bytes in
            bytes += part
            return bytes.count
        }
        guard count <= limit else { throw .lasting("has more than \(limit) bytes; expected a page of the listing") }
        return true
    }
}
