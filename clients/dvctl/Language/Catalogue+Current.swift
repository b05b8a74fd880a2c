import DanvanLanguage

extension Catalogue {
  /// That of the user's language.
  static let current = UserLanguage.current.catalogue { Talk.write("dvctl: \($0)\n") }
}
