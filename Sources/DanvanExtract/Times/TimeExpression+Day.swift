extension TimeExpression {
  /// Whether it names a day of the calendar, or an hour or part of one.
  var isCalendarDay: Bool {
    switch self {
    case .point(let point): point.day != nil || point.part != nil || point.hour != nil
    case .relative(_, .day, _), .today, .sameDay, .weekday: true
    case .span(let first, let last): first.isCalendarDay && last.isCalendarDay
    default: false
    }
  }
}
