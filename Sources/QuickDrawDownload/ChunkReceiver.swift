import FileAccess
import Synchronization

/// Puts the answers of one question for a piece of a file at the end of what has come of it.
final class ChunkReceiver: HTTPReceiver {
    private let file: ListedFile
    private let length: Int
    private let part: PartialFile
    private let progress: TransferProgress
    private let tag = Mutex<String?>(nil)

    /// - Parameter length: how many bytes of the file are wanted, from its start; what comes behind them is not taken.
    init(of file: ListedFile, length: Int, into part: PartialFile, _ progress: TransferProgress) {
        self.file = file
        self.length = length
        self.part = part
        self.progress = progress
    }

    /// Names the version of the file that the answer is from.
    var entityTag: String? { tag.withLock { $0 } }

    func begin(_ response: HTTPResponse) throws(TransferFault) {
        if let md5 = response.md5, md5 != file.md5, response.status < 300 {
            throw .changed("has MD5 \(md5); expected \(file.md5), as listed")
        }
        switch response.status {
        case 206:
            guard let range = response.contentRange else { throw .passing("a piece without its place (Content-Range)") }
            if let size = range.size, size != file.size { throw wrongSize(size) }
            guard range.start == part.count else {
                throw .passing("a piece from byte \(range.start); expected from \(part.count)")
            }
        case 200:
            if let size = response.contentLength, size != file.size { throw wrongSize(size) }
            // The server knows no ranges, or the file has changed since the piece before.
            let dropped = part.count
            do throws(DataError) { try part.restart() } catch { throw .file(error) }
            progress.want(dropped)
        case 416: throw .changed("\(response.statusText) at byte \(part.count) of \(file.size)")
        case 408, 429, 500...599:
            throw .passing("\(response.statusText)", retryAfter: response.retryAfter)
        default: throw .lasting("\(response.statusText); expected 200 or 206")
        }
        tag.withLock { $0 = response.entityTag }
    }

    private func wrongSize(_ size: Int) -> TransferFault {
        .changed("has \(size) bytes; expected \(file.size), as listed")
    }

    func receive(_ bytes: UnsafeRawBufferPointer) throws(TransferFault) -> Bool {
        let expected = min(bytes.count, length - part.count)
        do throws(DataError) {
            try part.append(UnsafeRawBufferPointer(rebasing: bytes[..<expected]))
        } catch {
            throw .file(error)
        }
        progress.came(expected)
        return expected == bytes.count
    }
}
