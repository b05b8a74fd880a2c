// RPCStatus, Features and Extension are wire values in this module's public API: whoever imports
// DanvanRPC sees them without naming the module beneath.
@_exported public import DanvanWire
