import Foundation
import Harness
import ObjectStorage
import TestSupport
import Testing

@testable import Service

/// Pages of a list that changes while it is read, and tokens that nobody may make.
@Suite struct PageTests {
    private let project: TemporaryProject

    init() throws { project = try TemporaryProject() }

    private func account(_ id: String = Workspace.standardAccount) -> Account {
        let folder = project.root.appending(path: id)
        return Account(
            id: id, workspace: Workspace(root: folder, account: id), buckets: .folder(LocalBuckets(folder: folder)))
    }

    private func page(_ all: [Int], _ members: [String: InputValue], _ token: PageToken) throws -> Page<Int> {
        try Page(of: all, Input(members: members), token) { PagePlace(milliseconds: $0 / 10, name: "\($0)") }
    }

    private func pages(_ all: [Int], of size: Int) throws -> [[Int]] {
        let token = try PageToken(.listMediaAnalysisJobs, of: account())
        var pages: [[Int]] = []
        var next: String?
        repeat {
            var members: [String: InputValue] = ["MaxResults": .integer(size)]
            members["NextToken"] = next.map { .text($0) }
            let page = try page(all, members, token)
            pages.append(page.items)
            next = page.nextToken
        } while next != nil
        return pages
    }

    /// Ten share a moment each, so pages end within a moment too.
    @Test(arguments: [1, 3, 10, 99, 100])
    func pagesTogetherAreTheListNewestFirst(size: Int) throws {
        let pages = try pages((100..<200).shuffled(), of: size)
        let expected = stride(from: 190, through: 100, by: -10).flatMap { Array($0..<($0 + 10)) }
        #expect(pages.flatMap { $0 } == expected)
        #expect(pages.dropLast().allSatisfy { $0.count == size })
        #expect(try self.pages([], of: size) == [[]])
    }

    @Test func whatComesAndGoesBetweenPagesMovesNothingElse() throws {
        let token = try PageToken(.listMediaAnalysisJobs, of: account())
        let first = try page([10, 20, 30, 40, 50], ["MaxResults": .integer(2)], token)
        #expect(first.items == [50, 40])
        let next = try #require(first.nextToken)
        // 40, where the page ended, is gone; 60 and 35 are new.
        let second = try page([10, 20, 30, 35, 50, 60], ["NextToken": .text(next)], token)
        #expect(second.items == [30, 35, 20, 10])
        #expect(second.nextToken == nil)
    }

    @Test func aTokenIsForOneListOfOneAccount() throws {
        let place = PagePlace(milliseconds: 1_700_000_000_123, name: "project/é:1")
        let token = try PageToken(.describeProjectVersions, query: ["a", "bc"], of: account())
        let text = token.text(place)
        #expect(try PageToken(.describeProjectVersions, query: ["a", "bc"], of: account()).place(text) == place)
        for other in [
            try PageToken(.describeProjects, query: ["a", "bc"], of: account()),
            try PageToken(.describeProjectVersions, query: ["ab", "c"], of: account()),
            try PageToken(.describeProjectVersions, query: ["a", "bc"], of: account("123456789012")),
        ] {
            #expect(throws: ServiceError.self) { try other.place(text) }
        }
    }

    @Test func aForgedTokenIsRefused() throws {
        let token = try PageToken(.listMediaAnalysisJobs, of: account())
        let text = token.text(PagePlace(milliseconds: 1, name: "job"))
        var forged = ["", "=", "a", String(text.dropLast(4)), text + "AAAA", String(repeating: "é", count: 40)]
        for index in text.indices {
            forged.append(text.replacingCharacters(in: index...index, with: text[index] == "A" ? "B" : "A"))
        }
        for other in forged {
            let error = #expect(throws: ServiceError.self) { try token.place(other) }
            #expect(error?.code == .invalidPaginationToken)
        }
        #expect(text.utf8.count <= 1024 && text.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil)
    }

    @Test func allThreadsMakeOneKey() async throws {
        let account = account()
        let place = PagePlace(milliseconds: 1, name: "job")
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try PageToken(.describeProjects, of: account).text(place) } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(texts.count == 1)
    }
}
