internal import DanvanModel
internal import DanvanStore
internal import Synchronization

/// What the desk has done since it was opened.
public struct WorkFigures: Sendable, Equatable {
  /// Documents by what became of them.
  public var added: UInt64 = 0
  public var updated: UInt64 = 0
  public var duplicates: UInt64 = 0
  public var rejected: UInt64 = 0
  /// Texts whose facts were found, for whatever reason, their UTF-8 bytes, and the time it took in
  /// seconds, of all cores together.
  public var extracted: UInt64 = 0
  public var extractedBytes: UInt64 = 0
  public var extractionSeconds = 0.0
}

final class WorkMeter: Sendable {
  private let state = Mutex(WorkFigures())

  var figures: WorkFigures { state.withLock { $0 } }

  func note(_ results: [Result<Receipt, DanvanError>]) {
    state.withLock { figures in
      for result in results {
        switch result {
        case .success(let receipt):
          switch receipt.outcome {
          case .added: figures.added += 1
          case .updated: figures.updated += 1
          case .duplicate: figures.duplicates += 1
          }
        case .failure: figures.rejected += 1
        }
      }
    }
  }

  func timeExtraction<Answer>(ofBytes count: Int, _ work: () throws -> Answer) rethrows -> Answer {
    let began = ContinuousClock.now
    let answer = try work()
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    state.withLock { figures in
      figures.extracted += 1
      figures.extractedBytes += UInt64(count)
      figures.extractionSeconds += seconds
    }
    return answer
  }
}

extension Desk {
  public var workFigures: WorkFigures { work.figures }
}
