public import ArgumentParser
public import DanvanInputs
public import DanvanModel

extension InputKind: ExpressibleByArgument {}

extension PartialDate: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
