import DanvanModel
import DanvanText

/// The few words that the grammar itself turns on (`của`, `và`, `tại` …), by what they do in it.
///
/// Read from `lexicon/grammar-words.tsv`; all are canonical keys.
struct GrammarWords: Sendable {
  /// `của`: what belongs to a body or person follows.
  let of: UInt64
  let and: UInt64
  /// `cũng`: one more of the same.
  let also: UInt64
  /// `từ`: the day from which something is so follows.
  let from: UInt64
  /// `đến`: the other end of a span follows.
  let until: UInt64
  /// `giữa`: those who do something together follow.
  let between: UInt64
  let with: UInt64
  let at: UInt64
  let inside: UInt64
  let about: UInt64
  /// `theo`: who tells it follows.
  let according: UInt64
  /// `một`: one of its kind that nothing was told of before.
  let one: UInt64
  /// `mời`: what follows is asked for, not done.
  let invite: UInt64
  /// `để`: what follows is what something is for.
  let purpose: UInt64
  /// `việc`: makes a noun of the verb that follows.
  let matter: UInt64
  /// `đã`: what follows has been done.
  let perfective: UInt64
  let this: UInt64
  /// `số`: a number that names follows.
  let numbered: UInt64
  /// `nước`: a state follows.
  let country: UInt64
  /// `kiêm`: an office held beside another.
  let concurrently: UInt64
  /// `khóa`: the number of a body's term follows.
  let session: UInt64
  /// `nhiệm kỳ`: the years of a term follow.
  let term: [UInt64]
  /// `chuyên ngành`: the subject of a degree follows.
  let speciality: [UInt64]
  /// First syllables of the bodies that offices of one kind lead.
  let chanceries: Set<UInt64>
  let governments: Set<UInt64>
  let secretariats: Set<UInt64>
  let boards: Set<UInt64>
  /// Nouns whose named instruments are laws.
  let laws: Set<UInt64>

  /// Throws `DanvanError` where the list lacks a role, or has two words where one is meant.
  init(_ rules: RuleSet) throws {
    let lexicon = try rules.lexicon("grammar-words")
    func entries(_ role: String) throws -> [Lexicon.Entry] {
      let found = lexicon.entries.filter { entry in
        entry.field(0).split(separator: ",").contains { $0 == role }
      }
      guard !found.isEmpty else {
        let last = lexicon.entries.last.map { "\($0.place): " } ?? ""
        throw DanvanError.invalid("\(last)lexicon grammar-words ends without the role '\(role)'")
      }
      return found
    }
    func keys(_ entry: Lexicon.Entry) -> [UInt64] {
      Tokens(NormalizedText(entry.phrase)).map(\.key)
    }
    func phrase(_ role: String, length: Int) throws -> [UInt64] {
      let found = try entries(role)
      let fault = found.dropFirst().first ?? found.first { keys($0).count != length }
      if let fault {
        throw DanvanError.invalid(
          "\(fault.place): '\(fault.phrase)': '\(role)' is one entry of \(length) syllable(s)")
      }
      return found.first.map(keys) ?? []
    }
    func word(_ role: String) throws -> UInt64 { try phrase(role, length: 1)[0] }
    func firsts(_ role: String) throws -> Set<UInt64> {
      Set(try entries(role).compactMap { keys($0).first })
    }
    of = try word("of")
    and = try word("and")
    between = try word("between")
    also = try word("also")
    from = try word("from")
    until = try word("until")
    with = try word("with")
    at = try word("at")
    inside = try word("inside")
    about = try word("about")
    according = try word("according")
    one = try word("one")
    invite = try word("invite")
    purpose = try word("purpose")
    matter = try word("matter")
    perfective = try word("perfective")
    this = try word("this")
    numbered = try word("numbered")
    country = try word("country")
    concurrently = try word("concurrently")
    session = try word("session")
    term = try phrase("term", length: 2)
    speciality = try phrase("speciality", length: 2)
    chanceries = try firsts("chancery")
    governments = try firsts("government")
    secretariats = try firsts("secretariat")
    boards = try firsts("board")
    laws = try firsts("law")
  }
}
