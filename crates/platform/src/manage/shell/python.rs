//! Python's way of writing turned into Rhai's: quotes, `None`, keyword arguments, first assignments, imports.

use super::tokens::{Token, cut};

/// What a statement is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// Nothing but blanks and comments.
    Nothing,
    /// Rhai to run.
    Run(String),
    /// `from <path> import <name> as <alias>, …`.
    Import {
        /// Dotted path.
        path: String,
        /// Name and what it is called from now on.
        names: Vec<(String, String)>,
    },
}

/// Translates one statement. `is_known` tells which variables exist: an assignment to any other makes it.
pub(super) fn translate(
    source: &str,
    is_known: &dyn Fn(&str) -> bool,
) -> Result<Statement, String> {
    let trimmed = source.trim();
    if let Some(import) = import(trimmed)? {
        return Ok(import);
    }
    let tokens = cut(source)?;
    if tokens.iter().all(|token| matches!(token, Token::Gap(_))) {
        return Ok(Statement::Nothing);
    }
    let mut output = String::with_capacity(source.len() + 16);
    if let Some(name) = assigned(&tokens)
        && !is_known(name)
    {
        output.push_str("let ");
    }
    write(&tokens, &mut output);
    Ok(Statement::Run(output))
}

fn import(text: &str) -> Result<Option<Statement>, String> {
    let text = text.split('#').next().unwrap_or_default().trim().trim_end_matches(';');
    let mut words = text.split_whitespace();
    match words.next() {
        Some("from") => {}
        Some("import") => {
            return Err("only `from … import …` is understood here, and everything is there without it: see help()".to_owned());
        }
        _ => return Ok(None),
    }
    let path = words.next().unwrap_or_default().to_owned();
    let rest = words.collect::<Vec<_>>().join(" ");
    let Some(list) = rest.strip_prefix("import ").filter(|_| !path.is_empty()) else {
        return Err("an import is written `from module.models import Name`".to_owned());
    };
    let mut names = Vec::new();
    for item in list.trim_matches(['(', ')', ' ']).split(',').map(str::trim) {
        let (name, alias) = item.split_once(" as ").unwrap_or((item, item));
        let is_name =
            |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !is_name(name) || !is_name(alias) {
            return Err(format!("\"{item}\" is no name to import"));
        }
        names.push((name.to_owned(), alias.to_owned()));
    }
    Ok(Some(Statement::Import { path, names }))
}

/// The next token that is not a gap, from `at` on, with its place.
fn solid(tokens: &[Token], at: usize) -> Option<(usize, &Token)> {
    tokens.iter().enumerate().skip(at).find(|(_, token)| !matches!(token, Token::Gap(_)))
}

/// Whether an `=` that assigns (no comparison, no arrow) stands at `at`.
fn assigns(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at), Some(Token::Sign('=')))
        && !matches!(tokens.get(at + 1), Some(Token::Sign('=' | '>')))
}

/// The name a statement assigns to, if it begins `name = `.
fn assigned(tokens: &[Token]) -> Option<&str> {
    let (at, Token::Word(name)) = solid(tokens, 0)? else { return None };
    let (sign, _) = solid(tokens, at + 1)?;
    (assigns(tokens, sign) && is_identifier(name)).then_some(name)
}

fn is_identifier(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
}

fn write(tokens: &[Token], output: &mut String) {
    // For each open bracket, whether a map of keyword arguments was begun inside it.
    let mut open: Vec<bool> = Vec::new();
    // The last two tokens that were no gaps.
    let (mut before, mut last): (Option<&Token>, Option<&Token>) = (None, None);
    let mut key_sign = None;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Gap(text) | Token::Text(text) => output.push_str(text),
            Token::Word(word) => {
                let begins = matches!(last, Some(Token::Sign('(' | ',')));
                let sign = solid(tokens, at + 1).map(|(sign, _)| sign);
                if begins
                    && is_identifier(word)
                    && let (Some(map), Some(sign)) = (open.last_mut(), sign)
                    && assigns(tokens, sign)
                {
                    if !*map {
                        output.push_str("#{");
                        *map = true;
                    }
                    output.push('"');
                    output.push_str(word);
                    output.push('"');
                    key_sign = Some(sign);
                } else if matches!(last, Some(Token::Sign('.')))
                    && !matches!(before, Some(Token::Sign('.')))
                {
                    output.push_str(word); // a field or method, whatever it is called
                } else {
                    output.push_str(plain_word(word));
                }
            }
            Token::Sign('=') if key_sign == Some(at) => output.push(':'),
            Token::Sign(sign @ ('(' | '[' | '{')) => {
                if *sign == '{' && is_dictionary(tokens, at, last) {
                    output.push('#');
                }
                open.push(false);
                output.push(*sign);
            }
            Token::Sign(sign @ (')' | ']' | '}')) => {
                if open.pop() == Some(true) {
                    output.push('}');
                }
                output.push(*sign);
            }
            Token::Sign(sign) => output.push(*sign),
        }
        if !matches!(token, Token::Gap(_)) {
            before = last;
            last = Some(token);
        }
    }
}

