/// What an attempt says when it throws; nil if it does not.
public func complaint(_ attempt: () throws -> Void) -> String? {
    do {
        try attempt()
        return nil
    } catch {
        return "\(error)"
    }
}

/// The same for work that waits.
public func complaint(_ attempt: () async throws -> Void) async -> String? {
    do {
        try await attempt()
        return nil
    } catch {
        return "\(error)"
    }
}
