//! The language with its limits and its few names. No file, no process, no network can be reached from it.

use std::rc::Rc;

use rhai::{AST, Array, Dynamic, Engine, EvalAltResult, ImmutableString, Map, Position, Scope};

use super::cache::{self, CacheHandle};
use super::connection::{self, ConnectionHandle};
use super::model::{self, Model};
use super::python::{Statement, translate};
use super::session::{Outcome, Session};
use super::{help, show};
use crate::manage::output;

/// Steps of one statement: seconds, not minutes.
const STEPS: u64 = 5_000_000;
const CALLS: usize = 32;
const DEPTHS: usize = 64;
const TEXT: usize = 1 << 20;
const ITEMS: usize = 100_000;
const VARIABLES: usize = 1_000;

/// What a statement led to.
pub(super) enum Next {
    /// A value; unit shows nothing.
    Value(Dynamic),
    /// The shell is left.
    Leave,
}

/// The language and everything it remembers from one statement to the next.
pub(super) struct Interpreter {
    engine: Engine,
    scope: Scope<'static>,
    functions: AST,
    pub(super) session: Rc<Session>,
}

/// An error in one sentence, and the line of the statement it concerns, from 1.
pub(super) struct Complaint {
    pub(super) text: String,
    pub(super) line: usize,
}

impl Interpreter {
    pub(super) fn new(session: Session) -> Self {
        let session = Rc::new(session);
        let mut engine = Engine::new();
        engine
            .set_max_operations(STEPS)
            .set_max_call_levels(CALLS)
            .set_max_expr_depths(DEPTHS, DEPTHS)
            .set_max_string_size(TEXT)
            .set_max_array_size(ITEMS)
            .set_max_map_size(ITEMS)
            .set_max_variables(VARIABLES)
            .set_max_functions(VARIABLES)
            .set_max_strings_interned(1_024)
            .disable_symbol("eval");
        engine.on_print(|text| output::line(text));
        engine.on_debug(|text, _, _| output::line(text));
        model::register(&mut engine);
        cache::register(&mut engine);
        connection::register(&mut engine);
        register_words(&mut engine, &session);
        resolve_names(&mut engine, &session);
        Self { engine, scope: Scope::new(), functions: AST::empty(), session }
    }

    /// Runs one statement.
    pub(super) fn run(&mut self, source: &str) -> Result<Next, Complaint> {
        let at_start = |text: String| Complaint { text, line: 1 };
        let session = Rc::clone(&self.session);
        let is_known = |name: &str| self.scope.contains(name) || known(&session, name).is_some();
        let code = match translate(source, &is_known).map_err(at_start)? {
            Statement::Nothing => return Ok(Next::Value(Dynamic::UNIT)),
            Statement::Import { path, names } => {
                self.import(&path, names).map_err(at_start)?;
                return Ok(Next::Value(Dynamic::UNIT));
            }
            Statement::Run(code) => code,
        };
        let ast = self.engine.compile_with_scope(&self.scope, &code).map_err(|error| {
            let line = error.position().line().unwrap_or(1);
            Complaint { line, text: error.err_type().to_string() }
        })?;
        let whole = self.functions.merge(&ast);
        let variables = self.scope.len();
        let outcome = self.engine.eval_ast_with_scope::<Dynamic>(&mut self.scope, &whole);
        if self.session.is_left.get() {
            return Ok(Next::Leave);
        }
        match outcome {
            Ok(value) => {
                self.keep_functions(whole);
                Ok(Next::Value(value))
            }
            Err(error) => {
                self.scope.rewind(variables.min(self.scope.len()));
                Err(explain(*error))
            }
        }
    }

    fn keep_functions(&mut self, mut whole: AST) {
        whole.clear_statements();
        self.functions = whole;
    }

