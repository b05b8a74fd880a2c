/// How the kind of a fact stands in the index of names: as one term, so that a session is not found where only a
/// working session is.
public enum FactKindTerm {
  public static func of(_ kind: String) -> String {
    kind.lowercased().filter { $0 != "_" }
  }
}
