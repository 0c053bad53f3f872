import FileAccess
import SystemPackage

/// The way of files from the bucket to their final names, one after the other on one connection.
struct FileDownload: Sendable {
    let settings: Download.Settings
    let connection: HTTPConnection
    let progress: TransferProgress
    /// Told of every failure after which a file is tried again.
    let report: @Sendable (String) -> Void
    /// Looks a file up again; nil if it is not listed any more.
    let look: @Sendable (ListedFile) async throws(DownloadError) -> ListedFile?

    enum Outcome: Hashable, Sendable {
        case fetched, alreadyThere, interrupted
    }

    /// Why a file did not come.
    struct Failure: Error, Hashable, Sendable {
        let error: DownloadError
        /// Whether other files would fare no better.
        let isGeneral: Bool
    }

    /// How many bytes are asked for at a time: what bounds the memory, see `HTTPConnection`.
    private static let pieceLength = 16 << 20
    /// How many times a file may be other than the listing says.
    private static let mismatchLimit = 3

    /// Fetches a file, unless it is there already.
    func run(_ listed: ListedFile) async throws(Failure) -> Outcome {
        var file = listed
        var mismatches = 0
        while true {
            var part: PartialFile?
            do throws(TransferFault) {
                if try isThere(file) {
                    progress.want(-settings.length(of: file))
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
                    throw failure(.lasting("\(problem), \(mismatches) times"), of: file, part)
                }
                report("\(settings.path(of: file)): \(problem); looking it up again")
                file = try await lookAgain(file, problem)
            }
        }
    }

    private func drop(_ part: PartialFile, of file: ListedFile) throws(Failure) {
        let count = part.count
        do throws(TransferFault) {
            try Self.attempt { () throws(DataError) in try part.restart() }
        } catch {
            throw failure(error, of: file, part)
        }
        progress.want(count)
    }

    /// What the listing says of the file now.
    private func lookAgain(_ file: ListedFile, _ problem: String) async throws(Failure) -> ListedFile {
        let current: ListedFile?
        do {
            current = try await look(file)
        } catch {
            throw Failure(error: error, isGeneral: true)
        }
        guard let current else {
            throw failure(.lasting("\(problem), and it is not listed any more"), of: file, nil)
        }
        progress.want(settings.length(of: current) - settings.length(of: file))
        return current
    }

    private func failure(_ fault: TransferFault, of file: ListedFile, _ part: PartialFile?) -> Failure {
        progress.want((part?.count ?? 0) - settings.length(of: file))
        let address = settings.bucket.fileAddress(name: file.name)
        switch fault {
        case .passing(let problem, _): return Failure(error: .address(address, problem: problem), isGeneral: true)
        case .lasting(let problem), .changed(let problem):
            return Failure(error: .address(address, problem: problem), isGeneral: false)
        case .file(let error): return Failure(error: .file(error), isGeneral: true)
        case .occupied(let error): return Failure(error: .file(error), isGeneral: false)
        }
    }

    /// Whether the file is there under its final name, complete.
    private func isThere(_ file: ListedFile) throws(TransferFault) -> Bool {
        let path = settings.path(of: file)
        return try Self.attempt(TransferFault.occupied) { () throws(DataError) in
            switch try path.kind() {
            case nil: return false
            case .file: break
            case .folder, .other: throw DataError(path, "is there, and no file; expected a file's place")
            }
            // Where the last whole record of a sample ends is known only when it has come.
            guard settings.isWhole(file) else { return !settings.replaces }
            let size = try path.fileSize()
            let md5 = size == file.size ? try path.md5() : nil
            if md5 == file.md5 || settings.replaces { return md5 == file.md5 }
            let found = md5.map { "has MD5 \($0); expected \(file.md5)" } ?? "has \(size) bytes; expected \(file.size)"
            throw DataError(path, "\(found), as \(file.name) has, or --overwrite")
        }
    }

    private func open(_ file: ListedFile) throws(TransferFault) -> PartialFile {
        let part = try Self.attempt(TransferFault.occupied) { () throws(DataError) in
            try PartialFile(settings.path(of: file), md5: file.md5, limit: settings.length(of: file))
        }
        progress.want(-part.count)
        return part
    }

    /// Fetches what is missing of the file, with as many tries as that takes; false if the task was cancelled.
    private func fetch(_ file: ListedFile, into part: PartialFile) async throws(TransferFault) -> Bool {
        let length = settings.length(of: file)
        var failures = 0
        var furthest = part.count
        var doneBefore = progress.done
        var entityTag: String?
        while part.count < length {
            if Task.isCancelled { return false }
            do throws(TransferFault) {
                try await fetchPiece(of: file, into: part, &entityTag)
            } catch {
                guard case .passing(let problem, let retryAfter) = error else { throw error }
                if part.count >= length { break }
                // A server that sends the same beginning again and again makes no progress.
                if part.count > furthest { (failures, furthest) = (0, part.count) }
                if failures == 0 { doneBefore = progress.done }
                failures += 1
                let place = part.count > 0 ? "\(problem) after \(part.count) of \(length) bytes" : problem
                guard let pause = settings.retries.pause(afterFailure: failures, wished: .seconds(retryAfter ?? 0))
                else {
                    let text = failures == 1 ? place : "\(place), \(failures) times in a row"
                    // If nothing came for anybody, it is not this file.
                    throw progress.done == doneBefore ? .passing(text) : .lasting(text)
                }
                report("\(settings.path(of: file)): \(place); trying again")
                do { try await Task.sleep(for: pause) } catch { return false }
            }
        }
        return true
    }

    private func fetchPiece(
        of file: ListedFile, into part: PartialFile, _ entityTag: inout String?
    ) async throws(TransferFault) {
        let start = part.count
        let end = min(start + Self.pieceLength, settings.length(of: file))
        var fields = ["Range": "bytes=\(start)-\(end - 1)"]
        // If the file has changed since the first piece came, all of it comes instead of a piece.
        if start > 0, let entityTag { fields["If-Range"] = entityTag }
        let receiver = ChunkReceiver(of: file, length: settings.length(of: file), into: part, progress)
        defer { if let tag = receiver.entityTag { entityTag = tag } }
        try await connection.get(settings.bucket.fileAddress(name: file.name), fields: fields, to: receiver)
        guard part.count >= end else { throw .passing("the answer ended") }
    }

    /// Verifies what has come, and gives it its final name.
    private func finish(_ file: ListedFile, _ part: PartialFile) throws(TransferFault) {
        if settings.isWhole(file) {
            let md5 = try Self.attempt { () throws(DataError) in try part.md5() }
            guard md5 == file.md5 else { throw .changed("has MD5 \(md5); expected \(file.md5), as listed") }
        } else {
            var cut = SampleCut(settings.form)
            try Self.attempt { () throws(DataError) in try part.forEachPart { cut.scan($0) } }
            guard cut.end > 0 else {
                try Self.attempt { () throws(DataError) in try part.remove() }
                throw .lasting("the first \(part.count) bytes hold no whole drawing; expected more bytes")
            }
            try Self.attempt { () throws(DataError) in try part.cut(to: cut.end) }
        }
        try Self.attempt { () throws(DataError) in try part.commit() }
    }

    private static func attempt<Result>(
        _ fault: (DataError) -> TransferFault = TransferFault.file, _ body: () throws(DataError) -> Result
    ) throws(TransferFault) -> Result {
        do {
            return try body()
        } catch {
            throw fault(error)
        }
    }
}
