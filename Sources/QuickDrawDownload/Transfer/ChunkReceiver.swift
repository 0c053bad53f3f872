import FileAccess
import Synchronization

/// Appends the response to a request for a chunk of a file to the received part of the file.
final class ChunkReceiver: HTTPReceiver {
    private let file: ListedFile
    private let length: Int
    private let part: PartialFile
    private let progress: TransferProgress
    private let tag = Mutex<String?>(nil)

    /// - Parameter length: The number of requested bytes from the start of the file; bytes after those are dropped.
    init(of file: ListedFile, length: Int, into part: PartialFile, _ progress: TransferProgress) {
        self.file = file
        self.length = length
        self.part = part
        self.progress = progress
    }

    /// The version of the file from which the response is.
    var entityTag: String? { tag.withLock { $0 } }

    func begin(_ response: HTTPResponse) throws(TransferError) {
        if let md5 = response.md5, md5 != file.md5, response.status < 300 {
            throw .changed("has MD5 \(md5); expected \(file.md5), as listed")
        }
        switch response.status {
        case 206:
            guard let range = response.contentRange else {
                throw .temporary("a partial response without Content-Range")
            }
            if let size = range.size, size != file.size { throw wrongSize(size) }
            guard range.start == part.count else {
                throw .temporary("a partial response from byte \(range.start); expected from \(part.count)")
            }
        case 200:
            if let size = response.contentLength, size != file.size { throw wrongSize(size) }
            // The server does not support ranges, or the file has changed since the previous chunk.
            let dropped = part.count
            do throws(DataError) { try part.restart() } catch { throw .file(error) }
            progress.add(dropped)
        case 416: throw .changed("\(response.statusText) at byte \(part.count) of \(file.size)")
        case 408, 429, 500...599:
            throw .temporary("\(response.statusText)", retryAfter: response.retryAfter)
        default: throw .permanent("\(response.statusText); expected 200 or 206")
        }
        tag.withLock { $0 = response.entityTag }
    }

    private func wrongSize(_ size: Int) -> TransferError {
        .changed("has \(size) bytes; expected \(file.size), as listed")
    }

    func receive(_ bytes: UnsafeRawBufferPointer) throws(TransferError) -> Bool {
        let count = min(bytes.count, length - part.count)
        do throws(DataError) {
            try unsafe part.append(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        } catch {
            throw .file(error)
        }
        progress.receive(count)
        return count == bytes.count
    }
}
