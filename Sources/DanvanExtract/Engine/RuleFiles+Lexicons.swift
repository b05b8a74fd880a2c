import DanvanModel

extension RuleFiles {
  /// The lexicons and gazetteers by name; `notes` as for `tables`.
  func lexicons(notes: inout [String]) throws -> [String: Lexicon] {
    var lexicons: [String: Lexicon] = [:]
    for (name, table) in try tables(in: ["gazetteer", "lexicon"], notes: &notes) {
      lexicons[name] = try Lexicon(name: name, table)
    }
    return lexicons
  }

  /// The tables of some folders by name, the overlay's lines added to and taken from those of the
  /// same name.
  ///
  /// `notes` gets a sentence for each line of the overlay that takes away what is not there. Throws
  /// `DanvanError` naming file and line.
  func tables(in folders: [String], notes: inout [String]) throws -> [String: TSV] {
    let lists = files.filter { file in
      file.path.hasSuffix(".tsv") && folders.contains { file.path.hasPrefix($0 + "/") }
    }
    var tables: [String: TSV] = [:]
    for file in lists where !file.isOverlay {
      let table = try TSV(file: file.name, contents: file.contents)
      guard tables.updateValue(table, forKey: file.stem) == nil else {
        throw DanvanError.invalid("\(file.name): the name \(file.stem) is taken")
      }
    }
    for file in lists where file.isOverlay {
      let base = tables[file.stem]
      if base == nil { notes.append("\(file.name): is not read: no list or rule file of the set") }
      let table = try TSV(
        file: file.name, contents: file.contents, isOverlay: true, width: base?.width)
      if !table.rows.isEmpty, table.head["source"]?.isEmpty != false {
        throw DanvanError.invalid("\(file.name):1: the head needs a `# source:` line")
      }
      tables[file.stem] = (base ?? TSV()).overlaid(with: table, notes: &notes)
    }
    return tables
  }
}

extension TSV {
  /// These rows without those that `overlay` takes away, and with its own.
  fileprivate func overlaid(with overlay: TSV, notes: inout [String]) -> TSV {
    var kept = rows
    for removal in overlay.removals {
      let count = kept.count
      kept.removeAll {
        removal.cells.count == 1 ? $0.cells[0] == removal.cells[0] : $0.cells == removal.cells
      }
      if kept.count == count {
        notes.append("\(removal.place): nothing to take away: no entry '\(removal.cells[0])'")
      }
    }
    return TSV(head: head, rows: kept + overlay.rows)
  }
}
