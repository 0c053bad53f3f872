import CHTTPTransfer
import Dispatch

/// Sends one HTTP request at a time, over a connection that is kept open.
///
/// libcurl does the work, as it bounds everything that comes from a server: it reads no more than was received, and ends
/// a transfer that is too slow, takes too long, or is redirected too often. (URLSession on Linux keeps all bytes that
/// arrive in memory, and uses a whole core while it waits.)
@safe
final class HTTPConnection: Sendable {
    /// The smallest average speed over the timeout, in bytes per second.
    static let minimumSpeed = 100

    /// libcurl waits on this thread, and not on one of Swift's.
    private let queue = DispatchQueue(label: "download")
    private let timeout: Int
    // Used on the queue alone.
    private nonisolated(unsafe) let transfer: OpaquePointer?

    /// - Parameter timeout: The maximum time without a byte from the server, in seconds.
    init(timeout: Int) {
        self.timeout = timeout
        unsafe transfer = qdtransfer_create()
    }

    deinit {
        if let transfer = unsafe transfer { unsafe qdtransfer_destroy(transfer) }
    }

    /// Sends a GET request for an address.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - fields: Header fields of the request.
    ///   - timeLimit: The maximum time that it may take; nil for any time at the minimum speed.
    ///   - receiver: Receives the response.
    /// - Throws: An error of the receiver, or the reason why the response is incomplete.
    func get(
        _ address: String, fields: [String: String] = [:], timeLimit: Duration? = nil, to receiver: any HTTPReceiver
    ) async throws(TransferError) {
        let result: Result<Void, TransferError> = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(
                    returning: self.perform(address, fields: fields, timeLimit: timeLimit, receiver))
            }
        }
        try result.get()
    }

    private func perform(
        _ address: String, fields: [String: String], timeLimit: Duration?, _ receiver: any HTTPReceiver
    ) -> Result<Void, TransferError> {
        guard let transfer = unsafe transfer else { return .failure(.permanent("cannot be requested: out of memory")) }
        let exchange = unsafe Exchange(of: transfer, receiver: receiver)
        // Compression would change lengths and ranges.
        let lines = ["Accept-Encoding: identity"] + fields.map { "\($0): \($1)" }
        let ending = unsafe Self.withCStrings(lines[...]) { fields in
            unsafe address.withCString { address in
                unsafe fields.withUnsafeBufferPointer { fields in
                    var request = unsafe qdtransfer_request()
                    unsafe request.address = address
                    unsafe request.fields = fields.baseAddress
                    unsafe request.field_count = fields.count
                    unsafe request.timeout = timeout
                    unsafe request.minimum_speed = Self.minimumSpeed
                    unsafe request.time_limit = timeLimit.map { max(1, Int($0 / .milliseconds(1))) } ?? 0
                    unsafe request.context = Unmanaged.passUnretained(exchange).toOpaque()
                    unsafe request.header = { context, line, count in
                        guard let context = unsafe context, let line = unsafe line else { return }
                        let bytes = unsafe UnsafeRawBufferPointer(start: line, count: count)
                        unsafe Exchange.from(context).receiveHeader(String(decoding: bytes, as: UTF8.self))
                    }
                    unsafe request.body = { context, bytes, count in
                        guard let context = unsafe context else { return 0 }
                        return unsafe Exchange.from(context).receive(UnsafeRawBufferPointer(start: bytes, count: count))
                            ? 1 : 0
                    }
                    return unsafe qdtransfer_get(transfer, &request)
                }
            }
        }
        if let error = exchange.error { return .failure(error) }
        switch ending {
        case qdtransfer_complete:
            // A response without a body.
            exchange.begin()
            return exchange.error.map { .failure($0) } ?? .success(())
        case qdtransfer_stopped: return .success(())
        default:
            let message = unsafe qdtransfer_message(transfer).map { unsafe String(cString: $0) } ?? ""
            return .failure(error(ending, message, exchange, isLimited: timeLimit != nil))
        }
    }

    private func error(
        _ ending: qdtransfer_ending, _ message: String, _ exchange: Exchange, isLimited: Bool
    ) -> TransferError {
        switch ending {
        case qdtransfer_invalid_address: return .permanent("not an address")
        case qdtransfer_no_host: return .temporary("the host is not found")
        case qdtransfer_no_connection: return .temporary("no connection to the host")
        case qdtransfer_timed_out:
            if isLimited, message.contains("milliseconds") { return .slow("takes too long") }
            let isSilent = exchange.secondsSinceLastByte >= Double(timeout) - 0.5
            return isSilent
                ? .temporary("no answer for \(timeout) s")
                : .slow("fewer than \(Self.minimumSpeed) bytes per second for \(timeout) s")
        case qdtransfer_no_response: return .temporary("the connection broke before an answer")
        case qdtransfer_broken: return .temporary("the connection broke")
        case qdtransfer_not_http: return .temporary("the answer is not HTTP")
        case qdtransfer_too_many_redirections: return .permanent("redirected too many times")
        case qdtransfer_insecure_redirection: return .permanent("redirected to an insecure connection")
        case qdtransfer_untrusted: return .permanent("the host's certificate is not trusted")
        default: return .temporary("the connection broke (\(message))")
        }
    }

    /// Calls `body` with the texts as C strings.
    private static func withCStrings<Result>(
        _ texts: ArraySlice<String>, _ pointers: [UnsafePointer<CChar>?] = unsafe [],
        _ body: ([UnsafePointer<CChar>?]) -> Result
    ) -> Result {
        guard let first = texts.first else { return unsafe body(pointers) }
        return unsafe first.withCString { unsafe withCStrings(texts.dropFirst(), pointers + [$0], body) }
    }
}

/// A request in progress.
@safe
private final class Exchange {
    private let transfer: OpaquePointer
    private let receiver: any HTTPReceiver
    /// The header fields of the latest response; names in lower case.
    private var fields: [String: String] = [:]
    /// Whether the receiver has the header fields.
    private var hasBegun = false
    private var lastByte = ContinuousClock.now
    /// The receiver's error.
    private(set) var error: TransferError?

    init(of transfer: OpaquePointer, receiver: any HTTPReceiver) {
        unsafe self.transfer = transfer
        self.receiver = receiver
    }

    static func from(_ context: UnsafeMutableRawPointer) -> Exchange {
        unsafe Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    }

    var secondsSinceLastByte: Double { (ContinuousClock.now - lastByte) / .seconds(1) }

    func receiveHeader(_ line: String) {
        lastByte = ContinuousClock.now
        if line.hasPrefix("HTTP/") {
            fields = [:]
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...]
            fields[line[..<colon].lowercased()] = String(value.drop(while: \.isWhitespace).prefix { !$0.isNewline })
        }
    }

    /// Passes the header fields on, once.
    func begin() {
        guard !hasBegun else { return }
        hasBegun = true
        do throws(TransferError) {
            try unsafe receiver.begin(
                HTTPResponse(status: qdtransfer_status(transfer)) { fields[$0.lowercased()] })
        } catch {
            self.error = error
        }
    }

    /// Passes bytes on; false if no more are needed.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        lastByte = ContinuousClock.now
        begin()
        guard error == nil else { return false }
        do throws(TransferError) {
            return try unsafe receiver.receive(bytes)
        } catch {
            self.error = error
            return false
        }
    }
}