fn plain_word(word: &str) -> &str {
    match word {
        "None" => "()",
        "True" => "true",
        "False" => "false",
        "and" => "&&",
        "or" => "||",
        "not" => "!",
        other => other,
    }
}

/// `{'key': …}` or `{}` where a value is due is a dictionary; a block never stands there with a string and a colon.
fn is_dictionary(tokens: &[Token], at: usize, last: Option<&Token>) -> bool {
    if !matches!(last, Some(Token::Sign('(' | '[' | ',' | '=' | ':'))) {
        return false;
    }
    match solid(tokens, at + 1) {
        Some((_, Token::Sign('}'))) => true,
        Some((key, Token::Text(_))) => {
            matches!(solid(tokens, key + 1), Some((_, Token::Sign(':'))))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhai(source: &str) -> String {
        match translate(source, &|name| name == "known") {
            Ok(Statement::Run(code)) => code,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn quotes_words_and_comments_become_rhais() {
        assert_eq!(rhai(r"print('it\'s', 'a\d', '\n')"), r#"print("it's", "a\\d", "\n")"#);
        assert_eq!(rhai(r#"f('say "x"', "it's None")"#), r#"f("say \"x\"", "it's None")"#);
        assert_eq!(rhai("None == x and not True # or"), "() == x && ! true // or");
        assert_eq!(rhai("a.not + b['None']"), "a.not + b[\"None\"]");
        assert_eq!(rhai("`None 'x' ${1}`"), "`None 'x' ${1}`");
    }

    #[test]
    fn keyword_arguments_become_one_map() {
        assert_eq!(
            rhai("T.filter(a='x', b__gte=f(c=1))"),
            "T.filter(#{\"a\": \"x\", \"b__gte\": f(#{\"c\": 1})})".replace(": ", ":")
        );
        assert_eq!(rhai("f(1, a=2)"), "f(1, #{\"a\":2})");
        assert_eq!(rhai("f(a == 2, g(b))"), "f(a == 2, g(b))");
        assert_eq!(rhai("f({'a': {}}, #{b: 1})"), "f(#{\"a\": #{}}, #{b: 1})");
        assert_eq!(rhai("if a { b(); }"), "if a { b(); }");
    }

    #[test]
    fn the_first_assignment_makes_the_variable() {
        assert_eq!(rhai("x = 1"), "let x = 1");
        assert_eq!(rhai("known = 1"), "known = 1");
        for same in ["x == 1", "x.y = 1", "let x = 1", "x += 1", "1 = x"] {
            assert_eq!(rhai(same), same);
        }
    }

    #[test]
    fn imports_name_what_they_want() {
        let found = translate("from a.models import X, Y as Z  # both", &|_| false);
        let names = vec![("X".to_owned(), "X".to_owned()), ("Y".to_owned(), "Z".to_owned())];
        assert_eq!(found, Ok(Statement::Import { path: "a.models".to_owned(), names }));
        for wrong in
            ["import os", "from x", "from x import", "from x import a b", "from x import *"]
        {
            assert!(translate(wrong, &|_| false).is_err(), "{wrong}");
        }
        assert_eq!(translate("  # nothing\n", &|_| false), Ok(Statement::Nothing));
    }

    #[test]
    fn an_open_string_is_told_and_no_text_breaks_the_translation() {
        assert!(translate("print('abc", &|_| false).is_err_and(|text| text.contains("'abc")));
        proptest::proptest!(|(text in "\\PC{0,40}")| {
            let _either_way = translate(&text, &|_| false);
        });
    }
}
