import Foundation
import SystemPackage
import Testing

@testable import FileAccess

struct DataErrorTests {
    private let path = FilePath("masks/train")

    @Test func `an error is one line: where, and what was found`() {
        let error = DataError(path, "cannot be listed: Permission denied")
        #expect("\(error)" == "masks/train: cannot be listed: Permission denied")
    }

    @Test func `an attempt that fails keeps the cause`() {
        let error = #expect(throws: DataError.self) {
            try path.attempt("cannot be opened") { throw Errno.permissionDenied }
        }
        #expect(error.map { "\($0)" } == "masks/train: cannot be opened: Permission denied")
    }

    @Test func `an attempt that succeeds gives its result`() throws {
        let result = try path.attempt("cannot be opened") { 7 }
        #expect(result == 7)
    }

    @Test func `a call that answers −1 fails with what errno says`() {
        let error = #expect(throws: DataError.self) {
            try path.attempt("cannot be removed") {
                errno = ENOTEMPTY
                return -1
            }
        }
        #expect(error.map { "\($0)" } == "masks/train: cannot be removed: Directory not empty")
    }

    @Test func `a call that a signal interrupted is made again`() throws {
        var calls = 0
        try path.attempt("cannot be removed") {
            calls += 1
            errno = EINTR
            return calls < 3 ? -1 : 0
        }
        #expect(calls == 3)
    }
}
