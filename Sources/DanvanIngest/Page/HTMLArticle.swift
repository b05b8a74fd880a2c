import DanvanModel

/// The article of a saved page: its main text, without the page around it, and what its head says.
///
/// Throws `invalidArgument` where no text can be found that reads like an article.
func htmlArticle(_ bytes: [UInt8]) throws -> Draft {
  if let zero = bytes.firstIndex(of: 0) {
    throw DanvanError.invalid("a NUL byte at byte \(zero): not an HTML page")
  }
  let tree = try HTMLTree(bytes)
  guard let root = tree.root else { throw DanvanError.invalid("the HTML page is empty") }
  let metadata = PageMetadata(root)
  var lines = MainText.blocks(of: PageBlocks(root)).map(\.text)
  if let title = metadata.title { lines.removeAll { $0 == title } }
  // The tree must live until its last element has been read.
  return try withExtendedLifetime(tree) {
    guard !lines.isEmpty else {
      throw DanvanError.invalid("no article text was found in the HTML page")
    }
    return Draft(
      text: lines.joined(separator: "\n"), title: metadata.title, url: metadata.url,
      publisher: metadata.publisher, published: metadata.published)
  }
}
