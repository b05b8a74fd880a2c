/// stub
enum TimeExpression: Sendable { case literal(String) }
