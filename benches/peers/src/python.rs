//! A Python child process that stays alive and answers one request a line.
//!
//! A request is one line of JSON, then as many raw bytes as its field `bytes` says. An answer has
//! the same form. An answer with a field `error` is a failure. Arrays travel as raw `f32`.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};

use crate::timing::{Peer, Sample};

/// The running child. It ends with the last clone.
#[derive(Clone)]
pub(crate) struct Python(Rc<RefCell<Process>>);

struct Process {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// An implementation that the child offers.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    pub(crate) name: String,
    pub(crate) version: String,
}

/// Starts a script of this folder. Whatever is missing is said in one line, and the rest goes on.
pub(crate) fn start(script: &str, python: &Path, threads: u32) -> Option<(Python, Vec<Offer>)> {
    match Python::start(script, python, threads) {
        Ok(started) if started.1.is_empty() => None,
        Ok(started) => Some(started),
        Err(error) => {
            eprintln!("no Python: {error:#}");
            None
        }
    }
}

impl Python {
    fn start(script: &str, python: &Path, threads: u32) -> Result<(Python, Vec<Offer>)> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
        let count = threads.to_string();
        let mut command = Command::new(python);
        command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped());
        for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
            command.env(name, &count);
        }
        // These make OpenBLAS take code for another processor than the one it runs on.
        for name in ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"] {
            command.env_remove(name);
        }
        let mut child = command.spawn().with_context(|| format!("{} does not start", python.display()))?;
        let requests = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().context("the child has no output")?);
        let started = Python(Rc::new(RefCell::new(Process { child, requests, answers })));

        let (hello, _) = started.ask(&json!({ "ask": "hello", "threads": threads }), &[])?;
        for missing in hello["missing"].as_array().into_iter().flatten() {
            eprintln!("left out: {}", missing.as_str().unwrap_or("?"));
        }
        let offers = hello["offers"].as_array().context("no offers in the first answer")?;
        let offers = offers
            .iter()
            .map(|offer| Ok(Offer { name: text(offer, "name")?, version: text(offer, "version")? }));
        Ok((started, offers.collect::<Result<_>>()?))
    }

    /// One request and its answer.
    pub(crate) fn ask(&self, request: &Value, bytes: &[u8]) -> Result<(Value, Vec<u8>)> {
        let process = &mut *self.0.borrow_mut();
        let mut request = request.clone();
        request["bytes"] = json!(bytes.len());
        let requests = process.requests.as_mut().context("the child is gone")?;
        writeln!(requests, "{request}")
            .and_then(|()| requests.write_all(bytes))
            .and_then(|()| requests.flush())
            .context("the child does not listen")?;

        let mut line = String::new();
        if process.answers.read_line(&mut line).context("the child does not answer")? == 0 {
            bail!("the child ended without an answer");
        }
        let answer: Value = serde_json::from_str(&line).with_context(|| format!("no JSON: {line}"))?;
        if let Some(error) = answer.get("error") {
            bail!("{}", error.as_str().unwrap_or("unknown error"));
        }
        let size = answer["bytes"].as_u64().unwrap_or(0);
        let mut bytes = vec![0; usize::try_from(size)?];
        process.answers.read_exact(&mut bytes).context("the answer is cut off")?;
        Ok((answer, bytes))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // No more requests: the child's loop ends.
        self.requests = None;
        let _ = self.child.wait();
    }
}

/// One implementation in the child, ready to run on what the child was given last.
pub(crate) struct Remote {
    pub(crate) python: Python,
    pub(crate) offer: Offer,
}

impl Peer for Remote {
    fn name(&self) -> &str {
        &self.offer.name
    }

    fn version(&self) -> &str {
        &self.offer.version
    }

    fn output(&mut self) -> Result<Vec<f32>> {
        let (_, bytes) = self.python.ask(&json!({ "ask": "output", "name": self.offer.name }), &[])?;
        let (numbers, []) = bytes.as_chunks::<4>() else { bail!("{} bytes are no f32", bytes.len()) };
        Ok(numbers.iter().map(|&number| f32::from_le_bytes(number)).collect())
    }

    fn time(&mut self, calls: usize) -> Result<Sample> {
        let request = json!({ "ask": "time", "name": self.offer.name, "calls": calls });
        let (answer, _) = self.python.ask(&request, &[])?;
        Ok(Sample { wall: number(&answer, "wall")?, cpu: number(&answer, "cpu")? })
    }
}

fn text(value: &Value, field: &str) -> Result<String> {
    Ok(value[field].as_str().ok_or_else(|| anyhow!("no text {field:?} in {value}"))?.to_owned())
}

fn number(value: &Value, field: &str) -> Result<f64> {
    value[field].as_f64().ok_or_else(|| anyhow!("no number {field:?} in {value}"))
}
