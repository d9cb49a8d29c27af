/// Part of a list, the newest items first.
struct Page<Item> {
    /// At most as many as were asked for.
    let items: [Item]
    /// What to ask for the next page with; `nil` on the last.
    let nextToken: String?

    /// The page of `all`, in any order, that `input` asks for with `NextToken` and `MaxResults` (100 where it says none).
    ///
    /// - Throws: `ServiceError` `.invalidPaginationToken`.
    init(of all: [Item], _ input: Input, _ token: PageToken, place: (Item) -> PagePlace) throws(ServiceError) {
        var listed = all.map { (place: place($0), item: $0) }
        if let text = input.text("NextToken") {
            let end = try token.place(text)
            listed.removeAll { $0.place <= end }
        }
        listed.sort { $0.place < $1.place }
        let limit = input.integer("MaxResults") ?? 100
        let page = listed.prefix(limit)
        items = page.map(\.item)
        nextToken = listed.count > limit ? page.last.map { token.text($0.place) } : nil
    }
}
