//! SQL text taken apart as far as reading a schema back needs: tokens, and rules on columns.

use std::fmt;

use rust_decimal::Decimal;

/// A piece of SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::db) enum Token {
    /// A bare word, in lower case.
    Word(String),
    /// A quoted identifier.
    Name(String),
    /// A quoted text.
    Text(String),
    /// A number with its sign.
    Number(i64),
    /// A `/* … */` comment, trimmed.
    Comment(String),
    /// Anything else, sign by sign.
    Sign(char),
}

impl Token {
    /// Whether it is the bare word `word`.
    pub(in crate::db) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own == word)
    }
}

/// A rule on a column's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::db) enum Rule {
    /// Only these texts.
    OneOf(String, Vec<String>),
    /// Only these numbers.
    NumberOf(String, Vec<i64>),
    /// No number below.
    AtLeast(String, Decimal),
    /// Numbers within.
    Between(String, i64, i64),
    /// Texts of so many characters.
    LengthIs(String, i64),
    /// Texts of at most so many characters.
    LengthAtMost(String, i64),
    /// Something this program does not write.
    Other(String),
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneOf(column, texts) => {
                // The order in which choices are listed changes nothing.
                let mut texts: Vec<String> = texts.iter().map(|text| format!("'{text}'")).collect();
                texts.sort();
                write!(f, "{column} in ({})", texts.join(", "))
            }
            Self::NumberOf(column, numbers) => write!(f, "{column} in {numbers:?}"),
            Self::AtLeast(column, min) => write!(f, "{column} >= {}", min.normalize()),
            Self::Between(column, low, high) => write!(f, "{column} between {low} and {high}"),
            Self::LengthIs(column, length) => write!(f, "length({column}) = {length}"),
            Self::LengthAtMost(column, length) => write!(f, "length({column}) <= {length}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

/// Takes SQL apart. What is not closed ends with the text.
pub(in crate::db) fn tokens(sql: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '`' | '"' => quoted(rest, first, Token::Name),
            '\'' => quoted(rest, first, Token::Text),
            '/' if rest.starts_with("/*") => {
                let inner = rest.get(2..).unwrap_or_default();
                let end = inner.find("*/").unwrap_or(inner.len());
                let text = inner.get(..end).unwrap_or_default().trim().to_owned();
                (Some(Token::Comment(text)), end + 4)
            }
            '-' if rest.starts_with("--") => (None, rest.find('\n').unwrap_or(rest.len())),
            _ if first.is_ascii_digit() || (first == '-' && begins_number(rest)) => {
                let end = span(rest.get(1..).unwrap_or_default(), |c| c.is_ascii_digit()) + 1;
                (rest.get(..end).and_then(|number| number.parse().ok()).map(Token::Number), end)
            }
            _ if first.is_alphabetic() || first == '_' => {
                let end = span(rest, |c| c.is_alphanumeric() || c == '_');
                let word = rest.get(..end).unwrap_or_default().to_ascii_lowercase();
                // MySQL notes the character set before a text.
                let is_charset = word.starts_with('_');
                ((!is_charset).then_some(Token::Word(word)), end)
            }
            _ if first.is_whitespace() => (None, first.len_utf8()),
            _ => (Some(Token::Sign(first)), first.len_utf8()),
        };
        tokens.extend(token);
        rest = rest.get(length..).unwrap_or_default();
    }
    tokens
}

fn begins_number(text: &str) -> bool {
    text.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
}

