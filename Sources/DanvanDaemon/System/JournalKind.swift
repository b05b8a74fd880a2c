/// The kinds of records that an operator filters by: `journalctl MESSAGE_ID=…`. danvand(8) lists them; an id
/// that was given stays.
enum JournalKind {
  static let all: KeyValuePairs = [
    "ready": "ddb2ce4fb1fc4603bd47eec302d9ee8e",
    "stopping": "c2ce696741894b5f87047f3d10deb2f1",
    "reloaded": "bddb013d5dc94ab8ad1b46d9c74736d2",
    "reload failed; what was in use stays in use": "f52f13c4c8bb4b489d6eb4e9bd9d646e",
    "upgrading the store": "98a833d43da34e6db5618d3a679d566e",
    "permission denied": "ca737c4107c24847baa06420122e12a0",
    "call failed": "f16993cc997e4722959c7da9ab017599",
    "the store has a fault": "703f3c44ea5546e8a15b6f3c3fe09f38",
  ]

  static func id(of message: String) -> String? { all.first { $0.key == message }?.value }
}
