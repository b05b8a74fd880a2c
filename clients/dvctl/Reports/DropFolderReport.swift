import DanvanLanguage
import DanvanMessages

/// A drop folder of the daemon, in a sentence and as JSON.
extension Danvan_V1_DropFolder {
  var sentence: String {
    func count(_ number: UInt64) -> String { Quantities.count(Int64(clamping: number)) }
    let state =
      hasTrouble
      ? Localized("not watched: \(Localized(trouble, by: .danvan))").text
      : Localized("\(count(waiting)) waiting, \(count(done)) done, \(count(failed)) failed").text
    let last =
      hasLastFailure
      ? Localized(
        "; last failure \(lastFailureTime.prefix(19)): \(Localized(lastFailure, by: .danvan))"
      ).text : ""
    return "\(path): \(state)\(last)".printable
  }

  var json: JSON {
    .object([
      "path": .string(path), "trouble": hasTrouble ? .string(trouble) : nil,
      "waiting": .integer(Int64(clamping: waiting)), "done": .integer(Int64(clamping: done)),
      "failed": .integer(Int64(clamping: failed)),
      "last_failure": hasLastFailure ? .string(lastFailure) : nil,
      "last_failure_time": hasLastFailureTime ? .string(lastFailureTime) : nil,
    ])
  }
}
