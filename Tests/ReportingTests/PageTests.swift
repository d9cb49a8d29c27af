import Foundation
import Reporting
import TestSupport
import Testing

/// What can be said of the page's text without a browser.
@Suite struct PageTests {
    @Test func theSameInputGivesTheSameBytes() throws {
        #expect(Report.html(try PageFixtures.explored()) == Report.html(try PageFixtures.explored()))
    }
}
