import DanvanModel

/// One article as a JSON object.
///
/// `text` (or `body`, `content`) is demanded; `title` (`headline`), `date` (`published`), `url`,
/// `publisher` (`source`) and `author` are taken where they are strings. A mapping may name others,
/// also of inner objects: `data.headline`.
func jsonArticle(_ bytes: [UInt8], mapping: [String: String]) throws -> Draft {
  let object = try JSONValue(object: bytes)
  let fields = try NamedFields(form: "json", mapping: mapping) { object[path: $0]?.string }
  guard let text = fields[.text] else {
    let wanted = mapping["text"].map { "'\($0)'" } ?? "'text' (nor 'body' or 'content')"
    throw DanvanError.invalid("the JSON object has no \(wanted) that is a string with text in it")
  }
  var draft = Draft(text: text.value)
  fields.fill(&draft)
  return draft
}
