import Testing

@testable import Service

@Suite struct OperationTests {
    @Test func aTargetNamesItsOperation() throws {
        for operation in Operation.allCases {
            #expect(try Operation(target: "RekognitionService.\(operation.rawValue)") == operation)
        }
    }

    @Test(arguments: [nil, "", "DetectModerationLabels", "RekognitionService.DetectLabels", "RekognitionService."])
    func anyOtherTargetIsUnknown(target: String?) {
        let error = #expect(throws: ServiceError.self) { try Operation(target: target) }
        #expect(error?.code == .unknownOperation)
    }
}
