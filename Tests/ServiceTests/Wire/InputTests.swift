import Foundation
import Testing

@testable import Service

/// What a body may be, and what is answered to those that are none.
@Suite struct InputTests {
    // Foundation has another.
    private typealias Operation = Service.Operation

    @Test func membersAreReadByTheirTypes() throws {
        let input = try Input(
            Data(
                #"""
                {"Image": {"Bytes": "aGVsbG8=", "S3Object": null}, "MinConfidence": 50, "Unknown": [[{}]],
                 "HumanLoopConfig": {"HumanLoopName": "a", "FlowDefinitionArn": "",
                                     "DataAttributes": {"ContentClassifiers": ["FreeOfAdultContent"]}}}
                """#.utf8), for: .detectModerationLabels)
        #expect(input["Image"]?.bytes("Bytes") == Array("hello".utf8))
        #expect(input["Image"]?["S3Object"] == nil)
        #expect(input.number("MinConfidence") == 50)
        #expect(input["HumanLoopConfig"]?["DataAttributes"]?.texts("ContentClassifiers") == ["FreeOfAdultContent"])
        #expect(input.text("Unknown") == nil)

        let page = try Input(Data(#"{"MaxResults": 100, "Tags": 1}"#.utf8), for: .describeProjects)
        #expect(page.integer("MaxResults") == 100)
        let tags = try Input(Data(#"{"ProjectName": "p", "Tags": {"a": "", "b": "é"}}"#.utf8), for: .createProject)
        #expect(tags.map("Tags") == ["a": "", "b": "é"])
        let datasets = try Input(
            Data(#"{"TestingData": {"AutoCreate": true, "Assets": [{}, {}]}, \#(Self.version)}"#.utf8),
            for: .createProjectVersion)
        #expect(datasets["TestingData"]?.boolean("AutoCreate") == true)
        #expect(datasets["TestingData"]?.list("Assets").count == 2)
    }

    private static let version =
        #""ProjectArn": "arn:aws:rekognition:a:111122223333:project/p/1", "VersionName": "v", "OutputConfig": {}"#

    /// The sentences of AWS's own validation, which its users know.
    @Test(arguments: [
        (
            #"{"ProjectName": "a b"}"#,
            #"1 validation error detected: Value 'a b' at 'projectName' failed to satisfy constraint: "#
                + #"Member must satisfy regular expression pattern: [a-zA-Z0-9_.\-]+"#
        ),
        (
            #"{"Feature": "X", "ProjectName": ""}"#,
            #"3 validation errors detected: Value '' at 'projectName' failed to satisfy constraint: "#
                + #"Member must have length greater than or equal to 1; "#
                + #"Value '' at 'projectName' failed to satisfy constraint: "#
                + #"Member must satisfy regular expression pattern: [a-zA-Z0-9_.\-]+; "#
                + #"Value 'X' at 'feature' failed to satisfy constraint: "#
                + #"Member must satisfy enum value set: [CONTENT_MODERATION, CUSTOM_LABELS]"#
        ),
        (
            #"{}"#,
            "1 validation error detected: Value null at 'projectName' failed to satisfy constraint: "
                + "Member must not be null"
        ),
    ])
    func violationsAreToldInTheWordsOfAWS(body: String, message: String) {
        #expect(Self.error(body, .createProject) == ServiceError(.invalidParameter, message))
    }

    @Test func longValuesAreShortenedAndManyViolationsCounted() throws {
        let names = (0..<10).map { "\"\($0)" + String(repeating: "é", count: 1000) + "\"" }.joined(separator: ",")
        let error = try #require(Self.error(#"{"ProjectNames": [\#(names)], "MaxResults": 101}"#, .describeProjects))
        #expect(error.message.hasPrefix("11 validation errors detected: Value '101' at 'maxResults'"))
        #expect(error.message.utf8.count < 3000)
    }

    @Test func imagesAboveTheLimitAreTooLargeAndNeverEchoed() {
        let image = { Data(repeating: 65, count: $0).base64EncodedString() }
        let body = { #"{"Image": {"Bytes": "\#(image($0))"}}"# }
        #expect(Self.error(body(5_242_880), .detectModerationLabels) == nil)
        #expect(
            Self.error(body(5_242_881), .detectModerationLabels)
                == ServiceError(.imageTooLarge, "Image size is too large."))
    }

    /// Bodies that are no JSON object in UTF-8, or whose JSON is a trap.
    static let hostile: [Data] =
        [
            "", " ", "null", "true", "1", "\"x\"", "[]", "{", "}", "{}{}", "{}x", "nul", "{\"a\"}", "{\"a\":}",
            "{'a':1}",
            "{\"ProjectName\":\"\u{1}\"}", "{\"ProjectName\":\"a\0b\"}", #"{"ProjectName":"\u0000"}"#,
            #"{"ProjectName":"\ud800"}"#, #"{"ProjectName":"\udc00\ud800"}"#, #"{"ProjectName":"\x41"}"#,
            #"{"ProjectName":"\u12"}"#, #"{"ProjectName":1e999}"#, #"{"ProjectName":NaN}"#, #"{"ProjectName":01}"#,
            "{\"ProjectName\":" + String(repeating: "[", count: 100_000),
            String(repeating: "{\"ProjectName\":", count: 100_000),
            "{\"x\":" + String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000) + "}",
        ].map { Data($0.utf8) } + [
            Data([0xFF, 0xFE]), Data([0xEF, 0xBB, 0xBF]), Data([0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D]),
            Data(#"{"ProjectName":"p"}"#.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
            Data(#"{"ProjectName":""#.utf8) + [0xC0, 0x80] + Data(#""}"#.utf8),
            Data(#"{"ProjectName":""#.utf8) + [0xED, 0xA0, 0x80] + Data(#""}"#.utf8),
        ]

    @Test(arguments: hostile) func hostileBodiesAreClearErrors(body: Data) throws {
        let error = try #require(throws: ServiceError.self) { try Input(body, for: .createProject) }
        #expect(error.code.status == 400)
        #expect(!error.message.isEmpty && error.message.utf8.count < 400)
    }

    @Test(arguments: ["1e999", "-1e999", "1e-999", "99999999999999999999999", "1.5", "-0", "true", "\"1\"", "1e2"])
    func numbersOfAnySize(number: String) {
        let accepted = ["1e2"]
        let error = Self.error(#"{"MaxResults":\#(number)}"#, .describeProjects)
        #expect((error == nil) == accepted.contains(number), "\(number) \(String(describing: error))")
        #expect(error == nil || error?.code.status == 400)
    }

    /// A body of the largest size, full of what takes longest to read, costs no more than the same of plain text would by
    /// some factor: members that nobody asked for are skipped, not built.
    @Test(arguments: ["[],", "0.5,", "{\"a\":0},", "\"\","])
    func bodiesOfManyPartsAreReadInLinearTime(part: String) {
        let body =
            "{\"ProjectName\":\"p\",\"x\":["
            + String(repeating: part, count: WireLimits.bodyBytes / part.utf8.count - 100) + "0]}"
        let time = ContinuousClock().measure { #expect(Self.error(body, .createProject) == nil) }
        // Measured 0.1 to 1 s in a debug build; a quadratic reader would take hours.
        #expect(time < .seconds(60))
    }

    private static func error(_ body: String, _ operation: Operation) -> ServiceError? {
        do throws(ServiceError) {
            _ = try Input(Data(body.utf8), for: operation)
            return nil
        } catch {
            return error
        }
    }
}
