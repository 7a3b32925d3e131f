//! Listening, limits of a connection, and the graceful stop.

use std::net::SocketAddr;
use std::time::Duration;

use axum_server::Handle;
use hyper_util::rt::TokioTimer;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::app::App;
use crate::error::{Error, Result};

/// Longest time a client may take to send its request's head.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// Longest time that requests in flight get after a stop was asked for.
const DRAIN_TIME: Duration = Duration::from_secs(30);
/// Largest head of a request, bytes.
const HEADER_BYTES: usize = 32 * 1024;

/// Serves until SIGTERM or Ctrl-C; requests in flight finish.
pub async fn run(app: App, listener: TcpListener) -> Result<()> {
    let router = super::router(&app).into_make_service_with_connect_info::<SocketAddr>();
    let handle: Handle<SocketAddr> = Handle::new();
    // Before the first answer: whoever got one may ask for a stop.
    let terminated = signal(SignalKind::terminate()).ok();
    tokio::spawn(stop_on_signal(handle.clone(), terminated));
    let stopping = app.clone();
    tokio::spawn(app.watch_identities());
    let listener = listener.into_std().map_err(|error| Error::failed("listener", error))?;
    let mut server = axum_server::from_tcp(listener)
        .map_err(|error| Error::failed("listener", error))?
        .handle(handle);
    server
        .http_builder()
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_buf_size(HEADER_BYTES);
    server.serve(router).await.map_err(|error| Error::failed("server", error))?;
    if tokio::time::timeout(DRAIN_TIME, stopping.later().settled()).await.is_err() {
        tracing::error!("stopped before all work after answers was done");
    }
    Ok(())
}

async fn stop_on_signal(handle: Handle<SocketAddr>, signal: Option<Signal>) {
    let terminated = async {
        match signal {
            Some(mut signal) => {
                signal.recv().await;
            }
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!("stopping; requests in flight finish");
    handle.graceful_shutdown(Some(DRAIN_TIME));
}