    fn import(&mut self, path: &str, names: Vec<(String, String)>) -> Result<(), String> {
        for (name, alias) in names {
            let found = match path {
                "django.core.cache" if name == "cache" => known(&self.session, &name),
                "django.db" if name == "connection" => known(&self.session, &name),
                "django.db" if name == "reset_queries" => continue,
                path if path == "models" || path.ends_with(".models") => {
                    self.session.model(&name).map(|_| ()).and_then(|()| known(&self.session, &name))
                }
                _ => {
                    return Err(format!(
                        "there is no {path} here; `from <module>.models import <Model>`, `from django.core.cache import cache` and `from django.db import connection` are understood"
                    ));
                }
            };
            let Some(value) = found else {
                return Err(format!(
                    "there is no model \"{name}\"; there are {}",
                    self.session.model_names().join(", ")
                ));
            };
            if alias != name {
                self.scope.set_or_push(alias, value);
            }
        }
        Ok(())
    }
}

/// The names that are always there: the models, `cache`, `connection`.
fn known(session: &Rc<Session>, name: &str) -> Option<Dynamic> {
    match name {
        "cache" => Some(Dynamic::from(CacheHandle(Rc::clone(session)))),
        "connection" => Some(Dynamic::from(ConnectionHandle(Rc::clone(session)))),
        name => session
            .model(name)
            .map(|table| Dynamic::from(Model { session: Rc::clone(session), table })),
    }
}

#[expect(
    deprecated,
    reason = "the only way to names that functions see too; Rhai marks it as apt to change"
)]
fn resolve_names(engine: &mut Engine, session: &Rc<Session>) {
    let session = Rc::clone(session);
    engine.on_var(move |name, _, _| Ok(known(&session, name)));
}

fn register_words(engine: &mut Engine, session: &Rc<Session>) {
    for name in ["quit", "exit"] {
        let here = Rc::clone(session);
        engine.register_fn(name, move || -> Outcome<()> {
            // The engine ends the statement at this error and reports it as a plain value.
            here.is_left.set(true);
            Err(Box::new(EvalAltResult::Exit(Dynamic::UNIT, Position::NONE)))
        });
    }
    for count in 0..=8 {
        let types = vec![std::any::TypeId::of::<Dynamic>(); count];
        engine.register_raw_fn("print", types, |_, arguments| -> Outcome<ImmutableString> {
            let parts: Vec<String> =
                arguments.iter().map(|value| show::plain(value)).collect::<Outcome<_>>()?;
            Ok(parts.join(" ").into())
        });
    }
    // Rhai's own for these would win over the general one.
    engine.register_fn("print", |(): ()| ImmutableString::from("None"));
    engine
        .register_fn("print", |value: bool| show::plain(&value.into()).map(ImmutableString::from));
    engine
        .register_fn("print", |value: Array| show::plain(&value.into()).map(ImmutableString::from));
    engine.register_fn("print", |value: Map| show::plain(&value.into()).map(ImmutableString::from));
    engine.register_fn("str", |value: Dynamic| show::plain(&value));
    engine.register_fn("repr", |value: Dynamic| show::repr(&value));
    let here = Rc::clone(session);
    engine.register_fn("help", move || output::line(help::general(&here)));
    engine.register_fn("help", |model: Model| output::line(help::of_model(model.table)));
    let here = Rc::clone(session);
    engine.register_fn("models", move || -> Array {
        here.model_names().into_iter().map(Dynamic::from).collect()
    });
    let here = Rc::clone(session);
    engine.register_fn("reset_queries", move || here.forget_queries());
}

/// The innermost error without the machinery's words.
pub(super) fn explain(error: EvalAltResult) -> Complaint {
    let line = error.position().line().unwrap_or(1);
    let text = match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => {
            return Complaint { line, ..explain(*inner) };
        }
        EvalAltResult::ErrorRuntime(value, _) => show::plain(&value).unwrap_or_default(),
        EvalAltResult::ErrorTooManyOperations(_) => {
            format!("stopped after {STEPS} steps: an endless loop?")
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            format!("stopped at {CALLS} calls within calls: a recursion without end?")
        }
        EvalAltResult::ErrorVariableNotFound(name, _) => {
            format!("there is nothing called \"{name}\"; help() lists what there is")
        }
        EvalAltResult::ErrorFunctionNotFound(signature, _) => {
            format!("there is no {signature}; help() lists what there is")
        }
        mut other => {
            other.clear_position();
            other.to_string()
        }
    };
    Complaint { text, line }
}
