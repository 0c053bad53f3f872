import FileAccess
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What an answer is handed to, part by part; on one thread at a time.
protocol HTTPReceiver: Sendable {
    /// Takes the head of the answer.
    func begin(_ response: HTTPResponse) throws(TransferFault)
    /// Takes the next bytes; false if no more are wanted.
    func receive(_ bytes: UnsafeRawBufferPointer) throws(TransferFault) -> Bool
}

/// Asks servers, one question at a time; the line stays open from one to the next.
///
/// The only place that sees Foundation. What URLSession does on Linux is taken into account: it ignores what the delegate
/// answers to a response, cannot be made to wait for the delegate (so ask for pieces of a large file, as what has come
/// and is not yet received lies in memory), and knows time limits in whole seconds only.
final class HTTPConnection: Sendable {
    private let session: URLSession
    private let relay = Relay()
    private let timeout: Int

    /// - Parameter timeout: how long a server may be silent, in seconds.
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

    /// Gets what is at an address.
    ///
    /// - Throws: what the receiver throws, or what kept the answer from coming to its end.
    func get(_ address: String, fields: [String: String] = [:], to receiver: any HTTPReceiver)
        async throws(TransferFault)
    {
        guard let url = URL(string: address) else { throw .lasting("not an address") }
        var request = URLRequest(url: url)
        // A compressed answer has other lengths and other ranges.
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        let ending = await withCheckedContinuation { continuation in
            relay.begin(Exchange(receiver: receiver, continuation: continuation))
            session.dataTask(with: request).resume()
        }
        switch ending {
        case .complete: return
        case .fault(let fault): throw fault
        case .failure(let code, let text): throw Self.fault(code, text, timeout: timeout)
        }
    }

    /// What URLSession tells, in our words.
    ///
    /// On Linux many causes have the code `unknown` and curl's words; some have a code that is not quite theirs.
    private static func fault(_ code: URLError.Code, _ text: String, timeout: Int) -> TransferFault {
        switch code {
        case .timedOut: .passing("no answer for \(timeout) s")
        case .cannotFindHost, .dnsLookupFailed: .passing("the host is not found")
        case .cannotConnectToHost: .passing("no connection to the host")
        case .notConnectedToInternet: .passing("no connection to the network")
        case .networkConnectionLost: .passing("the connection broke")
        // An answer without a byte.
        case .badServerResponse: .passing("the connection broke before an answer")
        // The scheme has been looked at: it is the answer's that is not supported.
        case .cannotParseResponse, .unsupportedURL: .passing("the answer is not HTTP")
        case .httpTooManyRedirects: .lasting("redirected too many times")
        case .badURL: .lasting("not an address")
        case .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot,
            .serverCertificateNotYetValid:
            .lasting("the host's certificate is not trusted")
        case _ where text.contains("certificate"): .lasting("the host's certificate is not trusted (\(text))")
        default: .passing("the connection broke (\(text))")
        }
    }
}

/// A question on its way.
private struct Exchange: Sendable {
    let receiver: any HTTPReceiver
    let continuation: CheckedContinuation<Ending, Never>
    /// Whether the head of the answer has been handed on.
    var hasBegun = false
    /// How it ended before the server's end came.
    var ending: Ending?
}

private enum Ending: Sendable {
    case complete
    case fault(TransferFault)
    case failure(URLError.Code, String)
}

/// Hands on what URLSession tells.
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
        return hand(task) { receiver throws(TransferFault) in
            guard let response = response as? HTTPURLResponse else { throw .lasting("the answer is not HTTP") }
            try receiver.begin(
                HTTPResponse(status: response.statusCode) { response.value(forHTTPHeaderField: $0) })
            return true
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        _ = hand(dataTask) { receiver throws(TransferFault) in
            for region in data.regions {
                let fault: TransferFault?
                var isWanted = true
                (isWanted, fault) = region.withUnsafeBytes { bytes in
                    do throws(TransferFault) {
                        return (try receiver.receive(bytes), nil)
                    } catch {
                        return (false, error)
                    }
                }
                if let fault { throw fault }
                if !isWanted { return false }
            }
            return true
        }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        // What was asked for over a secure connection does not come over another.
        let isWorse = task.originalRequest?.url?.scheme == "https" && request.url?.scheme != "https"
        completionHandler(isWorse ? nil : request)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        // On Linux the head of a redirection that leads nowhere is not told.
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

    /// Has the receiver take something, and ends the exchange if it wants no more; whether it does.
    private func hand(
        _ task: URLSessionTask, _ body: (any HTTPReceiver) throws(TransferFault) -> Bool
    ) -> Bool {
        // What had come already before the exchange was ended is still told.
        guard let current = exchange.withLock({ $0 }), current.ending == nil else { return false }
        let ending: Ending
        do throws(TransferFault) {
            if try body(current.receiver) { return true }
            ending = .complete
        } catch {
            ending = .fault(error)
        }
        exchange.withLock { $0?.ending = ending }
        task.cancel()
        return false
    }
}
