internal import DanvanModel
internal import Glibc

extension PartialDate {
  /// The day it is now in the daemon's time zone.
  static var today: PartialDate {
    var now = time(nil)
    var local = tm()
    localtime_r(&now, &local)
    let date = PartialDate(
      year: Int(local.tm_year) + 1_900, month: Int(local.tm_mon) + 1, day: Int(local.tm_mday))
    guard let date else { preconditionFailure("the C library's calendar gives real dates") }
    return date
  }
}
