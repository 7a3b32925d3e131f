//! A command on a terminal: `script` lends it one, so that it asks as it asks a person.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(super) struct Dialogue {
    child: Child,
    /// What was said since the last answer.
    unread: String,
}

impl Dialogue {
    pub(super) fn start(folder: &Path, arguments: &str) -> Self {
        let line = format!("{} {arguments}", env!("CARGO_BIN_EXE_manage"));
        let child = Command::new("script")
            .args(["-qec", &line, "/dev/null"])
            .current_dir(folder)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("SHELL", "/bin/sh")
            .env("LANGUAGE_CODE", "en")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        Self { child, unread: String::new() }
    }

    /// Reads until `question` was asked, then answers it.
    #[track_caller]
    pub(super) fn answer(&mut self, question: &str, answer: &str) -> String {
        let mut heard = std::mem::take(&mut self.unread).into_bytes();
        let stdout = self.child.stdout.as_mut().unwrap();
        let mut byte = [0_u8; 1];
        while !heard.ends_with(question.as_bytes()) {
            let read = stdout.read(&mut byte).unwrap();
            let so_far = String::from_utf8_lossy(&heard).into_owned();
            assert_ne!(read, 0, "it ended before asking {question:?}: {so_far}");
            heard.push(byte[0]);
        }
        let stdin = self.child.stdin.as_mut().unwrap();
        stdin.write_all(format!("{answer}\n").as_bytes()).unwrap();
        stdin.flush().unwrap();
        String::from_utf8(heard).unwrap()
    }

    /// What it said after the last answer, and its exit code.
    pub(super) fn end(mut self) -> (String, i32) {
        let mut rest = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
        (rest, self.child.wait().unwrap().code().unwrap())
    }
}
