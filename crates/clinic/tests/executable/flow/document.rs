//! The flow document as data: sections by their number, blocks of commands with what they answer.

/// A section: `### 1.10 Verificación previa` is number `1.10`.
pub(crate) struct Section {
    pub(crate) number: String,
    pub(crate) blocks: Vec<Block>,
}

/// A block of commands.
pub(crate) struct Block {
    pub(crate) needs: Needs,
    pub(crate) commands: Vec<Command>,
}

/// What running a block takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    Nothing,
    /// A MariaDB and a Redis.
    Servers,
    /// It is not run; the document says why.
    NotRun,
}

/// A command, and the lines it answers with.
pub(crate) struct Command {
    pub(crate) text: String,
    pub(crate) answer: Vec<String>,
}

/// Reads the document. Every fenced block must be one of commands, of a kind that is known.
pub(crate) fn read(document: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("### ") {
            let number = heading.split(' ').next().unwrap().to_owned();
            sections.push(Section { number, blocks: Vec::new() });
        } else if let Some(kind) = line.strip_prefix("```") {
            let needs = match kind.strip_prefix("console").map(str::trim) {
                Some("") => Needs::Nothing,
                Some("servidor") => Needs::Servers,
                Some(other) if other.starts_with("no-ejecutado: ") => Needs::NotRun,
                _ => panic!("a block of an unknown kind: {line}"),
            };
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let section = sections.last_mut().unwrap_or_else(|| panic!("{line} before a section"));
            section.blocks.push(Block { needs, commands: commands(&body) });
        }
    }
    sections
}

fn commands(lines: &[&str]) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    for line in lines {
        if let Some(text) = line.strip_prefix("$ ") {
            commands.push(Command { text: text.to_owned(), answer: Vec::new() });
            continue;
        }
        let command = commands.last_mut().unwrap_or_else(|| panic!("{line} before a command"));
        match line.strip_prefix("> ") {
            Some(more) if command.answer.is_empty() => {
                command.text.push('\n');
                command.text.push_str(more);
            }
            _ => command.answer.push((*line).to_owned()),
        }
    }
    commands
}

/// Whether lines are as shown: `…` stands for any text in a line, and alone for any number of lines.
pub(crate) fn is_as_shown(shown: &[String], lines: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first == "…" => {
            (0..=lines.len()).any(|skipped| is_as_shown(rest, &lines[skipped..]))
        }
        Some((first, rest)) => lines
            .split_first()
            .is_some_and(|(line, others)| line_matches(first, line) && is_as_shown(rest, others)),
    }
}

fn line_matches(shown: &str, line: &str) -> bool {
    let line = line.trim_end();
    let mut parts = shown.split('…');
    let Some(mut rest) = line.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[test]
fn shown_lines_match_what_they_leave_open_and_nothing_else() {
    let shown = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let matches =
        |wanted: &str, said: &str| is_as_shown(&shown(wanted), &said.lines().collect::<Vec<_>>());
    assert!(matches("a … c\n…\nz", "a b c\n1\n2\nz"));
    assert!(matches("…", "") && matches("x…", "x") && matches("…x", "ax"));
    assert!(!matches("a", "a\nb"), "more than shown");
    assert!(!matches("a\nb", "a"), "less than shown");
    assert!(!matches("a … c", "a b d") && !matches("a", "b"));
}
