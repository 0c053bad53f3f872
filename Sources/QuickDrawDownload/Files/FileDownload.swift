import FileAccess
import SystemPackage

/// Downloads files, one after another over one connection.
struct FileDownload: Sendable {
    let settings: Download.Settings
    let connection: HTTPConnection
    let progress: TransferProgress
    /// Reports every failure that is followed by a retry.
    let report: @Sendable (String) -> Void
    /// Looks a file up in the listing again; nil if it is no longer listed.
    let lookup: @Sendable (ListedFile) async throws(DownloadError) -> ListedFile?

    enum Outcome: Hashable, Sendable {
        case fetched, alreadyThere, interrupted
    }

    /// Why a file was not downloaded.
    struct FileError: Error, Hashable, Sendable {
        let error: DownloadError
        /// Whether other files would fail as well.
        let isGeneral: Bool
    }

    /// The number of bytes per request: what a break costs at most, if the server knows no ranges after it.
    private static let chunkLength = 16 << 20
    /// The number of times that a file may differ from the listing.
    private static let mismatchLimit = 3

    /// Downloads a file, unless it exists already.
    func run(_ listed: ListedFile) async throws(FileError) -> Outcome {
        var file = listed
        var mismatches = 0
        while true {
            var part: PartialFile?
            do throws(TransferError) {
                if try exists(file) {
                    progress.add(-settings.length(of: file))
                    return .alreadyThere
                }
                let opened = try open(file)
                part = opened
                guard try await fetch(file, into: opened) else { return .interrupted }
                try finish(file, opened)
                return .fetched
            } catch {
                guard case .changed(let problem) = error else { throw failure(error, of: file, part) }
                if let part { try drop(part, of: file) }
                mismatches += 1
                guard mismatches < Self.mismatchLimit else {
                    throw failure(.permanent("\(problem), \(mismatches) times"), of: file, part)
                }
                report("\(settings.path(of: file)): \(problem); looking it up again")
                file = try await lookAgain(file, problem)
            }
        }
    }

    private func drop(_ part: PartialFile, of file: ListedFile) throws(FileError) {
        let count = part.count
        do throws(TransferError) {
            try Self.attempt { () throws(DataError) in try part.restart() }
        } catch {
            throw failure(error, of: file, part)
        }
        progress.add(count)
    }

    /// The current entry of a file in the listing.
    private func lookAgain(_ file: ListedFile, _ problem: String) async throws(FileError) -> ListedFile {
        let current: ListedFile?
        do {
            current = try await lookup(file)
        } catch {
            throw FileError(error: error, isGeneral: true)
        }
        guard let current else {
            throw failure(.permanent("\(problem), and it is no longer listed"), of: file, nil)
        }
        progress.add(settings.length(of: current) - settings.length(of: file))
        return current
    }

    private func failure(_ error: TransferError, of file: ListedFile, _ part: PartialFile?) -> FileError {
        progress.add((part?.count ?? 0) - settings.length(of: file))
        // If that fails, the next download uses the empty file.
        do { try part?.removeIfEmpty() } catch {}
        let address = settings.bucket.fileAddress(name: file.name)
        switch error {
        case .temporary, .slow:
            return FileError(error: .address(address, problem: error.retryReason.problem), isGeneral: true)
        case .permanent(let problem), .changed(let problem):
            return FileError(error: .address(address, problem: problem), isGeneral: false)
        case .file(let error): return FileError(error: .file(error), isGeneral: true)
        case .occupied(let error): return FileError(error: .file(error), isGeneral: false)
        }
    }

    /// Whether the complete file exists under its final name.
    private func exists(_ file: ListedFile) throws(TransferError) -> Bool {
        let path = settings.path(of: file)
        return try Self.attempt(TransferError.occupied) { () throws(DataError) in
            switch try path.kind() {
            case nil: return false
            case .file: break
            case .folder, .other: throw DataError(path, "is not a regular file; expected a file or nothing")
            }
            // The length of a sample is unknown before its last complete record was found.
            guard settings.isWhole(file) else { return !settings.replaces }
            let size = try path.fileSize()
            let md5 = size == file.size ? try path.md5() : nil
            if md5 == file.md5 || settings.replaces { return md5 == file.md5 }
            let found = md5.map { "has MD5 \($0); expected \(file.md5)" } ?? "has \(size) bytes; expected \(file.size)"
            throw DataError(path, "\(found), as \(file.name) has, or --overwrite")
        }
    }

