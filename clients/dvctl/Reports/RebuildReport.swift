import DanvanLanguage
import DanvanMessages

/// How far a rebuild of facts or of readings is, or how the last one ended.
struct RebuildReport: Report {
  let rebuild: Danvan_V1_RebuildState?
  var isOfReadings = false

  func lines(_ style: Style) -> [String] {
    [sentence]
      + (rebuild?.faults ?? []).map {
        Localized("article \($0.articleID) stays as it is: \(Localized($0.reason, by: .danvan))")
          .text
      }
  }

  var json: JSON { object ?? .object([JSON.Member(name: "rebuild", value: .null)]) }

  var sentence: String {
    guard let rebuild else {
      return
        (isOfReadings
        ? Localized("no article has been read anew") : Localized("no facts have been rebuilt")).text
    }
    func count(_ value: UInt64) -> String { Quantities.count(Int64(clamping: value)) }
    let failures =
      isOfReadings
      ? Localized("\(count(rebuild.failed)) not to be read")
      : Localized("\(count(rebuild.failed)) damaged")
    let failed = rebuild.failed > 0 ? ", \(failures.text)" : ""
    let changed =
      isOfReadings
      ? Localized(
        "\(count(rebuild.updated)) with another text, \(count(rebuild.changed)) with other facts"
      ).text + failed
      : Localized("\(count(rebuild.changed)) changed").text + failed
    guard rebuild.hasEnded else {
      let percent = rebuild.total > 0 ? min(100, rebuild.done * 100 / rebuild.total) : 0
      return Localized(
        "\(count(rebuild.done)) of \(count(rebuild.total)) articles (\(percent) %), \(changed)"
      ).text
    }
    return Localized(
      "\(count(rebuild.done)) articles, \(changed), ended \(rebuild.ended.prefix(19))"
    ).text
  }

  /// Nil where there has been none.
  var object: JSON? {
    guard let rebuild else { return nil }
    func number(_ value: UInt64) -> JSON { .integer(Int64(clamping: value)) }
    return .object([
      "running": .bool(!rebuild.hasEnded),
      "rule_set": isOfReadings ? nil : .string(rebuild.ruleSet),
      "everything": isOfReadings ? nil : .bool(rebuild.everything),
      "total": number(rebuild.total),
      "done": number(rebuild.done),
      "changed": number(rebuild.changed),
      "updated": isOfReadings ? number(rebuild.updated) : nil,
      "failed": number(rebuild.failed),
      "faults": isOfReadings
        ? .array(
          rebuild.faults.map {
            .object(["id": .integer($0.articleID), "reason": .string($0.reason)])
          }) : nil,
      "started": .string(rebuild.started),
      "ended": rebuild.hasEnded ? .string(rebuild.ended) : nil,
    ])
  }
}