fn span(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// A quoted piece; a doubled quote inside stands for one.
fn quoted(text: &str, quote: char, token: impl Fn(String) -> Token) -> (Option<Token>, usize) {
    let mut content = String::new();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((position, letter)) = letters.next() {
        if letter != quote {
            content.push(letter);
        } else if letters.next_if(|(_, next)| *next == quote).is_some() {
            content.push(quote);
        } else {
            return (Some(token(content)), position + 1);
        }
    }
    (Some(token(content)), text.len())
}

/// The rules that a CHECK's expression joins by AND.
pub(in crate::db) fn rules(expression: &[Token]) -> Vec<Rule> {
    let flat: Vec<Token> = expression
        .iter()
        .filter(|token| !matches!(token, Token::Sign('(' | ')') | Token::Comment(_)))
        .cloned()
        .collect();
    let mut rules = Vec::new();
    let mut rest = flat.as_slice();
    while !rest.is_empty() {
        if let [and, after @ ..] = rest
            && and.is("and")
        {
            rest = after;
            continue;
        }
        let Some((rule, after)) = one_rule(rest) else {
            rules.push(Rule::Other(plain(expression)));
            break;
        };
        rules.push(rule);
        rest = after;
    }
    rules
}

fn one_rule(tokens: &[Token]) -> Option<(Rule, &[Token])> {
    use Token::{Name, Number, Sign, Word};
    Some(match tokens {
        [Name(column) | Word(column), Sign('>'), Sign('='), Number(min), rest @ ..] => {
            (Rule::AtLeast(column.clone(), (*min).into()), rest)
        }
        // MariaDB's form of a list of one.
        [Name(column) | Word(column), Sign('='), Token::Text(text), rest @ ..] => {
            (Rule::OneOf(column.clone(), vec![text.clone()]), rest)
        }
        [Name(column) | Word(column), between, Number(low), and, Number(high), rest @ ..]
            if between.is("between") && and.is("and") =>
        {
            (Rule::Between(column.clone(), *low, *high), rest)
        }
        [length, Name(column) | Word(column), Sign('='), Number(n), rest @ ..]
            if length.is("length") =>
        {
            (Rule::LengthIs(column.clone(), *n), rest)
        }
        [length, Name(column) | Word(column), Sign('<'), Sign('='), Number(n), rest @ ..]
            if length.is("length") =>
        {
            (Rule::LengthAtMost(column.clone(), *n), rest)
        }
        [Name(column) | Word(column), word, rest @ ..] if word.is("in") => one_of(column, rest)?,
        _ => return None,
    })
}

fn one_of<'t>(column: &str, mut rest: &'t [Token]) -> Option<(Rule, &'t [Token])> {
    let (mut texts, mut numbers) = (Vec::new(), Vec::new());
    loop {
        rest = match rest {
            [Token::Text(text), after @ ..] => {
                texts.push(text.clone());
                after
            }
            [Token::Number(number), after @ ..] => {
                numbers.push(*number);
                after
            }
            _ => return None,
        };
        match rest {
            [Token::Sign(','), after @ ..] => rest = after,
            _ => break,
        }
    }
    let rule = match (texts.is_empty(), numbers.is_empty()) {
        (false, true) => Rule::OneOf(column.to_owned(), texts),
        (true, false) => Rule::NumberOf(column.to_owned(), numbers),
        _ => return None,
    };
    Some((rule, rest))
}

/// Tokens as text again, the same for both engines' ways of quoting.
pub(in crate::db) fn plain(tokens: &[Token]) -> String {
    let words: Vec<String> = tokens
        .iter()
        .map(|token| match token {
            Token::Word(text) | Token::Name(text) => text.clone(),
            Token::Text(text) => format!("'{text}'"),
            Token::Number(number) => number.to_string(),
            Token::Comment(_) => String::new(),
            Token::Sign(sign) => sign.to_string(),
        })
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sql: &str) -> Vec<String> {
        rules(&tokens(sql)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_same_rule_is_read_from_each_servers_way_of_writing_it() {
        let expected = ["kind in ('a', 'it''s')", "n >= -5"].map(|text| text.replace("''", "'"));
        for written in [
            r#""kind" IN ('it''s', 'a') AND "n" >= -5"#,
            "`kind` in ('a','it''s') and `n` >= -5",
            "((`kind` in (_utf8mb4'a',_utf8mb4'it''s')) and (`n` >= -5))",
        ] {
            assert_eq!(told(written), expected, "{written}");
        }
        assert_eq!(told("`kind` = 'a'"), told("\"kind\" IN ('a')"));
    }

    #[test]
    fn a_rule_of_another_shape_is_told_as_it_stands() {
        assert_eq!(told("`a` > 1 or `b` in (select 1)"), ["a > 1 or b in ( select 1 )"]);
    }

    #[test]
    fn text_that_is_not_closed_ends_quietly() {
        for text in ["'", "\"a", "/*", "/* a", "--", "-", "_", "é", "99999999999999999999"] {
            let _read = tokens(text);
        }
    }
}
