internal import Moderation
internal import ObjectStorage

/// Reads accounts, going on after each finding so that all are found.
struct CredentialsReader {
    let root: YAMLValue
    private(set) var findings: [Finding] = []

    init(root: YAMLValue) { self.root = root }

    mutating func read() -> Credentials {
        var checker = ShapeChecker()
        checker.check(root.withoutSecrets, CredentialsFile.shape, name: "")
        findings += checker.findings
        let accounts = root["accounts"]?.elements ?? []
        for account in accounts { check(account) }
        let keys = accounts.flatMap { $0["keys"]?.elements ?? [] }
        checkUnique(accounts.compactMap { $0["id"] }, "two accounts have this `id`")
        checkUnique(keys.compactMap { $0["id"] }, "two access keys have this `id`")
        return Credentials(accounts: accounts.map(read))
    }

    private func read(_ account: YAMLValue) -> Credentials.Account {
        Credentials.Account(
            id: account["id"]?.text ?? "", name: account["name"]?.text,
            keys: (account["keys"]?.elements ?? []).map {
                AccessKey(id: $0["id"]?.text ?? "", secret: $0["secret"]?.text ?? "")
            },
            buckets: account["buckets"]?.elements.compactMap(\.text) ?? [],
            requestsPerSecond: account["requests_per_second"]?.number)
    }

    private mutating func check(_ account: YAMLValue) {
        check(account["id"], "an account's `id` is 12 digits", hint: "such as \"111122223333\"", Workspace.isAccount)
        for key in account["keys"]?.elements ?? [] {
            // What stands here in the wrong place may be a secret: it is never shown.
            check(key["id"], "an access key's `id` is 3 to 128 letters, digits, `_` and `-`") {
                $0.wholeMatch(of: /[A-Za-z0-9_\-]{3,128}/) != nil
            }
            check(
                key["secret"],
                "an access key's `secret` is 16 to 128 letters, digits and signs of ASCII, without spaces",
                hint: "`openssl rand -base64 30` makes one"
            ) { $0.wholeMatch(of: /[!-~]{16,128}/) != nil }
        }
        for bucket in account["buckets"]?.elements ?? [] {
            check(bucket, BucketName.rule, BucketName.isName)
        }
    }

    /// Reports the text `value` where it does not fit; what is no text, or empty, the shape has reported.
    private mutating func check(_ value: YAMLValue?, _ rule: String, hint: String? = nil, _ fits: (String) -> Bool) {
        guard let value, let text = value.text, !text.isEmpty, !fits(text) else { return }
        findings.append(Finding(rule, at: value.place, hint: hint))
    }

    private mutating func checkUnique(_ values: [YAMLValue], _ message: String) {
        var seen: Set<String> = []
        for value in values {
            guard let text = value.text, !seen.insert(text).inserted else { continue }
            findings.append(Finding(message, at: value.place))
        }
    }
}

extension YAMLValue {
    /// The value with `…` for each text under a key `keys`, and for each key there that is none of an access key's.
    fileprivate var withoutSecrets: YAMLValue { mapped(isSecret: false) }

    fileprivate func mapped(isSecret: Bool) -> YAMLValue {
        let content: Content =
            switch content {
            case .scalar(let text, _) where isSecret: .scalar(text.isEmpty ? "" : "…", isPlain: true)
            case .scalar: content
            case .list(let elements): .list(elements.map { $0.mapped(isSecret: isSecret) })
            case .mapping(let entries): .mapping(entries.map { $0.mapped(isSecret: isSecret) })
            }
        return YAMLValue(content: content, place: place)
    }
}

extension YAMLValue.Entry {
    fileprivate func mapped(isSecret: Bool) -> YAMLValue.Entry {
        let isKnown = !isSecret || ["id", "secret"].contains(key)
        return YAMLValue.Entry(
            key: isKnown ? key : "…", place: place, value: value.mapped(isSecret: isSecret || key == "keys"))
    }
}
