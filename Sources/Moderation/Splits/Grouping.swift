extension Sequence {
    /// The elements of each key, keys in the order in which they come first.
    public func grouped<Key: Hashable>(by key: (Element) -> Key) -> [[Element]] {
        var numbers: [Key: Int] = [:]
        var groups: [[Element]] = []
        for element in self {
            let number = numbers[key(element), default: groups.count]
            if number == groups.count {
                numbers[key(element)] = number
                groups.append([])
            }
            groups[number].append(element)
        }
        return groups
    }
}

extension [String] {
    /// Of each text the number of its kind: equal texts have equal numbers, from 0 in order of their first places.
    public var numbered: [Int] {
        var numbers: [String: Int] = [:]
        return map { text in
            let number = numbers[text] ?? numbers.count
            numbers[text] = number
            return number
        }
    }
}
