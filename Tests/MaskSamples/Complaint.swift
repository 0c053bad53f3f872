/// Returns the description of the error that `attempt` throws; nil if it succeeds.
public func complaint(_ attempt: () throws -> Void) -> String? {
    do {
        try attempt()
        return nil
    } catch {
        return "\(error)"
    }
}

/// Returns the description of the error that an asynchronous `attempt` throws; nil if it succeeds.
public func complaint(_ attempt: () async throws -> Void) async -> String? {
    do {
        try await attempt()
        return nil
    } catch {
        return "\(error)"
    }
}
