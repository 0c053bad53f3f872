import FileAccess
import QuickDraw

/// Reads the bucket's listing.
struct BucketListing: Sendable {
    let bucket: StorageBucket
    let format: PublishedFormat
    let retries: RetrySchedule
    /// The maximum time for all pages, without pauses between retries.
    let timeLimit: Duration

    /// The maximum length of a page in bytes, the maximum number of pages, and that of files. Google's listing is one
    /// page of 0.3 MB with 345 files.
    private static let limits = (bytes: 16 << 20, pages: 100, files: 100_000)

    /// The listing of a format in a bucket.
    ///
    /// - Parameter timeout: The maximum time without a byte from the server, in seconds; all pages take at most ten
    ///   times as long.
    init(bucket: StorageBucket, format: PublishedFormat, retries: RetrySchedule, timeout: Int) {
        self.bucket = bucket
        self.format = format
        self.retries = retries
        timeLimit = .seconds(10 * timeout)
    }

    /// All files of the format, in the order of the listing.
    ///
    /// - Parameter name: A prefix of the names; nil for all.
    func files(named name: String? = nil, by connection: HTTPConnection) async throws(DownloadError) -> [ListedFile] {
        var files: [ListedFile] = []
        var token: String?
        var spent = Duration.zero
        for _ in 0..<Self.limits.pages {
            let address = bucket.listingAddress(prefix: name ?? format.prefix, pageToken: token)
            let page = try await page(at: address, by: connection, spent: &spent)
            files += page.files
            guard files.count <= Self.limits.files else {
                throw .address(address, problem: "lists more than \(Self.limits.files) files")
            }
            guard let next = page.nextPageToken else { return try checked(files, at: address) }
            guard next != token else { throw .address(address, problem: "refers to itself as the next page") }
            token = next
        }
        throw .address(
            bucket.listingAddress(prefix: format.prefix), problem: "has more than \(Self.limits.pages) pages")
    }

    /// The files, if each is listed once.
    private func checked(_ files: [ListedFile], at address: String) throws(DownloadError) -> [ListedFile] {
        var names: Set<String> = []
        for file in files where !names.insert(file.name).inserted {
            throw .address(address, problem: "lists \(file.name) twice")
        }
        return files
    }

    /// - Parameter spent: The time that requests took so far.
    private func page(
        at address: String, by connection: HTTPConnection, spent: inout Duration
    ) async throws(DownloadError) -> ListingPage {
        var failures = 0
        while true {
            guard spent < timeLimit else {
                throw .address(address, problem: "the listing takes longer than \(timeLimit / .seconds(1)) s")
            }
            let receiver = TextReceiver(limit: Self.limits.bytes)
            let start = ContinuousClock.now
            do throws(TransferError) {
                defer { spent += ContinuousClock.now - start }
                try await connection.get(address, timeLimit: timeLimit - spent, to: receiver)
                return try ListingPage(receiver.text, format: format)
            } catch {
                switch error {
                case .temporary, .slow:
                    failures += 1
                    let (problem, retryAfter) = error.retryReason
                    let pause = retries.pause(afterFailure: failures, requested: retryAfter)
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
