internal import DanvanModel
internal import DanvanStore
internal import DanvanText

/// The words of the query language itself, English and Vietnamese; marks may be left out.
enum QueryNames {
  enum Field: Sendable, Equatable {
    case text(SearchField)
    case kind
    case id
    case after
    case before
    case during
    case language
    case tag
    case saved
  }

  static func field(_ name: String) -> Field? { fields[plainForm(name)] }

  /// The kind of fact, in the words of the store's index.
  static func kind(_ name: String) -> String? { kinds[plainForm(name)] }

  static func language(_ name: String) -> Language? { languages[plainForm(name)] }

  /// What a message says after an unknown name: the one that was meant, or all that there are.
  static func fieldHint(_ name: String) -> String {
    nearestName(to: plainForm(name), among: fields.keys.sorted()).map { "did you mean '\($0):'?" }
      ?? "the fields are \(fieldList)"
  }

  static func kindHint(_ name: String) -> String {
    nearestName(to: plainForm(name), among: kinds.keys.sorted()).map { "; did you mean '\($0)'?" }
      ?? "; the kinds are \(kindList)"
  }

  /// Codes of two letters are all near each other: no one of them is what was meant.
  static let languageHint = "; the languages are vi, en and und (another one, or too short to tell)"

  /// What a message names as the known ones.
  static let fieldList =
    "person: title: org: place: headline: source: publisher: instrument: campaign: topic: kind: lang: id: tag: "
    + "saved: after: before: on: during:"
  static let kindList =
    "person, title, org, place, time, event, statement, directive, instrument, campaign, "
    + "conference, working_session, meeting, visit, ceremony, congress, election, session, "
    + "inspection, press"

  private static let fields: [String: Field] = table([
    (.text(.person), ["person", "người"]),
    (.text(.post), ["title", "post", "chức_vụ"]),
    (.text(.title), ["headline", "tiêu_đề"]),
    (.text(.organization), ["org", "cơ_quan"]),
    (.text(.place), ["place", "nơi"]),
    (.text(.source), ["source", "nguồn"]),
    (.text(.publisher), ["publisher", "báo"]),
    (.text(.instrument), ["instrument", "văn_bản"]),
    (.text(.campaign), ["campaign", "phong_trào"]),
    (.text(.topic), ["topic", "chủ_đề"]),
    (.kind, ["kind", "loại"]),
    (.language, ["lang", "language", "ngôn_ngữ"]),
    (.id, ["id", "mã"]),
    (.after, ["after", "since", "sau", "từ"]),
    (.before, ["before", "trước"]),
    (.during, ["during", "on", "trong", "ngày"]),
    (.tag, ["tag", "nhãn"]),
    (.saved, ["saved", "đã_lưu"]),
  ])

  private static let kinds: [String: String] = table([
    ("person", ["person", "người"]),
    ("title", ["title", "post", "chức_vụ"]),
    ("org", ["org", "cơ_quan"]),
    ("loc", ["place", "loc", "nơi"]),
    ("time", ["time", "thời_gian"]),
    ("event", ["event", "sự_kiện"]),
    ("statement", ["statement", "phát_biểu"]),
    ("directive", ["directive", "chỉ_đạo"]),
    ("instrument", ["instrument", "văn_bản"]),
    ("campaign", ["campaign", "phong_trào"]),
    ("conference", ["conference", "hội_nghị"]),
    ("working_session", ["working_session", "làm_việc"]),
    ("meeting", ["meeting", "họp"]),
    ("visit", ["visit", "thăm"]),
    ("ceremony", ["ceremony", "lễ"]),
    ("congress", ["congress", "đại_hội"]),
    ("election", ["election", "bầu_cử"]),
    ("session", ["session", "kỳ_họp"]),
    ("inspection", ["inspection", "kiểm_tra"]),
    ("press", ["press", "họp_báo"]),
    ("other", ["other", "khác"]),
  ])

  /// By ISO 639's codes and by name.
  private static let languages: [String: Language] = table([
    (.vietnamese, ["vi", "vie", "vietnamese", "tiếng_việt"]),
    (.english, ["en", "eng", "english", "tiếng_anh"]),
    (.undetermined, ["und", "other", "khác"]),
  ])

  private static func table<Value>(_ rows: [(Value, [String])]) -> [String: Value] {
    var table: [String: Value] = [:]
    for (value, names) in rows {
      for name in names { table[plainForm(name)] = value }
    }
    return table
  }
}
