import DanvanSQLite

/// SQLite's code of what `body` throws; nil where it throws nothing of the kind.
func code(_ body: () throws -> Void) -> ResultCode? {
  do {
    try body()
    return nil
  } catch {
    return (error as? DatabaseError)?.resultCode
  }
}
