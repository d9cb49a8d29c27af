internal import Moderation

/// Which group each image of an experiment belongs to, as numbers: names are compared once for all trials.
struct ImageGroups {
    /// Of each image the number of its group, groups in the order in which they come first.
    private let numbers: [Int]
    private let count: Int

    init(of images: [TrialRecord.ImageEntry]) {
        numbers = images.map(\.group).numbered
        count = (numbers.max() ?? -1) + 1
    }

    /// The images at `places`, group by group, groups in the order in which they come first.
    func grouping(_ places: [Int]) -> [[Int]] {
        var positions = [Int](repeating: -1, count: count)
        var groups: [[Int]] = []
        for place in places {
            let number = numbers[place]
            if positions[number] < 0 {
                positions[number] = groups.count
                groups.append([])
            }
            groups[positions[number]].append(place)
        }
        return groups
    }
}
