import DanvanMessages

/// Meetings as an iCalendar object (RFC 5545): all-day events, and timed ones where the article tells the
/// hour, as local time of no zone.
struct Calendar {
  let meetings: [Danvan_V1_Meeting]

  /// Lines end in CRLF and are folded at 75 octets.
  var text: String {
    let lines =
      ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//danvan//dvctl \(Dvctl.version)//VI"]
      + meetings.flatMap(event) + ["END:VCALENDAR"]
    return lines.map { Self.folded($0) + "\r\n" }.joined()
  }

  private func event(_ meeting: Danvan_V1_Meeting) -> [String] {
    // What is not dated cannot stand in a calendar.
    guard let source = meeting.sources.first, meeting.date.utf8.count == 10 else { return [] }
    let day = meeting.date.filter { $0 != "-" }
    let hour = Self.hour(meeting.hasWhen ? meeting.when : "")
    let sources = meeting.sources.map { source in
      [source.title, source.place].filter { !$0.isEmpty }.joined(separator: " – ")
    }
    var lines = [
      "BEGIN:VEVENT",
      "UID:\(source.articleID)-\(source.start)@danvan",
      // The stamp of an object that is made anew each time is that of what it tells.
      "DTSTAMP:\(day)T000000Z",
      hour.map { "DTSTART:\(day)T\($0)00" } ?? "DTSTART;VALUE=DATE:\(day)",
      "SUMMARY:\(Self.escaped(meeting.name))",
      "CATEGORIES:\(meeting.type)",
      "STATUS:\(meeting.status == "planned" ? "TENTATIVE" : "CONFIRMED")",
    ]
    if meeting.hasPlace { lines.append("LOCATION:\(Self.escaped(meeting.place))") }
    let chairs =
      meeting.chairs.isEmpty ? [] : ["Chủ trì: \(meeting.chairs.joined(separator: ", "))"]
    lines.append("DESCRIPTION:\(Self.escaped((chairs + sources).joined(separator: "\n")))")
    lines.append("END:VEVENT")
    return lines
  }

  /// `0930` of `2017-06-05T09:30`.
  private static func hour(_ value: String) -> String? {
    let parts = value.split(separator: "T", maxSplits: 1)
    guard parts.count == 2, parts[1].utf8.count >= 5 else { return nil }
    let digits = parts[1].prefix(5).filter { $0 != ":" }
    return digits.utf8.count == 4 && digits.utf8.allSatisfy({ (48...57).contains($0) })
      ? String(digits) : nil
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "\\", ";", ",": out += "\\\(character)"
      case "\n", "\r\n": out += "\\n"
      case _ where character.unicodeScalars.contains(where: \.isControl): out += " "
      default: out.append(character)
      }
    }
    return out
  }

  /// At most 75 octets a line, not through a letter; what goes on begins with a space.
  private static func folded(_ line: String) -> String {
    var out = ""
    var count = 0
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if count + size > 75 {
        out += "\r\n "
        count = 1
      }
      out.unicodeScalars.append(scalar)
      count += size
    }
    return out
  }
}
