import DanvanModel
import Testing

@testable import dvctl

struct ExitStatusTests {
  @Test(
    arguments: [
      (1, .failed), (2, .failed), (3, .usage), (4, .deadline), (5, .failed), (7, .denied),
      (8, .failed), (9, .failed), (12, .failed), (13, .failed), (14, .unreachable), (15, .failed),
      (16, .denied), (99, .failed),
    ] as [(Int32, dvctl.ExitStatus)])
  func followsTheStatusCode(_ code: Int32, _ status: dvctl.ExitStatus) {
    #expect(ExitStatus(code: code) == status)
  }

  @Test(
    arguments: [
      (.ok, "OK"), (.invalidArgument, "INVALID_ARGUMENT"), (.internalError, "INTERNAL"),
      (.deadlineExceeded, "DEADLINE_EXCEEDED"),
    ] as [(ErrorCode, String)])
  func codesAreNamedAsTheDaemonNamesThem(_ code: ErrorCode, _ name: String) {
    #expect(code.name == name)
  }

  @Test func theNumbersArePromised() {
    #expect(dvctl.ExitStatus.allCases.map(\.rawValue) == Array(0...8))
    #expect(dvctl.ExitStatus.unreachable.rawValue == 4)
    #expect(dvctl.ExitStatus.gap.rawValue == 6)
    #expect(dvctl.ExitStatus.rejected.rawValue == 8)
  }

  @Test func aClosedPipeIsNoFailure() {
    #expect(Failure(OutputClosed()).status == .success)
    #expect(Failure(OutputClosed()).message == nil)
  }
}
