import DanvanMessages

/// How far a rebuild of facts is, or how the last one ended.
struct RebuildReport: Report {
  let rebuild: Danvan_V1_RebuildState?

  func lines(_ style: Style) -> [String] { [sentence] }

  var json: JSON { object ?? .object([JSON.Member(name: "rebuild", value: .null)]) }

  var sentence: String {
    guard let rebuild else { return "no facts have been rebuilt" }
    func count(_ value: UInt64) -> String { Quantities.count(Int64(clamping: value)) }
    let failed = rebuild.failed > 0 ? ", \(count(rebuild.failed)) damaged" : ""
    let changed = "\(count(rebuild.changed)) changed\(failed)"
    guard rebuild.hasEnded else {
      let percent = rebuild.total > 0 ? min(100, rebuild.done * 100 / rebuild.total) : 0
      return "\(count(rebuild.done)) of \(count(rebuild.total)) articles (\(percent) %), \(changed)"
    }
    return "\(count(rebuild.done)) articles, \(changed), ended \(rebuild.ended.prefix(19))"
  }

  /// Nil where there has been none.
  var object: JSON? {
    guard let rebuild else { return nil }
    func number(_ value: UInt64) -> JSON { .integer(Int64(clamping: value)) }
    return .object([
      "running": .bool(!rebuild.hasEnded),
      "rule_set": .string(rebuild.ruleSet),
      "everything": .bool(rebuild.everything),
      "total": number(rebuild.total),
      "done": number(rebuild.done),
      "changed": number(rebuild.changed),
      "failed": number(rebuild.failed),
      "started": .string(rebuild.started),
      "ended": rebuild.hasEnded ? .string(rebuild.ended) : nil,
    ])
  }
}
