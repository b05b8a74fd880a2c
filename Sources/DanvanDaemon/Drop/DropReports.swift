internal import DanvanMessages
internal import Synchronization

/// How the drop folders stand, for those who ask.
final class DropReports: Sendable {
  struct Report: Sendable {
    var path: String
    var trouble: String?
    var waiting = 0
    var done = 0
    var failed = 0
    var lastFailure: (reason: String, time: Timestamp)?
  }

  private let reports: Mutex<[Report]>

  init(_ folders: [String]) {
    reports = Mutex(folders.map { Report(path: $0) })
  }

  var all: [Report] { reports.withLock { $0 } }

  func change(_ path: String, _ body: (inout Report) -> Void) {
    reports.withLock { reports in
      guard let index = reports.firstIndex(where: { $0.path == path }) else { return }
      body(&reports[index])
    }
  }
}

extension Danvan_V1_DropFolder {
  init(_ report: DropReports.Report) {
    self.init()
    path = report.path
    if let found = report.trouble { trouble = found }
    waiting = UInt64(clamping: report.waiting)
    done = UInt64(clamping: report.done)
    failed = UInt64(clamping: report.failed)
    if let found = report.lastFailure {
      lastFailure = found.reason
      lastFailureTime = found.time.description
    }
  }
}
