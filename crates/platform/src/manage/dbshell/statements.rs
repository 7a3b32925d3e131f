//! Statements cut apart at their semicolons, with respect for texts and comments.

/// Cuts the complete statements off `text`; what is not finished stays in it.
pub(super) fn take_complete(text: &mut String) -> Vec<String> {
    let mut complete = Vec::new();
    while let Some(end) = end_of_first(text) {
        let rest = text.split_off(end);
        let statement = std::mem::replace(text, rest.get(1..).unwrap_or_default().to_owned());
        if !statement.trim().is_empty() {
            complete.push(statement.trim().to_owned());
        }
    }
    complete
}

/// Where the semicolon of the first statement stands.
fn end_of_first(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            ';' => return Some(at),
            '\'' | '"' | '`' => while chars.next()?.1 != c {},
            '-' if chars.next_if(|(_, next)| *next == '-').is_some() => {
                while chars.next()?.1 != '\n' {}
            }
            '/' if chars.next_if(|(_, next)| *next == '*').is_some() => {
                let mut last = ' ';
                loop {
                    let (_, next) = chars.next()?;
                    if last == '*' && next == '/' {
                        break;
                    }
                    last = next;
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_inside_texts_and_comments_end_nothing() {
        let mut text =
            "SELECT 'a;''b', \";\", `;` -- no; end\n; /* ; */ SELECT 2 ;; SELECT 'open".to_owned();
        let complete = take_complete(&mut text);
        assert_eq!(complete, ["SELECT 'a;''b', \";\", `;` -- no; end", "/* ; */ SELECT 2"]);
        assert_eq!(text.trim(), "SELECT 'open");
    }
}
