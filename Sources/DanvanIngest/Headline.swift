/// The headline of a text that comes without a title: its first line, where the layout takes it for one.
func headline(of text: String) -> String? { nil }
