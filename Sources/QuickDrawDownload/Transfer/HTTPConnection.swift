import FileAccess
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends one HTTP request at a time, over a connection that is kept open.
///
/// This is the only type that uses Foundation. It allows for URLSession on Linux, which ignores the delegate's reply to
/// a response, has no back-pressure (so request a large file in chunks: bytes that were not yet received are kept in
/// memory), and supports only timeouts in whole seconds.
final class HTTPConnection: Sendable {
    private let session: URLSession
    private let relay = Relay()
    private let timeout: Int

    /// - Parameter timeout: The maximum time without a byte from the server, in seconds.
    init(timeout: Int) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = Double(timeout)
        configuration.urlCache = nil
        configuration.httpCookieAcceptPolicy = .never
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 1
        session = URLSession(configuration: configuration, delegate: relay, delegateQueue: queue)
        self.timeout = timeout
    }

    deinit {
        session.invalidateAndCancel()
    }

    /// Sends a GET request for an address.
    ///
    /// - Throws: An error of the receiver, or the reason why the response is incomplete.
    func get(_ address: String, fields: [String: String] = [:], to receiver: any HTTPReceiver)
        async throws(TransferError)
    {
        guard let url = URL(string: address) else { throw .permanent("not an address") }
        var request = URLRequest(url: url)
        // Compression would change lengths and ranges.
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        let ending = await withCheckedContinuation { continuation in
            relay.begin(Exchange(receiver: receiver, continuation: continuation))
            session.dataTask(with: request).resume()
        }
        switch ending {
        case .complete: return
        case .error(let error): throw error
        case .failure(let code, let text): throw Self.error(code, text, timeout: timeout)
        }
    }

    /// Translates an error of URLSession.
    ///
    /// On Linux, many errors have the code `unknown` and a text of curl; some have an inaccurate code.
    private static func error(_ code: URLError.Code, _ text: String, timeout: Int) -> TransferError {
        switch code {
        case .timedOut: .temporary("no answer for \(timeout) s")
        case .cannotFindHost, .dnsLookupFailed: .temporary("the host is not found")
        case .cannotConnectToHost: .temporary("no connection to the host")
        case .notConnectedToInternet: .temporary("no connection to the network")
        case .networkConnectionLost: .temporary("the connection broke")
        // An empty response.
        case .badServerResponse: .temporary("the connection broke before an answer")
        // The scheme of the request was checked: that of the response is unsupported.
        case .cannotParseResponse, .unsupportedURL: .temporary("the answer is not HTTP")
        case .httpTooManyRedirects: .permanent("redirected too many times")
        case .badURL: .permanent("not an address")
        case .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot,
            .serverCertificateNotYetValid:
            .permanent("the host's certificate is not trusted")
        case _ where text.contains("certificate"): .permanent("the host's certificate is not trusted (\(text))")
        default: .temporary("the connection broke (\(text))")
        }
    }
}

/// A request in progress.
private struct Exchange: Sendable {
    let receiver: any HTTPReceiver
    let continuation: CheckedContinuation<Ending, Never>
    /// Whether the receiver has the header fields.
    var hasBegun = false
    /// The result, if the receiver ended the exchange before the server did.
    var ending: Ending?
}

private enum Ending: Sendable {
    case complete
    case error(TransferError)
    case failure(URLError.Code, String)
}

/// Forwards the callbacks of URLSession.
private final class Relay: NSObject, URLSessionDataDelegate {
    private let exchange = Mutex<Exchange?>(nil)

    func begin(_ next: Exchange) {
        exchange.withLock { $0 = next }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        completionHandler(begin(response, of: dataTask) ? .allow : .cancel)
    }

    private func begin(_ response: URLResponse?, of task: URLSessionTask) -> Bool {
        exchange.withLock { $0?.hasBegun = true }
        return forward(task) { receiver throws(TransferError) in
            guard let response = response as? HTTPURLResponse else { throw .permanent("the answer is not HTTP") }
            try receiver.begin(
                HTTPResponse(status: response.statusCode) { response.value(forHTTPHeaderField: $0) })
            return true
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        _ = forward(dataTask) { receiver throws(TransferError) in
            for region in data.regions {
                let (needsMore, error): (Bool, TransferError?) = region.withUnsafeBytes { bytes in
                    do throws(TransferError) {
                        return (try receiver.receive(bytes), nil)
                    } catch {
                        return (false, error)
                    }
                }
                if let error { throw error }
                if !needsMore { return false }
            }
            return true
        }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        // A secure request is not redirected to an insecure connection.
        let isDowngrade = task.originalRequest?.url?.scheme == "https" && request.url?.scheme != "https"
        completionHandler(isDowngrade ? nil : request)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        // On Linux, the header of a failed redirection is not reported.
        if error == nil, exchange.withLock({ $0?.hasBegun == false }) { _ = begin(task.response, of: task) }
        let ended = exchange.withLock { exchange in
            defer { exchange = nil }
            return exchange
        }
        let failure = error.map { error in
            let line = error.localizedDescription.split(whereSeparator: \.isNewline).joined(separator: " ")
            return Ending.failure((error as? URLError)?.code ?? .unknown, line)
        }
        ended?.continuation.resume(returning: ended?.ending ?? failure ?? .complete)
    }

    /// Calls the receiver; ends the exchange and returns false if it needs no more.
    private func forward(
        _ task: URLSessionTask, _ body: (any HTTPReceiver) throws(TransferError) -> Bool
    ) -> Bool {
        // Bytes that arrived before the exchange ended are still reported.
        guard let current = exchange.withLock({ $0 }), current.ending == nil else { return false }
        let ending: Ending
        do throws(TransferError) {
            if try body(current.receiver) { return true }
            ending = .complete
        } catch {
            ending = .error(error)
        }
        exchange.withLock { $0?.ending = ending }
        task.cancel()
        return false
    }
}