    private func open(_ file: ListedFile) throws(TransferError) -> PartialFile {
        let part = try Self.attempt(TransferError.occupied) { () throws(DataError) in
            try PartialFile(settings.path(of: file), md5: file.md5, limit: settings.length(of: file))
        }
        progress.add(-part.count)
        return part
    }

    /// Downloads the missing bytes of a file, with retries; false if the task was canceled.
    private func fetch(_ file: ListedFile, into part: PartialFile) async throws(TransferError) -> Bool {
        let length = settings.length(of: file)
        var failures = 0
        var furthest = part.count
        var doneBefore = progress.done
        var entityTag: String?
        while part.count < length {
            if Task.isCancelled { return false }
            do throws(TransferError) {
                try await fetchChunk(of: file, into: part, &entityTag)
            } catch {
                var isSlow = false
                switch error {
                case .temporary: break
                case .slow: isSlow = true
                case .permanent, .changed, .file, .occupied: throw error
                }
                let (problem, requestedPause) = error.retryReason
                if part.count >= length { break }
                // A server that restarts the same file again and again makes no progress, nor does one that sends a few
                // bytes each time.
                if part.count > furthest, !isSlow { failures = 0 }
                furthest = max(furthest, part.count)
                if failures == 0 { doneBefore = progress.done }
                failures += 1
                let message = part.count > 0 ? "\(problem) after \(part.count) of \(length) bytes" : problem
                guard let pause = settings.retries.pause(afterFailure: failures, requested: requestedPause) else {
                    let text = failures == 1 ? message : "\(message), \(failures) times in a row"
                    // If no other file progressed either, the problem is not this file.
                    throw progress.done == doneBefore ? .temporary(text) : .permanent(text)
                }
                report("\(settings.path(of: file)): \(message); trying again")
                do { try await Task.sleep(for: pause) } catch { return false }
            }
        }
        return true
    }

    private func fetchChunk(
        of file: ListedFile, into part: PartialFile, _ entityTag: inout String?
    ) async throws(TransferError) {
        let start = part.count
        let end = min(start + Self.chunkLength, settings.length(of: file))
        var fields = ["Range": "bytes=\(start)-\(end - 1)"]
        // If the file has changed since the first chunk, the server sends the whole file.
        if start > 0, let entityTag { fields["If-Range"] = entityTag }
        let receiver = ChunkReceiver(of: file, length: settings.length(of: file), into: part, progress)
        defer { if let tag = receiver.entityTag { entityTag = tag } }
        try await connection.get(settings.bucket.fileAddress(name: file.name), fields: fields, to: receiver)
        guard part.count >= end else { throw .temporary("the response ended") }
    }

    /// Verifies a file and renames it to its final name.
    private func finish(_ file: ListedFile, _ part: PartialFile) throws(TransferError) {
        if settings.isWhole(file) {
            let md5 = try Self.attempt { () throws(DataError) in try part.md5() }
            guard md5 == file.md5 else { throw .changed("has MD5 \(md5); expected \(file.md5), as listed") }
        } else {
            var finder = LastRecordFinder(settings.format)
            try Self.attempt { () throws(DataError) in try part.forEachChunk { finder.scan($0) } }
            guard finder.end > 0 else {
                try Self.attempt { () throws(DataError) in try part.remove() }
                throw .permanent(
                    "the first \(part.count) bytes do not contain a complete drawing; expected a longer sample")
            }
            try Self.attempt { () throws(DataError) in try part.truncate(to: finder.end) }
        }
        try Self.attempt { () throws(DataError) in try part.commit() }
    }

    private static func attempt<Result>(
        _ transferError: (DataError) -> TransferError = TransferError.file, _ body: () throws(DataError) -> Result
    ) throws(TransferError) -> Result {
        do {
            return try body()
        } catch {
            throw transferError(error)
        }
    }
}
