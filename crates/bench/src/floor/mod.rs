//! The floor: what the same machine, driver and SQL can do at best behind the same web server.
//!
//! A few threads, each with one connection and its statements prepared; a channel to them, a one-shot channel
//! back; rows written as JSON without a step in between. No log-in, no middleware, no log.

mod engines;
pub mod json;
pub mod plans;

use std::sync::Arc;
use std::thread;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use crossbeam_channel::{Receiver, Sender, unbounded};
use tokio::sync::oneshot;

use crate::options::Floor;
use crate::{Outcome, during};
use engines::Connection;
use plans::Plan;

/// A request on its way to a connection: which plan, and where the body goes.
type Job = (usize, oneshot::Sender<Outcome<Vec<u8>>>);

/// What all connections need to know.
pub struct Setting {
    database: String,
    base: String,
    today: [u8; 10],
    plans: Vec<Plan>,
}

/// Serves until it is ended.
pub fn serve(args: &Floor) -> Outcome<()> {
    let today = args.today.as_bytes().first_chunk().copied();
    let setting = Arc::new(Setting {
        database: args.database.clone(),
        base: args.base.clone(),
        today: today.ok_or("--today wants YYYY-MM-DD")?,
        plans: plans::all(args.appointment),
    });
    let (jobs, waiting) = unbounded();
    for _ in 0..args.threads {
        let connection = Connection::open(&setting)?;
        let (setting, waiting) = (Arc::clone(&setting), waiting.clone());
        thread::spawn(move || work(connection, &setting, &waiting));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(during("runtime"))?.block_on(listen(args.port, &setting, jobs))
}

fn work(mut connection: Connection, setting: &Setting, waiting: &Receiver<Job>) {
    while let Ok((plan, reply)) = waiting.recv() {
        let _client_gone = reply.send(connection.answer(setting, plan));
    }
}

async fn listen(port: u16, setting: &Setting, jobs: Sender<Job>) -> Outcome<()> {
    let body =
        serde_json::json!({ "status": "healthy", "service": clinic::PROGRAM.name }).to_string();
    let mut router = Router::new().route(
        "/health/",
        get(move || {
            let body = body.clone().into_bytes();
            async move { json(body) }
        }),
    );
    for (number, plan) in setting.plans.iter().enumerate() {
        let jobs = jobs.clone();
        let handler = move || {
            let jobs = jobs.clone();
            async move {
                let (reply, answer) = oneshot::channel();
                let sent = jobs.send((number, reply));
                match (sent, answer.await) {
                    (Ok(()), Ok(Ok(body))) => json(body),
                    (_, Ok(Err(error))) => {
                        (StatusCode::INTERNAL_SERVER_ERROR, error).into_response()
                    }
                    _ => StatusCode::SERVICE_UNAVAILABLE.into_response(),
                }
            }
        };
        router = router.route(&plan.path, get(handler));
    }
    let listener =
        tokio::net::TcpListener::bind(("127.0.0.1", port)).await.map_err(during("listen"))?;
    axum_serve(listener, router).await
}

async fn axum_serve(listener: tokio::net::TcpListener, router: Router) -> Outcome<()> {
    axum::serve(listener, router).await.map_err(during("server"))
}

fn json(body: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}
