import JSONText

extension JSONValue {
    /// A member with different values; nil where it does not exist.
    typealias Difference = (member: String, stored: String?, current: String?)

    /// The first member of this object, or of an object in it, whose value in `other` is different or missing; otherwise
    /// one of an object in it, or one of those named `optional`, that only `other` has.
    func firstDifference(from other: JSONValue, optional: [StaticString] = []) -> Difference? {
        for member in members {
            let name = member.name.text
            guard let found = other.member(named: name) else { return (name, nil, member.value.compactText) }
            if member.value.kind == .object {
                if let difference = member.value.firstDifference(from: found) { return difference }
                // The members of a plan are also in a manifest, which has more; their objects must have the same members.
                if let extra = found.members.first(where: { member.value.member(named: $0.name.text) == nil }) {
                    return (extra.name.text, extra.value.compactText, nil)
                }
            } else if member.value.compactText != found.compactText {
                return (name, found.compactText, member.value.compactText)
            }
        }
        for name in optional where self[name] == nil {
            if let found = other[name] { return ("\(name)", found.compactText, nil) }
        }
        return nil
    }

    private func member(named name: String) -> JSONValue? {
        members.first { $0.name == name }?.value
    }
}
