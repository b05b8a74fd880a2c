import Foundation
import TestSupport
import Testing

@Suite struct ProgramsTests {
  /// More than a pipe holds, for a program that reads nothing.
  @Test func aProgramThatEndsEarlyEndsNoTests() throws {
    let input = Data(repeating: 0x61, count: 1 << 20)
    let result = try Programs.run(URL(fileURLWithPath: "/bin/true"), [], input: input)
    #expect(result.status == 0)
  }
}
