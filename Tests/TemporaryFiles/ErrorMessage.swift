import FileAccess

/// The message of the `DataError` that `body` throws; nil if it throws nothing.
public func message(of body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch let error as DataError {
        return error.description
    } catch {
        return "not a DataError: \(error)"
    }
}
