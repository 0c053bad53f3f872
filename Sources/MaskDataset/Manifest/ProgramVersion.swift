/// The version that files record. An export of another version cannot be resumed.
public let programVersion = "3.0.0"
