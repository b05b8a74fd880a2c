import DanvanModel

func htmlArticle(_ bytes: [UInt8]) throws -> Draft {
  throw DanvanError(.unimplemented, "HTML pages cannot be read yet")
}
