import DanvanMessages

/// One frame on a line.
struct TraceReport: Report {
  let frame: Danvan_V1_TraceFrame

  private static let names: [UInt32: String] = [
    1: "Request", 2: "Response", 3: "Data", 0x81: "Cancel", 0x82: "Credit", 0x83: "Ping",
    0x84: "Goaway",
  ]

  private var name: String {
    Self.names[frame.type] ?? "type 0x" + String(frame.type, radix: 16)
  }

  private var flags: [String] {
    guard frame.type <= 3 else {
      return frame.type == 0x83 && frame.flags & 1 != 0 ? ["reply"] : []
    }
    let names: [(UInt32, String)] = [
      (0x01, "closed"), (0x02, "open"), (0x04, "no-data"), (0x80, "zlib"),
    ]
    return names.filter { frame.flags & $0.0 != 0 }.map(\.1)
  }

  func lines(_ style: Style) -> [String] {
    let seconds = String(frame.timeNano / 1_000_000_000)
    let micros = String(frame.timeNano / 1_000 % 1_000_000)
    let time = "\(seconds).\(String(repeating: "0", count: max(0, 6 - micros.count)))\(micros)"
    var words = [
      style.paint(time.paddedLeft(to: 12), .dim), "\(frame.connection)",
      frame.fromClient ? "→" : "←", "\(frame.stream)".paddedLeft(to: 6), name.padded(to: 8),
    ]
    if !frame.method.isEmpty { words.append(style.paint(frame.method, .bold)) }
    words.append(contents)
    return [words.joined(separator: " ").printable]
  }

  private var contents: String {
    var parts: [String] = []
    if frame.malformed { parts.append("malformed") }
    if frame.code != 0 {
      parts.append("error \(frame.code): \(frame.message)")
    } else if frame.hasCredit {
      parts.append("\(Quantities.count(Int64(frame.credit))) bytes more")
    } else if frame.hasInflatedBytes {
      parts.append("\(frame.length) bytes that inflate to \(frame.inflatedBytes)")
    } else if frame.hasPayloadBytes {
      parts.append("\(Quantities.count(Int64(frame.payloadBytes))) bytes")
    } else if frame.length > 0 {
      parts.append("\(Quantities.count(Int64(frame.length))) bytes of data")
    }
    if frame.timeoutNano != 0 {
      parts.append("within \(Quantities.duration(Double(frame.timeoutNano) / 1e9))")
    }
    if !frame.metadata.isEmpty { parts.append("metadata " + frame.metadata.joined(separator: " ")) }
    if !flags.isEmpty { parts.append("[\(flags.joined(separator: " "))]") }
    return parts.joined(separator: ", ")
  }

  var json: JSON {
    .object(
      [
        "time": .real(Double(frame.timeNano) / 1e9),
        "connection": .integer(Int64(clamping: frame.connection)),
        "from": .string(frame.fromClient ? "client" : "daemon"),
        "stream": .integer(Int64(frame.stream)), "type": .string(name),
        "flags": .integer(Int64(frame.flags)), "length": .integer(Int64(frame.length)),
        "method": frame.method.isEmpty ? nil : .string(frame.method),
        "timeout_nano": frame.timeoutNano == 0 ? nil : .integer(frame.timeoutNano),
        "metadata": frame.metadata.isEmpty ? nil : .strings(frame.metadata),
        "payload_bytes": frame.hasPayloadBytes ? .integer(Int64(frame.payloadBytes)) : nil,
        "inflated_bytes": frame.hasInflatedBytes ? .integer(Int64(frame.inflatedBytes)) : nil,
        "code": frame.code == 0 ? nil : .integer(Int64(frame.code)),
        "message": frame.message.isEmpty ? nil : .string(frame.message),
        "credit": frame.hasCredit ? .integer(Int64(frame.credit)) : nil,
        "malformed": frame.malformed ? true : nil,
        "missed": frame.missed > 0 ? .integer(Int64(clamping: frame.missed)) : nil,
      ] as KeyValuePairs<String, JSON?>)
  }
}
