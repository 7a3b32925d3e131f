//! Statements taken apart.

use super::Action;
use crate::db::schema::text::{Token, tokens};

/// What a statement does; several actions of one ALTER TABLE are done together or not at all.
#[must_use]
pub fn actions(statement: &str) -> Vec<Action> {
    if let Some(own) = Action::own(statement) {
        return vec![own];
    }
    let tokens: Vec<Token> =
        tokens(statement).into_iter().filter(|token| !matches!(token, Token::Comment(_))).collect();
    read(&tokens).unwrap_or_else(|| {
        let start: Vec<&str> = statement.split_whitespace().take(4).collect();
        vec![Action::Other(start.join(" "))]
    })
}

fn read(tokens: &[Token]) -> Option<Vec<Action>> {
    let [first, rest @ ..] = tokens else { return None };
    let verb = word(first)?;
    let action = match (verb, rest) {
        ("create", [what, rest @ ..]) if what.is("table") => {
            Action::CreateTable(name(after(rest, &["if", "not", "exists"]))?)
        }
        ("create", rest) => {
            let rest = after(after(rest, &["unique"]), &["index"]);
            let [index, on, table, ..] = after(rest, &["if", "not", "exists"]) else { return None };
            if !on.is("on") {
                return None;
            }
            Action::AddIndex(named(table)?, named(index)?)
        }
        ("drop", [what, rest @ ..]) if what.is("table") => {
            Action::DropTable(name(after(rest, &["if", "exists"]))?)
        }
        ("drop", [what, rest @ ..]) if what.is("index") => match after(rest, &["if", "exists"]) {
            [index, on, table, ..] if on.is("on") => {
                Action::DropIndex(Some(named(table)?), named(index)?)
            }
            [index, ..] => Action::DropIndex(None, named(index)?),
            [] => return None,
        },
        ("rename", [what, from, to, new]) if what.is("table") && to.is("to") => {
            Action::RenameTable(named(from)?, named(new)?)
        }
        ("insert" | "replace", rest) => Action::WriteRows(name(after(rest, &["into"]))?),
        ("update", rest) => Action::WriteRows(name(rest)?),
        ("delete", rest) => Action::WriteRows(name(after(rest, &["from"]))?),
        ("alter", [what, table, rest @ ..]) if what.is("table") => {
            let table = named(table)?;
            return parts(rest).into_iter().map(|part| altered(&table, part)).collect();
        }
        _ => return None,
    };
    Some(vec![action])
}

fn altered(table: &str, part: &[Token]) -> Option<Action> {
    let [first, rest @ ..] = part else { return None };
    let of = table.to_owned();
    let has_word = |tokens: &[Token], one_of: &[&str]| {
        tokens.first().is_some_and(|token| one_of.iter().any(|word| token.is(word)))
    };
    Some(match word(first)? {
        "add" if has_word(rest, &["constraint"]) => {
            Action::AddConstraint(of, name(after(rest, &["constraint"]))?)
        }
        "add" if has_word(rest, &["unique", "key", "index"]) => {
            let rest = after(after(after(rest, &["unique"]), &["key"]), &["index"]);
            Action::AddIndex(of, name(rest)?)
        }
        "add" if has_word(rest, &["foreign", "check", "primary"]) => return None,
        "add" => Action::AddColumn(of, name(after(rest, &["column"]))?),
        "drop" if has_word(rest, &["constraint", "check"]) => {
            Action::DropConstraint(of, name(rest.get(1..)?)?)
        }
        "drop" if has_word(rest, &["foreign"]) => Action::DropConstraint(of, name(rest.get(2..)?)?),
        "drop" if has_word(rest, &["key", "index"]) => {
            Action::DropIndex(Some(of), name(rest.get(1..)?)?)
        }
        "drop" if has_word(rest, &["primary"]) => return None,
        "drop" => Action::DropColumn(of, name(after(rest, &["column"]))?),
        "rename" if has_word(rest, &["column"]) => match rest {
            [_, from, to, new] if to.is("to") => {
                Action::RenameColumn(of, named(from)?, named(new)?)
            }
            _ => return None,
        },
        "rename" if has_word(rest, &["index", "key"]) => return None,
        "rename" => Action::RenameTable(of, name(after(after(rest, &["to"]), &["as"]))?),
        "modify" | "alter" => Action::ChangeColumn(of, name(after(rest, &["column"]))?),
        "change" => {
            let rest = after(rest, &["column"]);
            let (from, to) = (name(rest)?, name(rest.get(1..)?)?);
            if from == to {
                Action::ChangeColumn(of, to)
            } else {
                Action::RenameColumn(of, from, to)
            }
        }
        _ => return None,
    })
}

/// What stands between the commas outside of parentheses.
fn parts(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0;
    tokens
        .split(|token| {
            match token {
                Token::Sign('(') => depth += 1,
                Token::Sign(')') => depth -= 1,
                _ => {}
            }
            depth == 0 && *token == Token::Sign(',')
        })
        .collect()
}

fn word(token: &Token) -> Option<&str> {
    match token {
        Token::Word(word) => Some(word),
        _ => None,
    }
}

fn named(token: &Token) -> Option<String> {
    match token {
        Token::Word(name) | Token::Name(name) => Some(name.clone()),
        _ => None,
    }
}

fn name(tokens: &[Token]) -> Option<String> {
    tokens.first().and_then(named)
}

/// What follows some words, if they are there.
fn after<'t>(tokens: &'t [Token], words: &[&str]) -> &'t [Token] {
    let all_there =
        tokens.len() >= words.len() && tokens.iter().zip(words).all(|(token, word)| token.is(word));
    if all_there { tokens.get(words.len()..).unwrap_or_default() } else { tokens }
}
