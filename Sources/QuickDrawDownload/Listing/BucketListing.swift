import FileAccess
import QuickDraw

/// Reads the bucket's listing.
struct BucketListing: Sendable {
    let bucket: Bucket
    let format: SourceFormat
    let retries: RetrySchedule

    /// The maximum length of a page in bytes, and the maximum number of pages. Google's listing is one page of 0.3 MB.
    private static let limits = (bytes: 64 << 20, pages: 10_000)

    /// All files of the format, in the order of the listing.
    ///
    /// - Parameter name: A prefix of the names; nil for all.
    func files(named name: String? = nil, by connection: HTTPConnection) async throws(DownloadError) -> [ListedFile] {
        var files: [ListedFile] = []
        var token: String?
        for _ in 0..<Self.limits.pages {
            let address = bucket.listingAddress(prefix: name ?? format.prefix, pageToken: token)
            let page = try await page(at: address, by: connection)
            files += page.files
            guard let next = page.nextPageToken else { return files }
            guard next != token else { throw .address(address, problem: "refers to itself as the next page") }
            token = next
        }
        throw .address(
            bucket.listingAddress(prefix: format.prefix), problem: "has more than \(Self.limits.pages) pages")
    }

    private func page(at address: String, by connection: HTTPConnection) async throws(DownloadError) -> ListingPage {
        var failures = 0
        while true {
            let receiver = TextReceiver(limit: Self.limits.bytes)
            do throws(TransferError) {
                try await connection.get(address, to: receiver)
                return try ListingPage(receiver.text, format: format)
            } catch {
                switch error {
                case .temporary(let problem, let retryAfter):
                    failures += 1
                    let pause = retries.pause(afterFailure: failures, requested: .seconds(retryAfter ?? 0))
                    guard let pause else {
                        let times = failures == 1 ? "" : ", \(failures) times in a row"
                        throw .address(address, problem: problem + times)
                    }
                    do { try await Task.sleep(for: pause) } catch {
                        throw .address(address, problem: "\(problem); interrupted")
                    }
                case .permanent(let problem), .changed(let problem): throw .address(address, problem: problem)
                case .file(let error), .occupied(let error): throw .file(error)
                }
            }
        }
    }
}
