//! Text cut into tokens, as far as the translation needs them; strings come out as Rhai's.

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or a number.
    Word(String),
    /// A string, already written the way Rhai writes it.
    Text(String),
    /// Blanks, line ends, comments.
    Gap(String),
    /// Any other sign.
    Sign(char),
}

/// Cuts `source` into tokens, or says why it cannot be.
pub(super) fn cut(source: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '\'' | '"' => quoted(rest, first)?,
            '`' => raw_text(rest)?,
            '#' if !rest.starts_with("#{") => comment(rest, "//", 1),
            '/' if rest.starts_with("//") => comment(rest, "//", 2),
            '/' if rest.starts_with("/*") => {
                let length = rest.find("*/").map_or(rest.len(), |end| end + 2);
                (Token::Gap(" ".to_owned()), length)
            }
            c if c.is_whitespace() => {
                let length = span(rest, char::is_whitespace);
                (Token::Gap(rest.get(..length).unwrap_or_default().to_owned()), length)
            }
            c if is_word(c) => {
                let length = span(rest, is_word);
                (Token::Word(rest.get(..length).unwrap_or_default().to_owned()), length)
            }
            other => (Token::Sign(other), other.len_utf8()),
        };
        tokens.push(token);
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(tokens)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn span(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn comment(rest: &str, sign: &str, skip: usize) -> (Token, usize) {
    let length = rest.find('\n').unwrap_or(rest.len());
    let words = rest.get(skip..length).unwrap_or_default();
    (Token::Gap(format!("{sign}{words}")), length)
}

/// `'it\'s'` or `"so"` as Rhai's `"…"`; returns how many bytes it took.
fn quoted(rest: &str, quote: char) -> Result<(Token, usize), String> {
    let mut text = String::from("\"");
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next().map(|(_, c)| c) {
                Some('\'') => text.push('\''),
                Some(escaped @ ('"' | '\\' | 'n' | 't' | 'r' | 'x' | 'u' | 'U')) => {
                    text.extend(['\\', escaped]);
                }
                // Python keeps a backslash that escapes nothing.
                Some(other) if other != '\n' => text.extend(['\\', '\\', other]),
                _ => break,
            },
            '\n' => break,
            c if c == quote => {
                text.push('"');
                return Ok((Token::Text(text), at + c.len_utf8()));
            }
            '"' => text.push_str("\\\""),
            other => text.push(other),
        }
    }
    let begin: String = rest.lines().next().unwrap_or_default().chars().take(20).collect();
    Err(format!("the string that begins with {begin} is not closed on its line"))
}

/// A back-ticked text is Rhai's own and stays as it is.
fn raw_text(rest: &str) -> Result<(Token, usize), String> {
    match rest.get(1..).and_then(|inner| inner.find('`')) {
        Some(end) => {
            let length = end + 2;
            Ok((Token::Text(rest.get(..length).unwrap_or_default().to_owned()), length))
        }
        None => Err("a text in back-ticks is not closed".to_owned()),
    }
}

/// How many brackets are still open.
pub(super) fn open_brackets(tokens: &[Token]) -> i64 {
    tokens
        .iter()
        .map(|token| match token {
            Token::Sign('(' | '[' | '{') => 1,
            Token::Sign(')' | ']' | '}') => -1,
            _ => 0,
        })
        .sum()
}
