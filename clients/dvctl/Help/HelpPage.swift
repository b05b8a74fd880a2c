import DanvanLanguage
import DanvanText

/// The help of a verb: what it does, examples, usage, then every argument and option.
struct HelpPage {
  private let command: CommandInfo
  private let examples: [Examples.Example]
  private let catalogue: Catalogue
  private let style: Style

  /// Options that nearly every verb has; they come last.
  private static let shared = [
    "--socket", "--timeout", "--format", "--color", "--version", "--help",
  ]

  init(
    _ command: CommandInfo, examples: Examples = .shipped, catalogue: Catalogue = .current,
    style: Style
  ) {
    self.command = command
    self.examples = command.path.count > 1 ? examples[command.path[1]] : []
    self.catalogue = catalogue
    self.style = style
  }

  var lines: [String] {
    let name = command.path.joined(separator: " ")
    let isShared = { (argument: CommandInfo.Argument) in
      argument.names.contains(where: Self.shared.contains)
    }
    let (operands, options) = (
      command.arguments.filter { $0.kind == .positional },
      command.arguments.filter { $0.kind != .positional }
    )
    return wrapped("", "\(name): \(translated(command.abstract))", .bold)
      + section(Localized("EXAMPLES"), examples.flatMap(shown))
      + section(Localized("USAGE"), wrapped("  ", usage, .none))
      + (command.discussion.isEmpty ? [] : [""])
      + paragraphs(command.discussion)
      + section(Localized("VERBS"), verbs)
      + section(Localized("ARGUMENTS"), operands.flatMap(entry))
      + section(Localized("OPTIONS"), Self.paired(options.filter { !isShared($0) }).flatMap(entry))
      + section(Localized("OPTIONS OF MOST VERBS"), options.filter(isShared).flatMap(entry))
      + (command.subcommands.isEmpty ? [] : [""] + wrapped("", more.text(in: catalogue), .none))
  }

  private let more = Localized(
    "`dvctl help VERB` tells more of a verb, dvctl(1) of what all have in common.")

  private var usage: String {
    let operands = command.arguments.filter { $0.kind == .positional }.map {
      $0.isOptional ? "[\(synopsis($0))]" : synopsis($0)
    }
    let needed = command.arguments.filter { $0.kind == .option && !$0.isOptional }.map(synopsis)
    let verb = command.subcommands.isEmpty ? [] : ["<\(Localized("verb").text(in: catalogue))>"]
    let option = "[<\(Localized("option").text(in: catalogue))>...]"
    return (command.path + verb + operands + needed + [option]).joined(separator: " ")
  }

  /// A flag and its opposite, of which the same is said, as one.
  private static func paired(_ options: [CommandInfo.Argument]) -> [CommandInfo.Argument] {
    options.reduce(into: []) { paired, option in
      if option.kind == .flag, let last = paired.last, last.abstract == option.abstract {
        paired[paired.count - 1] = last.also(named: option.names)
      } else {
        paired.append(option)
      }
    }
  }

  private func synopsis(_ argument: CommandInfo.Argument) -> String {
    Placeholders.told(in: argument.synopsis, catalogue)
  }

  private func shown(_ example: Examples.Example) -> [String] {
    wrapped("  ", translated(example.says), .none)
      + example.commands.map { "    " + style.paint($0, .bold) }
  }

  /// A line each, with what it does.
  private var verbs: [String] {
    let names = command.subcommands.map { ($0.path.last ?? "", translated($0.abstract)) }
    let width = names.map { displayWidth($0.0) }.max() ?? 0
    return names.flatMap { wrapped("  \($0.0.padded(to: width))  ", $0.1, .none) }
  }

  private func entry(_ argument: CommandInfo.Argument) -> [String] {
    var words = [translated(argument.abstract), translated(argument.discussion)]
      .filter { !$0.isEmpty }
    if argument.kind == .option, let standard = argument.standard {
      let shown = shown(standard)
      words.append("(\(Localized("default: \(shown)").text(in: catalogue)))")
    }
    return ["  " + style.paint(synopsis(argument), .bold)]
      + wrapped("      ", words.joined(separator: " "), .none)
  }

  /// A number as people write it.
  private func shown(_ standard: String) -> String {
    guard Double(standard) != nil else { return standard }
    let point = Localized(".", by: .number).text(in: catalogue)
    return standard.split(separator: ".").joined(separator: point)
  }

  /// Indented lines are kept as they are.
  private func paragraphs(_ text: String) -> [String] {
    text.split(separator: "\n").flatMap { line in
      line.hasPrefix(" ") ? [String(line)] : wrapped("", translated(String(line)), .none)
    }
  }

  private func section(_ heading: Localized, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["", style.paint(heading.text(in: catalogue), .heading)] + lines
  }

  private func translated(_ text: String) -> String { catalogue[text] ?? text }

  /// Text that goes on under itself behind a lead.
  private func wrapped(_ lead: String, _ text: String, _ paint: Paint) -> [String] {
    if text.isEmpty { return [] }
    let indent = displayWidth(lead)
    let inner = Style(hasColor: style.hasColor, width: max(20, (style.width ?? 80) - indent))
    let blank = String(repeating: " ", count: indent)
    return PaintedText.lines(of: text, inner) { _ in paint }.enumerated()
      .map { ($0 == 0 ? lead : blank) + $1 }
  }
}

extension HelpPage {
  /// Every English text of the help, which the catalogue is asked for.
  static func texts(of command: CommandInfo, examples: Examples = .shipped) -> [String] {
    let own =
      [command.abstract]
      + command.discussion.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map(String.init)
      + command.arguments.flatMap { [$0.abstract, $0.discussion] }
    return (own + command.subcommands.flatMap { texts(of: $0, examples: Examples("")) })
      .filter { !$0.isEmpty } + examples.verbs.flatMap { $0.examples.map(\.says) }
  }
}
